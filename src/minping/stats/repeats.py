"""Repeats: rows of figures that stand twice, figures copied forward, leading digits shared, precision that switches.

In: arrays of whole numbers, such as `digits.whole` gives; out: groups and counts. Rows are found again by sorting, never
pair by pair. Repeats of figures that take few values (noughts above all) are chance: the caller leaves them out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from minping.model.arrays import Bools, Floats, Ints


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


def copied_forward(figures: Floats, lag: int = 1) -> Ints:
    """In how many of M series a body's figures are those it had `lag` periods before; (N, T), 0 in the first periods.

    Args:
        figures: (N, T, M) bodies, periods, series; NaN where missing, which is never the same
        lag: periods back

    Raises:
        ValueError: `lag` below 1.

    >>> copied_forward(np.array([[[5.1, 2.0], [5.1, 3.0], [5.1, 3.0]]])).tolist()
    [[0, 1, 2]]
    """
    if lag < 1:
        raise ValueError("lag: must be at least 1")
    same = np.zeros(figures.shape[:2], dtype=np.int64)
    same[:, lag:] = (figures[:, lag:] == figures[:, :-lag]).sum(axis=2)
    return same


def shared_digits(first: Ints, second: Ints) -> Ints:
    """How many leading digits two whole numbers share, with the sign and the number of digits the same; any shape.

    >>> shared_digits(np.array([98765, 123, 50]), np.array([98712, 123, 5])).tolist()
    [3, 3, 0]
    """
    one, other = (np.asarray(part, dtype=np.int64) for part in np.broadcast_arrays(first, second))
    size, against = np.abs(one), np.abs(other)
    length, same = _length(size), np.zeros(one.shape, dtype=np.int64)
    alike = (np.sign(one) == np.sign(other)) & (length == _length(against))
    for power in range(19):
        same += alike & (power < length) & (size // 10**power == against // 10**power)
    return same


def precision_switches(places: Ints, there: Bools) -> Bools:
    """Where series write another number of decimals than at their figure before; (N, T), `there` marks the figures.

    Noughts at the end are lost when figures are read as numbers; `places` should be those of the text, or the
    largest of a period.

    >>> precision_switches(np.array([[4, 4, 0, 4]]), np.array([[True, True, True, True]])).tolist()
    [[False, False, True, True]]
    """
    at = np.where(there, np.arange(places.shape[1]), -1)
    latest = np.maximum.accumulate(at, axis=1)
    before = np.concatenate([np.full((len(places), 1), -1), latest[:, :-1]], axis=1)
    earlier = np.take_along_axis(places, np.maximum(before, 0), axis=1)
    switched: Bools = there & (before >= 0) & (places != earlier)
    return switched


def _length(size: Ints) -> Ints:
    """How many digits; nought has none."""
    length = np.zeros(size.shape, dtype=np.int64)
    for power in range(19):
        length += size >= 10**power
    return length
