"""Calibrated: ratings and the log of all cases served (`offers`), read once and weighed, many bodies at a time.

The engine counts levels by body, period, cluster, channel and service, in that order; blocks of whole bodies are
weighed as they come, so memory grows neither with ratings nor with bodies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.events import engine, event_table, kept, numbers, whole_numbers, with_bodies
from minping.indicators.lags import periods_within
from minping.indicators.ratings import MEASURES, Measured, clusters, in_periods
from minping.indicators.weighing import Log, Told, Way, Weighed, weigh
from minping.model.arrays import Floats, Ints
from minping.model.calibration import Calibration, LogCells
from minping.model.evidence import Bodies, Records
from minping.scheme.shape import Calibrate
from minping.stats.groups import codes, first_rows, sums

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

BLOCK = 1_000_000  #: counts that are weighed together, or one body's where it has more
WORTH = np.stack(list(MEASURES.values()), axis=1)  #: (5, V)
_RATED = tuple(f"rated{level}" for level in range(1, 6))


def calibrate(ratings: Records, offers: Records, bodies: Bodies, periods: Sequence[str], how: Calibrate) -> Calibration:
    """Weigh the ratings of each body in each period so that their margins are those of its offers."""
    words = _Words({word: words[0] for words in how.merge for word in words})
    way = Way(how.method, how.bounds, how.least, how.few == "pool")
    shape = (len(periods), len(bodies.ids))
    with engine(ratings) as opened:
        served = _served(opened, offers, bodies, periods, how.to, words)
        order = ("body", "period", "window", "day", *how.to)
        told = kept(opened, counted(opened, ratings, bodies, periods, how.to))
        parts = [
            _of_bodies(block.order_by(*order).to_pyarrow(), served, span, len(periods), how.to, words, way)
            for block, span in whole_bodies(told, shape[1])
        ]

    def cube(name: str) -> Any:
        """A figure of groups, by period and body."""
        whole = np.concatenate([getattr(found, name) for _, _, found in parts])
        return whole.reshape(shape[1], shape[0], *whole.shape[1:]).swapaxes(0, 1)

    joint = way.method == "post"
    return Calibration(
        tuple(periods),
        bodies.ids,
        tuple(how.to),
        tuple(words.code),
        joint,
        cube("estimate"),
        cube("se"),
        cube("degrees"),
        cube("n"),
        cube("outcome"),
        cube("spread"),
        cube("negative"),
        _cells(parts, shape[0], 1 if joint else len(how.to)),
    )


def measure_calibrated(found: Calibration, name: str) -> Measured:
    """One measure, (P, N); `n` counts the ratings that have a weight."""
    at = list(MEASURES).index(name)
    return Measured(found.estimate[..., at], found.se[..., at], found.n, found.degrees[..., at])


def counted(opened: Any, ratings: Records, bodies: Bodies, periods: Sequence[str], by: Sequence[str]) -> ibis.Table:
    """The expression: ratings of each level by body, period, cluster and `by`."""
    raw = ("body", "status", "window", *by)
    table = clusters(event_table(opened, ratings, (*raw, "rated_on", "level"), raw=raw), by)
    table = in_periods(with_bodies(table, bodies), periods)
    keys = ("body", "period", "window", "day", *by)
    return table.group_by(*keys).aggregate(**{name: table[name].sum() for name in _RATED})


def whole_bodies(counts: ibis.Table, bodies: int) -> Iterator[tuple[ibis.Table, tuple[int, int]]]:
    """Tables of whole bodies of BLOCK rows or less (one body may have more); which bodies: from, up to.

    The tables share out all bodies, those without a row too.
    """
    size = counts.group_by("body").aggregate(rows=counts.count()).to_pyarrow()
    rows = sums(whole_numbers(size["body"]), numbers(size["rows"]), bodies)
    first = 0
    while first < bodies:
        end = first + max(int(np.searchsorted(np.cumsum(rows[first:]), BLOCK, side="right")), 1)
        yield counts.filter((counts.body >= first) & (counts.body < end)), (first, end)
        first = end


class _Words:
    """Codes of the words of all columns, in the order in which they come; merged words have one."""

    def __init__(self, merged: dict[str, str]) -> None:
        self.merged, self.code = merged, dict[str, int]()

    def codes(self, column: Any) -> Ints:
        """The code of each word of an Arrow column, (n,)."""
        coded = column.combine_chunks().dictionary_encode(null_encoding="encode")
        known = [self.merged.get(word or "", word or "") for word in coded.dictionary.to_pylist()]
        lookup = np.array([self.code.setdefault(word, len(self.code)) for word in known], dtype=np.int64)
        return lookup[whole_numbers(coded.indices)]


@dataclass(frozen=True, slots=True)
class _Served:
    """Cases of each group and cell, sorted by group."""

    group: Ints  #: (S,) body × P + period
    code: tuple[Ints, ...]
    issued: Floats


def _served(
    opened: Any, offers: Records, bodies: Bodies, periods: Sequence[str], by: Sequence[str], words: _Words
) -> _Served:
    table = with_bodies(event_table(opened, offers, ("body", "period", "issued", *by)), bodies)
    keys = ("body", "period", *by)
    found = table.group_by(*keys).aggregate(issued=table.issued.sum()).order_by(*keys).to_pyarrow()
    body, issued, told = whole_numbers(found["body"]), numbers(found["issued"]), found["period"].to_pylist()
    code = [words.codes(found[name]) for name in by]
    within = [np.flatnonzero(periods_within(period, told) & (issued > 0)) for period in periods]
    row = np.concatenate([np.zeros(0, dtype=np.int64), *within])
    group = body[row] * len(periods) + np.repeat(np.arange(len(periods)), [len(part) for part in within])
    row, group = (one[np.argsort(group, kind="stable")] for one in (row, group))
    return _Served(group, tuple(one[row] for one in code), issued[row])


_Part = tuple[int, Log, Weighed]


def _of_bodies(
    block: pa.Table,
    served: _Served,
    span: tuple[int, int],
    periods: int,
    by: Sequence[str],
    words: _Words,
    way: Way,
) -> _Part:
    """Weigh the ratings of the bodies from the first of `span` up to its end."""
    first, end = span
    inside = slice(*np.searchsorted(served.group, [first * periods, end * periods]).tolist())
    group = whole_numbers(block["body"]) * periods + whole_numbers(block["period"])
    day, window = whole_numbers(block["day"]), _Words({}).codes(block["window"])
    code = [np.concatenate([one[inside], words.codes(block[name])]) for one, name in zip(served.code, by, strict=True)]
    both = np.concatenate([served.group[inside], group]) - first * periods
    cell = codes(both, *code)
    size = int(cell.max(initial=-1)) + 1
    row, logged = first_rows(cell, size), len(served.group[inside])
    groups = (end - first) * periods
    log = Log(groups, both[row], tuple(one[row] for one in code), sums(cell[:logged], served.issued[inside], size))
    levels = np.stack([numbers(block[name]) for name in _RATED], axis=1)
    told = Told(cell[logged:], codes(group - first * periods, window, day), levels)
    return first, log, weigh(log, told, WORTH, way)


def _cells(parts: Sequence[_Part], periods: int, margins: int) -> LogCells:
    """The cells of all bodies."""
    group = np.concatenate([log.group + first * periods for first, log, _ in parts])
    body, period = np.divmod(group, periods)
    columns = len(parts[0][1].code)
    return LogCells(
        period,
        body,
        tuple(np.concatenate([log.code[at] for _, log, _ in parts]) for at in range(columns)),
        np.concatenate([log.issued for _, log, _ in parts]),
        np.concatenate([found.rated for _, _, found in parts]),
        np.concatenate([found.factor for _, _, found in parts]),
        tuple(np.concatenate([found.short[at] for _, _, found in parts]) for at in range(margins)),
        tuple(np.concatenate([found.pooled[at] for _, _, found in parts]) for at in range(margins)),
        np.concatenate([found.unknown for _, _, found in parts]),
    )
