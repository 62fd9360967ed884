"""Tables together: what one table names stands in the other, and days lie within what the figures cover."""

from __future__ import annotations

from pathlib import Path

from minping.evidence.linked import PASSED, UNKNOWN_DEBT, UNKNOWN_PROJECT, UNLISTED_PROJECT
from minping.evidence.tables import TABLES as SPECIFIED
from tests.evidence.audited import OFFICIAL, TABLES, told


def test_good_tables_fit_each_other(tmp_path: Path) -> None:
    assert not told(tmp_path, **TABLES)


def test_the_days_that_have_passed_are_columns_of_dates() -> None:
    for name, columns in PASSED.items():
        assert all(SPECIFIED[name].column(column).kind == "date" for column in columns)


def test_a_year_after_the_last_period_is_still_plausible_and_without_figures_nothing_is_told(tmp_path: Path) -> None:
    late = TABLES["payments"].replace("2024-05-04", "2025-12-31")
    assert not told(tmp_path, payments=late)
    later = TABLES["payments"].replace("2024-05-04", "2026-01-03")
    (found,) = told(tmp_path, payments=later)
    assert (found.code, found.place.row, found.place.column) == ("in-the-future", 2, "paid_on")
    longer = OFFICIAL + "b2,2025Q1,rate,95\n"
    assert not told(tmp_path, official=longer, payments=later)


def test_a_body_is_one_whatever_name_it_bears(tmp_path: Path) -> None:
    targets = "body,period,indicator,target\n甲街道,2024,gdp,112\nTown B,2024,gdp,5400000\nb2,2023,gdp,5300000\n"
    assert not told(tmp_path, targets=targets)  # one body of two
    found = told(tmp_path, targets=targets.replace("gdp,112", "gdp,11200000"))
    assert [one.place.row for one in found] == [2, 3, 4]


def test_rules_say_what_to_do() -> None:
    for rule in (*UNKNOWN_PROJECT, *UNLISTED_PROJECT, *UNKNOWN_DEBT):
        remark = rule.say("x")
        assert remark.found.zh and remark.found.en and remark.fix.zh and remark.fix.en
