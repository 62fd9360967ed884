"""Special functions of the gamma and beta family: arrays in, arrays of the same shape out; no domain, no state.

Series and continued fractions are those of Abramowitz and Stegun (1964, 6.1.40, 6.3.18, 6.4.12, 26.5.8); everything
is vectorised. An argument outside a function's domain gives NaN, as it does in numpy.
"""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats

SHIFT = 10  #: below this the recurrence is used, from here on the asymptotic series
HALF_LOG_2PI = 0.5 * float(np.log(2.0 * np.pi))
#: coefficients in 1 / x², of log gamma's remainder (times 1 / x), of digamma (times 1 / x²), of trigamma (1 / x³)
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
DIGAMMA = (-1 / 12, 1 / 120, -1 / 252, 1 / 240, -1 / 132, 691 / 32760, -1 / 12)
TRIGAMMA = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6)
TINY = 1e-300
MOST_TERMS = 20_000  #: of the continued fraction: it takes some √max(a, b)
CLOSE = 1e-15


def log_gamma(x: Floats) -> Floats:
    """Natural logarithm of the gamma function, any shape; NaN where `x` isn't positive.

    Absolute error below 1e-14 up to some 10, relative error below 1e-15 beyond.

    >>> log_gamma(np.array([1.0, 0.5, 11.0])).round(10) + 0.0
    array([ 0.        ,  0.57236494, 15.10441257])
    """
    x, at, shift = _shifted(x)
    product = np.ones_like(at)
    for step in range(SHIFT):
        product *= np.where(shift > step, x + step, 1.0)
    found: Floats = (at - 0.5) * np.log(at) - at + HALF_LOG_2PI + _series(STIRLING, at) / at - np.log(product)
    return found


def digamma(x: Floats) -> Floats:
    """Derivative of `log_gamma`, any shape; NaN where `x` isn't positive.

    >>> digamma(np.array([1.0, 10.0])).round(10)
    array([-0.57721566,  2.25175259])
    """
    x, at, shift = _shifted(x)
    found: Floats = np.log(at) - 0.5 / at + _series(DIGAMMA, at) / at**2
    for step in range(SHIFT):
        found -= np.where(shift > step, 1.0 / (x + step), 0.0)
    return found


def trigamma(x: Floats) -> Floats:
    """Second derivative of `log_gamma`, any shape; NaN where `x` isn't positive.

    >>> trigamma(np.array([1.0, 10.0])).round(10)
    array([1.64493407, 0.10516634])
    """
    x, at, shift = _shifted(x)
    found: Floats = 1.0 / at + 0.5 / at**2 + _series(TRIGAMMA, at) / at**3
    for step in range(SHIFT):
        found += np.where(shift > step, 1.0 / (x + step) ** 2, 0.0)
    return found


def log_rising(x: Floats, k: Floats) -> Floats:
    """Return log Γ(x + k) - log Γ(x) for `k` from 0, without the difference's loss of digits for a large `x`.

    >>> log_rising(np.array([3.0, 1e12]), np.array([2.0, 0.0])).round(10)
    array([2.48490665, 0.        ])
    """
    high = np.maximum(x, SHIFT)
    top = high + k
    rest = _series(STIRLING, top) / top - _series(STIRLING, high) / high
    large = (high - 0.5) * np.log1p(k / high) + k * np.log(top) - k + rest
    small = np.minimum(x, SHIFT)
    return np.where(x >= SHIFT, large, log_gamma(small + k) - log_gamma(small))


def regularised_beta(a: Floats, b: Floats, x: Floats) -> Floats:
    """I_x(a, b), the share of a beta distribution with shapes `a`, `b` that lies at or below `x`.

    The arguments are broadcast; NaN where a shape isn't positive and finite or `x` is missing. By the continued
    fraction of Abramowitz and Stegun 26.5.8 (Lentz's algorithm) on the side of the mean where it converges fast.

    >>> regularised_beta(np.array([2.0, 1.0]), np.array([3.0, 1.0]), np.array([0.5, 0.25]))
    array([0.6875, 0.25  ])
    """
    a, b, x = (np.array(part, dtype=np.float64) for part in np.broadcast_arrays(a, b, x))
    known = (a > 0) & (b > 0) & np.isfinite(a) & np.isfinite(b) & ~np.isnan(x)
    inside = known & (x > 0) & (x < 1)
    found = np.where(known, np.where(x >= 1, 1.0, 0.0), np.nan)
    if inside.any():
        a, b, x = a[inside], b[inside], x[inside]
        swap = x > (a + 1.0) / (a + b + 2.0)
        one, other, at = np.where(swap, b, a), np.where(swap, a, b), np.where(swap, 1.0 - x, x)
        part = np.exp(_log_front(a, b, x)) * _fraction(one, other, at) / one
        found[inside] = np.clip(np.where(swap, 1.0 - part, part), 0.0, 1.0)
    return found


