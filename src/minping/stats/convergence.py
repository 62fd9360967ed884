"""Several sources on the same units: their weighted mean, and how many of them point the same way."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats, Ints


def weighted_z(scores: Floats, weights: Floats) -> Floats:
    """Mean of (N, K) scores by (K,) weights over the sources that a unit has; (N,), NaN where it has none.

    Raises:
        ValueError: a weight is negative or missing, or there isn't one for each source.

    >>> weighted_z(np.array([[1.0, 3.0], [2.0, np.nan]]), np.array([1.0, 3.0]))
    array([2.5, 2. ])
    """
    if weights.shape != scores.shape[1:] or not bool(np.all(weights >= 0)):
        raise ValueError("each source needs a weight, and none may be negative")
    known = np.isfinite(scores)
    whole = (known * weights).sum(axis=1)
    total = (np.where(known, scores, 0.0) * weights).sum(axis=1)
    return np.asarray(total / np.where(whole > 0, whole, np.nan))


def pointing(scores: Floats, above: float = 1.0) -> Ints:
    """How many of a unit's sources lie above a threshold, of (N, K) scores; (N,). A missing score isn't above.

    >>> pointing(np.array([[1.5, 0.2, 2.0], [1.0, np.nan, 3.0]]))
    array([2, 1])
    """
    return np.asarray((scores > above).sum(axis=1), dtype=np.int64)
