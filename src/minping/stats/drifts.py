"""Drifts: residuals that move away since a base period, unit against unit; and slopes over time by unit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import sums
from minping.stats.robust import robust_z


class Slopes(NamedTuple):
    """One row per group, (G,); NaN where there is no slope to see."""

    slope: Floats  #: of the value, over one unit of time
    error: Floats  #: standard error; NaN from two values
    n: Floats


def drift(residuals: Floats, base: int) -> tuple[Floats, Floats]:
    """How far residuals have moved since a base period, and its robust z among the units; (U, T) each.

    Args:
        residuals: (U, T) units, periods; NaN where missing
        base: position of the base period

    Returns:
        The change since the base, and (change - median) / (1.4826 MAD) of each period; NaN in the base period and
        where more than half of the units changed alike.

    >>> change, z = drift(np.array([[0.0, 0.1], [0.1, 0.1], [0.0, 0.0], [0.0, 0.9]]), 0)
    >>> change[:, 1].round(1).tolist(), z[:, 1].round(2).tolist()
    ([0.1, 0.0, 0.0, 0.9], [0.67, -0.67, -0.67, 11.47])
    """
    change = residuals - residuals[:, [base]]
    z = np.full(change.shape, np.nan)
    told = np.isfinite(change).any(axis=0) & (np.arange(change.shape[1]) != base)
    z[:, told] = robust_z(change[:, told])
    return change, z


def slopes(values: Floats, at: Floats, group: Ints, groups: int) -> Slopes:
    """Least-squares slope of each group's values over time.

    Args:
        values: (N,) NaN is left out
        at: (N,) time, any unit
        group: (N,) from 0; -1 is left out
        groups: how many groups there are

    >>> found = slopes(np.array([1.0, 3.0, 5.0, 2.0]), np.array([0.0, 1, 2, 0]), np.array([0, 0, 0, 1]), 2)
    >>> found.slope, found.error
    (array([ 2., nan]), array([ 0., nan]))
    """
    known = np.isfinite(values) & np.isfinite(at) & (group >= 0)
    y, x, home = values[known], at[known], group[known]
    n = sums(home, np.ones(y.size), groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        x = x - (sums(home, x, groups) / n)[home]
        y = y - (sums(home, y, groups) / n)[home]
        wide = sums(home, x**2, groups)
        slope = np.where(wide > 0, sums(home, x * y, groups) / wide, np.nan)
        rest = sums(home, (y - slope[home] * x) ** 2, groups)
        error = np.where(n > 2, np.sqrt(rest / (n - 2) / wide), np.nan)
    return Slopes(slope, error, n)
