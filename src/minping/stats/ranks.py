"""Ranks with ties, along the last axis; NaN gets no rank."""

from __future__ import annotations

from typing import Literal

import numpy as np

from minping.model.arrays import Floats, Ranks


def fractional_ranks(values: Floats, ties: Literal["min", "average"] = "min") -> Floats:
    """Rank from 1 (smallest), over the last axis; equal values share the smallest (or the average) rank.

    Shapes: (..., n) -> (..., n). NaN stays NaN and is not counted.

    >>> fractional_ranks(np.array([3.0, 1.0, 3.0, np.nan]))
    array([ 2.,  1.,  2., nan])
    >>> fractional_ranks(np.array([3.0, 1.0, 3.0]), ties="average")
    array([2.5, 1. , 2.5])
    """
    if values.ndim == 1 and ties == "min":
        return _ranks_of_row(values)
    first, last = _tie_ends(values)
    ranks = first + 1.0 if ties == "min" else (first + last) / 2.0 + 1.0
    return np.where(np.isnan(values), np.nan, ranks)


def competition_ranks(scores: Floats, decimals: int | None = 9) -> Floats:
    """Rank 1 for the highest score, ties share the better rank; rounded first so that exact ties stay ties.

    >>> competition_ranks(np.array([0.1 + 0.2, 0.3, 0.9]))
    array([2., 2., 1.])
    """
    return fractional_ranks(-(scores if decimals is None else np.round(scores, decimals)), ties="min")


def _ranks_of_row(values: Floats) -> Floats:
    """The same for one row, which is sorted once."""
    order = np.argsort(values)
    ordered = values[order]
    place = np.arange(1.0, len(values) + 1.0)
    same = ordered[1:] == ordered[:-1]
    if same.any():
        place[1:][same] = 0.0
        place = np.maximum.accumulate(place)
    ranks = np.empty(len(values))
    ranks[order] = place
    ranks[np.isnan(values)] = np.nan
    return ranks


def _tie_ends(values: Floats) -> tuple[Floats, Floats]:
    """Position (from 0) of the first and the last of each value's equals, in sorted order."""
    order = np.argsort(values, axis=-1)
    ordered = np.take_along_axis(values, order, axis=-1)
    n = values.shape[-1]
    at = np.broadcast_to(np.arange(n, dtype=np.float64), ordered.shape)
    starts = np.ones(ordered.shape, dtype=bool)
    starts[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    first = np.maximum.accumulate(np.where(starts, at, 0.0), axis=-1)
    ends = np.ones(ordered.shape, dtype=bool)
    ends[..., :-1] = starts[..., 1:]
    last = np.minimum.accumulate(np.where(ends, at, float(n))[..., ::-1], axis=-1)[..., ::-1]
    back_first, back_last = np.empty_like(first), np.empty_like(last)
    np.put_along_axis(back_first, order, first, axis=-1)
    np.put_along_axis(back_last, order, last, axis=-1)
    return back_first, back_last


def fast_competition_ranks(scores: Floats, decimals: int = 9) -> Ranks:
    """`competition_ranks` for many rows of scores, as whole numbers; 0 where there is no score. (D, N) -> (D, N).

    >>> fast_competition_ranks(np.array([[3.0, np.nan, 5.0], [4.0, np.nan, 4.0]]))
    array([[2, 0, 1],
           [1, 0, 1]], dtype=uint32)
    """
    draws, n = scores.shape
    ranks = np.zeros((draws, n), dtype=np.uint32)
    size = max(1, 262_144 // max(n, 1))
    for start in range(0, draws, size):
        block = -np.round(scores[start : start + size], decimals)
        order = np.argsort(block, axis=1)
        ordered = np.take_along_axis(block, order, axis=1)
        place = np.broadcast_to(np.arange(1, n + 1, dtype=np.uint32), block.shape)
        same = ordered[:, 1:] == ordered[:, :-1]
        if same.any():
            place = place.copy()
            place[:, 1:][same] = 0
            place = np.maximum.accumulate(place, axis=1)
        part = ranks[start : start + size]
        np.put_along_axis(part, order, place, axis=1)
        part[np.isnan(block)] = 0
    return ranks


def among_last(ranks: Ranks, share: float = 0.1) -> Floats:
    """How often each body stands among the last `share` of the ranked ones (rounded up), (D, N) -> (N,).

    Bodies that tie for the first of those places share what is left of them, so that over all bodies the shares add
    to the number of places. NaN for a body that no draw ranks, and where nothing was drawn.

    >>> among_last(np.array([[1, 2, 3, 0], [1, 2, 2, 0]], dtype=np.uint32))
    array([0.  , 0.25, 0.75,  nan])
    """
    draws, n = ranks.shape
    times, drawn = np.zeros(n), np.zeros(n)
    size = max(1, 262_144 // max(n, 1))
    for start in range(0, draws, size):
        block = ranks[start : start + size].astype(np.int64)
        there = block > 0
        many = there.sum(axis=1, keepdims=True)
        places = np.ceil(share * many - 1e-9).astype(np.int64)
        first = np.minimum(n - places, n - 1)
        border = np.take_along_axis(np.partition(block, np.unique(first), axis=1), first, axis=1)
        behind, level = (block > border) & there, (block == border) & there
        left = (places - behind.sum(axis=1, keepdims=True)) / np.maximum(level.sum(axis=1, keepdims=True), 1)
        times += (behind + level * left).sum(axis=0)
        drawn += there.sum(axis=0)
    return np.where(drawn > 0, times / np.maximum(drawn, 1), np.nan)
