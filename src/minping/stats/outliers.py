"""Outliers: which columns of figures have them, and what the usual treatment would make of them.

The rule of the OECD/JRC Handbook as COINr 1.1 applies it: a column with |skewness| >= 2 and kurtosis >= 3.5 is
treated; the extreme values are pulled in one set at a time (winsorised), and where that doesn't do, the column is
taken in logarithms. NaN stays NaN.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from minping.model.arrays import Floats
from minping.stats.moments import kurtosis, skewness

SKEWNESS, KURTOSIS = 2.0, 3.5
MOST_SETS = 5  #: sets of extreme values that are pulled in before logarithms are taken


class Treated(NamedTuple):
    """A column after treatment."""

    values: Floats  #: (n,)
    how: Literal["none", "winsorised", "log"]
    moved: int  #: values pulled in


def has_outliers(values: Floats) -> bool:
    """Whether both the skewness and the kurtosis of a column are beyond the rule's bounds.

    >>> has_outliers(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 90.0]))
    True
    """
    return abs(skewness(values)) >= SKEWNESS and kurtosis(values) >= KURTOSIS


def treat(values: Floats, most_sets: int = MOST_SETS) -> Treated:
    """Winsorise a column with outliers, or else take its logarithm; a column without stays as it is.

    >>> treat(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 90.0])).values
    array([1., 2., 3., 4., 5., 5.])
    """
    if not has_outliers(values):
        return Treated(values, "none", 0)
    pulled = values.copy()
    for _ in range(most_sets):
        pulled = _pulled_in(pulled)
        if not has_outliers(pulled):
            there = ~np.isnan(values)
            return Treated(pulled, "winsorised", int((pulled[there] != values[there]).sum()))
    low = np.fmin.reduce(values)
    return Treated(np.log(values - low + 0.01 * (np.fmax.reduce(values) - low)), "log", 0)


def _pulled_in(values: Floats) -> Floats:
    """The extreme values on the side of the skew become the next ones."""
    sign = 1.0 if skewness(values) > 0 else -1.0
    signed = sign * values
    top = np.fmax.reduce(signed)
    return sign * np.where(signed == top, np.fmax.reduce(signed[signed < top]), signed)
