"""Attainment: how likely a target is met, from what a unit and its peers achieved before.

The model is one of random effects: each unit has a level of its own, the levels spread among the peers, and results
spread about their level. A unit's forecast lies between its own mean and that of all, the nearer to its own the more
there is of it; the uncertainty of the next result and of the level are both in the chance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.groups import sums


class Attainment(NamedTuple):
    """One row per group, (G,); NaN where the past tells nothing: of too few results, or if they never differ."""

    forecast: Floats  #: of the next result
    sd: Floats  #: of the next result about its forecast
    z: Floats  #: (target - forecast) / sd; high: a rash target, low: an easy one
    chance: Floats  #: that the result is at least the target, by Student's t
    seen: Floats  #: the same from the errors that were seen, without a distribution; never 0 or 1
    degrees: int  #: of freedom


def attainment(values: Floats, group: Ints, groups: int, target: Floats) -> Attainment:
    """Chance that each group's next result is at least its target.

    Variances between and within groups by analysis of variance (Searle, Casella and McCulloch 1992, section 3.6), the
    forecast is the best linear unbiased predictor (Henderson 1975), with the error of the common mean. A trend is not
    followed: values are best given as growth, or as a share of the plan.

    Args:
        values: (N,) past results; NaN is left out
        group: (N,) the unit of each, from 0; -1 is left out
        groups: how many units there are
        target: (G,) in the unit of the values; NaN: none

    >>> past = np.array([6.0, 6.4, 5.9, 7.0, 7.2, 6.9, 5.0, 5.1, 5.3])
    >>> found = attainment(past, np.repeat(np.arange(3), 3), 3, np.array([6.1, 8.5, 5.0]))
    >>> found.forecast.round(2), found.chance.round(3)
    (array([6.1 , 7.02, 5.15]), array([0.5  , 0.   , 0.729]))
    """
    from scipy.special import stdtr

    known = np.isfinite(values) & (group >= 0)
    y, home = values[known], group[known]
    n, total = sums(home, np.ones(y.size), groups), sums(home, y, groups)
    there = n > 0
    degrees = int(n.sum() - there.sum())
    nothing = np.full(groups, np.nan)
    if degrees < 1 or there.sum() < 2:
        return Attainment(nothing, nothing, nothing, nothing, nothing, max(degrees, 0))
    own = total / np.maximum(n, 1)
    off = y - own[home]
    within = float((off**2).sum()) / degrees
    between = _between(own, n, there, within)
    if not within + between > 0:
        return Attainment(own, np.zeros(groups), nothing, nothing, nothing, degrees)
    spread = between + within / np.maximum(n, 1)  # of a unit's mean
    trust, weight = np.where(there, between / spread, 0.0), np.where(there, 1 / spread, 0.0)
    middle = float((weight * own).sum() / weight.sum())
    forecast = middle + trust * (own - middle)
    sd = np.sqrt(within + between * (1 - trust) + (1 - trust) ** 2 / weight.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (target - forecast) / sd
    chance = np.where(np.isnan(z), np.nan, stdtr(degrees, -z))
    return Attainment(forecast, sd, z, chance, _seen(off, n[home], within, z), degrees)


def _between(own: Floats, n: Floats, there: Bools, within: float) -> float:
    """Variance of the levels, by analysis of variance; nought where it would be negative."""
    size, whole = n[there], n.sum()
    middle = float((size * own[there]).sum() / whole)
    squares = float((size * (own[there] - middle) ** 2).sum())
    per = float(whole - (size**2).sum() / whole) / (size.size - 1)
    return max(0.0, (squares / (size.size - 1) - within) / per)


def _seen(off: Floats, n: Floats, within: float, z: Floats) -> Floats:
    """Share of the standardised errors that were seen which are at least z; one of each side is added."""
    told = n > 1
    if not within > 0 or not told.any():
        return np.full(z.shape, np.nan)
    errors = np.sort(off[told] / np.sqrt(within * (1 - 1 / n[told])))
    over = errors.size - np.searchsorted(errors, z, side="left")
    return np.where(np.isnan(z), np.nan, (over + 1) / (errors.size + 2))
