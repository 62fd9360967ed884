"""Shrinking: what few answers say of a body is drawn towards its peers, the more so the less is known.

In measures of all bodies with their errors, out the empirical best predictor of each body within its peers, with the
root of its mean squared error in place of the standard error (`stats.small_areas`). The direct figure stays beside it.
A body without a figure gets none: nothing is made up for those whom nobody rated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from minping.indicators.ratings import Measured
from minping.model.arrays import Floats, Ints
from minping.scheme.shape import Shrink
from minping.stats.small_areas import beta_binomial, fay_herriot


class Shrunk(NamedTuple):
    """The measure, (P, N), and in how many groups of peers and periods nothing, or all, could be drawn together."""

    found: Measured
    alone: int  #: too few bodies with a figure, or figures that say nothing of a spread: left as they were
    alike: int  #: no spread beyond the errors was found: every body has what is common to all


def shrink(direct: Measured, how: Shrink, peers: Sequence[Ints]) -> Shrunk:
    """Draw the figures of each period towards those of the peers."""
    estimate, se = direct.estimate.copy(), direct.se.copy()
    alone = alike = 0
    for period in range(len(estimate)):
        for rows in peers:
            at = rows[np.isfinite(estimate[period, rows]) & (direct.se[period, rows] > 0)]
            if not len(at):
                continue
            drawn = METHODS[how.method](estimate[period, at], se[period, at], direct.n[period, at])
            if drawn is None:
                alone += 1
                continue
            estimate[period, at], se[period, at] = drawn.value, drawn.error
            alike += drawn.at_boundary
    return Shrunk(Measured(estimate, se, direct.n), alone, alike)


class _Drawn(NamedTuple):
    """Figures of the bodies of one group, drawn together."""

    value: Floats
    error: Floats
    at_boundary: bool


def _fay_herriot(value: Floats, se: Floats, _: Floats) -> _Drawn | None:
    """By the model of Fay and Herriot with a common mean, REML; None where it can't be fitted."""
    try:
        found = fay_herriot(value, se**2, np.ones((len(value), 1)))
    except ValueError:
        return None
    return _Drawn(found.eblup, np.sqrt(found.mse), found.at_boundary) if found.converged else None


def _beta_binomial(value: Floats, _: Floats, n: Floats) -> _Drawn | None:
    """Shares in per cent of counted cases, by a beta prior; None where it can't be found."""
    try:
        found = beta_binomial(np.rint(value / 100.0 * n), n, draws=1)
    except ValueError:
        return None
    return _Drawn(100 * found.posterior_mean, 100 * found.posterior_sd, found.at_boundary) if found.converged else None


METHODS = {"fay_herriot": _fay_herriot, "beta_binomial": _beta_binomial}
