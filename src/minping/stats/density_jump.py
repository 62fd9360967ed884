"""Whether a density jumps at a point: local polynomials of the distribution function on both sides, no bins.

Cattaneo, Jansson and Ma (2020, "Simple local polynomial density estimators", Journal of the American Statistical
Association 115): the slope at the point of a polynomial fitted to the empirical distribution function estimates the
density there, each side by its own values. One order more than the bandwidths were chosen for takes the bias off.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Floats
from minping.stats.density_fits import asymptotic, fit


@dataclass(frozen=True, slots=True)
class Side:
    """The density at the point as one side sees it."""

    values: int  #: all on this side
    used: int  #: those within the bandwidth
    density: float
    error: float  #: standard error; on the safe side where the fit is restricted


@dataclass(frozen=True, slots=True)
class Jump:
    """The densities on both sides of a point, and whether they differ."""

    left: Side
    right: Side
    error: float  #: standard error of the difference

    @property
    def difference(self) -> float:
        """Density on the right less that on the left."""
        return self.right.density - self.left.density

    @property
    def t(self) -> float:
        """The difference in standard errors; normal in large samples."""
        return self.difference / self.error

    @property
    def p(self) -> float:
        """Two-sided, by the normal distribution."""
        return math.erfc(abs(self.t) / math.sqrt(2))


def density_jump(
    values: Floats,
    at: float,
    left: float,
    right: float,
    *,
    order: int = 3,
    kernel: str = "triangular",
    restricted: bool = False,
    plugin: bool = False,
) -> Jump:
    """Estimate the density on both sides of `at` with the bandwidths `left` and `right`, and its jump.

    The bandwidths are given; `density_bandwidths.bandwidths` chooses them.

    Args:
        values: (N,) any order; NaN is left out; a value at the point belongs to the right
        at: where the density may jump
        left: bandwidth on the left, in the values' unit
        right: bandwidth on the right
        order: degree of the polynomial
        kernel: `triangular` or `uniform`
        restricted: both sides share the distribution function at the point and all powers from the second on
        plugin: errors by the large-sample formula instead of the jackknife

    Raises:
        ValueError: a bandwidth is not positive, a side has too few distinct values within it, or the restricted
            fit is asked for with two bandwidths.
        KeyError: the kernel is unknown.

    >>> jump = density_jump(np.linspace(-1, 1, 201), 0.0, 0.5, 0.5)
    >>> round(jump.left.density, 2), round(jump.right.density, 2)
    (0.5, 0.5)
    """
    if not (left > 0 and right > 0):
        raise ValueError(f"bandwidths are {left:g} and {right:g}; both must be more than nought")
    if restricted and left != right:
        raise ValueError(f"bandwidths are {left:g} and {right:g}; the restricted fit has one")
    there = np.sort(values[np.isfinite(values)]) - at
    split = int(np.searchsorted(there, 0.0, side="left"))
    found = fit(there, left, right, order, kernel, restricted=restricted)
    spread = (
        asymptotic(found.density, there.size, left, right, order, kernel, restricted) if plugin else found.jackknife
    )
    sides = [
        Side(count, used, float(density), math.sqrt(variance))
        for count, used, density, variance in zip(
            (split, there.size - split), found.used, found.density, spread.diagonal(), strict=True
        )
    ]
    return Jump(sides[0], sides[1], math.sqrt(spread[0, 0] + spread[1, 1] - 2 * spread[0, 1]))
