"""Bounds: what is sure without supposing anything about those who are silent, and about ranks.

In: one number per body (any shapes that numpy can broadcast; ranks: one row); out: arrays of the same shape.
Response shares run from 0 to 1, means and thresholds are in the scale's own unit. A missing number (NaN) stays
missing. Impossible input (a response share of 60, a mean off the scale) raises ValueError.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ranks

Number = float | Floats


class Bounds(NamedTuple):
    """From `low` to `high`, one of each per body; no tighter bounds hold without an assumption."""

    low: Floats
    high: Floats


class Breakdown(NamedTuple):
    """What the silent would have to be like for the overall mean to lie at a threshold, one row per body."""

    gap: Floats  #: how much lower than those who answered; negative: higher, since the mean is below already
    silent: Floats  #: their mean: that of those who answered, less the gap
    attainable: Bools  #: whether the scale has such a mean; False where it isn't known


class RankBounds(NamedTuple):
    """Best and worst rank that each body can have; 0 where it has none."""

    best: Ranks
    worst: Ranks


def mean_bounds(mean: Number, response: Number, *, low: Number, high: Number) -> Bounds:
    """Bounds of the mean of all, of whom a share `response` answered with the mean `mean` (Manski 1990).

    The silent all at the bottom of the scale, or all at the top: ``response * mean + (1 - response) * low`` and the
    same with `high`. Where nobody answered, the mean may be NaN: the bounds are the scale. Shapes: broadcast.
    ValueError: a response outside 0 … 1, a mean outside low … high, an endless scale.

    >>> mean_bounds(np.array([80.0, 80.0, np.nan]), np.array([0.75, 1.0, 0.0]), low=0, high=100)
    Bounds(low=array([60., 80.,  0.]), high=array([ 85.,  80., 100.]))
    """
    m, r, bottom, top = _on_scale(mean, response, low, high)
    heard = _heard(m, r)
    return Bounds(heard + (1.0 - r) * bottom, heard + (1.0 - r) * top)


def share_bounds(share: Number, response: Number) -> Bounds:
    """Bounds of the share of all, when `share` of those who answered (a share `response` of all) are counted.

    `mean_bounds` on the scale from 0 to 1 (Manski 1990).

    >>> share_bounds(np.array([0.5]), np.array([0.5]))
    Bounds(low=array([0.25]), high=array([0.75]))
    """
    return mean_bounds(share, response, low=0.0, high=1.0)


def breakdown(mean: Number, response: Number, threshold: Number, *, low: Number, high: Number) -> Breakdown:
    """How much lower the silent would have to be for the mean of all to fall to `threshold`.

    Solves ``response * mean + (1 - response) * (mean - gap) = threshold``: ``gap = (mean - threshold) /
    (1 - response)``. Infinite where all answered, 0 where the mean is the threshold, negative where it lies below.
    The breakdown point of Horowitz & Manski (1995), told as a difference. Where nobody answered there is no gap
    (NaN), but the mean of the silent is the threshold. Shapes and errors as in `mean_bounds`.

    >>> breakdown(np.array([80.0, 80.0, 55.0]), np.array([0.75, 0.5, 0.5]), 60.0, low=0, high=100)
    Breakdown(gap=array([ 80.,  40., -10.]), silent=array([ 0., 40., 65.]), attainable=array([ True,  True,  True]))
    """
    m, r, bottom, top = _on_scale(mean, response, low, high)
    m, r, bottom, top, t = np.broadcast_arrays(m, r, bottom, top, np.asarray(threshold, dtype=np.float64))
    if np.isinf(t).any():
        raise ValueError("a threshold is infinite")
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = np.where(m == t, np.where(np.isnan(r), np.nan, 0.0), (m - t) / (1.0 - r))
    silent = np.where((r == 0) & np.isnan(m), t, m - gap)
    slack = 1e-12 * np.maximum(np.abs(bottom), np.abs(top))  # a gap that just fits isn't lost to rounding
    return Breakdown(gap, silent, (silent >= bottom - slack) & (silent <= top + slack))


def rank_bounds(low: Floats, high: Floats) -> RankBounds:
    """Best and worst rank of each body, when each may lie anywhere from its `low` to its `high`; most is rank 1.

    Best: 1 + how many lie wholly above it. Worst: 1 + how many others may lie above its low end. Ties share the
    better rank, as in `competition_ranks`. A body with a missing end has no rank (0) and isn't counted. By sorting,
    in N log N. Shapes: (n,) twice -> (n,). ValueError: shapes that differ, a low end above the high end.

    >>> rank_bounds(np.array([60.0, 50.0, 10.0, np.nan]), np.array([80.0, 70.0, 40.0, np.nan]))
    RankBounds(best=array([1, 1, 3, 0], dtype=uint32), worst=array([2, 2, 3, 0], dtype=uint32))
    """
    lows, highs = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    if lows.ndim != 1 or lows.shape != highs.shape:
        raise ValueError("low and high must be two rows of one length")
    if (lows > highs).any():
        raise ValueError("a low end lies above its high end")
    there = ~(np.isnan(lows) | np.isnan(highs))
    bottom, top = lows[there], highs[there]
    n = len(bottom)
    best, worst = np.zeros(lows.shape, dtype=np.uint32), np.zeros(lows.shape, dtype=np.uint32)
    best[there] = 1 + n - np.searchsorted(np.sort(bottom), top, side="right")
    # a body whose ends differ finds its own high end above its low end
    worst[there] = 1 + n - np.searchsorted(np.sort(top), bottom, side="right") - (top > bottom)
    return RankBounds(best, worst)


def _heard(mean: Floats, response: Floats) -> Floats:
    """What those who answered add to the mean of all; nothing where there are none."""
    return np.where(response == 0, 0.0, response * mean)


def _on_scale(mean: Number, response: Number, low: Number, high: Number) -> tuple[Floats, Floats, Floats, Floats]:
    """All four as arrays, checked."""
    m, r, bottom, top = (np.asarray(values, dtype=np.float64) for values in (mean, response, low, high))
    if ((r < 0) | (r > 1)).any():
        raise ValueError("a response share lies outside 0 to 1")
    if not (np.isfinite(bottom).all() and np.isfinite(top).all()):
        raise ValueError("the scale must have an end on both sides")
    if (bottom > top).any():
        raise ValueError("the scale's low end lies above its high end")
    if ((m < bottom) | (m > top)).any():
        raise ValueError("a mean lies outside the scale")
    return m, r, bottom, top
