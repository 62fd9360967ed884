"""From evidence and scheme to values, weights and all: what R's survey package prints of the same schools.

Schools are the people asked, their district the cluster, their test score the answer on a scale from 200 to 1000.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minping.errors import EvidenceError
from minping.evidence import load_evidence
from minping.indicators import compute
from minping.model.evidence import Evidence
from minping.model.questions import Scale
from minping.model.values import Values
from minping.scheme.read import SchemeFile, codebook
from tests.made import scheme

WORST, BEST = 200.0, 1000.0
SCALES = {"api": Scale(WORST, BEST)}
TYPES = {"E": 4421, "H": 755, "M": 1018}
WIDE = {"No": 1072, "Yes": 5122}
INDICATOR = """indicators:
  - {id: api, title: 学校, direction: higher, weight: 1, from: {surveys: api},
     normalise: {method: goalposts, floor: 0, target: 100, reason: 试验}}
"""


def schools(folder: Path, home: Path, name: str, columns: Callable[[dict[str, str]], dict[str, Any]]) -> Path:
    with (folder / "citizen" / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lines = []
    for row in rows:
        cells = {"stype": row["stype"], "wide": row["sch.wide"], "last": row["api99"], **columns(row)}
        fixed = {"respondent": row["snum"] + "-" + row["cds"], "body": "b1", "question": "api", "answer": row["api00"]}
        lines.append({**fixed, "asked_on": "2024-05-01", "weight": row["pw"], **cells})
    evidence = home / "evidence"
    evidence.mkdir()
    (evidence / "bodies.csv").write_text("body,name\nb1,加州\nb2,别处\n", encoding="utf-8")
    with (evidence / "surveys.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return home


def clustered(row: dict[str, str]) -> dict[str, Any]:
    return {"cluster": row["dnum"], "fpc": row["fpc"], "fpc2": 0}


def one_stage(folder: Path, home: Path) -> Path:
    """Districts drawn, all their schools asked."""
    with (folder / "citizen" / "apiclus1.csv").open(encoding="utf-8") as file:
        districts = [row["dnum"] for row in csv.DictReader(file)]
    return schools(
        folder, home, "apiclus1.csv", lambda row: {**clustered(row), "fpc2": districts.count(row["dnum"])}
    )  # fmt: skip


def margins(home: Path, text: str) -> None:
    (home / "evidence" / "margins.csv").write_text("margin,level,total,body,period\n" + text, encoding="utf-8")


def levels(name: str, of: dict[str, int], body: str = "", period: str = "") -> str:
    return "".join(f"{name},{level},{total},{body},{period}\n" for level, total in of.items())


def values(home: Path, rules: str) -> Values:
    file = scheme(INDICATOR + (f"surveys: {rules}\n" if rules else ""))
    return compute(file.scheme, loaded(home, file))


def loaded(home: Path, file: SchemeFile) -> Evidence:
    from dataclasses import replace

    expected = replace(codebook(file.scheme), scales=SCALES)
    return replace(load_evidence(home, expected), scales=SCALES)


def answer(found: Values) -> tuple[float, float]:
    """The mean and its error on the scale of the test score."""
    width = (BEST - WORST) / 100
    return WORST + float(found.estimate[0, 0, 0]) * width, float(found.se[0, 0, 0]) * width


@pytest.mark.parametrize("body", ["", "b1"])
@pytest.mark.parametrize("period", ["", "2024"])
@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("dclus1", ""),
        ("dclus1_ps", "{weighting: {method: poststratify, margins: [stype]}}"),
        ("dclus1_rake", "{weighting: {method: rake, margins: [stype, wide]}}"),
    ],
)
def test_a_weighted_survey_gives_what_r_gives(
    reference: Path, tmp_path: Path, body: str, period: str, name: str, rules: str
) -> None:
    home = one_stage(reference, tmp_path)
    margins(home, levels("stype", TYPES, body, period) + levels("wide", WIDE, body, period))
    with (reference / "citizen" / "survey_expected.csv").open(encoding="utf-8") as file:
        lines = [
            line
            for line in csv.DictReader(file)
            if (line["design"], line["stat"], line["variable"]) == (name, "mean", "api00")
        ]
    wanted = [float(lines[0][column]) for column in ("estimate", "se")]
    np.testing.assert_allclose(answer(values(home, rules)), wanted, rtol=1e-9)


@pytest.mark.parametrize("body", ["", "b1"])
@pytest.mark.parametrize("method", ["greg", "bounded, bounds: [0.1, 9]"])
def test_regression_on_last_years_figure_gives_what_r_prints(
    reference: Path, tmp_path: Path, body: str, method: str
) -> None:
    home = one_stage(reference, tmp_path)
    with gzip.open(reference / "citizen" / "apipop.csv.gz", "rt", encoding="utf-8") as file:
        last = sum(float(row["api99"]) for row in csv.DictReader(file))
    margins(home, levels("stype", TYPES, body) + f"last,,{last},{body},\n")
    found = answer(values(home, f"{{weighting: {{method: {method}, margins: [stype, last]}}}}"))
    if method == "greg":
        assert (round(found[0], 2), round(found[1], 4)) == (665.31, 3.4418)
    else:
        assert 660 < found[0] < 670 and 3 < found[1] < 4  # other weights, the same knowledge


def test_two_stages_with_frames_give_what_r_prints(reference: Path, tmp_path: Path) -> None:
    home = schools(
        reference,
        tmp_path,
        "apiclus2.csv",
        lambda row: {"cluster": row["dnum"], "fpc": row["fpc1"], "fpc2": row["fpc2"]},
    )
    value, error = answer(values(home, "{lonely: certainty}"))
    assert (round(value, 2), round(error, 3)) == (670.81, 30.099)


def test_levels_of_crossed_columns_are_joined(reference: Path, tmp_path: Path) -> None:
    home = one_stage(reference, tmp_path)
    with gzip.open(reference / "citizen" / "apipop.csv.gz", "rt", encoding="utf-8") as file:
        cells = [f"{row['stype']}+{row['sch.wide']}" for row in csv.DictReader(file)]
    margins(home, levels("stype+wide", {cell: cells.count(cell) for cell in set(cells)}))
    value, error = answer(values(home, "{weighting: {method: poststratify, margins: [stype+wide]}}"))
    assert 600 < value < 700 and 20 < error < 27 and value not in (642.31078821158212, 644.1693989071)


@pytest.mark.parametrize(
    ("text", "rules", "codes"),
    [
        (levels("stype", {"E": 4421, "H": 755}), "rake, margins: [stype]", {"level-without-total"}),
        (levels("stype", {**TYPES, "X": 5}), "rake, margins: [stype]", {"empty-margin-cell"}),
        (levels("stype", TYPES) + levels("wide", {"No": 1, "Yes": 2}), "rake, margins: [stype, wide]", {"margins-differ"}),
        (levels("stype", {**TYPES, "E": 0}), "rake, margins: [stype]", {"impossible-total"}),
        (levels("stype", {**TYPES, "E": -5}), "rake, margins: [stype]", {"impossible-total"}),
        (levels("stype", TYPES) + "stype,E,7,,\n", "rake, margins: [stype]", {"duplicate-margin"}),
        (levels("stype", TYPES), "rake, margins: [stype, wide]", {"unknown-margin"}),
        (levels("stype", TYPES), "rake, margins: [stype, age]", {"unknown-margin", "missing-column"}),
        (levels("stype", TYPES, "b1") + "stype,E,7,,\n", "rake, margins: [stype]", {"margin-mixed"}),
        (levels("stype", TYPES, "b9"), "rake, margins: [stype]", {"unknown-body"}),
        (levels("stype", TYPES, "", "soon"), "rake, margins: [stype]", {"malformed-period"}),
        (levels("stype", TYPES, "", "2023"), "rake, margins: [stype]", {"level-without-total"}),
        ("stype,,7,,\n", "greg, margins: [stype]", {"covariate-no-number"}),
        (levels("stype", TYPES), "bounded, bounds: [0.99, 1.01], margins: [stype]", {"weighting-failed"}),
    ],
)  # fmt: skip
def test_margins_that_do_not_fit_are_named(
    reference: Path, tmp_path: Path, text: str, rules: str, codes: set[str]
) -> None:
    home = one_stage(reference, tmp_path)
    margins(home, text)
    with pytest.raises(EvidenceError) as caught:
        values(home, f"{{weighting: {{method: {rules}}}}}")
    found = [problem for problem in caught.value.problems if problem.severity == "error"]
    assert {problem.code for problem in found} == codes
    assert all((problem.fix.zh and problem.fix.en and "margin" in str(problem.place) + problem.place.file) or
               problem.code in ("level-without-total", "missing-column", "covariate-no-number") for problem in found)  # fmt: skip


def test_an_empty_level_says_with_what_to_merge_it(reference: Path, tmp_path: Path) -> None:
    home = one_stage(reference, tmp_path)
    margins(home, levels("stype", {"E": 4421, "H": 755, "K": 9, "M": 1018}))
    with pytest.raises(EvidenceError) as caught:
        values(home, "{weighting: {method: rake, margins: [stype]}}")
    (found,) = caught.value.problems
    assert (found.place.row, found.place.column) == (4, "level") and found.fix.en.startswith("merge it with “H”")


def test_margins_that_contradict_one_another_do_not_settle_and_say_so(tmp_path: Path) -> None:
    home, evidence = tmp_path, tmp_path / "evidence"
    evidence.mkdir()
    (evidence / "bodies.csv").write_text("body,name\nb1,甲\nb2,乙\n", encoding="utf-8")
    rows = [("p1", "x", "u"), ("p2", "x", "u"), ("p3", "y", "v"), ("p4", "y", "v")]
    text = "respondent,body,question,answer,asked_on,stype,wide\n"
    text += "".join(f"{name},b1,api,500,2024-05-01,{one},{other}\n" for name, one, other in rows)
    (evidence / "surveys.csv").write_text(text, encoding="utf-8")
    margins(home, levels("stype", {"x": 60, "y": 40}) + levels("wide", {"u": 40, "v": 60}))
    with pytest.raises(EvidenceError) as caught:
        values(home, "{weighting: {method: rake, margins: [stype, wide]}}")
    (found,) = caught.value.problems
    assert found.code == "no-convergence" and "1000 rounds" in found.found.en


def test_a_single_cluster_is_an_error_where_the_scheme_says_so(reference: Path, tmp_path: Path) -> None:
    home = schools(
        reference, tmp_path, "apiclus1.csv", lambda row: {**clustered(row), "stratum": row["dnum"], "fpc2": 9999}
    )
    with pytest.raises(EvidenceError) as caught:
        values(home, "{lonely: fail}")
    assert {found.code for found in caught.value.problems} == {"single-unit"}
    assert values(home, "{lonely: centre}").se[0, 0, 0] > values(home, "{lonely: certainty}").se[0, 0, 0]


def jackknifed(folder: Path, home: Path, change: Callable[[list[float], int], list[float]] = lambda w, _: w) -> Path:
    """The schools with columns of replicate weights in place of the design, each leaving one district out."""
    with (folder / "citizen" / "apiclus1.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    districts = sorted({row["dnum"] for row in rows})
    spread = len(districts) / (len(districts) - 1)

    def weights(row: dict[str, str]) -> dict[str, Any]:
        each = [0.0 if row["dnum"] == one else float(row["pw"]) * spread for one in districts]
        each = change(each, rows.index(row))
        return {f"rep_{at}": weight for at, weight in enumerate(each, 1)}

    return schools(folder, home, "apiclus1.csv", weights)


def test_columns_of_replicate_weights_give_the_error_of_the_jackknife_that_made_them(
    reference: Path, tmp_path: Path
) -> None:
    given, made = tmp_path / "given", tmp_path / "made"
    given.mkdir(), made.mkdir()
    columns = answer(values(jackknifed(reference, given), "{replicates: {method: JK1, columns: rep_, count: 15}}"))
    home = schools(reference, made, "apiclus1.csv", lambda row: {"cluster": row["dnum"]})
    for rules in ("{replicates: {method: JK1}}", "{replicates: {method: JKn}}"):
        np.testing.assert_allclose(answer(values(home, rules)), columns, rtol=1e-12)
    centred = answer(values(home, "{replicates: {method: JK1, centred: true}}"))
    assert centred[0] == columns[0] and round(centred[1], 3) == 26.594  # R prints 26.329 with the correction 1 - 15/757
    assert round(centred[1] * (1 - 15 / 757) ** 0.5, 3) == 26.329


def test_the_bootstrap_is_seeded_and_near_to_linearisation_and_knows_the_weighting(
    reference: Path, tmp_path: Path
) -> None:
    home = schools(reference, tmp_path, "apiclus1.csv", lambda row: {"cluster": row["dnum"]})
    margins(home, levels("stype", TYPES))
    rake = "weighting: {method: poststratify, margins: [stype]}, replicates: {method: bootstrap, count: 400, seed: 5}"
    one, again = (answer(values(home, f"{{{rake}}}")) for _ in range(2))
    linear = answer(values(home, "{weighting: {method: poststratify, margins: [stype]}}"))
    assert one == again and one[0] == pytest.approx(linear[0]) and 0.7 < one[1] / linear[1] < 1.6


@pytest.mark.parametrize(
    ("change", "count", "found"),
    [
        (lambda w, at: [-1.0, *w[1:]] if at == 3 else w, 15, {("impossible-replicate", 5, "rep_1")}),
        (lambda w, at: [w[0], float("nan"), *w[2:]] if at == 0 else w, 15, {("impossible-replicate", 2, "rep_2")}),
        (lambda w, _: [0.0, *w[1:]], 15, {("replicate-of-nothing", 1, "rep_1")}),
        (lambda w, _: w, 16, {("replicates-differ", 1, "rep_16")}),
        (lambda w, _: w, 14, {("replicates-differ", 1, "rep_15")}),
    ],
)
def test_replicate_weights_that_cannot_be_are_named(
    reference: Path, tmp_path: Path, change: Any, count: int, found: set[tuple[str, int, str]]
) -> None:
    home = jackknifed(reference, tmp_path, change)
    with pytest.raises(EvidenceError) as caught:
        values(home, f"{{replicates: {{method: JK1, columns: rep_, count: {count}}}}}")
    assert {(one.code, one.place.row, one.place.column) for one in caught.value.problems} == found


def test_zero_replicate_weights_are_errors_where_the_method_has_none(reference: Path, tmp_path: Path) -> None:
    home = jackknifed(reference, tmp_path)
    with pytest.raises(EvidenceError) as caught:
        values(home, "{replicates: {method: BRR, fay: 0.3, columns: rep_, count: 15}}")
    assert len(caught.value.problems) == 183 and {one.code for one in caught.value.problems} == {"impossible-replicate"}


@pytest.mark.parametrize(
    ("stratum", "rules", "words"),
    [("dnum", "JKn", "single unit"), ("stype", "JK1", "use JKn"), ("stype", "BRR", "have not two units")],
)
def test_replicates_that_the_design_does_not_allow_are_refused(
    reference: Path, tmp_path: Path, stratum: str, rules: str, words: str
) -> None:
    home = schools(reference, tmp_path, "apiclus1.csv", lambda row: {"cluster": row["snum"], "stratum": row[stratum]})
    with pytest.raises(EvidenceError, match=words):
        values(home, f"{{replicates: {{method: {rules}}}}}")
