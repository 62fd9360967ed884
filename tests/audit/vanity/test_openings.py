"""Openings before assessments and changes of office."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from minping.audit.opened import Opened
from minping.audit.vanity.openings import clustered, marked_days
from minping.indicators.events import engine
from tests.audit.folders import looked, made, of, why
from tests.audit.vanity.works import Row, county, register

ASSESSED = {"assessed_on": ["2019-12-20", "2021-12-20", "2023-12-20"]}


def opened_on(*days: str) -> list[Row]:
    return [{"opened_on": day} for day in days]


EVEN = opened_on("2019-02-01", "2020-05-01", "2021-08-01", "2022-11-25", "2023-03-01")
HURRIED = opened_on("2019-11-20", "2021-12-01", "2023-12-19", "2023-10-30", "2022-06-01")


def test_a_body_whose_openings_precede_assessments_is_named_with_all_bodies_beside_it(tmp_path: Path) -> None:
    rows = [(body, one) for body, days in (("b00", EVEN), ("b01", HURRIED), ("b02", EVEN)) for one in days]
    (one,) = of(looked(made(tmp_path, projects=register(rows)), ASSESSED), "openings")
    days = 365 * 6 + 2  # of 2019 to 2024
    assert (one.body, one.observed, one.n, one.grade, one.rows) == ("b01", 4, 5, "E3", 5)
    assert one.expected == pytest.approx(5 * 180 / days)
    assert one.p == pytest.approx(stats.binomtest(4, 5, 180 / days, alternative="greater").pvalue)
    assert one.said is not None and "In all bodies 4 of 15 (27%), such days being 8%" in one.said.en


def test_a_change_of_office_is_its_own_bodys_only(tmp_path: Path) -> None:
    rows = [(body, one) for body in ("b00", "b01", "b02") for one in opened_on("2022-06-01", "2022-06-10", "2022-06-20", "2023-01-01")]  # fmt: skip
    terms = "term,body,role,start_on,end_on\nt0,b01,head,2019-01-01,2022-07-01\nt1,b01,head,2022-07-02,\n"
    evidence = made(tmp_path, projects=register(rows), terms=terms)
    found = of(looked(evidence, {"assessed_on": ["2030-01-01"]}), "openings")
    assert [(one.body, one.observed) for one in found] == [("b01", 3)]


def test_without_declared_days_the_ends_of_years_count(tmp_path: Path) -> None:
    evidence = made(tmp_path, projects=register(county(3, 1)))
    with engine() as connection:
        days, owner = marked_days(Opened(evidence, "2021", None, connection), np.datetime64("2019-01-01"))
    assert days.astype(str).tolist() == ["2019-12-31", "2020-12-31", "2021-12-31"] and owner.tolist() == [-1, -1, -1]


def test_nothing_opened_by_then_is_told(tmp_path: Path) -> None:
    told = looked(made(tmp_path, projects=register(county(3, 1))), period="2018")
    assert why(told, "openings") == "no project was opened by the end of the period"


def test_days_from_the_first_to_the_last_of_the_span_count() -> None:
    first, last = np.datetime64("2024-01-01"), np.datetime64("2024-01-10")
    marked = np.array(["2024-01-11"], dtype="datetime64[D]"), np.array([-1])
    found = clustered(np.array([first, last]), np.array([0, 0]), 1, marked, 5, (first, last))
    assert (found.inside[0], found.events[0], found.share[0]) == (1, 2, 0.5)
