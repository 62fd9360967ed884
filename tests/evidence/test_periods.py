"""Periods: forms, order, suggestions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minping.evidence.periods import in_time_order, read_period
from tests.evidence.folder import CODEBOOK, Folder


@pytest.mark.parametrize("period", ["2016", "2016H1", "2016Q4", "2016-05", "2011-2015"])
def test_the_written_forms_are_read_without_a_word(period: str) -> None:
    assert read_period(period) == (period, None)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("2016-13", "2016-12"), ("2016Q5", "2016Q4"), ("2015-2011", "2011-2015"), ("2016-5", "2016-05"),
     ("2016-05-01", "2016-05"), ("2016/05", "2016-05"), ("201605", "2016-05")],
)  # fmt: skip
def test_a_malformed_period_is_an_error_with_the_nearest_form(folder: Folder, cell: str, meant: str) -> None:
    problem = folder.rows(f"beijing,{cell},gdp,1").only("malformed-period")
    assert problem.place.row == 2 and meant in problem.fix.en


@pytest.mark.parametrize("cell", ["", "last year", "16", "二〇一六"])
def test_what_is_no_period_at_all_is_an_error(folder: Folder, cell: str) -> None:
    assert folder.rows(f"beijing,{cell},gdp,1").only("malformed-period" if cell else "empty-cell").place.row == 2


@pytest.mark.parametrize(
    ("cell", "period"),
    [("2016年", "2016"), ("２０１６", "2016"), ("2016q1", "2016Q1"), ("2016年5月", "2016-05"), ("2016.0", "2016"),
     ("2016年第三季度", "2016Q3"), ("2016年下半年", "2016H2"), ("2011—2015年", "2011-2015")],
)  # fmt: skip
def test_other_clear_forms_are_read_and_noted(folder: Folder, cell: str, period: str) -> None:
    folder.rows(f"beijing,{cell},gdp,1")
    assert folder.only("period-form").severity == "note"
    assert folder.load().periods == (period,)


def test_a_period_that_the_scheme_does_not_ask_for_is_an_error(folder: Folder) -> None:
    problem = folder.rows("beijing,2019,gdp,1").only("unknown-period", replace(CODEBOOK, periods=("2016", "2018")))
    assert problem.allowed.en == "2016, 2018"


def test_the_latest_period_comes_last() -> None:
    assert in_time_order(["2016", "2015-12", "2016H1", "2011-2015", "2016Q1"]) == [
        "2011-2015", "2015-12", "2016Q1", "2016H1", "2016",
    ]  # fmt: skip


def test_periods_are_in_time_order_whatever_the_order_of_rows(folder: Folder) -> None:
    folder.rows("beijing,2017,gdp,3", "tianjin,2015,gdp,1", "hebei,2016,gdp,2")
    official = folder.load().official
    assert official.periods == ("2015", "2016", "2017")
    assert [official.periods[code] for code in official.period] == ["2017", "2015", "2016"]
