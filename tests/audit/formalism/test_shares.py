"""Shares of tasks and inspections against all bodies, by Fisher's exact test."""

from __future__ import annotations

from pathlib import Path

import pytest
from scipy.stats import hypergeom

from tests.audit.folders import looked, made, of, why
from tests.audit.formalism.tasks import county, register

CASES = {
    "without_outcome": {"outcome_value": ""},
    "unchecked": {"verified_how": "documents"},
    "reopened": {"state": "reopened", "reopened_on": "2024-06-01"},
}


@pytest.mark.parametrize("key", list(CASES))
def test_the_body_with_more_than_others_is_found_with_fishers_p(tmp_path: Path, key: str) -> None:
    rows = [(body, {**other, "lookback_on": "2024-06-01"}) for body, other in county(5, 12)]
    rows[24:32] = [("b02", {**CASES[key], "lookback_on": "2024-06-01"})] * 8
    rows[0] = ("b00", rows[24][1])
    (one,) = of(looked(made(tmp_path, 5, tasks=register(rows))), key)
    assert (one.body, one.observed, one.n, one.rows) == ("b02", 8, 12, 8)
    assert one.p == pytest.approx(hypergeom.sf(7, 60, 9, 12)) and one.expected == pytest.approx(12 * 9 / 60)
    assert one.said is not None and "8 of 12 tasks" in one.said.en and "15%" in one.said.zh


def test_shares_that_are_alike_are_no_finding(tmp_path: Path) -> None:
    rows = [(body, {"outcome_value": ""} if at % 3 else {}) for at, (body, _) in enumerate(county(5, 12))]
    assert not of(looked(made(tmp_path, 5, tasks=register(rows))), "without_outcome")


def test_what_nobody_records_can_t_be_compared(tmp_path: Path) -> None:
    told = looked(made(tmp_path, tasks=register([(body, {"outcome_value": ""}) for body, _ in county(3, 4)])))
    assert "no closed task tells an outcome" in why(told, "without_outcome")
    assert "no closed task was looked back at" in why(told, "reopened")


def test_a_task_reopened_before_the_look_back_does_not_count(tmp_path: Path) -> None:
    back = {"lookback_on": "2024-06-01"}
    rows = [(body, back) for body, _ in county(5, 12)]
    rows[24:36] = [("b02", {**back, "state": "closed", "reopened_on": "2024-04-01"})] * 12
    assert not of(looked(made(tmp_path, 5, tasks=register(rows))), "reopened")


def visits(by: list[tuple[str, str]]) -> str:
    lines = [f"i{at},{body},2024-05-01,x,1,1,{who}" for at, (body, who) in enumerate(by)]
    return "\n".join(["inspection,body,visited_on,claim,reported_value,found_value,inspected_by", *lines]) + "\n"


def test_inspections_by_the_body_itself(tmp_path: Path) -> None:
    by = [(f"b{at:02d}", "self" if at == 3 else "upper") for at in range(5) for _ in range(8)]
    (one,) = of(looked(made(tmp_path, 5, inspections=visits(by))), "inspected_by_itself")
    assert (one.body, one.observed, one.n) == ("b03", 8, 8)


def test_inspections_that_tell_nobody_are_not_applicable(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 3, inspections=visits([("b00", "")])))
    assert "no inspection of the period tells who made it" in why(told, "inspected_by_itself")
