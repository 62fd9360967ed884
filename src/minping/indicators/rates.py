"""Rates: a share of counted cases in per cent, with its standard error."""

from __future__ import annotations

import numpy as np

from minping.indicators.ratings import Measured
from minping.model.arrays import Floats


def share_of(part: Floats, whole: Floats) -> Measured:
    """A share in per cent; its error has half a case more at either end, which keeps it above nought (Jeffreys).

    >>> found = share_of(np.array([3.0]), np.array([4.0]))
    >>> found.estimate, found.se.round(4), found.n
    (array([75.]), array([18.7083]), array([4.]))
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        share, middle = part / whole, (part + 0.5) / (whole + 1.0)
        se = np.sqrt(middle * (1.0 - middle) / (whole + 2.0))
    nobody = whole == 0
    return Measured(np.where(nobody, np.nan, 100.0 * share), np.where(nobody, np.nan, 100.0 * se), whole)
