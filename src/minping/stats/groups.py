"""Groups: sums and counts by code, in one pass."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats, Ints

_MOST_CODES = 16_000_000  #: codes that may occur, for a table of all of them


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


def distinct(code: Ints) -> tuple[Ints, Ints]:
    """The codes that occur, in order, (U,), and the place of each row's among them, (n,); no sorting where few can.

    >>> [found.tolist() for found in distinct(np.array([7, 2, 7]))]
    [[2, 7], [1, 0, 1]]
    """
    most = int(code.max(initial=-1)) + 1
    if most > max(_MOST_CODES, len(code)) or code.min(initial=0) < 0:
        found, place = np.unique(code, return_inverse=True)
        return found.astype(np.int64, copy=False), place.ravel().astype(np.int64, copy=False)
    there = np.zeros(most, dtype=np.bool_)
    there[code] = True
    if there.all():
        return np.arange(most), code.astype(np.int64, copy=False)
    return np.flatnonzero(there), (np.cumsum(there) - 1)[code]


def first_rows(code: Ints, groups: int) -> Ints:
    """The first row of each group, (G,); every group occurs."""
    found = np.empty(groups, dtype=np.int64)
    found[code[::-1]] = np.arange(len(code) - 1, -1, -1)
    return found


def codes(*columns: Ints) -> Ints:
    """One code from 0 for each combination of codes that occurs, (n,).

    >>> codes(np.array([5, 5, 7]), np.array([1, 2, 1])).tolist()
    [0, 1, 2]
    """
    code = distinct(columns[0])[1]
    for column in columns[1:]:
        code = distinct(code * (int(column.max(initial=0)) + 1) + column)[1]
    return code
