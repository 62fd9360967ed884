"""Above peers: how far a mean lies above those of the others, measured by how much these differ among themselves.

In: a mean of each of N groups with the variance of its error; out: one-sided p-values. That groups differ by nature is
no sign of anything: a group stands out only where it lies beyond the spread of the others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import counts, sums
from minping.stats.ranks import fractional_ranks

FEWEST = 5  #: groups, so that the spread of the others is told from four
_FLAT = 1e-12  #: of the mean square; less is no spread but rounding


class Means(NamedTuple):
    """Means of N groups, NaN where one is empty."""

    mean: Floats  #: (N,)
    variance: Floats  #: (N,) of the mean's error, from the spread within all groups together
    n: Ints  #: (N,)


class Above(NamedTuple):
    """What is told of N groups; NaN where there is nothing to compare."""

    others: Floats  #: (N,) the weighted mean of the others
    p: Floats  #: (N,) of lying so far above it


def group_means(values: Floats, group: Ints, groups: int) -> Means:
    """Mean of the (R,) values of each group, and its variance by the pooled spread within groups.

    >>> group_means(np.array([1.0, 3.0, 5.0, 5.0]), np.array([0, 0, 1, 1]), 2).variance
    array([0.5, 0.5])
    """
    n = counts(group, groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums(group, values, groups) / n
        free = len(values) - np.count_nonzero(n)
        within = float(((values - mean[group]) ** 2).sum()) / free if free > 0 else 0.0
        return Means(mean, np.where(n > 0, within / n, np.nan), n)


def above_peers(mean: Floats, variance: Floats) -> Above:
    """P of lying so far above the others: Student's t of the deleted residual in a random-effects model.

    The groups' true means are taken as normal around one middle; their spread is told by DerSimonian and Laird (1986,
    Controlled Clinical Trials 7, formula 8), which sets the weights, and then from the other groups alone (Cook and
    Weisberg 1982, "Residuals and Influence in Regression", 2.2.1). Exact where errors are as large for all groups.
    Nothing can be said (NaN) with fewer than five groups, or where the others are all the same.

    Args:
        mean: (N,) NaN where a group has none
        variance: (N,) of its error, nought or more

    >>> above_peers(np.array([1.0, 2.0, 3.0, 2.0, 9.0]), np.zeros(5)).p.round(3)
    array([0.758, 0.654, 0.544, 0.654, 0.002])
    """
    from scipy.special import stdtr

    others, p = np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    there = np.flatnonzero(np.isfinite(mean) & np.isfinite(variance))
    if there.size < FEWEST:
        return Above(others, p)
    y, error = mean[there], variance[there]
    weight = 1 / (_between(y, error) + error) if error.any() else np.ones(y.size)
    weight = np.where(np.isfinite(weight), weight, 1.0)
    whole = weight.sum()
    apart = y - (weight * y).sum() / whole
    rest = whole - weight
    square = (weight * apart**2).sum() - weight * apart**2 * whole / rest
    free = y.size - 2
    off = apart * whole / rest  # from the mean of the others
    told = square / free > _FLAT * (weight * y**2).mean()
    with np.errstate(divide="ignore", invalid="ignore"):
        t = off / np.sqrt(square / free * (1 / weight + 1 / rest))
    others[there] = y - off
    p[there] = np.where(told, stdtr(free, -np.where(told, t, 0.0)), np.nan)
    return Above(others, p)


def normal_scores(values: Floats) -> Floats:
    """Quantiles of the normal distribution at the ranks of (N,) values, r / (N + 1) (van der Waerden 1952); NaN stays.

    >>> normal_scores(np.array([5.0, 1.0, 3.0])).round(3)
    array([ 0.674, -0.674,  0.   ])
    """
    from scipy.special import ndtri

    known = np.count_nonzero(np.isfinite(values))
    return np.asarray(ndtri(fractional_ranks(values, ties="average") / (known + 1)), dtype=np.float64)


def _between(mean: Floats, error: Floats) -> float:
    """Variance of the true means, nought or more."""
    weight = 1 / np.maximum(error, 1e-12 * float(error.max()))
    whole = float(weight.sum())
    middle = float((weight * mean).sum()) / whole
    found = float((weight * (mean - middle) ** 2).sum()) - (mean.size - 1)
    return max(0.0, found / (whole - float((weight**2).sum()) / whole))
