"""Projects."""

from __future__ import annotations

from datetime import date, timedelta

from tests.simulation.conftest import Made, day


def test_projects_are_used_finished_and_lawful_unless_planted(made: Made) -> None:
    idle, half, unlawful = set(), set(), set()
    for row in made["projects"]:
        cost, budget, name = float(row["cost_cny"]), float(row["budget_cny"]), row["project"]
        old = row["opened_on"] and day(row["opened_on"]) < date(2024, 6, 1)
        if old and float(row["used_capacity"]) < 0.3 * float(row["design_capacity"]):
            assert float(row["facade_cny"]) > 0.3 * cost
            idle.add(name)
        if float(row["progress"]) < 95 and day(row["last_progress_on"]) < date(2025, 12, 31) - timedelta(days=180):
            half.add(name)
        over = cost > budget and not row["adjustment_ref"]
        if over or row["started_on"] < row["approved_on"] or float(row["advance_cny"]):
            unlawful.add(name)
    vanity = made.planted("vanity", "about")
    assert idle <= vanity and len(vanity - idle) <= 3
    assert half == made.planted("half_built", "about") and unlawful == made.planted("breach", "about")
