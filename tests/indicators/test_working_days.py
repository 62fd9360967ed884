"""Working days: against counting day by day with the package's own functions."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minping.indicators.working_days import FIRST, begun_by, is_working, numbered

KNOWN = st.dates(date(2004, 1, 1), date(2026, 12, 31))


def at(day: date) -> int:
    return int((np.datetime64(day) - FIRST).astype(np.int64))


def test_the_years_of_the_calendar_are_those_of_the_package_day_by_day() -> None:
    days = np.arange(np.datetime64("2004-01-01"), np.datetime64("2027-01-01"))
    plain = [chinese_calendar.is_workday(day) for day in days.tolist()]
    assert is_working(days).tolist() == plain


@given(start=KNOWN, span=st.integers(0, 60), allowed=st.integers(0, 40))
def test_in_time_means_not_after_the_day_on_which_the_last_allowed_working_day_falls(
    start: date, span: int, allowed: int
) -> None:
    end = min(start + timedelta(days=span), date(2026, 12, 31))
    deadline, left = start, allowed
    while left and deadline < date(2026, 12, 31):
        deadline += timedelta(days=1)
        left -= chinese_calendar.is_workday(deadline)
    known = numbered()
    spent = int(known.ended[at(end)] - known.begun[at(start)])
    if left == 0 and allowed:
        assert (spent <= allowed) == (end <= deadline)
        assert (begun_by(end) >= known.begun[at(start)] + allowed) == (end >= deadline)


def test_years_beyond_know_weekends_only() -> None:
    assert is_working(np.array(["2099-10-01", "2099-10-03"], dtype="datetime64[D]")).tolist() == [True, False]
    assert begun_by(date(1, 1, 1)) == 0 or begun_by(date(1, 1, 1)) == 1
