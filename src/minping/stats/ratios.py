"""Ratios of totals by group, from sums of the pairs alone: in sums, out ratios with errors by linearisation.

The pairs of a group are taken as drawn independently from what the group might have had (with replacement). A group
with a single pair tells nothing of its own spread: it gets that of all groups together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Floats


@dataclass(frozen=True, slots=True)
class PairSums:
    """Sums over the pairs (x, y) of each group, any shape, groups on the last axis."""

    n: Floats
    x: Floats
    y: Floats
    xx: Floats
    xy: Floats
    yy: Floats


@dataclass(frozen=True, slots=True)
class Ratio:
    """Ratios y/x of each group, of the shape of the sums."""

    value: Floats  #: NaN where x sums to nought
    se: Floats  #: NaN where neither the group nor all together tell a spread
    degrees: Floats  #: of freedom of `se`


def ratio_of_sums(sums: PairSums) -> Ratio:
    """Σy / Σx with its linearised error n/(n − 1) · Σ(y − Rx)² / (Σx)² (Cochran 1977, 6.4; Wolter 2007, 6.11).

    >>> one = [np.array([figure]) for figure in (2.0, 4.0, 3.0, 10.0, 7.0, 5.0)]  # pairs (1, 1) and (3, 2)
    >>> found = ratio_of_sums(PairSums(*one))
    >>> found.value, found.se, found.degrees
    (array([0.75]), array([0.125]), array([1.]))
    """
    all_n, all_x, all_y, *squares = (
        np.nansum(one, axis=-1, keepdims=True) for one in (sums.n, sums.x, sums.y, sums.xx, sums.xy, sums.yy)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(sums.x > 0, sums.y / sums.x, np.nan)
        own = sums.n / (sums.n - 1.0) * _apart(value, sums.xx, sums.xy, sums.yy) / sums.x**2
        spread = _apart(all_y / all_x, *squares) / (all_n - 1.0)
        borrowed = np.where(all_n > 1, sums.n * spread / sums.x**2, np.nan)
        few = sums.n < 2
        se = np.sqrt(np.where(few, borrowed, own))
    return Ratio(value, np.where(np.isnan(value), np.nan, se), np.where(few, all_n - 1.0, sums.n - 1.0))


def _apart(ratio: Floats, xx: Floats, xy: Floats, yy: Floats) -> Floats:
    """Σ(y − Rx)², not below nought."""
    return np.maximum(yy - 2.0 * ratio * xy + ratio**2 * xx, 0.0)
