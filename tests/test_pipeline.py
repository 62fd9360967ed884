from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import numpy as np
import pytest

from minping.errors import EvidenceError, SchemeError
from minping.pipeline import evaluate, load_evidence
from minping.scheme.read import read_scheme
from tests.conftest import ROOT
from tests.made import HEAD, Row, evidence, flat, run, scheme, table

ROWS = [Row(body, period, "a", value) for period, values in (("2019", (1.0, 2.0)), ("2020", (4.0, 3.0)))
        for body, value in zip("pq", values, strict=True)]  # fmt: skip


def test_the_latest_period_is_scored_unless_another_is_asked_for() -> None:
    assert run(flat("a"), evidence(ROWS)).period == "2020"
    assert run("period: {of: 2019}\n" + flat("a"), evidence(ROWS)).period == "2019"
    asked = run("period: {of: 2019}\n" + flat("a"), evidence(ROWS), period="2020")
    assert asked.scores.score.tolist() == [4, 3] and asked.scores.period == "2020"


def test_the_history_holds_every_period_scored_alike() -> None:
    found = run(flat("a"), evidence(ROWS))
    assert {period: scores.score.tolist() for period, scores in found.history.items()} == {
        "2019": [1, 2],
        "2020": [4, 3],
    }
    assert found.history["2020"] is found.scores


def test_draws_and_seed_are_the_scheme_s_unless_others_are_asked_for() -> None:
    file, found = (
        scheme("uncertainty: {draws: 7, seed: 3}\n" + flat("a", "b")),
        table({"a": [1.0, 2.0], "b": [2.0, 1.0]}),
    )
    own, other = evaluate(file, found).intervals, evaluate(file, found, draws=9, seed=4).intervals
    assert own is not None and (own.draws, own.seed) == (7, 3)
    assert other is not None and (other.draws, other.seed) == (9, 4)
    assert evaluate(file, found, draws=0).intervals is None


def test_the_first_draws_are_the_same_however_many_are_made() -> None:
    file, found = scheme(flat("a", "b")), table({"a": [1.0, 2.0], "b": [2.0, 1.0]}, se=0.3)
    few, many = evaluate(file, found, draws=10).intervals, evaluate(file, found, draws=600).intervals
    assert few is not None and many is not None
    np.testing.assert_array_equal(few.draw_scores, many.draw_scores[:10])


def test_figures_that_can_not_be_scored_stop_everything_before_a_score_is_made() -> None:
    with pytest.raises(EvidenceError, match="all-equal"):
        run(flat("a", method="minmax"), table({"a": [1.0, 1.0]}), draws=10)


def test_an_earlier_period_that_can_not_be_scored_stops_nothing() -> None:
    rows = [Row("p", "2019", "a", 5.0), Row("q", "2019", "a", 5.0), *ROWS[2:]]
    found = run(flat("a", method="minmax"), evidence(rows))
    assert found.scores.score.tolist() == [100, 0]
    assert np.isnan(found.history["2019"].score).all() and len(found.history["2019"].notes) == 2


def test_from_files_to_scores(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    tables = {
        "bodies": [("body", "name"), ("p", "甲县"), ("q", "乙县")],
        "official": [("body", "period", "indicator", "value"), ("p", "2020", "a", "97.5"), ("q", "2020", "a", "88")],
    }
    for name, rows in tables.items():
        with (tmp_path / "evidence" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    (tmp_path / "scheme.yaml").write_text(HEAD + flat("a"), encoding="utf-8")
    file = read_scheme(tmp_path)
    found = evaluate(file, load_evidence(tmp_path, file), draws=10)
    assert found.scores.score.tolist() == [97.5, 88.0]
    assert found.explain("q", "a").rows[0].row == 3


def test_a_scheme_that_is_none_never_reaches_the_evidence(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_text(HEAD + flat("a").replace("weight", "wieght"), encoding="utf-8")
    with pytest.raises(SchemeError, match="did you mean weight"):
        read_scheme(tmp_path)


def test_a_folder_is_loaded_by_one_duckdb_and_evaluated_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    connect = duckdb.connect

    def counted(*given: object, **settings: object) -> object:
        opened.append(given)
        return connect(*given, **settings)

    monkeypatch.setattr(duckdb, "connect", counted)
    file = read_scheme(ROOT / "examples" / "county")
    found = load_evidence(ROOT / "examples" / "county", file)
    assert len(opened) == 1 and {one.session for one in found.records.values()} == {None}
    evaluated = evaluate(file, found, draws=0, themed=False, audited=False)
    assert len(opened) == 2 and evaluated.evidence is found
