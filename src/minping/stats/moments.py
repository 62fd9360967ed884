"""Moments: the shape of a column of figures; NaN is left out.

Skewness and kurtosis are the estimators that are unbiased for a normal population (Joanes and Gill 1998, type 2 of
R's e1071): what the OECD/JRC Handbook's rule for outliers is stated in.
"""

from __future__ import annotations

import math

import numpy as np

from minping.model.arrays import Floats


def skewness(values: Floats) -> float:
    """G1 of Joanes and Gill (1998), shape (n,); NaN for fewer than three values or none that differ.

    >>> round(skewness(np.array([1.0, 2.0, 3.0, 10.0])), 6)
    1.763633
    """
    n, second, third, _ = _central(values)
    if n < 3 or second == 0.0:
        return math.nan
    return third / math.sqrt(second) ** 3 * math.sqrt(n * (n - 1)) / (n - 2)


def kurtosis(values: Floats) -> float:
    """Excess kurtosis, G2 of Joanes and Gill (1998); NaN for fewer than four values or none that differ.

    >>> round(kurtosis(np.array([1.0, 2.0, 3.0, 10.0])), 6)
    3.228
    """
    n, second, _, fourth = _central(values)
    if n < 4 or second == 0.0:
        return math.nan
    return ((n + 1) * (fourth / second**2 - 3.0) + 6.0) * (n - 1) / ((n - 2) * (n - 3))


def _central(values: Floats) -> tuple[int, float, float, float]:
    """How many there are, and their second, third and fourth central moments."""
    there = values[~np.isnan(values)]
    if not len(there) or (there == there[0]).all():
        return len(there), 0.0, 0.0, 0.0
    off = there - there.mean()
    return len(there), float((off**2).mean()), float((off**3).mean()), float((off**4).mean())
