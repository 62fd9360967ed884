"""Reliability: whether columns that should measure one thing hang together.

In: a table of figures (n, k), or loadings (k,), none missing; out: one number, 1 at best, NaN where it can't be told.
"""

from __future__ import annotations

import math

import numpy as np

from minping.model.arrays import Floats


def cronbach_alpha(items: Floats) -> float:
    """k/(k - 1) · (1 - Σ variances / variance of the sum) of a table (n, k) (Cronbach 1951, Psychometrika 16: 297).

    For alpha of standardised figures, give those. NaN for one column, fewer than two rows, a sum that doesn't vary.

    Raises:
        ValueError: not a table, missing figures.

    >>> round(cronbach_alpha(np.array([[1.0, 2.0], [2.0, 2.0], [3.0, 5.0]])), 9)
    0.857142857
    """
    table = _table(items)
    rows, k = table.shape
    if k < 2 or rows < 2:
        return math.nan
    whole = float(table.sum(axis=1).var(ddof=1))
    parts = float(table.var(axis=0, ddof=1).sum())
    if whole <= 1e-24 * float((np.abs(table).max(axis=0) ** 2).sum()):
        return math.nan
    return float(k / (k - 1) * (1.0 - parts / whole))


def composite_reliability(loadings: Floats) -> float:
    """(Σλ)² / ((Σλ)² + Σ(1 - λ²)) of the loadings (k,) (Fornell and Larcker 1981, J. of Marketing Research 18: 39).

    NaN for no loadings, and for loadings of 1 and -1 that cancel out.

    Raises:
        ValueError: not one row of numbers, missing ones, one beyond -1 … 1.

    >>> round(composite_reliability(np.array([0.8, 0.7, 0.9])), 9)
    0.84457478
    """
    found = np.asarray(loadings, dtype=np.float64)
    if found.ndim != 1 or not np.isfinite(found).all() or (np.abs(found) > 1.0 + 1e-9).any():
        raise ValueError("loadings must be one row of numbers between -1 and 1")
    common = float(found.sum()) ** 2
    whole = common + float(np.maximum(0.0, 1.0 - found**2).sum())
    return common / whole if whole > 0.0 else math.nan


def dillon_goldstein_rho(items: Floats) -> float:
    """Composite reliability of a table's (n, k) loadings on its first principal component.

    Of the correlations (Tenenhaus et al. 2005, CSDA 48: 159-205; as R's plspm). NaN for fewer than two columns or rows,
    or a constant column.

    Raises:
        ValueError: not a table, missing figures.

    >>> round(dillon_goldstein_rho(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])), 9)
    1.0
    """
    table = _table(items)
    if min(table.shape) < 2:
        return math.nan
    deviation = table.std(axis=0)
    if (deviation <= 1e-13 * np.abs(table).max(axis=0)).any():
        return math.nan
    standard = (table - table.mean(axis=0)) / deviation
    values, vectors = np.linalg.eigh(standard.T @ standard / len(table))
    loadings = np.clip(vectors[:, -1] * math.sqrt(max(0.0, values[-1])), -1.0, 1.0)
    return composite_reliability(loadings)


def _table(items: Floats) -> Floats:
    """The figures, checked."""
    table = np.asarray(items, dtype=np.float64)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise ValueError("items must be a table of numbers, none missing")
    return table
