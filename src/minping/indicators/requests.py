"""Requests: how they were answered, whether they were solved, how long they took; values with standard errors.

In checked records of requests, out the rates (三率) and durations of each body and period of opening. A mere
acknowledgement (已收悉) is no reply. A request that was reopened, or came again from the same place about the same
matter or in nearly the same words within 30 days, was not solved, whatever was said. Unfinished requests count: durations are censored (Kaplan
and Meier). Requests left out of the rates stay in, unless a measure is asked for as ruled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.events import (
    engine,
    event_table,
    flag_of,
    here,
    month_of,
    small_table,
    whole_numbers,
    with_bodies,
)
from minping.indicators.lags import within
from minping.indicators.rates import share_of
from minping.indicators.ratings import Measured
from minping.indicators.repeats import said_again
from minping.indicators.working_days import with_numbers
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import Bodies, Records
from minping.scheme.request_rules import AGAIN_WITHIN, NAMED_RATES, RequestRate
from minping.stats.durations import finished_within, product_limit, time_until
from minping.stats.groups import sums

if TYPE_CHECKING:
    import ibis

ACKNOWLEDGEMENT = r"(?s)^.{0,12}(已收悉|收悉|已受理|已转).{0,30}$"  #: a reply that says no more than that it came
COLUMNS = (
    "request", "body", "opened_at", "category", "due_at", "responded_at", "closed_at", "resolved", "satisfied",
    "reopened_at", "duplicate_of", "place", "reply", "excluded",
)  # fmt: skip
FLAGS = ("excluded", "in_time", "responded", "resolved", "satisfied", "undone", "closed", "on_time", "due")


@dataclass(frozen=True, slots=True)
class Asked:
    """Requests in cells of body × month × flags × days to close."""

    bodies: int
    body: Ints  #: (C,)
    month: Ints  #: (C,) of opening, counted from year 0
    count: Floats  #: (C,)
    days: Floats  #: (C,) to close, or until the last thing known of any request
    working_days: Floats  #: (C,) the same in working days; nought where they were not asked for
    flag: Mapping[str, Ints]  #: (C,) 1 yes, 0 no, −1 nobody knows
    reason: Ints  #: (C,) why left out, position in `reasons`
    reasons: tuple[str, ...]  #: empty where it is not left out


def ask(records: Records, bodies: Bodies, *, working: bool = False, again_within: int = AGAIN_WITHIN) -> Asked:
    """Count the requests, `working` days too where asked for; one scan and one sort, whatever their number.

    A matter that comes again `again_within` days after it was closed was not solved.
    """
    with here(records) as reader:  # words are compared here: no engine need hold them
        again = said_again(reader, records, bodies, again_within)
    with engine(records) as opened:
        table = counted(opened, records, bodies, again, working=working, again_within=again_within).to_pyarrow()
    found = {name: whole_numbers(table[name]) for name in table.column_names if name != "reason"}
    reasons, reason = np.unique(np.array(table["reason"].to_pylist(), dtype=str), return_inverse=True)
    count, days = found["n"].astype(np.float64), found["days"] / 24.0
    flags, spent = {name: found[name] for name in FLAGS}, found["working_days"].astype(np.float64)
    return Asked(
        len(bodies.ids),
        found["body"],
        found["month"],
        count,
        days,
        spent,
        flags,
        reason.astype(np.int64),
        tuple(reasons.tolist()),
    )


def counted(
    opened: Any,
    records: Records,
    bodies: Bodies,
    said_again: Sequence[str] = (),
    *,
    working: bool,
    again_within: int = AGAIN_WITHIN,
) -> ibis.Table:
    """The expression: requests by body, month, flags, hours (and working days) to close.

    `said_again`: requests whose words came again, see `indicators.repeats`.
    """
    import ibis
    import pyarrow as pa

    table = with_bodies(event_table(opened, records, COLUMNS), bodies)
    hour = {
        name: table[name].epoch_seconds() // 3600
        for name in ("opened_at", "due_at", "responded_at", "closed_at", "reopened_at")
    }
    table = table.mutate(**{f"h_{name.removesuffix('_at')}": expression for name, expression in hour.items()})
    same = ibis.window(group_by=["body", "category", "place"], order_by=["h_opened", "request"])
    again = (table.h_opened.lead().over(same) - ibis.coalesce(table.h_closed, table.h_opened)) <= again_within * 24
    earlier = table.select(marked=table.duplicate_of).drop_null().distinct()
    table = table.mutate(again=ibis.coalesce(again & table.place.notnull() & table.category.notnull(), False))
    repeated = small_table(table, pa.table({"repeated": pa.array(said_again, pa.string())}))
    table = table.left_join(earlier, table.request == earlier.marked)
    table = table.left_join(repeated, table.request == repeated.repeated)
    last = ibis.greatest(
        *(ibis.coalesce(table[f"h_{name}"].max(), 0) for name in ("opened", "responded", "closed", "reopened"))
    )
    table = table.cross_join(table.aggregate(last=last))
    table = with_working_days(table) if working else table.mutate(working_days=ibis.literal(0, "int64"))
    replied = table.h_responded.notnull() & ~ibis.coalesce(table.reply.re_search(ACKNOWLEDGEMENT), False)
    return (
        table.mutate(
            month=month_of(table.opened_at),
            excluded=flag_of(table.excluded.notnull()),
            reason=ibis.coalesce(table.excluded, ""),
            responded=flag_of(replied),
            in_time=flag_of(replied & (table.h_due.isnull() | (table.h_responded <= table.h_due))),
            resolved=_answer(table.resolved),
            satisfied=_answer(table.satisfied),
            undone=flag_of(
                table.h_reopened.notnull() | table.again | table.marked.notnull() | table.repeated.notnull()
            ),
            closed=flag_of(table.h_closed.notnull()),
            due=flag_of(table.h_due <= table["last"]),
            on_time=flag_of(table.h_closed <= table.h_due),
            days=ibis.coalesce(table.h_closed, table["last"]) - table.h_opened,
        )
        .group_by("body", "month", "days", "working_days", "reason", *FLAGS)
        .aggregate(n=ibis._.count())
    )


def with_working_days(table: ibis.Table) -> ibis.Table:
    """The same with the working days that each request took, or has been open by the last thing known of any."""
    import ibis

    latest = ibis.greatest(
        *(
            ibis.coalesce(table[name].max(), table.opened_at.max())
            for name in ("opened_at", "responded_at", "closed_at", "reopened_at")
        )
    )
    table = table.cross_join(table.aggregate(latest=latest))
    table = table.mutate(from_on=table.opened_at.date(), to_on=ibis.coalesce(table.closed_at, table.latest).date())
    table = with_numbers(with_numbers(table, "from_on"), "to_on")
    end = ibis.ifelse(table.closed_at.notnull(), table.ended_to_on, table.begun_to_on)
    return table.mutate(working_days=ibis.greatest(ibis.coalesce(end - table.begun_from_on, 0), 0))


def measure_requests(
    asked: Asked,
    periods: Sequence[str],
    name: str | RequestRate,
    *,
    days: float = 15.0,
    working: bool = False,
    as_ruled: bool = False,
) -> Measured:
    """A measure of the requests opened in each period, (P, N); `days` are working days where `working`."""
    kept = (asked.flag["excluded"] == 0) | (not as_ruled)
    each = [within(asked.month, period) & kept for period in periods]
    rate = name if isinstance(name, RequestRate) else NAMED_RATES.get(name)
    if rate is not None:
        left_out = np.isin(np.array(asked.reasons), rate.without)[asked.reason]
        of, share = _all_hold(asked, rate.of) & ~left_out, _all_hold(asked, rate.share)
        found = [_rate(asked, inside & of, share) for inside in each]
    else:
        spent = asked.working_days if working else asked.days
        found = [_time(asked, spent, inside, str(name), days) for inside in each]
    return Measured(*(np.stack([getattr(one, name) for one in found]) for name in ("estimate", "se", "n")))


def _all_hold(asked: Asked, conditions: Sequence[str]) -> Bools:
    """Which cells all conditions hold of, (C,)."""
    found = np.ones(len(asked.body), dtype=np.bool_)
    for condition in conditions:
        name = condition.removeprefix("not ")
        if name in KNOWN_OF:
            found &= (asked.flag[KNOWN_OF[name]] >= 0) == (name == condition)
        else:
            found &= asked.flag[FLAG_OF[name]] == (1 if name == condition else 0)
    return found


def _rate(asked: Asked, of: Bools, which: Bools) -> Measured:
    """Share in per cent, standard error, cases; (N,) each."""
    whole = sums(asked.body, np.where(of, asked.count, 0.0), asked.bodies)
    return share_of(sums(asked.body, np.where(of & which, asked.count, 0.0), asked.bodies), whole)


def _time(asked: Asked, spent: Floats, inside: Bools, name: str, days: float) -> Measured:
    """Share closed within some days, or days until half are closed; unfinished requests count as unfinished."""
    rows = np.repeat(np.flatnonzero(inside), asked.count[inside].astype(np.int64))
    whole = sums(asked.body, np.where(inside, asked.count, 0.0), asked.bodies)
    steps = product_limit(spent[rows], asked.flag["closed"][rows] == 1, asked.body[rows], groups=asked.bodies)
    if name == "median_days":
        half, low, high = (time_until(steps, share) for share in (0.5, 0.55, 0.45))
        slope = np.abs(high - low) / 0.1  # days for each share of the curve around its middle
        return Measured(half, slope * 0.5 / np.sqrt(np.maximum(whole, 1.0)), whole)
    found = finished_within(steps, days)
    least = share_of(found.share * whole, whole).se  # as if all had been followed to their end
    return Measured(100.0 * found.share, np.fmax(100.0 * found.error, least), whole)


def _answer(column: Any) -> Any:
    """1 yes, 0 no, −1 where nobody was called back."""
    import ibis

    return ibis.cases((column == "yes", 1), (column == "no", 0), else_=-1).cast("int8")


#: condition of a scheme -> the flag that tells it; a flag of −1 holds neither way
FLAG_OF = {
    "replied": "responded",
    "replied_in_time": "in_time",
    "solved": "resolved",
    "satisfied": "satisfied",
    "came_back": "undone",
    "closed": "closed",
    "closed_in_time": "on_time",
    "due": "due",
    "excluded": "excluded",
}
KNOWN_OF = {"called_back": "resolved", "asked_if_satisfied": "satisfied"}  #: holds where the flag is known
