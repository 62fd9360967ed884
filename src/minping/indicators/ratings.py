"""Ratings: what citizens said of each body in each period, as counts, values and standard errors.

In checked records of ratings and offers, out a distribution by body and period, and measures of it. A default
(silence counted as 基本满意) is no rating and a removed rating is still one: every measure is given as ruled and as
rated. Cells that hang together (a window, or a day) are one cluster of the standard error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.events import engine, event_table, with_bodies
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import RATING_STATUSES, Bodies, Records
from minping.stats.designs import Design, Stage, variances
from minping.stats.groups import codes, column_sums, sums

if TYPE_CHECKING:
    import ibis

LEVELS = np.arange(1.0, 6.0)


@dataclass(frozen=True, slots=True)
class Heard:
    """Counts of ratings in cells of body × period × cluster."""

    periods: tuple[str, ...]
    bodies: tuple[str, ...]
    body: Ints  #: (C,) row of the body
    period: Ints  #: (C,)
    cluster: Ints  #: (C,)
    rated: Floats  #: (C, 5) levels 1 to 5, those removed among them
    removed: Floats  #: (C, 5) removed ones
    defaulted: Floats  #: (C,)

    def ruled(self, as_ruled: bool) -> Floats:
        """Levels as they count: as ruled (defaults as level 3, without removed ones), or as rated; (C, 5)."""
        if not as_ruled:
            return self.rated
        counted = self.rated - self.removed
        counted[:, 2] += self.defaulted
        return counted


def listen(records: Records, bodies: Bodies, periods: Sequence[str]) -> Heard:
    """Count the ratings of each body, period, window (or day) and level; one scan, whatever its size.

    `periods` are those asked for, e.g. 2024, 2024Q1, 2024-05; a rating may fall into several. None named: years.
    """
    opened = engine()
    try:
        found = counted(opened, records, bodies).to_pyarrow()
    finally:
        opened.disconnect()
    month, body = _numbers(found["month"]), _numbers(found["body"])
    names = tuple(periods) or tuple(str(year) for year in sorted(set((month // 12).tolist())))
    cluster = np.unique(np.asarray(found["cluster"].to_pylist(), dtype=str), return_inverse=True)[1].astype(np.int64)
    level, count = _numbers(found["level"]), _numbers(found["n"]).astype(np.float64)
    status = np.array([RATING_STATUSES.index(word) for word in found["status"].to_pylist()], dtype=np.int64)
    parts = [_of_period(at, name, month, body, cluster, level, status, count) for at, name in enumerate(names)]
    period, where, group, rated, removed, defaulted = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Heard(names, bodies.ids, where, period, group, rated, removed, defaulted)


def counted(opened: Any, records: Records, bodies: Bodies) -> ibis.Table:
    """The expression: ratings by body, month, cluster, status and level."""
    import ibis

    table = event_table(opened, records, ("body", "rated_on", "level", "status", "window"))
    table = with_bodies(table, bodies)
    table = table.mutate(
        month=table.rated_on.year().cast("int64") * 12 + table.rated_on.month().cast("int64") - 1,
        status=ibis.coalesce(table.status, "rated"),
        level=ibis.coalesce(table.level, 0),
        cluster=ibis.coalesce(table.window, table.rated_on.cast("string")),
    )
    return table.group_by("body", "month", "cluster", "status", "level").aggregate(n=table.count())


def tally(heard: Heard) -> Floats:
    """Ratings of level 1 to 5, defaulted and removed ones of each period and body, (P, N, 7)."""
    shape = (len(heard.periods), len(heard.bodies))
    cell = heard.period * shape[1] + heard.body
    columns = np.column_stack([heard.rated, heard.defaulted, heard.removed.sum(axis=1)])
    return column_sums(cell, columns, shape[0] * shape[1]).reshape(*shape, 7)


def months_of(period: str) -> tuple[int, int] | None:
    """First and last month of a period, counted from year 0.

    >>> months_of("2024Q2"), months_of("2024-05"), months_of("2021-2024")
    ((24291, 24293), (24292, 24292), (24252, 24299))
    """
    match = re.fullmatch(r"(\d{4})(?:H([12])|Q([1-4])|-(\d{2})|-(\d{4}))?", period)
    if match is None:
        return None
    start = int(match[1]) * 12
    for part, length in ((match[2], 6), (match[3], 3), (match[4], 1)):
        if part:
            return start + (int(part) - 1) * length, start + int(part) * length - 1
    return start, int(match[5] or match[1]) * 12 + 11


def _of_period(
    at: int, name: str, month: Ints, body: Ints, cluster: Ints, level: Ints, status: Ints, count: Floats
) -> tuple[Any, ...]:
    """The cells of one period: period, body, cluster, rated, removed, defaulted."""
    first, last = months_of(name) or (1, 0)
    inside = (month >= first) & (month <= last)
    cell = codes(body[inside], cluster[inside])
    cells = int(cell.max(initial=-1)) + 1
    kind, height, n = status[inside], level[inside], count[inside]
    rated, removed = np.zeros((cells, 5)), np.zeros((cells, 5))
    for column in range(5):
        here = height == column + 1
        rated[:, column] = sums(cell, np.where(here, n, 0.0), cells)
        removed[:, column] = sums(cell, np.where(here & (kind == 2), n, 0.0), cells)
    defaulted = sums(cell, np.where(kind == 1, n, 0.0), cells)
    start = np.unique(cell, return_index=True)[1]
    return np.full(cells, at), body[inside][start], cluster[inside][start], rated, removed, defaulted


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of what was heard, (P, N) each."""

    estimate: Floats  #: NaN where nobody was heard
    se: Floats
    n: Floats


