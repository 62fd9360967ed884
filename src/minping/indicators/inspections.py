"""Inspections: how often what was found agrees with what was reported, and by how much reports overstate.

In checked records of inspections, out measures of each body and period of visit, each row weighted by one over its
probability of being drawn. Inspections by the body itself tell nothing of its reports and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minping.indicators.events import engine, event_table, month_of, numbers, whole_numbers, with_bodies
from minping.indicators.lags import within
from minping.indicators.ratings import Measured
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import Bodies, Records
from minping.stats.groups import sums
from minping.stats.hajek import WeightedMean, hajek_mean
from minping.stats.proportions import share_interval

COLUMNS = (
    "body", "visited_on", "reported_value", "found_value", "inspected_by", "tolerance", "probability", "stratum",
)  # fmt: skip
ROUNDING = 1e-9  #: of the larger of two values: a difference that is none


@dataclass(frozen=True, slots=True)
class Visits:
    """Inspections with both values, V of them, in an order that doesn't depend on the files."""

    bodies: int
    body: Ints  #: (V,)
    month: Ints  #: (V,) counted from year 0
    reported: Floats  #: (V,)
    found: Floats  #: (V,)
    tolerance: Floats  #: (V,)
    weight: Floats  #: (V,) one over the probability, 1 where none is given
    stratum: Ints  #: (V,)


def read_visits(records: Records, bodies: Bodies) -> Visits:
    """The inspections by others than the body itself; one scan."""
    import ibis

    with engine(records) as opened:
        table = with_bodies(event_table(opened, records, COLUMNS), bodies)
        table = table.filter(
            ibis.coalesce(table.inspected_by, "") != "self", table.reported_value.notnull(), table.found_value.notnull()
        )
        names = ("reported_value", "found_value", "tolerance", "probability")
        found = table.select("body", *names, month=month_of(table.visited_on), stratum=ibis.coalesce(table.stratum, ""))
        rows = found.to_pyarrow()
    _, stratum = np.unique(np.array(rows["stratum"].to_pylist(), dtype=str), return_inverse=True)
    body, month = whole_numbers(rows["body"]), whole_numbers(rows["month"])
    reported, seen, tolerance, probability = (numbers(rows[name]) for name in names)
    order = np.lexsort((probability, tolerance, seen, reported, stratum, month, body))
    return Visits(
        len(bodies.ids),
        body[order],
        month[order],
        reported[order],
        seen[order],
        np.nan_to_num(tolerance[order]),
        1.0 / np.where(np.isnan(probability), 1.0, probability)[order],
        stratum.astype(np.int64).ravel()[order],
    )


def agreeing(visits: Visits) -> Bools:
    """Which inspections found what was reported, within their tolerance, (V,)."""
    largest = np.maximum(np.abs(visits.reported), np.abs(visits.found))
    same: Bools = np.abs(visits.reported - visits.found) <= visits.tolerance + ROUNDING * largest
    return same


def measure_inspections(visits: Visits, periods: Sequence[str], name: str) -> Measured:
    """A measure of the inspections of each period in per cent, (P, N).

    The error of a share that is nought or whole, or of a single inspection, is that of as many equal draws with half
    a case more at either end; so is the least error behind an interval.
    """
    each = [_told(visits, within(visits.month, period), name) for period in periods]
    mean, se, rows, degrees = (np.stack([getattr(one, field) for one, _ in each]) for field in FIELDS)
    if name != "agree_rate":
        return Measured(mean, se, rows, degrees)
    least = np.stack([plain for _, plain in each])
    se = np.where((se > 0) & (rows > 1), se, least)
    share = np.clip(mean / 100.0, 0.0, 1.0)
    ends = share_interval(share, np.fmax(se, least) / 100.0, rows, degrees=degrees)
    return Measured(mean, se, rows, degrees, ends=(100.0 * ends.low, 100.0 * ends.high))


def _told(visits: Visits, inside: Bools, name: str) -> tuple[WeightedMean, Floats]:
    """The measure of one period, and the error of a share of as many equal draws, (N,)."""
    if name == "agree_rate":
        kept, y = inside, np.where(agreeing(visits), 100.0, 0.0)
    else:
        kept = inside & (visits.found != 0)
        y = 100.0 * (visits.reported - visits.found) / np.abs(np.where(visits.found != 0, visits.found, 1.0))
    body, weight = visits.body[kept], visits.weight[kept]
    found = hajek_mean(y[kept], weight, body, visits.stratum[kept], visits.bodies)
    with np.errstate(invalid="ignore", divide="ignore"):
        effective = sums(body, weight, visits.bodies) ** 2 / sums(body, weight**2, visits.bodies)
        middle = (np.clip(found.value / 100.0, 0.0, 1.0) * effective + 0.5) / (effective + 1.0)
        plain: Floats = 100.0 * np.sqrt(middle * (1.0 - middle) / (effective + 2.0))
    return found, plain


FIELDS = ("value", "se", "rows", "degrees")
