"""Feasible figures: whether a mean, share or standard deviation that was printed can come from so many whole numbers.

Printed figures come as whole numbers of their last place (`printed`, `places`): 97.30 is 9730 with 2 places. All is
integer arithmetic, so that no figure is called impossible by an error of floats. A figure may have been rounded up or
down at a half; either is let through. Figures that are too large for 64 bits raise ValueError.
"""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Bools, Floats, Ints

MOST = 2**62
MOST_TOTALS = 64  #: that one mean may stand for; where it stands for more, a deviation rules out nothing


def feasible_mean(printed: Ints, places: Ints, n: Ints) -> Bools:
    """Whether some whole total of `n` gives the mean as printed (GRIM; Brown and Heathers 2017). Any shape.

    A share in per cent is a mean of zeros and ones with two places more: 97.3 % is 973 with 3 places. For means of
    several items each, `n` is people times items. Without anybody nothing is feasible.

    Raises:
        ValueError: figures too large to be checked exactly.

    >>> feasible_mean(np.array([519, 521]), np.array([2, 2]), np.array([28, 28])).tolist()
    [False, True]
    """
    printed, places, n = (np.asarray(part, dtype=np.int64) for part in np.broadcast_arrays(printed, places, n))
    large = 10.0**places
    _small(np.abs(printed) * (2.0 * n) + large, n * (2.0 * large))
    unit = 10**places
    off = printed * n - _nearest_total(printed, places, n) * unit
    found: Bools = (n > 0) & (2 * np.abs(off) <= n)
    return found


def feasible_sd(printed: Ints, places: Ints, sd: Ints, sd_places: Ints, n: Ints, items: Ints | int = 1) -> Bools:
    """Whether whole numbers exist with the mean and the standard deviation as printed (GRIMMER). Any shape.

    Allard (2018): the mean must be feasible, and a sum of squares must exist within the rounding of the deviation that
    is odd where the total is odd (x² and x are odd together). Where the mean stands for several totals, any will do.

    Args:
        printed: means
        places: their decimals
        sd: standard deviations (n − 1)
        sd_places: their decimals
        n: people
        items: whole numbers that each one's score is the mean of

    Raises:
        ValueError: `n` below 2, or figures too large to be checked exactly.

    >>> feasible_sd(np.array([523, 474]), np.array([2, 2]), np.array([255, 655]), np.array([2, 2]), np.array([35, 31]))
    array([False,  True])
    """
    arrays = np.broadcast_arrays(printed, places, sd, sd_places, n, items)
    printed, places, sd, sd_places, n, items = (np.asarray(part, dtype=np.int64) for part in arrays)
    if (n < 2).any():
        raise ValueError("n: must be at least 2")
    cases, unit = n * items, 10**places
    possible = feasible_mean(printed, places, cases)
    least = -((cases - 2 * printed * cases) // (2 * unit))
    most = (cases + 2 * printed * cases) // (2 * unit)
    found: Bools = possible & (most - least >= MOST_TOTALS)
    for step in range(int(min((most - least).max(initial=-1) + 1, MOST_TOTALS))):
        total = least + step
        found |= possible & (total <= most) & _squares_exist(total, sd, sd_places, n, items)
    return found


def _squares_exist(total: Ints, sd: Ints, sd_places: Ints, n: Ints, items: Ints) -> Bools:
    """Whether a whole sum of squares, odd as the total is, gives the deviation as printed.

    squares = sd² · (n − 1) · items² + total² / n, with sd anywhere within its rounding.
    """
    half = 2 * 10.0**sd_places
    low, high = np.maximum(2 * sd - 1, 0) / half, (2 * sd + 1) / half
    scale = (n - 1.0) * items.astype(np.float64) ** 2
    bottom, top = (bound**2 * scale + total.astype(np.float64) ** 2 / n for bound in (low, high))
    slack = 1e-9 * np.maximum(top, 1.0)
    _small(top + slack)
    first, last = np.ceil(bottom - slack).astype(np.int64), np.floor(top + slack).astype(np.int64)
    found: Bools = first + (first - total) % 2 <= last
    return found


def feasible_share_sd(mean: Ints, places: Ints, sd: Ints, sd_places: Ints, n: Ints) -> Bools:
    """Whether zeros and ones can have the mean and the standard deviation as printed (DEBIT; Heathers 2019). Any shape.

    Their deviation is √(n / (n − 1) · m (1 − m)) with m anywhere within the rounding of the mean.

    Raises:
        ValueError: `n` below 2.

    >>> shares, deviations, two = np.array([53, 19]), np.array([50, 35]), np.array([2, 2])
    >>> feasible_share_sd(shares, two, deviations, two, np.array([1683, 1683])).tolist()
    [True, False]
    """
    arrays = np.broadcast_arrays(mean, places, sd, sd_places, n)
    middle, decimals, spread, sd_decimals, size = (np.asarray(part, dtype=np.float64) for part in arrays)
    if (size < 2).any():
        raise ValueError("n: must be at least 2")
    low, high = (np.clip((2 * middle + side) / (2 * 10**decimals), 0.0, 1.0) for side in (-1, 1))
    widest = np.where((low <= 0.5) & (high >= 0.5), 0.5, np.where(high < 0.5, high, low))
    narrowest = np.where(np.abs(low - 0.5) > np.abs(high - 0.5), low, high)
    most, least = (np.sqrt(size / (size - 1) * m * (1 - m)) for m in (widest, narrowest))
    bottom, top = ((2 * spread + side) / (2 * 10**sd_decimals) for side in (-1, 1))
    found: Bools = (bottom <= most + 1e-12) & (top >= least - 1e-12)
    return found


def feasible_sum(parts: Floats, total: Floats, places: Ints, count: Ints) -> Bools:
    """Whether parts and their total, each rounded to `places`, can agree: at most half a unit of each apart.

    Args:
        parts: sums of the printed parts
        total: printed totals
        places: decimals of all of them
        count: how many parts each sum has

    >>> feasible_sum(np.array([100.2, 100.3]), np.array([100.0, 100.0]), np.array([1, 1]), np.array([3, 3])).tolist()
    [True, False]
    """
    unit = 10.0 ** -np.asarray(places, dtype=np.float64)
    found: Bools = np.abs(parts - total) <= 0.5 * unit * (np.asarray(count) + 1) * (1 + 1e-9)
    return found


def _nearest_total(printed: Ints, places: Ints, n: Ints) -> Ints:
    """The whole total whose mean is nearest to the printed one."""
    unit = 10**places
    return np.asarray((2 * printed * n + unit) // (2 * unit), dtype=np.int64)


def _small(*figures: Floats) -> None:
    if any((figure > MOST).any() for figure in figures):
        raise ValueError("figures too large to be checked exactly")
