"""Ratings: what citizens said of each body in each period, as counts, values and standard errors.

In checked records of ratings and offers, out a distribution by body and period, and measures of it. A default
(silence counted as 基本满意) is no rating and a removed rating is still one: every measure is given as ruled and as
rated. Cells that hang together (a window, or a day) are one cluster of the standard error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.events import (
    engine,
    event_table,
    month_of,
    numbers,
    small_table,
    trimmed,
    whole_numbers,
    with_bodies,
    years_in,
)  # fmt: skip
from minping.indicators.lags import months_of, periods_within
from minping.model.arrays import Floats
from minping.model.evidence import Bodies, Records
from minping.stats.groups import sums

if TYPE_CHECKING:
    import ibis

LEVELS = np.arange(1.0, 6.0)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in each period of each body: counts, and what a standard error must know of the clusters."""

    periods: tuple[str, ...]
    bodies: tuple[str, ...]
    rated: Floats  #: (P, N, 5) levels 1 to 5, those removed among them
    removed: Floats  #: (P, N)
    defaulted: Floats  #: (P, N)
    clusters: Floats  #: (P, N)
    ruled: Floats  #: (P, N, 5) as they count by the rules: defaults as level 3, without removed ones
    rated_products: Floats  #: (P, N, 5, 5) sum over clusters of count times count
    ruled_products: Floats  #: (P, N, 5, 5)


def listen(records: Records, bodies: Bodies, periods: Sequence[str]) -> Heard:
    """Count the ratings of each body and period; one scan, and memory that does not grow with their number.

    `periods` are those asked for, e.g. 2024, 2024Q1, 2024-05; a rating may fall into several. None named: years.
    """
    names = tuple(periods) or tuple(str(year) for year in years_in(records, "rated_on"))
    with engine(records) as opened:
        found = moments(opened, records, bodies, names).to_pyarrow()
    shape = (len(names), len(bodies.ids))
    cell = whole_numbers(found["period"]) * shape[1] + whole_numbers(found["body"])

    def column(name: str) -> Floats:
        whole = np.zeros(shape[0] * shape[1])
        whole[cell] = found[name].to_numpy()
        return whole.reshape(shape)

    def products(kind: str) -> Floats:
        return np.stack([np.stack([column(_pair(kind, i, j)) for j in _FIVE], axis=-1) for i in _FIVE], axis=-2)

    rated, ruled = (np.stack([column(f"{kind}{level}") for level in _FIVE], axis=-1) for kind in ("rated", "ruled"))
    removed, defaulted, groups = (column(name) for name in ("removed", "defaulted", "clusters"))
    return Heard(names, bodies.ids, rated, removed, defaulted, groups, ruled, products("rated"), products("ruled"))


def moments(opened: Any, records: Records, bodies: Bodies, periods: Sequence[str]) -> ibis.Table:
    """The expression: counts of levels by body and period, and the sums over clusters of their products."""
    raw = ("body", "status", "window")
    cells = clusters(event_table(opened, records, (*raw, "rated_on", "level"), raw=raw))
    whole = in_periods(with_bodies(cells, bodies), periods)
    counts = [f"{kind}{level}" for kind in ("rated", "ruled") for level in _FIVE] + ["removed", "defaulted"]
    whole = whole.group_by("period", "body", "window", "day").aggregate(
        **{name: whole[name].sum().cast("float64") for name in counts}
    )
    squares = {
        _pair(kind, i, j): (whole[f"{kind}{i}"] * whole[f"{kind}{j}"]).sum()
        for kind in ("rated", "ruled")
        for i in _FIVE
        for j in _FIVE
        if i <= j
    }
    sums = {name: whole[name].sum() for name in counts}
    return whole.group_by("period", "body").aggregate(**sums, **squares, clusters=whole.count())


