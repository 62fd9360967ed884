"""Several sources on the same units: their weighted mean, how many point the same way, and whether by chance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints

_FAR = 8.0  #: scores beyond count as this
_CELLS = 1000  #: of the convolution
_FLAT = 1e-9


def weighted_z(scores: Floats, weights: Floats) -> Floats:
    """Mean of (N, K) scores by (K,) weights over the sources that a unit has; (N,), NaN where it has none.

    Raises:
        ValueError: a weight is negative or missing, or there isn't one for each source.

    >>> weighted_z(np.array([[1.0, 3.0], [2.0, np.nan]]), np.array([1.0, 3.0]))
    array([2.5, 2. ])
    """
    if weights.shape != scores.shape[1:] or not bool(np.all(weights >= 0)):
        raise ValueError("each source needs a weight, and none may be negative")
    known = np.isfinite(scores)
    whole = (known * weights).sum(axis=1)
    total = (np.where(known, scores, 0.0) * weights).sum(axis=1)
    return np.asarray(total / np.where(whole > 0, whole, np.nan))


def pointing(scores: Floats, above: float = 1.0) -> Ints:
    """How many of a unit's sources lie above a threshold, of (N, K) scores; (N,). A missing score isn't above.

    >>> pointing(np.array([[1.5, 0.2, 2.0], [1.0, np.nan, 3.0]]))
    array([2, 1])
    """
    return np.asarray((scores > above).sum(axis=1), dtype=np.int64)


class Agreement(NamedTuple):
    """What K sources together say of N units."""

    score: Floats  #: (N,) weighted mean of the scores; NaN where fewer sources than asked for are known
    above: Ints  #: (N,) sources above the threshold
    known: Ints  #: (N,) sources with a score
    p: Floats  #: (N,) of such a mean with so many sources above, were units dealt at random; NaN as the score


class _Null(NamedTuple):
    """What is asked of the sources, and how units are dealt."""

    sources: int
    above: float
    common: float


def agreement(
    scores: Floats, weights: Floats, *, sources: int, above: float = 1.0, common: float = 0.0, apart: float = 0.05
) -> Agreement:
    """Whether several sources place the same unit high, more than they would if each ranked the units on its own.

    The null deals the units' scores anew in each source: a unit's mean is that of one draw from each, and at least
    `sources` of them lie above the threshold. Its distribution is convolved, not drawn, so that the scores may have any
    tails (the permutation test of Pitman 1937, with replacement). Sources of honest units go together a little: a
    correlation of `common` widens the null by the root of the variance that it adds to the mean. Units beyond `apart`
    over the number of units are no longer dealt to the others, step by step (Holm 1979), so that several don't hide each
    other. Scores beyond 8 count as 8, and rounding to the cells of the convolution only makes p larger.

    Args:
        scores: (N, K) comparable from source to source, such as robust z; NaN where missing
        weights: (K,) nought or more
        sources: how many must lie above; a unit with fewer of them is told nothing, one without so many above has p = 1
        above: the threshold
        common: correlation, 0 to 1
        apart: chance, over all units, that an honest one is set apart; 0: none ever is

    Raises:
        ValueError: as `weighted_z`.

    >>> scores = np.column_stack([np.arange(-4.0, 5), np.arange(-4.0, 5)])
    >>> found = agreement(scores, np.ones(2), sources=2)
    >>> found.score[-2:], found.above[-2:], (81 * found.p[-2:]).round(3)
    (array([3., 4.]), array([2, 2]), array([6., 1.]))
    """
    known = np.isfinite(scores) & (weights > 0)
    number = known.sum(axis=1).astype(np.int64)
    high, told = pointing(np.where(known, scores, np.nan), above), number >= sources
    score, null = np.where(told, weighted_z(scores, weights), np.nan), _Null(sources, above, common)
    p, dealt = np.full(len(scores), np.nan), np.ones(len(scores), dtype=np.bool_)
    while True:
        for pattern in np.unique(known[dealt & told], axis=0):
            here = (known == pattern).all(axis=1) & dealt
            share = weights[pattern] / weights[pattern].sum()
            p[here] = _chance(scores[:, pattern], share, here, dealt, null)
        p[told & (high < sources)] = 1.0
        far = dealt & (p <= apart / max(int(np.count_nonzero(told)), 1))
        if not far.any():
            return Agreement(score, high, number, p)
        dealt = dealt & ~far


def _chance(scores: Floats, share: Floats, here: Bools, dealt: Bools, null: _Null) -> Floats:
    """p-values of the units `here`: the tail of one draw from each source with its share, from all that are dealt."""
    kept = np.clip(scores[dealt], -_FAR, _FAR)
    parts = [column[np.isfinite(column)] * one for column, one in zip(kept.T, share, strict=True)]
    low = sum(float(part.min()) for part in parts)
    step = max(sum(float(np.ptp(part)) for part in parts), _FLAT) / _CELLS
    law: Floats = np.zeros((null.sources + 1, 1))
    law[0, 0] = 1.0
    for part, one in zip(parts, share, strict=True):
        at = np.ceil((part - part.min()) / step - _FLAT).astype(np.int64)
        high = part > null.above * one
        counted = [np.bincount(at[which], minlength=at.max() + 1) / at.size for which in (~high, high)]
        stayed, moved = ([np.convolve(row, cells) for row in law] for cells in counted)
        law = np.array(stayed)
        law[1:] += moved[:-1]
        law[-1] += moved[-1]
    squares = float((share**2).sum())
    wider = np.sqrt((squares * (1 - null.common) + null.common) / squares)
    mean = (np.clip(scores[here], -_FAR, _FAR) * share).sum(axis=1)
    tail: Floats = np.cumsum(law[-1][::-1])[::-1]
    place = np.clip(np.floor((mean / wider - low) / step + _FLAT), 0, tail.size - 1).astype(np.int64)
    return np.asarray(np.clip(tail[place], 0.0, 1.0))
