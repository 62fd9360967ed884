from __future__ import annotations

import pytest

from minping.indicators.lags import earlier, last_day, months_of


@pytest.mark.parametrize(
    ("period", "steps", "wanted"),
    [
        ("2016", 1, "2015"),
        ("2016", 10, "2006"),
        ("2016Q1", 1, "2015Q4"),
        ("2016Q3", 4, "2015Q3"),
        ("2016H1", 1, "2015H2"),
        ("2016-01", 1, "2015-12"),
        ("2016-12", 13, "2015-11"),
        ("2011-2015", 1, None),
        ("once", 1, None),
    ],
)
def test_the_period_before_is_of_the_same_kind(period: str, steps: int, wanted: str | None) -> None:
    assert earlier(period, steps) == wanted


def test_no_calendar_has_the_year_0() -> None:
    assert months_of("0000") is None and last_day("0000-05") is None and months_of("0001") == (12, 23)
