"""Local polynomials of the distribution function on both sides of a point: densities, higher slopes, their errors.

In: values in order, less the point; out: what the polynomial's coefficients say, and their jackknife and asymptotic
variances (Cattaneo, Jansson and Ma 2020, "Simple local polynomial density estimators", Journal of the American
Statistical Association 115). Bandwidths are given; `density_bandwidths` chooses them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats

KERNELS: dict[str, Callable[[Floats], Floats]] = {
    "triangular": lambda apart: np.clip(1.0 - np.abs(apart), 0.0, None),
    "uniform": lambda apart: np.where(np.abs(apart) <= 1.0, 0.5, 0.0),
}
_NODES = 24  #: of Gauss and Legendre; exact for polynomials to degree 47


class Fit(NamedTuple):
    """Both sides of the point; the left first."""

    density: Floats  #: (2,)
    jackknife: Floats  #: (2, 2) covariance of the densities
    power: Floats  #: (2,) coefficient of the power asked for: that derivative of the distribution over its factorial
    used: tuple[int, int]  #: values within the bandwidths


class Moments(NamedTuple):
    """Of a kernel on [0, 1] and the powers 0…p, as the large-sample theory has them."""

    crossed: Floats  #: (p + 1, p + 1) ∫ u^i u^j K, the paper's S
    beyond: Floats  #: (p + 1,) ∫ u^i u^(p + 1) K, its c
    noise: Floats  #: (p + 1, p + 1) ∬ min(u, v) u^i v^j K K, its Γ


def fit(
    there: Floats, left: float, right: float, order: int, kernel: str, *, restricted: bool = False, power: int = 1
) -> Fit:
    """Fit (N,) sorted values, of which those from nought on are right, within [-left, right].

    `restricted`: both sides share the distribution function at nought and all powers from the second on.

    The coefficients are linear in the distribution function, so the jackknife of their U-statistics is, for each value,
    the sum of the weights of those above it. As in the authors' program, squares are taken about nought.

    Raises:
        ValueError: a side has too few distinct values within its bandwidth.
        KeyError: the kernel is unknown.

    >>> fit(np.linspace(-1, 1, 201), 0.5, 0.5, 2, "triangular").density.round(2)
    array([0.5, 0.5])
    """
    first, last = np.searchsorted(there, -left, "left"), np.searchsorted(there, right, "right")
    near, size = there[first:last], there.size
    is_right = near >= 0
    width = np.where(is_right, right, left)
    apart = near / width
    weight = KERNELS[kernel](apart) / width
    for mine in (is_right, ~is_right):
        distinct = np.unique(apart[mine & (weight > 0)]).size
        if distinct <= order + 1:
            raise ValueError(
                f"{distinct} distinct values lie within a bandwidth; a polynomial of {order} needs {order + 2}"
            )
    columns, slopes, powers = _columns(apart, is_right, order, power, restricted)
    weighted = columns * weight[:, None]
    chosen = np.eye(columns.shape[1])[[*slopes, *powers]]
    unit = np.array([left, right, left**power, right**power])
    share = weighted @ np.linalg.solve(columns.T @ weighted, chosen.T) / unit
    below = (np.searchsorted(there, near, "right") - 1) / (size - 1)
    found = below @ share
    from_here = np.cumsum(share[::-1, :2], axis=0)[::-1]
    others = from_here[np.searchsorted(near, near, "left")] - share[:, :2]
    used = int(is_right.size - is_right.sum()), int(is_right.sum())
    return Fit(found[:2], others.T @ others / (size - 1) ** 2, found[2:], used)


def moments(order: int, kernel: str) -> Moments:
    """Moments of a kernel on one side of the point.

    >>> moments(1, "uniform").crossed.round(4)
    array([[0.5   , 0.25  ],
           [0.25  , 0.1667]])
    """
    at, share = np.polynomial.legendre.leggauss(_NODES)
    at, share = (at + 1) / 2, share / 2
    weigh = KERNELS[kernel]
    powers = np.vander(at, order + 1, increasing=True)
    weighted = powers * (share * weigh(at))[:, None]
    inner = at[:, None] * at  # ∫ from nought to each node, by nodes of its own
    parts = (at[:, None] * share * weigh(inner))[:, :, None] * inner[:, :, None] ** np.arange(1, order + 2)
    below = parts.sum(axis=1).T @ weighted
    return Moments(powers.T @ weighted, weighted.T @ at ** (order + 1), below + below.T)


def asymptotic(
    density: Floats, size: int, left: float, right: float, order: int, kernel: str, restricted: bool
) -> Floats:
    """Large-sample covariance of both densities, (2, 2); the restricted fit's has the left bandwidth on both sides.

    >>> asymptotic(np.array([0.5, 0.5]), 201, 0.5, 0.5, 2, "triangular", False).diagonal().round(4)
    array([0.0284, 0.0284])
    """
    crossed, _, noise = moments(order, kernel)
    if not restricted:
        inverse = np.linalg.inv(crossed)
        alone: Floats = np.diag(density / (size * np.array([left, right]))) * (inverse @ noise @ inverse)[1, 1]
        return alone
    (minus, plus), mirrored = density, _mirror(order)
    s, g = _apart(crossed), _apart(noise)
    inverse = np.linalg.inv(minus * mirrored @ s @ mirrored + plus * s)
    middle = minus**3 * mirrored @ g @ mirrored + plus**3 * g
    found: Floats = (inverse @ middle @ inverse)[1:3, 1:3] / (size * left)
    return found


def leading_bias(density: Floats, power: Floats, order: int, kernel: str, restricted: bool) -> Floats:
    """First term of the bias of both densities over bandwidth^order, (2,), from the power `order` + 1 of both sides.

    >>> leading_bias(np.ones(2), np.ones(2), 1, "uniform", False)
    array([-1.,  1.])
    """
    crossed, beyond, _ = moments(order, kernel)
    if not restricted:
        found: Floats = power * np.linalg.solve(crossed, beyond)[1] * np.array([(-1) ** order, 1])
        return found
    (minus, plus), mirrored = density, _mirror(order)
    s, c = _apart(crossed), np.insert(beyond, 1, 0.0)
    together = minus * mirrored @ s @ mirrored + plus * s
    towards = plus * c + (-1) ** (order + 1) * minus * mirrored @ c
    return power * np.linalg.solve(together, towards)[1:3]


def _columns(
    apart: Floats, is_right: Bools, order: int, power: int, restricted: bool
) -> tuple[Floats, tuple[int, int], tuple[int, int]]:
    """Regressors, and which columns are the slopes and the power asked for on both sides."""
    powers = np.vander(apart, order + 1, increasing=True)
    if restricted:
        both = [powers[:, 0], apart * ~is_right, apart * is_right, *powers[:, 2:].T]
        at = (1, 2) if power == 1 else (power + 1, power + 1)
        return np.column_stack(both), (1, 2), at
    own = np.hstack([powers * ~is_right[:, None], powers * is_right[:, None]])
    return own, (1, order + 2), (power, order + 1 + power)


def _mirror(order: int) -> Floats:
    """Turns the restricted fit's right side into its left one."""
    found = np.diag([1.0, 0.0, 0.0, *((-1.0) ** np.arange(2, order + 1))])
    found[1, 2] = found[2, 1] = -1.0
    return found


def _apart(matrix: Floats) -> Floats:
    """A matrix of the powers with a row and a column of nought for the left side's own slope."""
    return np.insert(np.insert(matrix, 1, 0.0, axis=0), 1, 0.0, axis=1)
