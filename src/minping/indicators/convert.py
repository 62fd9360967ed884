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
    if growth_as == "difference":
        return (now - before) / steps, np.hypot(se_now, se_before) / steps
    positive = (now > 0) & (before > 0)
    ratio = np.where(positive, now / np.where(before == 0, np.nan, before), np.nan)
    relative = np.hypot(se_now / np.where(now == 0, np.nan, now), se_before / np.where(before == 0, np.nan, before))
    if growth_as == "log":
        return 100.0 * np.log(ratio) / steps, 100.0 * relative / steps
    pace = ratio ** (1.0 / steps)
    return 100.0 * (pace - 1.0), 100.0 * pace * relative / steps
