"""Sample sizes: how many to ask for a mean as sure as wanted, to tell two means apart, to see what difference.

In: numbers (any shapes that numpy can broadcast), out: arrays of the same shape. `sd` is the standard deviation of
single answers; of a share p it is √(p(1 − p)), and `share_sd` gives that of a finite population. `deff` is the design
effect, `population` how many there are to be asked. Sizes are whole numbers, rounded up, and never above the
population. A missing number (NaN) stays missing; impossible input raises ValueError.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from minping.model.arrays import Floats

Number = float | Floats


def clustered_deff(icc: Number, cluster_size: Number) -> Floats:
    """Design effect of equal clusters: 1 + (m − 1)ρ (Kish 1965, section 5.4).

    ValueError: a correlation outside 0 … 1, a cluster of less than 1.

    >>> clustered_deff(0.05, np.array([1.0, 10.0]))
    array([1.  , 1.45])
    """
    rho, size = np.asarray(icc, dtype=np.float64), np.asarray(cluster_size, dtype=np.float64)
    if ((rho < 0) | (rho > 1)).any() or (size < 1).any():
        raise ValueError("the correlation within clusters lies between 0 and 1, and a cluster holds 1 or more")
    return np.asarray(1.0 + (size - 1.0) * rho)


def share_sd(share: Number, population: Number = math.inf) -> Floats:
    """Standard deviation of yes and no among so many, with divisor N − 1 (Cochran 1977, formula 3.4).

    >>> share_sd(0.5, np.array([np.inf, 2.0])).round(4)
    array([0.5   , 0.7071])
    """
    p, there = np.asarray(share, dtype=np.float64), _positive("population", population)
    if ((p < 0) | (p > 1)).any():
        raise ValueError("a share lies outside 0 to 1")
    with np.errstate(divide="ignore", invalid="ignore"):
        more = np.where(np.isinf(there) | (there <= 1), 1.0, there / (there - 1.0))
    return np.sqrt(p * (1.0 - p) * more)


def margin_size(
    sd: Number, margin: Number, *, level: Number = 0.95, deff: Number = 1.0, population: Number = math.inf
) -> Floats:
    """How many to ask for a mean that is known to within ± margin at `level` (Cochran 1977, chapter 4).

    ``n0 = deff (z sd / margin)²``, ``n = n0 / (1 + n0 / N)``.

    >>> margin_size(share_sd(0.5, np.array([np.inf, 1000.0])), 0.05, population=np.array([np.inf, 1000.0]))
    array([385., 278.])
    """
    wanted = (_z(level) * _positive("sd", sd) / _positive("margin", margin)) ** 2
    return _whole(wanted, deff, population)


def reached_margin(
    sd: Number, size: Number, *, level: Number = 0.95, deff: Number = 1.0, population: Number = math.inf
) -> Floats:
    """± margin at `level` of a mean of so many answers; 0 where everybody was asked.

    >>> reached_margin(0.5, np.array([385.0, 1000.0]), population=np.array([np.inf, 1000.0])).round(4)
    array([0.0499, 0.    ])
    """
    return _z(level) * _error(sd, size, deff, population)


def difference_size(
    sd: Number,
    difference: Number,
    *,
    level: Number = 0.95,
    power: Number = 0.8,
    deff: Number = 1.0,
    population: Number = math.inf,
) -> Floats:
    """How many to ask in each of two groups to tell means that lie `difference` apart.

    Two-sided test by the normal distribution, as statsmodels' NormalIndPower: ``n0 = 2 deff ((z + z_power) sd / difference)²``.

    >>> difference_size(25.0, np.array([2.0, 5.0]))
    array([2453.,  393.])
    """
    both = (_z(level) + _z_power(power)) * _positive("sd", sd) / _positive("difference", difference)
    return _whole(2.0 * both**2, deff, population)


def difference_power(
    sd: Number,
    difference: Number,
    size: Number,
    *,
    level: Number = 0.95,
    deff: Number = 1.0,
    population: Number = math.inf,
) -> Floats:
    """Chance to tell two means that lie `difference` apart, with so many asked in each group.

    A difference in the wrong direction isn't counted, as in R's power.t.test.

    >>> difference_power(25.0, 5.0, np.array([100.0, 393.0])).round(3)
    array([0.293, 0.801])
    """
    from scipy.special import ndtr

    apart = _positive("difference", difference)
    error = math.sqrt(2.0) * _error(sd, size, deff, population)
    with np.errstate(divide="ignore"):
        found: Floats = ndtr(apart / error - _z(level))
    return found


def second_group_size(
    first_error: Number,
    sd: Number,
    difference: Number,
    *,
    level: Number = 0.95,
    power: Number = 0.8,
    population: Number = math.inf,
) -> Floats:
    """How many to ask in a second group, when the first group's mean is known with a standard error already.

    Solves ``first_error² + sd²/n (1 − n/N) = (difference / (z + z_power))²``; infinite where the first error alone is
    too large for that.

    >>> second_group_size(np.array([0.0, 1.0, 2.0]), 25.0, 5.0)
    array([197., 287.,  inf])
    """
    aim = (_positive("difference", difference) / (_z(level) + _z_power(power))) ** 2
    left = aim - np.asarray(first_error, dtype=np.float64) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        wanted = np.where(left > 0, _positive("sd", sd) ** 2 / left, np.inf)
    return np.where(np.isinf(wanted), np.where(np.isnan(left), np.nan, np.inf), _whole(wanted, 1.0, population))


def mean_reliability(sd: Number, size: Number, between: Number, *, deff: Number = 1.0) -> Floats:
    """Share of the variance of reported means that is true: ``t² / (t² + deff sd²/n)``, `between` being t.

    The reliability of reported means (Adams 2009).

    >>> mean_reliability(25.0, np.array([50.0, 500.0]), 3.0).round(3)
    array([0.419, 0.878])
    """
    true = _positive("between", between) ** 2
    return true / (true + _error(sd, size, deff, math.inf) ** 2)


def tail_agreement(reliability: Number, share: float = 0.1) -> Floats:
    """Of the bodies whose reported mean lies in the lowest `share`, how many truly belong there.

    Reported and true means jointly normal with correlation √reliability; Φ₂(h, h) by Owen's T (Owen 1956).

    >>> tail_agreement(np.array([0.0, 0.5, 1.0])).round(3)
    array([0.1  , 0.474, 1.   ])
    """
    from scipy.special import owens_t

    rho = np.sqrt(np.asarray(reliability, dtype=np.float64))
    if ((rho < 0) | (rho > 1)).any() or not 0 < share < 1:
        raise ValueError("reliability and share lie between 0 and 1")
    cut = NormalDist().inv_cdf(share)
    both: Floats = share - 2.0 * owens_t(cut, np.sqrt((1.0 - rho) / (1.0 + rho)))
    return both / share


def _error(sd: Number, size: Number, deff: Number, population: Number) -> Floats:
    """Standard error of a mean of so many answers out of so many."""
    n, there = np.broadcast_arrays(_positive("size", size), _positive("population", population))
    if (n > there).any():
        raise ValueError("more are asked than the population has")
    error: Floats = _positive("sd", sd) * np.sqrt(_deff(deff) / n * (1.0 - n / there))
    return error


def _whole(wanted: Floats, deff: Number, population: Number) -> Floats:
    """Single draws from an endless population as a sample of this design and population."""
    there = _positive("population", population)
    asked = wanted * _deff(deff)
    with np.errstate(invalid="ignore"):
        size = np.where(np.isinf(asked), there, asked / (1.0 + asked / there))
    whole: Floats = np.minimum(np.maximum(np.ceil(size - 1e-9), 1.0), np.floor(there))
    return whole


def _positive(name: str, values: Number) -> Floats:
    numbers = np.asarray(values, dtype=np.float64)
    if (numbers <= 0).any():
        raise ValueError(f"{name}: must be above 0")
    return numbers


def _deff(values: Number) -> Floats:
    numbers = np.asarray(values, dtype=np.float64)
    if (numbers < 1).any():
        raise ValueError("a design effect is at least 1")
    return numbers


def _z(level: Number) -> Floats:
    """How many standard errors to either side hold so much of the normal distribution."""
    return _quantile("level", 0.5 + np.asarray(level, dtype=np.float64) / 2.0, 0.5)


def _z_power(power: Number) -> Floats:
    return _quantile("power", np.asarray(power, dtype=np.float64), 0.0)


def _quantile(name: str, share: Floats, lowest: float) -> Floats:
    from scipy.special import ndtri

    if ((share <= lowest) | (share >= 1)).any():
        raise ValueError(f"{name}: must lie between 0 and 1, like 0.95")
    found: Floats = np.asarray(ndtri(share))
    return found
