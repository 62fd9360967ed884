"""Rectification (差评整改): whether bad ratings were put right in time, called back, and rated better then.

In checked records of ratings, out shares of the bad ratings (levels 1 and 2, removed ones among them) of each body and
period of rating. A bad rating whose deadline lies after the last day that the evidence knows of is not due yet and
stays out, put right or not: counting only those that were quick would flatter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from minping.indicators.events import engine, event_table, flag_of, month_of, whole_numbers, with_bodies
from minping.indicators.lags import within
from minping.indicators.rates import share_of
from minping.indicators.ratings import Measured
from minping.indicators.working_days import begun_by, with_numbers
from minping.model.arrays import Floats, Ints
from minping.model.evidence import Bodies, Records
from minping.stats.groups import sums

if TYPE_CHECKING:
    import ibis

COLUMNS = ("body", "status", "level", "rated_on", "rectified_on", "called_back_on", "rerated_level")
DAYS = ("rated_on", "rectified_on", "called_back_on")


class Limit(NamedTuple):
    """Within how many days a bad rating must be put right; the day of the rating does not count."""

    days: float
    working: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """Bad ratings in cells of body × month × removed or not, C of them; under each limit, L of them."""

    bodies: int
    limits: tuple[Limit, ...]
    body: Ints  #: (C,)
    month: Ints  #: (C,) of the rating, counted from year 0
    removed: Ints  #: (C,) 1: these ratings were taken out
    rerated: Floats  #: (C,) rated once more
    content: Floats  #: (C,) of these, at level 3 or above
    due: Floats  #: (L, C) whose deadline has come
    in_time: Floats  #: (L, C) of these, put right by then
    called: Floats  #: (L, C) of these, called back, whenever


def follow_up(records: Records, bodies: Bodies, limits: Sequence[Limit]) -> Mended:
    """Count what became of bad ratings; two scans, and memory that does not grow with their number."""
    with engine(records) as opened:
        table = event_table(opened, records, COLUMNS)
        latest = table.aggregate(**{name: table[name].max() for name in DAYS}).to_pyarrow().to_pylist()[0]
        known = [day for day in latest.values() if day is not None]
        found = counted(with_bodies(table, bodies), limits, max(known, default=date.min)).to_pyarrow()
    column = {name: whole_numbers(found[name]) for name in found.column_names}

    def under(kind: str) -> Floats:
        return np.array([column[f"{kind}{at}"] for at in range(len(limits))], dtype=np.float64).reshape(
            len(limits), len(found)
        )

    return Mended(
        len(bodies.ids),
        tuple(limits),
        column["body"],
        column["month"],
        column["removed"],
        column["rerated"].astype(np.float64),
        column["content"].astype(np.float64),
        under("due"),
        under("in_time"),
        under("called"),
    )


def counted(table: ibis.Table, limits: Sequence[Limit], last: date) -> ibis.Table:
    """The expression: bad ratings by body, month and removal, and what became of them by the `last` day."""
    import ibis

    status = ibis.coalesce(table.status, "rated")
    bad = table.filter((table.level <= 2) & (status != "defaulted"))
    bad = bad.mutate(removed=flag_of(bad.status == "removed"), month=month_of(bad.rated_on))
    if any(limit.working for limit in limits):
        bad = with_numbers(with_numbers(bad, "rated_on"), "rectified_on")
    figures: dict[str, Any] = {}
    for at, limit in enumerate(limits):
        due, in_time = _deadline(bad, limit, last)
        figures[f"due{at}"] = bad.count(where=due)
        figures[f"in_time{at}"] = bad.count(where=due & in_time)
        figures[f"called{at}"] = bad.count(where=due & bad.called_back_on.notnull())
    rerated = bad.rerated_level.notnull()
    figures |= {"rerated": bad.count(where=rerated), "content": bad.count(where=rerated & (bad.rerated_level >= 3))}
    return bad.group_by("body", "month", "removed").aggregate(**figures)


def _deadline(bad: ibis.Table, limit: Limit, last: date) -> tuple[Any, Any]:
    """Whether the deadline has come, and whether the rating was put right by then."""
    import ibis

    if limit.working:
        # done on a day off counts as done on the next working day
        spent = bad.ended_rectified_on - bad.begun_rated_on
        return bad.begun_rated_on <= begun_by(last) - limit.days, ibis.coalesce(spent <= limit.days, False)
    allowed = int(limit.days)
    start = last - timedelta(days=min(allowed, (last - date.min).days))
    return bad.rated_on <= start, ibis.coalesce(bad.rectified_on <= bad.rated_on + ibis.interval(days=allowed), False)


def measure_rectification(
    mended: Mended, periods: Sequence[str], name: str, limit: Limit, *, as_ruled: bool = False
) -> Measured:
    """A share of the bad ratings of each period in per cent, (P, N); as ruled, without those that were removed."""
    at = mended.limits.index(limit)
    of, which = {
        "rectified_in_time": (mended.due[at], mended.in_time[at]),
        "called_back_share": (mended.due[at], mended.called[at]),
        "rerated_satisfied": (mended.rerated, mended.content),
    }[name]
    kept = (mended.removed == 0) | (not as_ruled)
    each = [within(mended.month, period) & kept for period in periods]
    whole, part = (
        np.stack([sums(mended.body, np.where(inside, figure, 0.0), mended.bodies) for inside in each])
        for figure in (of, which)
    )
    return share_of(part, whole)


MEASURES = ("rectified_in_time", "called_back_share", "rerated_satisfied")
