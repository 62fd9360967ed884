"""Smoothness: series that vary less than their peers', as figures made by hand or by interpolation do."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import counts, sums

FEWEST = 3  #: values of a group that has a spread


class Smoothness(NamedTuple):
    """One row per group, (G,); NaN from fewer than three values, or without peers."""

    ratio: Floats  #: own variance over that of all others together
    p: Floats  #: of deviations so small or smaller, whatever the tails (Brown and Forsythe)
    p_normal: Floats  #: of a ratio so small or smaller, were the values normal (Fisher's F)
    n: Ints  #: values of the group


def smoothness(values: Floats, group: Ints, groups: int) -> Smoothness:
    """Whether each group varies less than all others together, one-sided.

    `p` compares the distances from the groups' medians by Student's t with a variance common to all (Brown and Forsythe
    1974, JASA 69); where a group's number is odd, the distance of its middle value, nought by construction, is left out
    (Hines and O'Hara Hines 2000, Biometrics 56). Give growth or residuals, not levels: a trend isn't roughness.

    Args:
        values: (N,) NaN is left out
        group: (N,) from 0; -1 is left out
        groups: how many groups there are

    >>> values = np.array([6.8, 6.8, 6.9, 6.8, 5.0, 8.0, 7.0, 9.0, 4.0, 6.0, 8.0, 7.0])
    >>> found = smoothness(values, np.repeat(np.arange(3), 4), 3)
    >>> found.ratio.round(2), found.p.round(3)
    (array([0., 2., 2.]), array([0.015, 0.883, 0.883]))
    """
    from scipy.special import fdtr, stdtr

    home = np.where(np.isfinite(values), group, -1)
    n = counts(home, groups)
    there = (home >= 0) & (n[home] >= FEWEST)
    order = np.lexsort((values[there], home[there]))
    y, home = values[there][order], home[there][order]
    far, away = _from_medians(y, home, groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        own, freedom = _squares(y, home, groups)
        others, left = own.sum() - own, freedom.sum() - freedom
        ratio = (own / freedom) / (others / left)
        size, total = counts(away, groups).astype(np.float64), sums(away, far, groups)
        rest, degrees = _squares(far, away, groups)
        apart = total / size - (total.sum() - total) / (size.sum() - size)
        error = np.sqrt(rest.sum() / degrees.sum() * (1 / size + 1 / (size.sum() - size)))
        told = (freedom > 0) & (left > 0)
        p = np.where(told, stdtr(max(float(degrees.sum()), 1.0), apart / error), np.nan)
        p_normal = np.where(told, fdtr(np.maximum(freedom, 1), np.maximum(left, 1), ratio), np.nan)
    return Smoothness(np.where(told, ratio, np.nan), p, p_normal, n)


def _from_medians(y: Floats, home: Ints, groups: int) -> tuple[Floats, Ints]:
    """Distances of sorted values from their group's median, and the group of each, without middle values."""
    n = counts(home, groups)
    first = np.cumsum(n) - n
    at = np.arange(y.size) - first[home]
    size = n[home]
    middle = (y[first[home] + (size - 1) // 2] + y[first[home] + size // 2]) / 2
    kept = at * 2 + 1 != size
    return np.abs(y - middle)[kept], home[kept]


def _squares(y: Floats, home: Ints, groups: int) -> tuple[Floats, Floats]:
    """Squared distances from the group's mean, summed, and their degrees of freedom; (G,) each."""
    n = counts(home, groups).astype(np.float64)
    off = y - (sums(home, y, groups) / n)[home]
    return sums(home, off**2, groups), np.maximum(n - 1, 0)
