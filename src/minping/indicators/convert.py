"""Convert: from the figure in evidence to the indicator's own unit: real terms, then per head, then growth.

Each step carries the standard error along (delta method: Wolter 2007, ch. 6) and leaves NaN where its divisor is
missing or zero.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from minping.model.arrays import Floats

GrowthAs = Literal["percent", "difference", "log"]


def divided(value: Floats, se: Floats, divisor: Floats, times: float = 1.0) -> tuple[Floats, Floats]:
    """``value / divisor * times`` with its standard error; the divisor is taken as known.

    >>> divided(np.array([50.0]), np.array([5.0]), np.array([200.0]), times=100)
    (array([25.]), array([2.5]))
    """
    share = times / np.where(divisor == 0, np.nan, divisor)
    return value * share, se * np.abs(share)


def growth(
    now: Floats, se_now: Floats, before: Floats, se_before: Floats, steps: int, growth_as: GrowthAs = "percent"
) -> tuple[Floats, Floats]:
    """Growth per period over `steps` periods, in per cent (compound), as a difference, or 100 × log difference.

    >>> growth(np.array([121.0]), np.zeros(1), np.array([100.0]), np.zeros(1), steps=2)[0].round(9)
    array([10.])
    """
    se_now, se_before = _both_or_none(se_now, se_before)
    if growth_as == "difference":
        return (now - before) / steps, np.hypot(se_now, se_before) / steps
    # what shrinks to nothing grows by -100 %; from nothing, or between signs, there is no rate of growth
    least = 0.0 if growth_as == "percent" and steps == 1 else np.nextafter(0.0, 1.0)
    ratio = np.where((now >= least) & (before > 0), now, np.nan) / np.where(before > 0, before, np.nan)
    se_ratio = np.hypot(se_now, ratio * se_before) / np.where(before > 0, before, np.nan)
    if growth_as == "log":
        return 100.0 * np.log(ratio) / steps, 100.0 * se_ratio / ratio / steps
    return 100.0 * (ratio ** (1.0 / steps) - 1.0), 100.0 * ratio ** (1.0 / steps - 1.0) * se_ratio / steps


def _both_or_none(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Where only one of two standard errors is given, the other figure is taken as known."""
    given = ~(np.isnan(one) & np.isnan(other))
    return np.where(given, np.nan_to_num(one), np.nan), np.where(given, np.nan_to_num(other), np.nan)
