"""Groups: sums and counts by code, in one pass."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats, Ints


def sums(group: Ints, values: Floats, groups: int) -> Floats:
    """Sum of the values of each group, (G,); rows of group −1 count nowhere.

    >>> sums(np.array([0, 1, 0, -1]), np.array([1.0, 2.0, 3.0, 9.0]), 3)
    array([4., 2., 0.])
    """
    inside = group >= 0
    if not inside.all():
        group, values = group[inside], values[inside]
    found: Floats = np.bincount(group, values, minlength=groups).astype(np.float64, copy=False)
    return found


def counts(group: Ints, groups: int) -> Ints:
    """Rows of each group, (G,); rows of group −1 count nowhere."""
    found: Ints = np.bincount(group[group >= 0], minlength=groups).astype(np.int64, copy=False)
    return found


def column_sums(group: Ints, values: Floats, groups: int) -> Floats:
    """Sums of the rows of each group, (n, V) -> (G, V)."""
    return np.stack([sums(group, values[:, at], groups) for at in range(values.shape[1])], axis=1)


def codes(*columns: Ints) -> Ints:
    """One code from 0 for each combination of codes that occurs, (n,).

    >>> codes(np.array([5, 5, 7]), np.array([1, 2, 1])).tolist()
    [0, 1, 2]
    """
    code = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        code = code * (int(column.max(initial=0)) + 1) + column
        code = np.unique(code, return_inverse=True)[1].astype(np.int64).ravel()
    return code
