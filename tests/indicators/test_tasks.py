"""Tasks: shares of those due, against following every one of them row by row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.indicators.tasks import MEASURES, Done, follow_tasks, measure_tasks
from tests.indicators.works import Row, day, figure, load, on, some, write

PERIODS = ("2023", "2024", "2024Q2")
PASSED = ("decided_on", "submitted_on", "verified_on", "closed_on", "reopened_on")


def made(seed: int, count: int = 400) -> list[Row]:
    rng = np.random.default_rng(seed)
    rows = []
    for at in range(count):
        decided = day(rng, 2023, 2024)
        rows.append(
            {
                "task": f"t{at}",
                "body": some(rng, "b1 b2"),
                "decided_on": decided,
                "due_on": day(rng, 2024, 2026),
                "baseline_value": figure(rng, 0, 10, 0.3),
                "outcome_value": figure(rng, 0, 10, 0.3),
                "outcome_target": figure(rng, 0, 10, 0.3),
                "submitted_on": day(rng, 2024, 2025, 0.3),
                "verified_on": day(rng, 2024, 2025, 0.2),
                "verified_how": some(rng, "on_site unannounced callback data documents", 0.2),
                "state": some(rng, "open submitted closed closed closed reopened stopped", 0.3),
                "closed_on": day(rng, 2024, 2025, 0.3),
                "reopened_on": day(rng, 2024, 2025, 0.8),
                "owner": some(rng, "甲 乙", 0.2),
                "verifier": some(rng, "甲 乙 丙", 0.2),
            }
        )
    return rows


ROWS = made(5)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    home = tmp_path_factory.mktemp("tasks")
    write(home, "tasks", ROWS)
    evidence = load(home, "tasks")
    return follow_tasks(evidence.records["tasks"], evidence.bodies)


def follows(row: Row, measure: str) -> tuple[bool, bool]:
    """Whether a task that is due counts for a measure, and whether it is among what is counted."""
    state = row["state"] or ("closed" if row["closed_on"] else "open")
    ever = state in ("closed", "reopened") or bool(row["closed_on"])
    outcome, target, base = (
        float(row[name]) if row[name] else None for name in ("outcome_value", "outcome_target", "baseline_value")
    )
    if measure == "closed_on_time":
        return True, state == "closed" and bool(row["closed_on"]) and row["closed_on"] <= row["due_on"]
    if measure == "verified_on_time":
        looked = row["verified_how"] in ("on_site", "unannounced", "callback", "data")
        looked &= not (row["owner"] and row["owner"] == row["verifier"])
        return True, state == "closed" and looked and bool(row["verified_on"]) and row["verified_on"] <= row["due_on"]
    if measure == "reopened_rate":
        return ever, ever and (state == "reopened" or bool(row["reopened_on"]))
    if measure == "without_outcome":
        return ever, ever and outcome is None
    if target is None or outcome is None:
        return target is not None, False
    return True, outcome <= target if base is not None and target < base else outcome >= target


@pytest.mark.parametrize("as_ruled", [False, True])
@pytest.mark.parametrize("measure", MEASURES)
def test_shares_are_those_of_the_rows(done: Done, measure: str, as_ruled: bool) -> None:
    last = max(row[name] for row in ROWS for name in PASSED)
    found = measure_tasks(done, PERIODS, measure, as_ruled=as_ruled)
    for at, (first, end) in enumerate((("2023-01", "2023-99"), ("2024-01", "2024-99"), ("2024-04", "2024-06-99"))):
        for body, name in enumerate(("b1", "b2", "b3")):
            due = [row for row in ROWS if row["body"] == name and first <= row["due_on"] <= end]
            due = [row for row in due if row["due_on"] <= last and not (as_ruled and row["state"] == "stopped")]
            told = [met for counts, met in (follows(row, measure) for row in due) if counts]
            assert found.n[at, body] == len(told)
            if told:
                p, n = sum(told) / len(told), len(told)
                middle = (sum(told) + 0.5) / (n + 1)
                assert found.estimate[at, body] == pytest.approx(100 * p)
                assert found.se[at, body] == pytest.approx(100 * np.sqrt(middle * (1 - middle) / (n + 2)))
            else:
                assert np.isnan(found.estimate[at, body])
    assert found.n[1, 0] > 30 and 0 < found.estimate[1, 0] < 100


def test_a_task_whose_day_has_not_come_is_not_due(tmp_path: Path) -> None:
    rows = [row | {"due_on": "2025-06-01"} for row in ROWS[:20]]
    write(tmp_path, "tasks", rows)
    evidence = load(tmp_path, "tasks")
    found = measure_tasks(follow_tasks(evidence.records["tasks"], evidence.bodies), ("2025",), "closed_on_time")
    assert max(on(row[name]) for row in rows for name in PASSED if row[name]) < on("2025-06-01")  # type: ignore[type-var,operator]
    assert (found.n == 0).all() and np.isnan(found.estimate).all()
