"""Official figures: rows of evidence to a cube of periods × bodies × names, the latest release of each.

Superseded releases stay in the evidence, traceable and counted; they are not used. Releases after the scheme's
cut-off are not used either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import Official


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of L names as cubes of shape (P, N, L); NaN and -1 where there is none."""

    names: tuple[str, ...]
    periods: tuple[str, ...]
    value: Floats
    se: Floats  #: NaN where not given
    row: Ints  #: position of the row in `Official`, -1 for none
    superseded: int  #: rows not used because a later release stands

    def of(self, name: str) -> int:
        """Position of a name on the last axis."""
        return self.names.index(name)


def latest_figures(official: Official, names: Sequence[str], cutoff_day: int | None = None) -> Figures:
    """Scatter the rows of `names` into cubes; of several releases of a figure the latest up to the cut-off."""
    periods, bodies = len(official.periods), len(official.bodies)
    column = np.full(len(official.indicators), -1, dtype=np.int64)
    for at, name in enumerate(names):
        if name in official.indicators:
            column[official.indicators.index(name)] = at
    rows = np.flatnonzero(_usable(official, column, cutoff_day))
    key = (official.period[rows].astype(np.int64) * bodies + official.body[rows]) * len(names)
    key += column[official.indicator[rows]]
    if official.released_on is not None:
        order = np.lexsort((official.released_on[rows], key))
        rows, key = rows[order], key[order]
    cells = np.full(periods * bodies * len(names), -1, dtype=np.int64)
    cells[key] = rows  # of equal keys the last one stands: the latest release
    row = cells.reshape(periods, bodies, len(names))
    superseded = len(rows) - int((row >= 0).sum())
    value, se = _scattered(official.value, row), _scattered(official.se, row)
    return Figures(tuple(names), official.periods, value, se, row, superseded)


def _scattered(column: Floats | None, row: Ints) -> Floats:
    """A column of the rows as a cube, NaN where there is no row."""
    if column is None or not len(column):
        return np.full(row.shape, np.nan)
    return np.where(row >= 0, column[row], np.nan)


def _usable(official: Official, column: Ints, cutoff_day: int | None) -> Bools:
    usable: Bools = column[official.indicator] >= 0
    if cutoff_day is not None and official.released_on is not None:
        usable = usable & (official.released_on <= cutoff_day)
    return usable


def without_periods(figures: Figures) -> Figures:
    """The same figures without the periods in which there is none."""
    there = (figures.row >= 0).any(axis=(1, 2))
    periods = tuple(figures.periods[at] for at in np.flatnonzero(there).tolist())
    cubes = figures.value[there], figures.se[there], figures.row[there]
    return Figures(figures.names, periods, *cubes, figures.superseded)


def with_periods(figures: Figures, periods: Sequence[str]) -> Figures:
    """The same figures over more periods, nothing in the new ones."""
    if tuple(periods) == figures.periods:
        return figures
    shape = (len(periods), *figures.value.shape[1:])
    value, se, row = np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, -1, dtype=np.int64)
    at = [list(periods).index(period) for period in figures.periods]
    value[at], se[at], row[at] = figures.value, figures.se, figures.row
    return Figures(figures.names, tuple(periods), value, se, row, figures.superseded)