def beta_quantile(share: Floats, a: Floats, b: Floats) -> Floats:
    """The value below which `share` of a beta distribution with shapes `a`, `b` lies; the arguments are broadcast.

    Newton's steps on `regularised_beta`, kept within a bracket that is halved where a step leaves it. Absolute error
    below 1e-12. NaN where a shape isn't positive and finite or the share isn't from 0 to 1.

    >>> beta_quantile(np.array([0.25, 0.5]), np.array([1.0, 3.0]), np.array([1.0, 3.0])).round(10)
    array([0.25, 0.5 ])
    """
    share, a, b = (np.array(part, dtype=np.float64) for part in np.broadcast_arrays(share, a, b))
    known = (a > 0) & (b > 0) & np.isfinite(a) & np.isfinite(b) & (share >= 0) & (share <= 1)
    ends = known & ((share == 0) | (share == 1))
    inside = known & ~ends
    found = np.where(ends, share, np.nan)
    if inside.any():
        found[inside] = _inverted(share[inside], a[inside], b[inside])
    return found


def _inverted(share: Floats, a: Floats, b: Floats) -> Floats:
    """`beta_quantile` of one axis, all arguments in their domains; rows are dropped as they arrive."""
    low, high = np.zeros_like(a), np.ones_like(a)
    x = a / (a + b)
    rows = np.arange(len(a))
    for _ in range(100):
        at, shape_a, shape_b = x[rows], a[rows], b[rows]
        off = regularised_beta(shape_a, shape_b, at) - share[rows]
        low[rows] = np.where(off < 0, at, low[rows])
        high[rows] = np.where(off >= 0, at, high[rows])
        with np.errstate(all="ignore"):
            slope = np.exp(_log_front(shape_a, shape_b, at)) / (at * (1.0 - at))
            step = at - off / slope
        good = (step > low[rows]) & (step < high[rows])
        x[rows] = np.where(good, step, 0.5 * (low[rows] + high[rows]))
        there = (np.abs(x[rows] - at) <= 1e-14) & (good | (high[rows] - low[rows] <= 1e-13))
        rows = rows[~there]
        if not len(rows):
            break
    return x


def _shifted(x: Floats) -> tuple[Floats, Floats, Floats]:
    """`x` (NaN where it isn't positive), the same raised by whole steps to at least SHIFT, and by how many."""
    x = np.where(x > 0, x, np.nan)
    shift = np.where(x < SHIFT, np.ceil(SHIFT - x), 0.0)
    return x, x + shift, shift


def _series(coefficients: tuple[float, ...], x: Floats) -> Floats:
    """A polynomial in 1 / x², by Horner's rule."""
    inverse = 1.0 / (x * x)
    found = np.full_like(inverse, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        found = found * inverse + coefficient
    return found


def _remainder(x: Floats) -> Floats:
    """Return log Γ(x) less Stirling's formula (x - ½) log x - x + ½ log 2π."""
    high = np.maximum(x, SHIFT)
    low = np.minimum(x, SHIFT)
    small = log_gamma(low) - ((low - 0.5) * np.log(low) - low + HALF_LOG_2PI)
    return np.where(x >= SHIFT, _series(STIRLING, high) / high, small)


def _log_front(a: Floats, b: Floats, x: Floats) -> Floats:
    """Logarithm of x^a (1 - x)^b / B(a, b), measured from the mean so that large shapes keep their digits."""
    total = a + b
    away = x * b - (1.0 - x) * a  # (x - mean) * total
    peak = a * _log_ratio(away / a, x, total / a) + b * _log_ratio(-away / b, 1.0 - x, total / b)
    scale = 0.5 * (np.log(a) + np.log(b) - np.log(total)) - HALF_LOG_2PI
    found: Floats = peak + scale + _remainder(total) - _remainder(a) - _remainder(b)
    return found


def _log_ratio(off: Floats, one: Floats, other: Floats) -> Floats:
    """Return log(1 + off), where 1 + off = one * other: by whichever of the two has more digits."""
    return np.where(np.abs(off) < 0.5, np.log1p(np.maximum(off, -0.9)), np.log(one) + np.log(other))


def _fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    """The continued fraction of I_x(a, b) by the modified Lentz algorithm; rows are dropped as they converge."""
    found = np.empty_like(a)
    rows = np.arange(len(a))
    c = np.ones_like(a)
    d = 1.0 / _off_zero(1.0 - (a + b) * x / (a + 1.0))
    value = d.copy()
    for m in range(1, MOST_TERMS):
        for up in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 / _off_zero(1.0 + up * d)
            c = _off_zero(1.0 + up / c)
            value = value * (c * d)
        if m % 4 == 0 or m < 4:
            done = np.abs(c * d - 1.0) <= CLOSE
            found[rows] = value
            if done.all():
                break
            if done.any():
                rows, left = rows[~done], ~done
                a, b, x, c, d, value = (part[left] for part in (a, b, x, c, d, value))
    return found


def _off_zero(x: Floats) -> Floats:
    return np.where(np.abs(x) < TINY, TINY, x)
