"""How soon projects fall idle."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.folders import looked, made, of, why
from tests.audit.vanity.works import county, observed, register

YEARS = range(2020, 2025)


def seen(bodies: int, each: int, idle: dict[int, float]) -> str:
    """Use every year since 2020, of 100; projects of some bodies fall to another use in 2022."""
    return observed(
        (at, f"{year}-03-15", idle.get(at // each, 70.0) if year >= 2022 else 70.0)
        for at in range(bodies * each)
        for year in YEARS
    )


def test_a_body_whose_projects_fall_idle_is_named_with_the_idle_ones(tmp_path: Path) -> None:
    evidence = made(tmp_path, 6, projects=register(county(6, 4)), uses=seen(6, 4, {2: 29.0, 3: 30.0}))
    told = looked(evidence)
    (one,) = of(told, "time_to_idle")
    assert (one.body, one.observed, one.n, one.rows, one.grade) == ("b02", 4, 4, 4, "E3")
    assert one.expected == pytest.approx(4 * 4 / 24) and one.p == pytest.approx(1 / 10626)  # all 4 of the 24, by chance
    assert one.said is not None and "4 of 4 projects observed were idle for 12 months" in one.said.en
    assert "in all bodies 17%" in one.said.en and told.compared["time_to_idle"] == 6


def test_projects_whose_capacity_is_nought_tell_nothing(tmp_path: Path) -> None:
    rows = county(6, 4, {"b02": {"design_capacity": 0}})
    told = looked(made(tmp_path, 6, projects=register(rows), uses=seen(6, 4, {2: 1.0})))
    assert "there is nothing to compare" in why(told, "time_to_idle")


def test_what_was_observed_for_less_than_a_year_tells_nothing(tmp_path: Path) -> None:
    uses = observed((at, "2019-12-01", 0.0) for at in range(12))
    told = looked(made(tmp_path, projects=register(county(3, 4)), uses=uses))
    assert why(told, "time_to_idle") == "the use of no project was observed for long enough"


def test_without_observations_there_is_no_test(tmp_path: Path) -> None:
    told = looked(made(tmp_path, projects=register(county(3, 4))))
    assert why(told, "time_to_idle") == why(told, "used_less") == "there is no table uses"
