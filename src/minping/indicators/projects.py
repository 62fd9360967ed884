"""Projects: use against capacity and forecast, time, cost, idleness, support; values with standard errors.

In checked records of projects (and of their use, where it was observed), out measures of each body and period. What a
measure needs and a project doesn't tell is missing: such a project is counted in none of that measure, and `n` says
how many were. Use is the latest observation by the end of the period, or else what the project itself says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from minping.indicators.events import (
    engine,
    event_table,
    flag_of,
    month_of,
    numbers,
    small_table,
    whole_numbers,
    with_bodies,
)
from minping.indicators.lags import months_of
from minping.indicators.rates import share_of
from minping.indicators.ratings import Measured
from minping.model.arrays import Floats
from minping.model.evidence import Bodies, Records
from minping.stats.groups import sums
from minping.stats.ratios import PairSums, ratio_of_sums

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

COLUMNS = (
    "project", "body", "approved_on", "budget_cny", "cost_cny", "planned_on", "completed_on", "opened_on",
    "design_capacity", "used_capacity", "forecast_use", "capacity_unit", "beneficiaries", "support_share", "support_n",
)  # fmt: skip
KNOWN = ("approved_on", "completed_on", "opened_on")  #: days that have passed
SETTLED = 12  #: months after which a project's use can be told
IDLE = 0.3  #: share of the design capacity below which a project is idle


class Pairs(NamedTuple):
    """What a measure counts: where it holds, and the ratio of which two."""

    counts: Any  #: expression: the project counts in the period
    y: Any
    x: Any


@dataclass(frozen=True, slots=True)
class Built:
    """Sums of each measure over the projects of each period and body, (P, N)."""

    sums: Mapping[str, PairSums]


def follow_projects(
    records: Records, uses: Records | None, bodies: Bodies, periods: Sequence[str], names: Sequence[str]
) -> Built:
    """Add up what measures need. The engine finds what counts; sums are taken here, in an order that no file gives."""
    with engine(records) as opened:
        table = with_bodies(event_table(opened, records, COLUMNS), bodies)
        pairs = in_each_period(opened, table, uses, periods)
        found = {name: _summed(table, pairs, name, len(periods), len(bodies.ids)) for name in names}
    return Built(found)


def in_each_period(opened: Any, table: ibis.Table, uses: Records | None, periods: Sequence[str]) -> ibis.Table:
    """The expression: every project beside every period: `period`, its `first` and `final` month, use by its end."""
    import ibis
    import pyarrow as pa

    spans = [months_of(period) or (1, 0) for period in periods]
    columns = {"period": range(len(spans)), "first": [one for one, _ in spans], "final": [one for _, one in spans]}
    named = small_table(table, pa.table({name: pa.array(one, pa.int64()) for name, one in columns.items()}))
    known = ibis.greatest(*(ibis.coalesce(table[name].max(), table.approved_on.max()) for name in KNOWN))
    pairs = table.cross_join(table.aggregate(known=known)).cross_join(named)
    if uses is not None:
        seen = latest_use(opened, uses, named)
        pairs = pairs.left_join(seen, [pairs.project == seen.seen_project, pairs.period == seen.seen_period])
        pairs = pairs.mutate(used_capacity=ibis.coalesce(pairs.seen, pairs.used_capacity))
    return pairs


def latest_use(opened: Any, uses: Records, named: ibis.Table) -> ibis.Table:
    """The expression: the latest observation of each project by the end of each period."""
    import ibis

    table = event_table(opened, uses, ("project", "observed_on", "used_capacity"))
    table = table.mutate(month=month_of(table.observed_on))
    seen = table.inner_join(named, [table.month <= named.final])
    order = ibis.row_number().over(
        ibis.window(group_by=["project", "period"], order_by=[ibis.desc("observed_on"), "used_capacity"])
    )
    latest = seen.mutate(order=order).filter(ibis._.order == 0)
    return latest.select(seen_project="project", seen_period="period", seen="used_capacity")


def measure_projects(built: Built, name: str) -> Measured:
    """A measure of the projects of each period, (P, N)."""
    told = built.sums[name]
    if name in SHARES:
        return share_of(told.y, told.n)
    found = ratio_of_sums(told)
    times, less = SCALED[name]
    estimate, se = times * found.value - less, times * found.se
    if name != "support":
        return Measured(estimate, se, told.n, found.degrees)
    plain = share_of(told.y, told.x)  # as if those asked had been drawn one by one
    apart = np.where(told.n > 1, se, 0.0)
    degrees = np.where(apart > plain.se, told.n - 1.0, np.inf)
    return Measured(estimate, np.fmax(apart, plain.se), told.x, degrees)


def there(pair: Pairs) -> Any:
    """The expression: the project counts and tells both figures, the lower one above nought."""
    import ibis

    return ibis.coalesce(pair.counts & pair.y.notnull() & (pair.x > 0), False)


def _summed(table: ibis.Table, pairs: ibis.Table, name: str, periods: int, bodies: int) -> PairSums:
    """The sums of a measure, (P, N) each."""
    pair = MEASURES[name](pairs)
    figures = {"y": pair.y.cast("float64"), "x": pair.x.cast("float64")}
    found = pairs.filter(there(pair)).select("period", "body", "capacity_unit", **figures).to_pyarrow()
    cell = whole_numbers(found["period"]) * bodies + whole_numbers(found["body"])
    y, x = numbers(found["y"]), numbers(found["x"])
    if name in PER_UNIT:
        scale = _scales(table, PER_UNIT[name], found["capacity_unit"])
        y, x = y / scale, x / scale
    order = np.lexsort((y, x, cell))
    cell, y, x = cell[order], y[order], x[order]
    each_sum = (sums(cell, one, periods * bodies) for one in (np.ones(len(y)), x, y, x * x, x * y, y * y))
    return PairSums(*(one.reshape(periods, bodies) for one in each_sum))


def _scales(table: ibis.Table, column: str, wanted: pa.ChunkedArray) -> Floats:
    """The mean of a column over all projects of the same unit of capacity, for each unit wanted, (n,)."""
    import pyarrow as pa

    told = table.filter(table[column] > 0).select("capacity_unit", column).to_pyarrow()
    both = pa.chunked_array([*told["capacity_unit"].chunks, *wanted.chunks], pa.string()).fill_null("")
    coded = both.combine_chunks().dictionary_encode()
    code, units = whole_numbers(coded.indices), len(coded.dictionary)
    figure = numbers(told[column])
    order = np.lexsort((figure, code[: len(figure)]))
    unit, figure = code[: len(figure)][order], figure[order]
    mean: Floats = sums(unit, figure, units) / np.maximum(sums(unit, np.ones(len(unit)), units), 1.0)
    return mean[code[len(figure) :]]


def _settled(pairs: ibis.Table, day: str) -> Any:
    return month_of(pairs[day]) + SETTLED <= pairs.final


def _utilisation(pairs: ibis.Table) -> Pairs:
    return Pairs(_settled(pairs, "opened_on"), pairs.used_capacity, pairs.design_capacity)


def _use_of_forecast(pairs: ibis.Table) -> Pairs:
    return Pairs(_settled(pairs, "opened_on"), pairs.used_capacity, pairs.forecast_use)


def _on_time(pairs: ibis.Table) -> Pairs:
    import ibis

    month = month_of(pairs.planned_on)
    due = (month >= pairs["first"]) & (month <= pairs.final) & (pairs.planned_on <= pairs.known)
    done = ibis.coalesce(pairs.completed_on <= pairs.planned_on, False)
    return Pairs(due, flag_of(done), flag_of(pairs.project.notnull()))


def _cost_overrun(pairs: ibis.Table) -> Pairs:
    month = month_of(pairs.completed_on)
    return Pairs((month >= pairs["first"]) & (month <= pairs.final), pairs.cost_cny, pairs.budget_cny)


def _idle(pairs: ibis.Table) -> Pairs:
    import ibis

    opened = ibis.coalesce(month_of(pairs.opened_on) <= pairs.final, False)
    known = _settled(pairs, "opened_on") & (pairs.design_capacity > 0) & pairs.used_capacity.notnull()
    unopened = ~opened & ibis.coalesce(_settled(pairs, "completed_on"), False)
    idle = unopened | ibis.coalesce(pairs.used_capacity < IDLE * pairs.design_capacity, False)
    return Pairs(unopened | ibis.coalesce(known, False), flag_of(idle), flag_of(pairs.project.notnull()))


def _support(pairs: ibis.Table) -> Pairs:
    asked = pairs.support_n
    return Pairs(month_of(pairs.approved_on) <= pairs.final, pairs.support_share / 100.0 * asked, asked)


def _cost_per_beneficiary(pairs: ibis.Table) -> Pairs:
    return Pairs(month_of(pairs.opened_on) <= pairs.final, pairs.cost_cny, pairs.beneficiaries)


MEASURES = {
    "utilisation": _utilisation,
    "use_of_forecast": _use_of_forecast,
    "on_time_share": _on_time,
    "cost_overrun": _cost_overrun,
    "idle_share": _idle,
    "support": _support,
    "cost_per_beneficiary": _cost_per_beneficiary,
}
#: measure -> the column whose mean, by unit of capacity, both figures are divided by
PER_UNIT = {"utilisation": "design_capacity", "use_of_forecast": "forecast_use"}
SHARES = ("on_time_share", "idle_share")
#: measure -> what the ratio is multiplied by, and what is taken off then
SCALED = {
    "utilisation": (100.0, 0.0),
    "use_of_forecast": (100.0, 0.0),
    "cost_overrun": (100.0, 100.0),
    "support": (100.0, 0.0),
    "cost_per_beneficiary": (1.0, 0.0),
}
