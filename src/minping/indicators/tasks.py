"""Tasks (督办事项): whether what was decided was closed and verified in time, and what came of it.

In checked records of tasks, out shares of those due in each period, by body. A task whose day lies after the last
thing known of any task is not due yet. Tasks that were stopped count as not done, unless a measure is asked for as
ruled. A task closed on paper only (`documents`), or verified by its owner, is closed, but not verified.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.indicators.events import engine, event_table, flag_of, month_of, whole_numbers, with_bodies
from minping.indicators.lags import within
from minping.indicators.rates import share_of
from minping.indicators.ratings import Measured
from minping.model.arrays import Floats, Ints
from minping.model.audited import BY_RESULT
from minping.model.evidence import Bodies, Records
from minping.stats.groups import sums

if TYPE_CHECKING:
    import ibis

COLUMNS = (
    "body", "decided_on", "due_on", "baseline_value", "outcome_value", "outcome_target", "submitted_on", "verified_on",
    "verified_how", "state", "closed_on", "reopened_on", "owner", "verifier",
)  # fmt: skip
KNOWN = ("decided_on", "submitted_on", "verified_on", "closed_on", "reopened_on")  #: days that have passed
FLAGS = ("closed", "ever_closed", "in_time", "verified", "reopened", "with_target", "attained", "without_outcome")


@dataclass(frozen=True, slots=True)
class Done:
    """Tasks whose day has come, in cells of body × month × stopped or not, C of them."""

    bodies: int
    body: Ints  #: (C,)
    month: Ints  #: (C,) in which it was due, counted from year 0
    stopped: Ints  #: (C,)
    due: Floats  #: (C,)
    count: Mapping[str, Floats]  #: flag -> (C,) tasks that it holds of


def follow_tasks(records: Records, bodies: Bodies) -> Done:
    """Count what became of tasks; one scan, and memory that does not grow with their number."""
    with engine(records) as opened:
        flagged = with_flags(with_bodies(event_table(opened, records, COLUMNS), bodies))
        cells = flagged.filter(flagged.is_due == 1).group_by("body", "month", "stopped")
        found = cells.aggregate(due=flagged.is_due.sum(), **{name: flagged[name].sum() for name in FLAGS}).to_pyarrow()
    column = {name: whole_numbers(found[name]) for name in found.column_names}
    counted = {name: column[name].astype(np.float64) for name in FLAGS}
    due = column["due"].astype(np.float64)
    return Done(len(bodies.ids), column["body"], column["month"], column["stopped"], due, counted)


def with_flags(table: ibis.Table) -> ibis.Table:
    """The expression: tasks with 1 or 0 for each flag, whether they are due, and the month in which."""
    import ibis

    last = ibis.greatest(*(ibis.coalesce(table[name].max(), table.decided_on.max()) for name in KNOWN))
    table = table.cross_join(table.aggregate(latest=last))
    state = ibis.coalesce(table.state, ibis.ifelse(table.closed_on.notnull(), "closed", "open"))
    closed, stopped = state == "closed", state == "stopped"
    ever = closed | (state == "reopened") | table.closed_on.notnull()
    lower = ibis.coalesce(table.outcome_target < table.baseline_value, False)
    reached = ibis.ifelse(
        lower, table.outcome_value <= table.outcome_target, table.outcome_value >= table.outcome_target
    )
    own = ibis.coalesce(table.verifier.lower() == table.owner.lower(), False)
    flags = {
        "is_due": table.due_on <= table.latest,
        "stopped": stopped,
        "closed": closed,
        "ever_closed": ever,
        "in_time": closed & (table.closed_on <= table.due_on),
        "verified": closed & (table.verified_on <= table.due_on) & table.verified_how.isin(BY_RESULT) & ~own,
        "reopened": ever & ((state == "reopened") | table.reopened_on.notnull()),
        "with_target": table.outcome_target.notnull(),
        "attained": reached,
        "without_outcome": ever & table.outcome_value.isnull(),
    }
    return table.mutate(month=month_of(table.due_on), **{name: _flag(one) for name, one in flags.items()})


def _flag(condition: ibis.Value) -> ibis.Value:
    import ibis

    return flag_of(ibis.coalesce(condition, False)).cast("int64")


def measure_tasks(done: Done, periods: Sequence[str], name: str, *, as_ruled: bool = False) -> Measured:
    """A share of the tasks due in each period in per cent, (P, N); as ruled, without those that were stopped."""
    part, of = MEASURES[name]
    whole = done.due if of is None else done.count[of]
    kept = (done.stopped == 0) | (not as_ruled)
    each = [within(done.month, period) & kept for period in periods]
    found, out_of = (
        np.stack([sums(done.body, np.where(inside, figure, 0.0), done.bodies) for inside in each])
        for figure in (done.count[part], whole)
    )
    return share_of(found, out_of)


#: measure -> the flag of what it counts, and of what it counts it (None: every task due)
MEASURES: Mapping[str, tuple[str, str | None]] = {
    "verified_on_time": ("verified", None),
    "closed_on_time": ("in_time", None),
    "reopened_rate": ("reopened", "ever_closed"),
    "outcome_attained": ("attained", "with_target"),
    "without_outcome": ("without_outcome", "ever_closed"),
}
