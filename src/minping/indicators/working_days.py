"""Working days: the working calendar of China as a table of numbered days that an engine joins.

Out: for each day how many working days there were up to it, so that a span is a difference of two numbers. Public
holidays and the weekends worked in their stead are those of the package `chinesecalendar` (notices of the State
Council's General Office, year by year); a year without its notice knows weekends only, and `uncharted` names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from minping.indicators.events import small_table
from minping.model.arrays import Bools, Ints

if TYPE_CHECKING:
    from datetime import date

    import ibis

FIRST, LAST = np.datetime64("1950-01-01"), np.datetime64("2150-01-01")  #: days that have a number, without the last


class Numbered(NamedTuple):
    """Every day from FIRST on, D of them."""

    day: NDArray[np.datetime64]  #: (D,)
    begun: Ints  #: (D,) working days up to it, it among them; a span that begins on it is counted from here
    ended: Ints  #: (D,) the number of the first working day from it on; a span that ends on it is counted to here


@cache
def numbered() -> Numbered:
    """The calendar, made once.

    A span's first day does not count (Civil Code of China, article 201), so `ended` of its last day less `begun` of
    its first is how many working days it took: done on the Saturday after the last working day is a day late.

    >>> calendar = numbered()
    >>> monday, sunday = (np.searchsorted(calendar.day, np.datetime64(day)) for day in ("2025-09-29", "2025-10-12"))
    >>> int(calendar.ended[sunday] - calendar.begun[monday])  # 30 September, 9, 10, 11 and 13 October
    5
    """
    days = np.arange(FIRST, LAST)
    working = is_working(days)
    begun = np.cumsum(working).astype(np.int64)
    return Numbered(days, begun, np.where(working, begun, begun + 1))


def is_working(days: NDArray[np.datetime64]) -> Bools:
    """Whether each day is one on which people work, (D,).

    >>> is_working(np.array(["2025-10-01", "2025-10-11", "2199-10-12"], dtype="datetime64[D]")).tolist()
    [False, True, False]
    """
    from chinese_calendar.constants import holidays, workdays

    off, on = (np.array(sorted(known), dtype="datetime64[D]") for known in (holidays, workdays))
    found: Bools = (np.is_busday(days) & ~np.isin(days, off)) | np.isin(days, on)
    return found


def uncharted(years: Iterable[int]) -> tuple[int, ...]:
    """Those of some years whose public holidays are not known.

    >>> uncharted([2003, 2004, 2025, 2199])
    (2003, 2199)
    """
    from chinese_calendar.constants import holidays

    known = {day.year for day in holidays}
    return tuple(sorted(set(years) - known))


def begun_by(day: date) -> int:
    """Working days up to a day, as `Numbered.begun`."""
    calendar = numbered()
    at = int(np.searchsorted(calendar.day, np.datetime64(day), side="right")) - 1
    return int(calendar.begun[max(at, 0)])


def with_numbers(table: ibis.Table, column: str) -> ibis.Table:
    """The same with `begun_<column>` and `ended_<column>`, the numbers of a column of days; nothing beyond the calendar."""
    import pyarrow as pa

    known = numbered()
    days = pa.table({"known_on": pa.array(known.day, pa.date32()), "begun": known.begun, "ended": known.ended})
    lookup = small_table(table, days)
    joined = table.left_join(lookup, table[column] == lookup.known_on)
    numbers = {f"{end}_{column}": joined[end] for end in ("begun", "ended")}
    return joined.mutate(**numbers).drop("known_on", "begun", "ended")
