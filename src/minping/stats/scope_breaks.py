"""Breaks of series: ratios of one period to the one before, those that all units have told from those of one."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats
from minping.stats.robust import robust_z


class Breaks(NamedTuple):
    """Of U units and the T - 1 steps from each period to the next; NaN where nothing can be compared."""

    common: Floats  #: (T - 1,) median logarithm of the units' ratios
    sudden: Floats  #: (T - 1,) the same less its median over the steps: how far a step is from the usual growth
    own: Floats  #: (U, T - 1) logarithm of the unit's ratio less the common one
    z: Floats  #: (U, T - 1) robust z of `own` among the units of the step
    together: Floats  #: (T - 1,) share of the units whose ratio is off the usual growth, the way the common one is


def scope_breaks(values: Floats, jump: float = math.log(1.3)) -> Breaks:
    """Ratios from one period to the next, split in what all units share and what is a unit's own.

    Where most units jump together (`sudden` beyond `jump`, `together` near 1) a definition or a unit of measurement has
    changed; where one does (`own` beyond `jump`, `z` large) it is that unit's figure.

    Args:
        values: (U, T) units, periods in their order; a ratio from or to a value that isn't positive is left out
        jump: logarithm of a ratio that counts as a jump in `together`

    Raises:
        ValueError: `jump` is not positive.

    >>> values = np.array([[100.0, 110.0, 660.0, 700.0], [50.0, 54.0, 330.0, 347.0], [80.0, 88.0, 528.0, 1100.0]])
    >>> found = scope_breaks(values)
    >>> np.exp(found.common).round(2), np.exp(found.own[2]).round(2), found.together
    (array([1.1 , 6.  , 1.06]), array([1.  , 1.  , 1.96]), array([0., 1., 0.]))
    """
    if not jump > 0:
        raise ValueError(f"jump is {jump:g}; it must be more than nought")
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.diff(np.where(values > 0, np.log(values), np.nan), axis=1)
    steps = np.where(np.isfinite(steps), steps, np.nan)
    told = np.isfinite(steps).any(axis=0)
    common = np.full(steps.shape[1], np.nan)
    common[told] = np.nanmedian(steps[:, told], axis=0)
    usual = float(np.median(common[told])) if told.any() else math.nan
    own, z = steps - common, np.full(steps.shape, np.nan)
    z[:, told] = robust_z(own[:, told])
    sudden = common - usual
    with np.errstate(invalid="ignore", divide="ignore"):
        off = (steps - usual) * np.sign(sudden) >= jump
        together = np.where(told, off.sum(axis=0) / np.isfinite(steps).sum(axis=0), np.nan)
    return Breaks(common, sudden, own, z, together)
