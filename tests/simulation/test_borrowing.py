"""Debts and their repayments."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from tests.simulation.conftest import Made, day


def test_debts_are_paid_back_in_time_and_declared_unless_planted(made: Made) -> None:
    due = defaultdict(list)
    for row in made["repayments"]:
        due[row["debt"]].append((day(row["due_on"]), float(row["principal_cny"])))
    terms = defaultdict(list)
    for row in made["terms"]:
        terms[row["body"]].append((day(row["start_on"]), day(row["end_on"] or "2099-01-01")))
    capacity: dict[str, float] = defaultdict(float)
    left, late, all_due = (dict.fromkeys(made.told["bodies"], 0.0) for _ in range(3))
    for name in ("tax_revenue", "land_revenue", "transfers"):
        for (body, year), row in made.figures(name).items():
            capacity[body] += 1e4 * float(row["value"]) * (year == "2025")
    for row in made["debts"]:
        body, borrowed = row["body"], day(row["borrowed_on"])
        assert sum(paid for _, paid in due[row["debt"]]) == pytest.approx(float(row["amount_cny"]), abs=10)
        assert all(when > borrowed for when, _ in due[row["debt"]])
        left[body] += sum(paid for when, paid in due[row["debt"]] if when > date(2025, 12, 31))
        end = next(end for start, end in terms[body] if start <= borrowed <= end)
        late[body] += sum(paid for when, paid in due[row["debt"]] if when > end and end <= date(2025, 12, 31))
        all_due[body] += sum(paid for _, paid in due[row["debt"]]) * (end <= date(2025, 12, 31))
    tail = {body for body, whole in all_due.items() if whole and late[body] > 0.5 * whole}
    assert tail == made.planted("left_to_successors")
    assert {row["debt"] for row in made["debts"] if row["declared"] == "no"} == made.planted("undeclared_debt", "about")
    heavy = {body for body, amount in left.items() if amount > 2 * capacity[body]}
    assert heavy == made.planted("over_indebted")
