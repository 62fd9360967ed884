"""How well a score tells two groups apart: the area under the ROC curve, with its standard error.

DeLong, DeLong and Clarke-Pearson (1988), "Comparing the areas under two or more correlated receiver operating
characteristic curves", Biometrics 44.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats


class Area(NamedTuple):
    """An area under the curve."""

    area: float  #: chance that one of the marked scores above one of the others, ties half
    error: float  #: DeLong's standard error; NaN with fewer than two on a side


def auc(scores: Floats, marked: Bools) -> Area:
    """The area for (N,) scores and which of them are marked; missing scores are left out.

    Raises:
        ValueError: none is marked, or all are.

    >>> auc(np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, True, False, True])).area
    0.75
    """
    known = np.isfinite(scores)
    high, low = scores[known & marked], scores[known & ~marked]
    if not (high.size and low.size):
        raise ValueError(f"{high.size} marked and {low.size} others; each side needs one")
    above = _below(low, high) / low.size
    beneath = 1 - _below(high, low) / high.size
    if min(high.size, low.size) < 2:
        return Area(float(above.mean()), float("nan"))
    variance = above.var(ddof=1) / high.size + beneath.var(ddof=1) / low.size
    return Area(float(above.mean()), float(np.sqrt(variance)))


def _below(others: Floats, at: Floats) -> Floats:
    """How many of the others lie below each, ties half."""
    ordered = np.sort(others)
    return np.asarray((np.searchsorted(ordered, at, "left") + np.searchsorted(ordered, at, "right")) / 2)
