"""Periods by name and by the calendar: `2016Q1` one back is `2015Q4`, and it ends on 2016-03-31."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

import numpy as np

from minping.model.arrays import Bools, Ints

_PER_YEAR = {"": 1, "H": 2, "Q": 4, "-": 12}


def earlier(period: str, steps: int) -> str | None:
    """The period of the same kind, `steps` before; None for spans of years and odd names.

    >>> earlier("2016Q1", 1), earlier("2016-03", 12), earlier("2011-2015", 1)
    ('2015Q4', '2015-03', None)
    """
    match = re.fullmatch(r"(\d{4})(?:(H|Q|-)(\d{1,2}))?", period)
    if match is None:
        return None
    year, kind, part = int(match[1]), match[2] or "", int(match[3] or 1)
    at = year * _PER_YEAR[kind] + (part - 1) - steps
    year, part = divmod(at, _PER_YEAR[kind])
    if kind == "":
        return f"{year:04d}"
    return f"{year:04d}-{part + 1:02d}" if kind == "-" else f"{year:04d}{kind}{part + 1}"


def last_day(period: str) -> date | None:
    """The day on which a period ends; None for odd names.

    >>> last_day("2016Q1"), last_day("2011-2015")
    (datetime.date(2016, 3, 31), datetime.date(2015, 12, 31))
    """
    match = re.fullmatch(r"(?:\d{4}-)?(\d{4})(?:(H|Q|-)(\d{1,2}))?", period)
    if match is None or match[1] == "0000":
        return None
    year, per_year = int(match[1]), _PER_YEAR[match[2] or ""]
    month = int(match[3] or 1) * 12 // per_year
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def months_of(period: str) -> tuple[int, int] | None:
    """First and last month of a period, counted from year 0.

    >>> months_of("2024Q2"), months_of("2024-05"), months_of("2021-2024")
    ((24291, 24293), (24292, 24292), (24252, 24299))
    """
    match = re.fullmatch(r"(\d{4})(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2])|-(\d{4}))?", period)
    if match is None or match[1] == "0000":  # no calendar has the year 0
        return None
    start = int(match[1]) * 12
    for part, length in ((match[2], 6), (match[3], 3), (match[4], 1)):
        if part:
            return start + (int(part) - 1) * length, start + int(part) * length - 1
    return start, int(match[5] or match[1]) * 12 + 11


def within(month: Ints, period: str) -> Bools:
    """Which months, counted from year 0, lie in a period; of an odd name none."""
    first, last = months_of(period) or (1, 0)
    inside: Bools = (month >= first) & (month <= last)
    return inside


def periods_within(name: str, told: Sequence[str]) -> Bools:
    """Which of some periods lie wholly in one.

    >>> periods_within("2025", ["2025Q2", "2025-12", "2024-2025", "?"]).tolist()
    [True, True, False, False]
    """
    first, last = months_of(name) or (1, 0)
    spans = [months_of(period) or (0, -1) for period in told]
    return np.array([first <= start and end <= last for start, end in spans], dtype=np.bool_)
