"""Ranks within reference classes: where a value lies among the others of its class, itself left out."""

from __future__ import annotations

from collections.abc import Sequence

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


def class_scores(values: Floats, classes: Sequence[Ints], least: int) -> Floats:
    """Normal score (van der Waerden 1952) of each value in the first of its classes that has `least` others, (N,).

    The score is the normal quantile at rank / (n + 1), with mid-ranks; NaN where no class has as many.

    Args:
        values: (N,) NaN is left out
        classes: (N,) each, codes from 0, the finest first; -1 is left out
        least: others that a class needs

    >>> kind, every = np.array([0, 0, 0, 1]), np.zeros(4, dtype=np.int64)
    >>> class_scores(np.array([1.0, 2.0, 3.0, 9.0]), (kind, every), 2).round(3)
    array([-0.674,  0.   ,  0.674,  0.842])
    """
    from scipy.special import ndtri

    found = np.full(values.shape, np.nan)
    for code in classes:
        share, others = class_percentiles(values, code, int(code.max(initial=-1)) + 1)
        score = ndtri((share * others + 1) / (others + 2))
        found = np.where(np.isnan(found) & (others >= least), score, found)
    return found
