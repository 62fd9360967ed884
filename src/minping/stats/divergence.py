"""Divergence of two sets of shares: how much would have to move for them to agree, and how sure that is."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Bools, Floats, Ints

DRAWS = 400
_NORMAL_95 = 1.959963984540054
_AT_ONCE = 2_000_000  #: cells that are drawn at once


def total_variation(one: Floats, other: Floats) -> Floats:
    """Half the sum of the differences of shares, over the last axis: the part of one that would have to move.

    0 is the same shares, 1 is nothing in common (Gibbs and Su 2002, section 2).

    >>> total_variation(np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.5, 0.25]))
    array(0.25)
    """
    return np.asarray(np.abs(one - other).sum(axis=-1) / 2)


def apart(counts: Floats, shares: Floats, random: np.random.Generator) -> tuple[Floats, Floats, Floats, Floats]:
    """How far counts lie from known shares: estimate, 95 % interval, and what chance alone would show; (N,) each.

    Few counts lie apart from any shares by chance, so the plain distance is too large. The parametric bootstrap draws
    the counts again (multinomial, with one more count spread over all categories, so that none is sure) and takes the
    bias off the estimate (Efron and Tibshirani 1993, section 10.3). Since that is not enough where the truth is close
    to nought, the lower end of the interval is the plain distance less the 97.5 % quantile of that between the counts
    and their own truth: by the triangle inequality the truth is not below. The upper end is the plain distance and
    1.96 standard errors. What is known only as a share has no error here.

    Args:
        counts: (N, C)
        shares: (N, C), rows that sum to 1; a row of NaN is not known
        random: draws the counts again

    Returns:
        NaN where there are no counts or no shares.
    """
    size = counts.sum(axis=1)
    known: Bools = (size > 0) & np.isfinite(shares).all(axis=1)
    found = np.full((4, len(size)), np.nan)
    if not known.any():
        return found[0], found[1], found[2], found[3]
    whole, wanted = size[known].astype(np.int64), shares[known]
    mine = counts[known] / whole[:, None]
    plain = total_variation(mine, wanted)
    smooth = (counts[known] + 1.0 / counts.shape[1]) / (whole[:, None] + 1.0)
    drawn, own = _redrawn(random, whole, smooth, (wanted, smooth))
    (level,) = _redrawn(random, whole, wanted, (wanted,))
    estimate = plain - (drawn.mean(axis=0) - total_variation(smooth, wanted))
    low, high = plain - np.quantile(own, 0.975, axis=0), plain + _NORMAL_95 * drawn.std(axis=0)
    found[:, known] = np.clip([np.clip(estimate, low, high), low, high, level.mean(axis=0)], 0.0, 1.0)
    return found[0], found[1], found[2], found[3]


def _redrawn(random: np.random.Generator, whole: Ints, chances: Floats, references: tuple[Floats, ...]) -> list[Floats]:
    """Distances of counts drawn anew from each of some shares, (DRAWS, N) each; some draws at a time."""
    chances = chances / chances.sum(axis=1, keepdims=True)
    step = max(1, _AT_ONCE // chances.size)
    parts = []
    for first in range(0, DRAWS, step):
        drawn = random.multinomial(whole, chances, size=(min(step, DRAWS - first), len(whole))) / whole[:, None]
        parts.append([total_variation(drawn, shares) for shares in references])
    return [np.concatenate(column) for column in zip(*parts, strict=True)]
