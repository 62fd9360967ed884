"""Ranks within reference classes: where a value lies among the others of its class, itself left out."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import counts


def class_percentiles(values: Floats, group: Ints, groups: int) -> tuple[Floats, Ints]:
    """Share of the others of its class that lie below each value, equal ones counted half; and how many they are.

    The outside view of a reference class (Kahneman and Tversky 1979; Flyvbjerg 2006), by mid-ranks.

    Args:
        values: (N,) NaN is left out
        group: (N,) the class of each, from 0; -1 is left out
        groups: how many classes there are

    Returns:
        (N,) shares from 0 to 1, NaN where there is no other; (N,) others of the class.

    >>> share, others = class_percentiles(np.array([1.0, 2.0, 2.0, 9.0, 5.0]), np.array([0, 0, 0, 0, 1]), 2)
    >>> share, others
    (array([0. , 0.5, 0.5, 1. , nan]), array([3, 3, 3, 3, 0]))
    """
    known = np.flatnonzero(np.isfinite(values) & (group >= 0))
    order = known[np.lexsort((values[known], group[known]))]
    y, home = values[order], group[order]
    n = counts(home, groups)
    begins = np.ones(y.size, dtype=np.bool_)
    begins[1:] = (y[1:] != y[:-1]) | (home[1:] != home[:-1])
    first = np.flatnonzero(begins)
    run = np.cumsum(begins) - 1
    size = np.diff(first, append=y.size)[run]
    below = first[run] - (np.cumsum(n) - n)[home]
    others = np.zeros(values.size, dtype=np.int64)
    others[order] = n[home] - 1
    share = np.full(values.size, np.nan)
    with np.errstate(invalid="ignore"):
        share[order] = np.where(n[home] > 1, (below + (size - 1) / 2) / (n[home] - 1), np.nan)
    return share, others