def clusters(table: ibis.Table, by: Sequence[str] = ()) -> ibis.Table:
    """The expression: ratings by body, month and cluster; a cluster is a window, or a day where none is named.

    In `table`, body, status, window and `by` (columns to tell ratings apart by, besides) may have blanks around them;
    most have none, so that is looked at last.
    """
    import ibis

    status, level, said = table.status, ibis.coalesce(table.level, 0), trimmed(table.status)
    unnamed = table.window.isnull() | (table.window < "!")
    table = table.mutate(
        # one whole number for month and day: another key of the large table would cost more than all the counting
        moment=(month_of(table.rated_on) * _DAYS + ibis.ifelse(unnamed, table.rated_on.day(), 0)).cast("int32"),
        code=ibis.cases(
            (status.isnull() | (status == "rated"), level),
            (said == "defaulted", _SILENT),
            (said == "removed", level + _OUT),
            else_=level,
        ).cast("int8"),
    )
    codes = {f"kept{level}": level for level in _FIVE} | {f"out{level}": level + _OUT for level in _FIVE}
    counts = {name: table.count(where=table.code == code) for name, code in {**codes, "defaulted": _SILENT}.items()}
    cells = table.group_by("body", "moment", "window", *by).aggregate(**counts)
    words = {name: trimmed(cells[name]) for name in ("body", "window", *by)}
    cells = cells.mutate(**words, month=cells.moment // _DAYS)
    cells = cells.mutate(day=ibis.ifelse(cells.window.isnull(), cells.moment, 0))
    rated = {f"rated{level}": cells[f"kept{level}"] + cells[f"out{level}"] for level in _FIVE}
    ruled = {f"ruled{level}": cells[f"kept{level}"] + (cells.defaulted if level == 3 else 0) for level in _FIVE}
    removed = reduce(add, (cells[f"out{level}"] for level in _FIVE))
    return cells.select("body", "month", "window", "day", *by, "defaulted", **rated, **ruled, removed=removed)


def in_periods(table: ibis.Table, periods: Sequence[str]) -> ibis.Table:
    """The same with `period`, the position of each period that a row's month lies in; rows of none are left out."""
    import pyarrow as pa

    spans = [months_of(period) or (1, 0) for period in periods]
    columns = {"period": range(len(spans)), "first": [one for one, _ in spans], "last": [one for _, one in spans]}
    named = small_table(table, pa.table({name: pa.array(column, pa.int64()) for name, column in columns.items()}))
    return table.inner_join(named, [table.month >= named.first, table.month <= named["last"]])


def tally(heard: Heard) -> Floats:
    """Ratings of level 1 to 5, defaulted and removed ones of each period and body, (P, N, 7)."""
    return np.concatenate([heard.rated, heard.defaulted[..., None], heard.removed[..., None]], axis=-1)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of what was heard, (P, N) each."""

    estimate: Floats  #: NaN where nobody was heard
    se: Floats
    n: Floats
    degrees: Floats | None = None  #: of freedom of `se`; None: many
    ends: tuple[Floats, Floats] | None = field(default=None, kw_only=True)  #: of the interval, where it is known better


def measure(heard: Heard, name: str, *, as_ruled: bool = False) -> Measured:
    """Measure a distribution; the error is that of clusters, and never below that of independent ratings.

    The variance of a mean over clusters drawn with replacement, linearised (Wolter 2007, 6.11), from the products
    of their counts: with d = worth − mean it is m / (m − 1) · dᵀSd / n².
    """
    worth = MEASURES[name]
    counts, products = (heard.ruled, heard.ruled_products) if as_ruled else (heard.rated, heard.rated_products)
    size, total = counts.sum(axis=-1), counts @ worth
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / size
        apart = worth - mean[..., None]
        squares = np.einsum("...i,...ij,...j->...", apart, products, apart)
        spread = np.where(heard.clusters > 1, heard.clusters / (heard.clusters - 1) * squares / size**2, 0.0)
        plain = independent(total, counts @ worth**2, size, worth)
        degrees = np.where(spread > plain, heard.clusters - 1.0, np.inf)
        return Measured(mean, np.where(size > 0, np.sqrt(np.maximum(spread, plain)), np.nan), size, degrees)


def independent(total: Floats, squares: Floats, size: Floats, worth: Floats) -> Floats:
    """Variance of the mean were ratings independent; half a rating at either end keeps it above nought (Jeffreys)."""
    ends = np.array([worth.min(), worth.max()])
    middle = (total + ends.sum() / 2) / (size + 1)
    spread: Floats = (squares + (ends**2).sum() / 2) / (size + 1) - middle**2
    return np.maximum(spread, 0.0) / (size + 2)


def response(records: Records, bodies: Bodies, periods: Sequence[str], name: str) -> Measured:
    """Share of the cases served that were rated (`response_rate`), or asked (`share_asked`), from the offers, (P, N)."""
    part = {"response_rate": "answered", "share_asked": "offered"}[name]
    with engine(records) as opened:
        table = with_bodies(event_table(opened, records, ("body", "period", "issued", part)), bodies)
        table = table.group_by("body", "period").aggregate(asked=table.issued.sum(), answered=table[part].sum())
        found = table.to_pyarrow()
    shape = (len(periods), len(bodies.ids))
    asked, answered = np.zeros(shape), np.full(shape, np.nan)
    body, told = whole_numbers(found["body"]), found["period"].to_pylist()
    many, few = numbers(found["asked"]), numbers(found["answered"])
    for at, period in enumerate(periods):
        inside = periods_within(period, told)
        asked[at] = sums(body[inside], np.nan_to_num(many[inside]), shape[1])
        answered[at] = sums(body[inside], np.nan_to_num(few[inside]), shape[1])
    with np.errstate(invalid="ignore", divide="ignore"):
        share = 100.0 * answered / asked
        se = 100.0 * np.sqrt(answered / asked * (1 - answered / asked) / asked)
    return Measured(np.where(asked > 0, share, np.nan), np.where(asked > 0, se, np.nan), asked)


def _pair(kind: str, i: int, j: int) -> str:
    return f"{kind}{min(i, j)}{max(i, j)}"


#: what each level is worth: a share in per cent, or points of 100 as declared
MEASURES: Mapping[str, Floats] = {
    "share_satisfied": np.where(LEVELS >= 3, 100.0, 0.0),
    "share_bad": np.where(LEVELS <= 2, 100.0, 0.0),
    "share_very_satisfied": np.where(LEVELS == 5, 100.0, 0.0),
    "mean_points": 25.0 * (LEVELS - 1),
}
_FIVE = (1, 2, 3, 4, 5)
_DAYS = 32  #: more than a month has
_OUT, _SILENT = 8, 16  #: added to the level of a removed rating; the code of a default
