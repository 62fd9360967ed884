"""Whether a density jumps at a point: local polynomials of the distribution function on both sides, no bins.

Cattaneo, Jansson and Ma (2020, "Simple local polynomial density estimators", Journal of the American Statistical
Association 115): the slope at the point of a polynomial fitted to the empirical distribution function estimates the
density there, each side by its own values. One order more than the bandwidths were chosen for takes the bias off.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Bools, Floats

KERNELS: dict[str, Callable[[Floats], Floats]] = {
    "triangular": lambda apart: np.clip(1.0 - np.abs(apart), 0.0, None),
    "uniform": lambda apart: np.where(np.abs(apart) <= 1.0, 0.5, 0.0),
}


@dataclass(frozen=True, slots=True)
class Side:
    """The density at the point as one side sees it."""

    values: int  #: all on this side
    used: int  #: those within the bandwidth
    density: float
    error: float  #: jackknife standard error


@dataclass(frozen=True, slots=True)
class Jump:
    """The densities on both sides of a point, and whether they differ."""

    left: Side
    right: Side

    @property
    def difference(self) -> float:
        """Density on the right less that on the left."""
        return self.right.density - self.left.density

    @property
    def error(self) -> float:
        """Its standard error."""
        return math.hypot(self.left.error, self.right.error)

    @property
    def t(self) -> float:
        """The difference in standard errors; normal in large samples."""
        return self.difference / self.error

    @property
    def p(self) -> float:
        """Two-sided, by the normal distribution."""
        return math.erfc(abs(self.t) / math.sqrt(2))


def density_jump(
    values: Floats, at: float, left: float, right: float, *, order: int = 3, kernel: str = "triangular"
) -> Jump:
    """Estimate the density on both sides of `at` with the bandwidths `left` and `right`, and its jump.

    The bandwidths are given, not chosen here. The errors of both sides are uncorrelated: a value on one side moves the
    distribution function of the other by a constant, of which the slope knows nothing.

    Args:
        values: (N,) any order; NaN is left out; a value at the point belongs to the right
        at: where the density may jump
        left: bandwidth on the left, in the values' unit
        right: bandwidth on the right
        order: degree of the polynomial
        kernel: `triangular` or `uniform`

    Raises:
        ValueError: a bandwidth is not positive, or a side has too few distinct values within it.
        KeyError: the kernel is unknown.

    >>> jump = density_jump(np.linspace(-1, 1, 201), 0.0, 0.5, 0.5)
    >>> round(jump.left.density, 2), round(jump.right.density, 2)
    (0.5, 0.5)
    """
    if not (left > 0 and right > 0):
        raise ValueError(f"bandwidths are {left:g} and {right:g}; both must be more than nought")
    there = np.sort(values[np.isfinite(values)]) - at
    split = int(np.searchsorted(there, 0.0, side="left"))
    sides = (there < 0.0) & (there >= -left), (there >= 0.0) & (there <= right)
    found = []
    for used, width, count in ((sides[0], left, split), (sides[1], right, there.size - split)):
        density, error = _slope(there, used, width, order, KERNELS[kernel])
        found.append(Side(count, int(used.sum()), density, error))
    return Jump(found[0], found[1])


def _slope(
    there: Floats, used: Bools, width: float, order: int, kernel: Callable[[Floats], Floats]
) -> tuple[float, float]:
    """Density at nought of all values (sorted), by those `used`, and its jackknife error.

    The slope is linear in the distribution function, so the jackknife of its U-statistic is, for each value, the sum of
    the weights of those above it. As in the authors' program, squares are taken about nought, not about their mean.
    """
    apart = there / width
    weight = np.where(used, kernel(apart), 0.0)
    distinct = np.unique(apart[weight > 0]).size
    if distinct <= order + 1:
        raise ValueError(
            f"{distinct} distinct values lie within a bandwidth; a polynomial of {order} needs {order + 2}"
        )
    powers = np.vander(np.where(used, apart, 0.0), order + 1, increasing=True)
    crossed = powers.T @ (powers * weight[:, None])
    share = (powers @ np.linalg.solve(crossed, np.eye(order + 1)[1])) * weight / width
    after = np.searchsorted(there, there, side="right")
    before = np.searchsorted(there, there, side="left")
    from_here = np.append(np.cumsum(share[::-1])[::-1], 0.0)
    others = from_here[before] - share
    return float(share @ (after - 1)) / (there.size - 1), float(np.sqrt((others**2).sum())) / (there.size - 1)
