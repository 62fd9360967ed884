"""Process against outcome, and paper for each task, beside how much bodies differ anyway."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.formalism.traces import attained
from minping.audit.frames import Frame
from tests.audit.folders import looked, made, of, why
from tests.audit.formalism.tasks import county, register

BODIES = 20


def drawn(seed: int) -> list[tuple[str, dict[str, object]]]:
    """Tasks whose points follow what they reached, and paper that differs between bodies."""
    random = np.random.default_rng(seed)
    ability, load = random.normal(0, 1, BODIES), np.exp(random.normal(2, 0.2, BODIES))
    rows: list[tuple[str, dict[str, object]]] = []
    for at in np.repeat(np.arange(BODIES), 12).tolist():
        figures = {
            "process_score": round(80 + 3 * ability[at] + random.normal(0, 4), 1),
            "outcome_value": round(100 - 50 * (0.6 + 0.05 * ability[at] + random.normal(0, 0.05)), 1),
            "documents": int(random.poisson(load[at])),
        }
        rows.append((f"b{at:02d}", figures))
    return rows


def test_points_without_outcomes_are_found_and_honest_bodies_are_not(tmp_path: Path) -> None:
    rows = drawn(1)
    (tmp_path / "honest").mkdir()
    told = looked(made(tmp_path / "honest", BODIES, tasks=register(rows)))
    assert not of(told, "process_above_outcome") and not of(told, "much_paper")
    odd = [(body, {**row, "process_score": 97, "outcome_value": 88} if body == "b07" else row) for body, row in rows]
    (tmp_path / "odd").mkdir()
    (one,) = of(looked(made(tmp_path / "odd", BODIES, tasks=register(odd))), "process_above_outcome")
    assert (one.body, one.observed, one.n, one.rows, one.grade) == ("b07", 19, 12, 12, "E3")
    assert (
        one.said is not None
        and "97.0 points for the process, rank 1 of 20; outcomes 24% of the way, rank 20" in one.said.en
    )


def test_much_more_paper_than_others_is_found(tmp_path: Path) -> None:
    rows = [(body, {**row, "documents": 30} if body == "b11" else row) for body, row in drawn(2)]
    (one,) = of(looked(made(tmp_path, BODIES, tasks=register(rows))), "much_paper")
    assert one.body == "b11" and one.observed == pytest.approx(33) and 8 < one.expected < 14
    assert one.said is not None and "30.0 documents, 1.0 meetings, 2.0 check-ins" in one.said.en


def test_all_alike_or_too_few_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "alike").mkdir()
    told = looked(made(tmp_path / "alike", 8, tasks=register(county(8, 4))))
    assert why(told, "much_paper") and why(told, "process_above_outcome")
    (tmp_path / "few").mkdir()
    assert why(looked(made(tmp_path / "few", 1, tasks=register(county(1, 4)))), "much_paper")


def test_missing_columns_are_told(tmp_path: Path) -> None:
    none = {"documents": "", "meetings": "", "check_ins": "", "process_score": ""}
    told = looked(made(tmp_path, 3, tasks=register([(body, none) for body, _ in county(3, 4)])))
    assert "no counts of documents" in why(told, "much_paper")
    assert "no closed task has both" in why(told, "process_above_outcome")


def test_the_way_from_baseline_to_target() -> None:
    nan = np.nan
    columns = {
        "baseline_value": np.array([100.0, 100.0, nan, 50.0, 10.0, nan]),
        "outcome_value": np.array([75.0, 120.0, 30.0, 40.0, 10.0, 1.0]),
        "outcome_target": np.array([50.0, 50.0, 40.0, 50.0, 20.0, 0.0]),
    }
    none = np.zeros(6, dtype=np.int64)
    found = attained(Frame(none, none, none, columns))
    np.testing.assert_allclose(found, [0.5, 0.0, 0.75, nan, 0.0, nan])