def measure(heard: Heard, name: str, *, as_ruled: bool = False) -> Measured:
    """Measure a distribution; the error is that of clusters, and never below that of independent ratings."""
    worth = MEASURES[name]
    counts = heard.ruled(as_ruled)
    shape = (len(heard.periods), len(heard.bodies))
    domain = heard.period * shape[1] + heard.body
    size = sums(domain, counts.sum(axis=1), shape[0] * shape[1])
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = sums(domain, counts @ worth, len(size)) / size
        plain = independent(
            sums(domain, counts @ worth, len(size)), sums(domain, counts @ worth**2, len(size)), size, worth
        )
        linear = (counts @ worth - np.nan_to_num(mean)[domain] * counts.sum(axis=1)) / size[domain]
    stage = Stage(domain, heard.cluster)
    design = Design(np.ones(len(domain)), (stage,), lonely="certainty")
    spread = variances(design, np.nan_to_num(linear)[:, None], domain, len(size))[:, 0]
    found = (mean, np.where(size > 0, np.sqrt(np.maximum(spread, plain)), np.nan), size)
    return Measured(*(figure.reshape(shape) for figure in found))


def independent(total: Floats, squares: Floats, size: Floats, worth: Floats) -> Floats:
    """Variance of the mean were ratings independent; half a rating at either end keeps it above nought (Jeffreys)."""
    ends = np.array([worth.min(), worth.max()])
    middle = (total + ends.sum() / 2) / (size + 1)
    spread: Floats = (squares + (ends**2).sum() / 2) / (size + 1) - middle**2
    return np.maximum(spread, 0.0) / (size + 2)


def response(records: Records, bodies: Bodies, periods: Sequence[str], name: str) -> Measured:
    """Share of the cases served that were rated (`response_rate`), or asked (`share_asked`), from the offers, (P, N)."""
    part = {"response_rate": "answered", "share_asked": "offered"}[name]
    opened = engine()
    try:
        table = with_bodies(event_table(opened, records, ("body", "period", "issued", part)), bodies)
        table = table.group_by("body", "period").aggregate(asked=table.issued.sum(), answered=table[part].sum())
        found = table.to_pyarrow()
    finally:
        opened.disconnect()
    shape = (len(periods), len(bodies.ids))
    asked, answered = np.zeros(shape), np.full(shape, np.nan)
    body, told = _numbers(found["body"]), found["period"].to_pylist()
    many, few = (np.array(found[column].to_pylist(), dtype=np.float64) for column in ("asked", "answered"))
    for at, period in enumerate(periods):
        within = _within(period, told)
        asked[at] = sums(body[within], np.nan_to_num(many[within]), shape[1])
        answered[at] = sums(body[within], np.nan_to_num(few[within]), shape[1])
    with np.errstate(invalid="ignore", divide="ignore"):
        share = 100.0 * answered / asked
        se = 100.0 * np.sqrt(answered / asked * (1 - answered / asked) / asked)
    return Measured(np.where(asked > 0, share, np.nan), np.where(asked > 0, se, np.nan), asked)


def _within(name: str, told: Sequence[str]) -> Bools:
    """Which periods lie within one."""
    first, last = months_of(name) or (1, 0)
    spans = [months_of(period) or (0, -1) for period in told]
    return np.array([first <= start and end <= last for start, end in spans], dtype=np.bool_)


def _numbers(column: Any) -> Ints:
    return np.asarray(column.to_numpy(), dtype=np.int64)


#: what each level is worth: a share in per cent, or points of 100 as declared
MEASURES: Mapping[str, Floats] = {
    "share_satisfied": np.where(LEVELS >= 3, 100.0, 0.0),
    "share_bad": np.where(LEVELS <= 2, 100.0, 0.0),
    "share_very_satisfied": np.where(LEVELS == 5, 100.0, 0.0),
    "mean_points": 25.0 * (LEVELS - 1),
}
