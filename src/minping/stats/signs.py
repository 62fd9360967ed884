"""One-signed changes: whether the changes of a group go one way more often, or further, than chance would have it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import sums
from minping.stats.tails import binomial


class Signs(NamedTuple):
    """One row per group, (G,)."""

    up: Floats  #: changes above nought
    down: Floats  #: changes below nought; those of nought count as neither
    p_up: Floats  #: of so many up or more; NaN without a change
    p_down: Floats  #: of so many down or more
    mean: Floats  #: of all changes, those of nought too; NaN without any
    error: Floats  #: its standard error; NaN for one change
    t: Floats  #: mean over error
    p_mean: Floats  #: of a mean so far from nought on either side (Student's t)


def signs(change: Floats, group: Ints, groups: int) -> Signs:
    """Exact sign test (Conover 1999, section 3.4) and Student's t of the mean change, by group.

    Args:
        change: (N,) such as a later release less the first; NaN is left out
        group: (N,) from 0; -1 is left out
        groups: how many groups there are

    >>> found = signs(np.array([-1.0, -2.0, -0.5, -3.0, 0.0]), np.zeros(5, dtype=np.int64), 1)
    >>> found.down, found.p_down, found.mean, found.p_mean.round(3)
    (array([4.]), array([0.0625]), array([-1.3]), array([0.073]))
    """
    from scipy.special import stdtr

    home = np.where(np.isfinite(change), group, -1)
    value: Floats = np.where(np.isfinite(change), change, 0.0)
    n = sums(home, np.ones(value.size), groups)
    up, down = (sums(home, part.astype(np.float64), groups) for part in (value > 0, value < 0))
    moved = up + down
    half = np.full(groups, 0.5)
    p_up, p_down = (np.where(moved > 0, binomial(count, moved, half), np.nan) for count in (up, down))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean: Floats = sums(home, value, groups) / n
        squares: Floats = np.where(home >= 0, value - mean[home], 0.0) ** 2
        error = np.sqrt(sums(home, squares, groups) / (n - 1) / n)
        t = mean / error
    p_mean = np.where(n > 1, 2 * stdtr(np.maximum(n - 1, 1), -np.abs(t)), np.nan)
    return Signs(up, down, p_up, p_down, mean, error, t, p_mean)
