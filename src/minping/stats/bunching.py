"""Bunching: more values just above a target than just below it; all groups at once, exact for few values.

The window around the target is split in its middle. Without bunching a value of the window lies above with a chance
that only the slope of the density moves from one half; the binomial tail of those above is the test.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.tails import binomial

SLOPE_FROM = 300  #: values of a group from which the slope is taken off; fewer can't show it
FLANK = 3.0  #: half-windows to the outer edge of a flank; its inner edge is the window's
_DIGITS = 9  #: decimals of a half-window at which two distances are the same


@dataclass(frozen=True, slots=True)
class Bunching:
    """Of each group, (G,): what lies in the window, and how likely so many above would be."""

    values: Floats  #: all of the group
    below: Floats
    above: Floats
    chance: Floats  #: that a value of the window lies above, without bunching
    p: Floats  #: of so many above or more; NaN where the window is empty

    @property
    def excess(self) -> Floats:
        """Values above the target beyond what their chance gives; (G,)."""
        return self.above - self.chance * (self.below + self.above)


def bunching(distance: Floats, group: Ints, groups: int, *, within: float, slope_from: int = SLOPE_FROM) -> Bunching:
    """Whether values crowd just above the target, by group.

    `[-within, 0)` is below and `[0, within)` above, so of figures rounded to a part of `within` both hold equally many.
    With `slope_from` values or more, the chance is that of a density with a constant relative slope, told from the
    counts L and R of the flanks `[-3, -1)` and `[1, 3)` half-windows away: 1 / (1 + (L / R)^(1/4)), exact for an
    exponential density (its halves differ by e^(b w), the flanks by e^(4 b w)). The noise of that estimate widens the
    test's variance by about a thirty-second. The binomial test within a window is that of Cattaneo, Idrobo and Titiunik
    (2020, "A Practical Introduction to Regression Discontinuity Designs: Foundations"); the slope's part is our own.

    Args:
        distance: (N,) value less target, positive where the target is more than met; NaN is left out
        group: (N,) group of each value, from 0; -1 is left out
        groups: how many groups there are
        within: half the window, in the unit of `distance`
        slope_from: values of a group from which the slope is taken off

    Raises:
        ValueError: `within` is not positive.

    >>> found = bunching(np.array([-0.01, 0.0, 0.01, 0.01, 0.01]), np.zeros(5, dtype=np.int64), 1, within=0.02)
    >>> found.below, found.above, found.p.round(4)
    (array([1.]), array([4.]), array([0.1875]))
    """
    if not within > 0:
        raise ValueError(f"within is {within:g}; it must be more than nought")
    known = np.isfinite(distance) & (group >= 0)
    place, home = np.round(distance[known] / within, _DIGITS), group[known]
    edges = np.array([-FLANK, -1.0, 0.0, 1.0, FLANK])
    zone = np.searchsorted(edges, place, side="right")
    cells = np.bincount(home * 6 + zone, minlength=groups * 6).reshape(groups, 6).astype(np.float64)
    values, left, below, above, right = cells.sum(axis=1), cells[:, 1], cells[:, 2], cells[:, 3], cells[:, 4]
    sloped = 1 / (1 + ((left + 0.5) / (right + 0.5)) ** 0.25)
    chance = np.where(values >= slope_from, sloped, 0.5)
    size = below + above
    p = np.where(size > 0, binomial(above, size, chance), np.nan)
    return Bunching(values, below, above, chance, p)
