"""Special functions, those of the gamma and beta family above all: arrays in, arrays of the same shape out; no domain, no state.

Those of scipy, but an argument outside a function's domain gives NaN, and a long difference keeps its digits.
"""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats

LARGE = 10.0  #: from here on differences are taken from Stirling's series
#: coefficients in 1 / x² of log gamma's remainder times x (Abramowitz and Stegun 1964, 6.1.40)
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)


def log_gamma(x: Floats) -> Floats:
    """Natural logarithm of the gamma function, any shape; NaN where `x` isn't positive.

    >>> log_gamma(np.array([1.0, 0.5, 11.0])).round(10) + 0.0
    array([ 0.        ,  0.57236494, 15.10441257])
    """
    from scipy.special import gammaln

    return np.asarray(gammaln(_positive(x)), dtype=np.float64)


def expit(x: Floats) -> Floats:
    """1 / (1 + e⁻ˣ), the chance of log-odds x, any shape; without overflow.

    >>> expit(np.array([0.0, -1000.0, 1000.0]))
    array([0.5, 0. , 1. ])
    """
    from scipy.special import expit as logistic

    return np.asarray(logistic(x), dtype=np.float64)


def digamma(x: Floats) -> Floats:
    """Derivative of `log_gamma`, any shape; NaN where `x` isn't positive.

    >>> digamma(np.array([1.0, 10.0])).round(10)
    array([-0.57721566,  2.25175259])
    """
    from scipy.special import psi

    return np.asarray(psi(_positive(x)), dtype=np.float64)


def trigamma(x: Floats) -> Floats:
    """Second derivative of `log_gamma`, any shape; NaN where `x` isn't positive.

    >>> trigamma(np.array([1.0, 10.0])).round(10)
    array([1.64493407, 0.10516634])
    """
    from scipy.special import zeta

    return np.asarray(zeta(2.0, _positive(x)), dtype=np.float64)


def log_rising(x: Floats, k: Floats) -> Floats:
    """Return log Γ(x + k) - log Γ(x) for `k` from 0, without the difference's loss of digits for a large `x`.

    >>> log_rising(np.array([3.0, 1e12]), np.array([2.0, 0.0])).round(10)
    array([2.48490665, 0.        ])
    """
    high = np.maximum(x, LARGE)
    top = high + k
    rest = stirling_rest(top) - stirling_rest(high)
    large = (high - 0.5) * np.log1p(k / high) + k * np.log(top) - k + rest
    small = np.minimum(x, LARGE)
    return np.where(x >= LARGE, large, log_gamma(small + k) - log_gamma(small))


def beta_quantile(share: Floats, a: Floats, b: Floats) -> Floats:
    """The value below which `share` of a beta distribution with shapes `a`, `b` lies; the arguments are broadcast.

    NaN where a shape isn't positive and finite or the share isn't from 0 to 1.

    >>> beta_quantile(np.array([0.25, 0.5]), np.array([1.0, 3.0]), np.array([1.0, 3.0])).round(10)
    array([0.25, 0.5 ])
    """
    from scipy.special import betaincinv

    return np.asarray(betaincinv(_shape(a), _shape(b), share), dtype=np.float64)


def _positive(x: Floats) -> Floats:
    return np.where(np.asarray(x) > 0, x, np.nan)


def _shape(x: Floats) -> Floats:
    return np.where(np.isfinite(x), _positive(x), np.nan)


def stirling_rest(x: Floats) -> Floats:
    """Return log Γ(x) less Stirling's formula (x - ½) log x - x + ½ log 2π, for `x` from `LARGE` on.

    The same for a whole number n: log n! less (n + ½) log n - n + ½ log 2π.

    >>> stirling_rest(np.array([10.0])).round(10)
    array([0.00833056])
    """
    inverse = 1.0 / (x * x)
    found = np.full_like(inverse, STIRLING[-1])
    for coefficient in STIRLING[-2::-1]:
        found = found * inverse + coefficient
    return found / x
