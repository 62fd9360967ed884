"""Periods by name and by the calendar: `2016Q1` one back is `2015Q4`, and it ends on 2016-03-31."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

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
    if match is None:
        return None
    year, per_year = int(match[1]), _PER_YEAR[match[2] or ""]
    month = int(match[3] or 1) * 12 // per_year
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None
