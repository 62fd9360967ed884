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
    kept = rows if official.released_on is None else rows[np.lexsort((official.released_on[rows], key))]
    if official.released_on is not None:
        key = (official.period[kept].astype(np.int64) * bodies + official.body[kept]) * len(names)
        key += column[official.indicator[kept]]
    row = np.full(periods * bodies * len(names), -1, dtype=np.int64)
    row[key] = kept  # of equal keys the last one stands: the latest release
    shape = (periods, bodies, len(names))
    used = int((row >= 0).sum())
    value = np.where(row >= 0, official.value[row], np.nan).reshape(shape) if len(official.value) else _empty(shape)
    se = _empty(shape)
    if official.se is not None and len(official.se):
        se = np.where(row >= 0, official.se[row], np.nan).reshape(shape)
    return Figures(tuple(names), official.periods, value, se, row.reshape(shape), len(rows) - used)


def _empty(shape: tuple[int, ...]) -> Floats:
    return np.full(shape, np.nan)


def _usable(official: Official, column: Ints, cutoff_day: int | None) -> Bools:
    usable: Bools = column[official.indicator] >= 0
    if cutoff_day is not None and official.released_on is not None:
        usable = usable & (official.released_on <= cutoff_day)
    return usable
