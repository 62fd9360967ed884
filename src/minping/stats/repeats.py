"""Repeats: rows that stand twice, long figures that rows share, and how likely such an agreement is by chance.

Rows and figures are found again by sorting, never pair by pair. Repeats of figures that take few values (noughts above
all) are chance: only figures of four significant digits or more are looked at.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.written import written

TAKEN = 2  #: leading digits that two figures of one series may well share
SHORTEST = 4  #: significant digits
SHARED = 5  #: rows; a figure that more share is a common value


def same_rows(table: NDArray[Any]) -> Ints:
    """For each of (N, M) rows the first row that is the same in every column, itself if there is none before; (N,).

    Columns are compared by giving `table.T`.

    >>> same_rows(np.array([[1, 2], [3, 4], [1, 2]])).tolist()
    [0, 1, 0]
    """
    if not len(table):
        return np.zeros(0, dtype=np.int64)
    _, first, group = np.unique(table, axis=0, return_index=True, return_inverse=True)
    return np.asarray(first[group.reshape(-1)], dtype=np.int64)


def significant(values: Floats) -> Ints:
    """Significant digits beyond the first two, of figures of four or more; 0 for the rest; any shape.

    >>> significant(np.array([12345.0, 12300.0, 0.012345, 7.0])).tolist()
    [3, 0, 3, 0]
    """
    found = written(values)
    size = np.abs(found.whole)
    stripped = size.copy()
    for _ in range(18):
        stripped = np.where((stripped != 0) & (stripped % 10 == 0), stripped // 10, stripped)
    length = np.zeros(size.shape, dtype=np.int64)
    for power in range(19):
        length += stripped >= 10**power
    return np.asarray(np.where(found.known & (length >= SHORTEST), length - TAKEN, 0), dtype=np.int64)


def chance_of(same: Bools, digits: Ints, comparisons: float) -> Floats:
    """P that figures agree so by chance, (N,), of (N, L) agreements and digits, over so many comparisons; 1 without any."""
    total = np.where(same, digits, 0).sum(axis=1).astype(np.float64)
    return np.asarray(np.where(total > 0, np.minimum(1.0, comparisons * 10.0**-total), 1.0))


def pairs(value: Floats, digits: Ints) -> tuple[Ints, Ints, Ints]:
    """Pairs of rows of (N, L) that share a long figure in a column, and the column; by sorting, not pair by pair.

    A figure that more than SHARED rows share is left out.
    """
    cell_row, cell = np.nonzero(digits > 0)
    figures = value[cell_row, cell]
    order = np.lexsort((cell_row, figures, cell))
    at, column, figure = cell_row[order], cell[order], figures[order]
    found: list[tuple[Ints, Ints, Ints]] = []
    same = np.r_[True, (column[1:] != column[:-1]) | (figure[1:] != figure[:-1])] if at.size else np.zeros(0, np.bool_)
    group = np.cumsum(same) - 1
    size = np.bincount(group)[group] if at.size else group
    for apart in range(1, SHARED):
        left = np.flatnonzero((group[: max(at.size - apart, 0)] == group[apart:]) & (size[apart:] <= SHARED))
        found.append((at[left], at[left + apart], column[left]))
    first, second, where = (np.concatenate([one[part] for one in found]).astype(np.int64) for part in range(3))
    return first, second, where
