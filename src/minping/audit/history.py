"""History: the official figures of all periods as cubes, first and latest releases apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minping.indicators.lags import months_of, periods_within
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import NO_DATE, Official


@dataclass(frozen=True, slots=True)
class History:
    """Figures of P periods, N bodies, L series; NaN and -1 where there is none."""

    official: Official
    periods: tuple[str, ...]  #: in time order
    names: tuple[str, ...]
    row: Ints  #: (P, N, L) position of the latest release in `Official`
    first: Ints  #: (P, N, L) of the first release; the same row where there is only one
    releases: Ints  #: (P, N, L) how many

    def at(self, name: str) -> int:
        """Position of a series, -1 where nothing is told of it."""
        return self.names.index(name) if name in self.names else -1

    def taken(self, column: Floats | Ints | None, row: Ints) -> Floats:
        """A column of `Official` at some rows, NaN at -1 and where there is no such column; the shape of `row`."""
        if column is None or not len(column):
            return np.full(row.shape, np.nan)
        return np.where(row >= 0, column[row], np.nan)

    def value(self, name: str) -> Floats:
        """The latest release of a series, (P, N)."""
        return self.taken(self.official.value, self.rows(name))

    def rows(self, name: str) -> Ints:
        """Where the latest release of a series stands in `Official`, (P, N)."""
        at = self.at(name)
        return self.row[..., at] if at >= 0 else np.full(self.row.shape[:2], -1, dtype=np.int64)

    def first_value(self, name: str) -> Floats:
        """The first release of a series, (P, N)."""
        at = self.at(name)
        rows = self.first[..., at] if at >= 0 else np.full(self.row.shape[:2], -1, dtype=np.int64)
        return self.taken(self.official.value, rows)

    def like(self, period: str) -> list[int]:
        """Positions of the periods as long as one and not after it, in time order."""
        wanted = months_of(period)
        if wanted is None:
            return []
        spans = [months_of(one) or (0, -1) for one in self.periods]
        length = wanted[1] - wanted[0]
        found = [at for at, (start, end) in enumerate(spans) if end - start == length and end <= wanted[1]]
        return sorted(found, key=lambda at: spans[at])

    def run(self, period: str) -> list[int]:
        """The last of `like` that follow one another without a gap, in time order."""
        like = self.like(period)
        spans = [months_of(self.periods[at]) or (0, -1) for at in like]
        gaps = [at for at in range(1, len(like)) if spans[at][0] != spans[at - 1][1] + 1]
        return like[gaps[-1] if gaps else 0 :]

    def inside(self, period: str) -> Bools:
        """Which periods lie within one, (P,)."""
        return periods_within(period, self.periods)


def history_of(official: Official, cutoff_day: int | None = None) -> History:
    """The cubes of all releases; of two releases of one day the later row counts as later."""
    shape = (len(official.periods), len(official.bodies), len(official.indicators))
    key = (official.period.astype(np.int64) * shape[1] + official.body) * shape[2] + official.indicator
    day = np.full(len(key), NO_DATE) if official.released_on is None else official.released_on
    used = np.flatnonzero((day <= cutoff_day) | (day == NO_DATE)) if cutoff_day is not None else np.arange(len(key))
    order = used[np.lexsort((used, day[used], key[used]))]
    latest, first = (np.full(int(np.prod(shape)), -1, dtype=np.int64) for _ in range(2))
    latest[key[order]] = order
    first[key[order[::-1]]] = order[::-1]
    releases = np.bincount(key[used], minlength=len(latest)).astype(np.int64)
    cubes: Sequence[Ints] = [cube.reshape(shape) for cube in (latest, first, releases)]
    return History(official, official.periods, official.indicators, cubes[0], cubes[1], cubes[2])
