"""Allocation: how many to draw from each stratum, as whole numbers that add up."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats, Ints


def allocate(size: int, shares: Floats, most: Ints, least: int = 2) -> Ints:
    """Split `size` draws over strata in proportion to `shares`, (H,); at least `least` and at most `most` from each.

    Proportional allocation where the shares are the strata's sizes, Neyman's (1934) optimum where they are sizes times
    standard deviations. Strata that would give more than they have give all, and the others share the rest; whole
    numbers by largest remainders. Where `size` is not enough for `least` of each, the first ones by share get them.

    Raises:
        ValueError: a negative size or share.

    >>> allocate(10, np.array([1.0, 1.0, 8.0]), np.array([50, 1, 50])).tolist()
    [2, 1, 7]
    """
    most = np.asarray(most, dtype=np.int64)
    wanted = np.where(most > 0, np.asarray(shares, dtype=np.float64), 0.0)
    if size < 0 or (wanted < 0).any():
        raise ValueError("sizes and shares are not negative")
    size = min(size, int(most.sum()))
    floor = np.minimum(least, most)
    if floor.sum() > size:
        return _whole(float(size), wanted + 1e-12, np.zeros(len(most)), floor)
    return _whole(float(size), wanted + 1e-12, floor.astype(np.float64), most)


def _whole(size: float, wanted: Floats, least: Floats, most: Ints) -> Ints:
    """Whole numbers between `least` and `most`, in proportion as far as those let."""
    given = _between(size, wanted, least, most.astype(np.float64))
    whole = np.floor(given + 1e-9).astype(np.int64)
    room = np.flatnonzero(whole < most)
    rest = round(size) - int(whole.sum())
    order = room[np.lexsort((room, -(given - whole)[room]))]
    whole[order[:rest]] += 1
    return whole


def _between(size: float, wanted: Floats, least: Floats, most: Floats) -> Floats:
    """``clip(c · wanted, least, most)`` with the one c for which they add up to `size`, by halving."""
    low, high = 0.0, float((most / wanted).max(initial=1.0)) + 1.0
    for _ in range(200):
        middle = (low + high) / 2.0
        low, high = (middle, high) if np.clip(middle * wanted, least, most).sum() < size else (low, middle)
    return np.clip(high * wanted, least, most)
