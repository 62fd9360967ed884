"""Rules of tasks closed on papers, verified by their owner, checked by the dozen."""

from __future__ import annotations

from pathlib import Path

from tests.audit.folders import looked, made, of, why
from tests.audit.formalism.tasks import BARE, county, register


def test_a_body_that_closes_on_papers_alone_is_named_once_with_its_rows(tmp_path: Path) -> None:
    rows = county(3, 10)
    rows[10:14] = [("b01", BARE)] * 4
    rows[20:22] = [("b02", BARE)] * 2  # fewer than three
    (one,) = of(looked(made(tmp_path, tasks=register(rows))), "on_paper")
    assert (one.body, one.observed, one.n, one.rows, one.grade, one.p) == ("b01", 4, 10, 4, "E1", 0.0)
    assert one.sample == tuple(f"evidence/tasks.csv:{line}" for line in (12, 13, 14, 15))
    assert one.said is not None and "4 of 10 tasks (40%)" in one.said.en and "（40%）" in one.said.zh


def test_three_among_many_are_below_the_declared_share(tmp_path: Path) -> None:
    rows = county(1, 40)
    rows[:3] = [("b00", BARE)] * 3
    evidence = made(tmp_path, 1, tasks=register(rows))
    assert not of(looked(evidence), "on_paper")
    (one,) = of(looked(evidence, {"tasks": {"paper_above": 0.05}}), "on_paper")
    assert one.observed == 3 and one.expected == 2


def test_a_register_without_outcomes_and_checks_tells_nothing(tmp_path: Path) -> None:
    told = looked(made(tmp_path, tasks=register(county(3, 4, {f"b{at:02d}": BARE for at in range(3)}))))
    assert not of(told, "on_paper") and "no outcome, no check" in why(told, "on_paper")


def test_a_period_without_closed_tasks_is_not_applicable(tmp_path: Path) -> None:
    told = looked(made(tmp_path, tasks=register(county(3, 2))), period="2022")
    assert why(told, "on_paper") == "no task was closed in the period"
    assert why(told, "verified_by_owner") == "no closed task tells who verified it"


def test_who_verifies_their_own_work_is_named(tmp_path: Path) -> None:
    rows = county(2, 3)
    rows[1] = ("b00", {"verifier": "建设岗"})
    (one,) = of(looked(made(tmp_path, tasks=register(rows))), "verified_by_owner")
    assert (one.body, one.observed, one.n, one.sample) == ("b00", 1, 3, ("evidence/tasks.csv:3",))


def test_visits_of_one_verifier_on_one_day_count_over_all_bodies(tmp_path: Path) -> None:
    evidence = made(tmp_path, 2, tasks=register([*county(2, 6), ("b01", {"verified_on": "2024-03-26"})]))
    both = of(looked(evidence), "visits_in_bulk")
    assert [(one.body, one.observed, one.rows, one.grade) for one in both] == [
        ("b00", 12, 6, "E3"),
        ("b01", 12, 6, "E3"),
    ]
    assert not of(looked(evidence, {"tasks": {"on_site_a_day": 12}}), "visits_in_bulk")
