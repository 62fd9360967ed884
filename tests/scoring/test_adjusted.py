from __future__ import annotations

from pathlib import Path

import pytest

from minping.errors import EvidenceError
from minping.evidence import load_evidence
from minping.pipeline import evaluate
from minping.scheme.read import SchemeFile, codebook
from minping.scoring.evaluation import Evaluation
from tests.made import scheme

SCHEME = """publish: {k: 2}
indicators:
  - {id: plain, title: 好评率, direction: higher, weight: 1, normalise: given, from: {ratings: share_satisfied}}
  - {id: drawn, title: 好评率（靠拢）, direction: higher, weight: 1, normalise: given, from: {ratings: share_satisfied, shrink: true}}
  - {id: mixed, title: 好评率（折算）, direction: higher, weight: 1, normalise: given, from: {ratings: share_satisfied, adjust_for: [%s]}}
"""


def evaluated(tmp_path: Path, file: SchemeFile) -> Evaluation:
    home = tmp_path / "evidence"
    home.mkdir()
    (home / "bodies.csv").write_text("body,name\n" + "".join(f"b{at},{at}\n" for at in range(5)), encoding="utf-8")
    rows = [
        f"{body}-{case},b{body},2025-03-{1 + case:02d},{1 if case % 9 < body else 5 - case % 3},{'hall' if case % 2 else 'web'}"
        for body in range(5)
        for case in range(6 + 4 * body)
    ]
    (home / "ratings.csv").write_text("case,body,rated_on,level,channel\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return evaluate(file, load_evidence(tmp_path, codebook(file.scheme)), draws=0)


def test_the_figure_as_counted_is_told_beside_the_adjusted_one(tmp_path: Path) -> None:
    found = evaluated(tmp_path, scheme(SCHEME % "channel"))
    lines = {node: found.explain("b3", node).lines("en") for node in ("plain", "drawn", "mixed")}
    counted = next(line for line in lines["plain"] if "value" in line).split("value ")[1].split()[0]
    for node in ("drawn", "mixed"):
        assert any(f"as counted it is {counted}" in line for line in lines[node]), lines[node]
    assert not any("as counted it is" in line for line in lines["plain"])
    table = found.table("values").to_pylist()
    drawn = next(row for row in table if (row["body"], row["indicator"]) == ("b3", "drawn"))
    plain = next(row for row in table if (row["body"], row["indicator"]) == ("b3", "plain"))
    assert (drawn["raw"], drawn["raw_se"]) == (plain["value"], plain["se"])
    assert drawn["value"] != drawn["raw"]


def test_a_column_that_is_not_there_can_not_be_adjusted_for(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError) as caught:
        evaluated(tmp_path, scheme(SCHEME % "channel, service"))
    assert [(problem.code, problem.place.column) for problem in caught.value.problems] == [
        ("no-column-to-adjust-for", "service")
    ]
