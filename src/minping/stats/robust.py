"""Regression that outlying responses don't pull: Tukey's biweight by iteratively reweighted least squares.

Beaton and Tukey (1974), "The fitting of power series", Technometrics 16; Holland and Welsch (1977), "Robust regression
using iteratively reweighted least-squares", Communications in Statistics A6 (c = 4.685: 95 % efficient if normal).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats

C = 4.685  #: residuals beyond this many scales have no weight
TO_NORMAL = 1.482602218505602  #: median absolute deviation to the standard deviation of a normal
_STEPS = 500
_FREE = 250  #: steps with the scale anew at each; then it is held, for the two may go round in circles
_CLOSE = 1e-10  #: change of the fitted values, against their size, at which the steps end


class Fit(NamedTuple):
    """A robust regression with an intercept."""

    coefficients: Floats  #: (1 + K,): the intercept, then the regressors
    residuals: Floats  #: (N,); NaN where the response or a regressor is missing
    scale: float  #: 1.4826 × the median of |residual|


def biweight(response: Floats, regressors: Floats) -> Fit:
    """Regress (N,) on (N,) or (N, K) regressors and an intercept; rows with a missing value are left out.

    The start is the least-absolute-deviations fit: it resists outlying responses, not outlying regressors.

    Raises:
        ValueError: too few rows or regressors that depend on each other, or the steps didn't end.

    >>> x = np.arange(8.0)
    >>> biweight(2 * x + 1 + np.array([0, 0.1, 0, -0.1, 0, 0.1, 0, 50]), x).coefficients.round(1)
    array([1., 2.])
    """
    columns = regressors[:, None] if regressors.ndim == 1 else regressors
    design = np.column_stack([np.ones(response.size), columns])
    known = np.isfinite(response) & np.isfinite(design).all(axis=1)
    x, y = design[known], response[known]
    if y.size <= x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        raise ValueError(f"{y.size} rows don't determine {x.shape[1]} coefficients")
    beta = _refined(x, y, _least_absolute(x, y))
    rest = y - x @ beta
    residuals = np.full(response.shape, np.nan)
    residuals[known] = rest
    return Fit(beta, residuals, _scale(rest))


def robust_z(values: Floats) -> Floats:
    """(value − median) / (1.4826 × median absolute deviation) of each column; (N,) or (N, K), NaN stays NaN.

    NaN throughout a column more than half of whose values are equal.

    >>> robust_z(np.array([1.0, 2.0, 3.0, 4.0, 9.0])).round(2)
    array([-1.35, -0.67,  0.  ,  0.67,  4.05])
    """
    apart = values - np.nanmedian(values, axis=0)
    spread = TO_NORMAL * np.nanmedian(np.abs(apart), axis=0)
    return np.asarray(apart / np.where(spread > 0, spread, np.nan))


def above_middle(values: Floats) -> Floats:
    """P of a value so far above the median of (N,) values, by their robust z; NaN stays, and where z is NaN.

    Student's t with 0.37 (N - 1) degrees of freedom, as many as the median absolute deviation is worth beside a standard
    deviation (Hampel 1974), z less by the error of the median, (1 + 1.57 / N)^(1/2). On the safe side for normal values
    (0.7 of the nominal 5 % with 18 of them, 0.9 with 40); with tails of Student's t of 5 degrees up to twice 1 %. Several
    outlying values don't hide each other, as they do by mean and standard deviation.

    >>> above_middle(np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 60])).round(3)[-3:]
    array([0.286, 0.219, 0.   ])
    """
    from scipy.special import stdtr

    known = int(np.count_nonzero(np.isfinite(values)))
    if known < 3:
        return np.full(values.shape, np.nan)
    return np.asarray(stdtr(0.37 * (known - 1), -robust_z(values) / np.sqrt(1 + np.pi / 2 / known)))


def residual_z(response: Floats, proxies: Floats) -> Floats:
    """Robust z of the residuals of (N,) on each column of (N, K) by itself; (N, K), errors as `biweight`.

    >>> x = np.arange(5.0)
    >>> residual_z(x + np.array([0, 1, 0, -1, 9.0]), np.column_stack([x, x])).shape
    (5, 2)
    """
    return robust_z(np.column_stack([biweight(response, column).residuals for column in proxies.T]))


def _least_absolute(x: Floats, y: Floats) -> Floats:
    """Least absolute deviations by linear programming."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, eye_array, hstack

    n, k = x.shape
    cost = np.r_[np.zeros(k), np.ones(2 * n)]
    equal = hstack([csr_array(x), eye_array(n), -eye_array(n)], format="csr")
    found = linprog(cost, A_eq=equal, b_eq=y, bounds=[(None, None)] * k + [(0, None)] * (2 * n))
    if found.x is None:
        raise ValueError("no start was found")
    return np.asarray(found.x[:k], dtype=np.float64)


def _refined(x: Floats, y: Floats, beta: Floats) -> Floats:
    """Biweight steps from a start, the scale anew at each of the first; with the scale held, each step is a descent."""
    size, scale = float(np.abs(y).max()), 0.0
    for step in range(_STEPS):
        rest = y - x @ beta
        scale = _scale(rest) if step < _FREE else scale
        if scale <= _CLOSE * size:  # more than half lie on the fit
            return beta
        root = np.clip(1 - (rest / (C * scale)) ** 2, 0, None)  # of the weight
        after = np.asarray(np.linalg.lstsq(x * root[:, None], y * root, rcond=None)[0], dtype=np.float64)
        if float(np.abs(x @ (after - beta)).max()) <= _CLOSE * size:
            return after
        beta = after
    raise ValueError(f"the weights didn't settle in {_STEPS} steps")


def _scale(rest: Floats) -> float:
    return TO_NORMAL * float(np.median(np.abs(rest)))
