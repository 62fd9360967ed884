"""Many tests at once: p-values in, adjusted p-values out; a missing one (NaN) stays missing and is not counted."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjusted p-values, (M,): reject those up to q, and at most q of the rejected are wrong in expectation.

    For independent or positively dependent tests (Benjamini and Hochberg 1995, JRSS B 57, procedure 1).

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03, np.nan, 0.5])).round(4)
    array([0.04  , 0.0533, 0.0533,    nan, 0.5   ])
    """
    return _stepped_up(p, 1.0)


def benjamini_yekutieli(p: Floats) -> Floats:
    """The same under any dependence, (M,): dearer by 1 + 1/2 + … + 1/M (Benjamini and Yekutieli 2001, theorem 1.3).

    >>> benjamini_yekutieli(np.array([0.01, 0.2])).round(4)
    array([0.03, 0.3 ])
    """
    return _stepped_up(p, float((1 / np.arange(1, np.isfinite(p).sum() + 1)).sum()))


def _stepped_up(p: Floats, dearer: float) -> Floats:
    """Each p-value by how many there are and its rank, never above that of a larger one."""
    known = np.flatnonzero(~np.isnan(p))
    if ((p[known] < 0) | (p[known] > 1)).any():
        raise ValueError("p-values lie between 0 and 1")
    order = known[np.argsort(p[known], kind="stable")]
    raised = p[order] * dearer * order.size / np.arange(1, order.size + 1)
    adjusted = np.full(p.shape, np.nan)
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return adjusted
