"""Tasks, from decision to look-back."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from tests.simulation.conftest import Made, day


def test_tasks_go_in_order_and_are_checked_unless_planted(made: Made) -> None:
    order = ("decided_on", "submitted_on", "verified_on", "closed_on", "lookback_on")
    backward, rushed, paper = set(), defaultdict(list), defaultdict(list)
    for row in made["tasks"]:
        dates = [day(row[name]) for name in order if row[name]]
        if dates != sorted(dates):
            backward.add(row["task"])
        assert (row["state"] in ("closed", "reopened")) == bool(row["closed_on"])
        assert (row["state"] == "reopened") == bool(row["reopened_on"])
        if row["closed_on"]:
            rushed[row["body"]].append(0 <= (day(row["due_on"]) - day(row["closed_on"])).days <= 2)
            paper[row["body"]].append(row["verifier"] == row["owner"] and not row["outcome_value"])
            assert row["verifier"] and row["process_score"]
    assert backward == made.planted("impossible_dates", "about")
    assert {body for body, some in rushed.items() if np.mean(some) > 0.3} == made.planted("deadline_rush")
    assert {body for body, some in paper.items() if any(some)} == made.planted("formalism")
