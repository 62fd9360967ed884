"""Bandwidths for the jump of a density: those with the least mean squared error, told from the values themselves.

Cattaneo, Jansson and Ma (2018, "Manipulation testing based on density discontinuity", Stata Journal 18, section 2;
2020, JASA 115): bias and variance are estimated at preliminary bandwidths, which would be the best ones if the values
were normal. Nothing is drawn; the same values give the same bandwidths.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats
from minping.stats.density_fits import asymptotic, fit, leading_bias, moments

NEAREST = 20  #: distinct values that a bandwidth reaches at least, besides those that the polynomial needs


class Bandwidths(NamedTuple):
    """In the values' unit: best for each density, for their difference and for their sum."""

    left: float
    right: float
    difference: float
    sum: float
    restricted: bool  #: the sides share all but the slope

    @property
    def combined(self) -> tuple[float, float]:
        """Left and right: the middle of own, difference and sum; restricted: the lesser of the last two, twice."""
        if self.restricted:
            return (min(self.difference, self.sum),) * 2
        common = self.difference, self.sum
        return sorted((self.left, *common))[1], sorted((self.right, *common))[1]


def bandwidths(
    values: Floats,
    at: float,
    *,
    order: int = 2,
    kernel: str = "triangular",
    restricted: bool = False,
    plugin: bool = False,
) -> Bandwidths:
    """Choose bandwidths for densities fitted by polynomials of `order`; test the jump by one order more.

    A bandwidth never reaches beyond the values of its side, nor less far than its 20 + order + 1 nearest distinct ones.

    Args:
        values: (N,) any order; NaN is left out; a value at the point belongs to the right
        at: where the density may jump
        order: degree of the polynomial
        kernel: `triangular` or `uniform`
        restricted: the sides share the distribution function at the point and all powers from the second on
        plugin: variances by the large-sample formula instead of the jackknife

    Raises:
        ValueError: a side has too few distinct values.

    >>> chosen = bandwidths(np.random.default_rng(1).normal(0, 1, 1000), 0.0)
    >>> [round(width, 2) for width in chosen.combined]
    [0.93, 1.01]
    """
    there = np.sort(values[np.isfinite(values)]) - at
    sides = np.unique(-there[there < 0]), np.unique(there[there >= 0])
    if min(side.size for side in sides) < order + 5:
        raise ValueError(f"each side of the point needs {order + 5} distinct values for its bandwidth to be told")
    for_power, for_density = _preliminary(there, sides, order)
    shape = fit(there, for_power, for_power, order + 2, kernel, restricted=restricted, power=order + 1)
    level = fit(there, for_density, for_density, order, kernel, restricted=restricted)
    spread = (
        asymptotic(level.density, there.size, for_density, for_density, order, kernel, restricted)
        if plugin
        else level.jackknife
    )
    bias = leading_bias(level.density, shape.power, order, kernel, restricted)
    weights = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 1.0], [1.0, 1.0]])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = for_density * ((weights @ spread) * weights).sum(axis=1) / (weights @ bias) ** 2
    best = (np.nan_to_num(ratio, nan=0.0, posinf=np.inf) / (2 * order)) ** (1 / (2 * order + 1))
    most = [float(side[-1]) for side in sides]
    least = [_reach(side, NEAREST + order + 1) for side in sides]
    limits = zip((*most, max(most), max(most)), (*least, max(least), max(least)), strict=True)
    own_left, own_right, difference, both = (
        max(min(float(width), high), low) for width, (high, low) in zip(best, limits, strict=True)
    )
    return Bandwidths(own_left, own_right, difference, both, restricted)


def _preliminary(there: Floats, sides: tuple[Floats, Floats], order: int) -> tuple[float, float]:
    """Bandwidths for the power `order` + 1 and for the density, best if the values were normal and weighed alike."""
    z, spread, size = float(there.mean() / there.std(ddof=1)), float(there.std(ddof=1)), there.size
    found = []
    for degree, power, reach in ((order + 2, order + 1, NEAREST + order + 2), (order, 1, NEAREST + order)):
        away = degree + 1 - power  # the bias goes with this power of the bandwidth
        steep = float(np.polynomial.hermite_e.hermeval(z, [0.0] * degree + [1.0]))
        normal = steep**2 * math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
        constant = (2 * power - 1) / (2 * away) * _constant(degree, power)
        width = spread * (constant / normal / size) ** (1 / (2 * degree + 1)) if normal > 0 else math.inf
        widest = max(float(side[-1]) for side in sides)
        found.append(max(min(width, widest), *(_reach(side, reach) for side in sides)))
    return found[0], found[1]


def _constant(degree: int, power: int) -> float:
    """Variance over squared bias of a power's coefficient at an edge, for equal weights."""
    crossed, beyond, noise = moments(degree, "uniform")
    inverse = np.linalg.inv(crossed)
    bias = (inverse @ beyond)[power] / math.factorial(degree + 1)
    return float((inverse @ noise @ inverse)[power, power] / bias**2)


def _reach(side: Floats, count: int) -> float:
    """How far the so-and-so-many nearest distinct values reach."""
    return float(side[min(count, side.size) - 1])
