"""Intervals of values: in a measure, its standard error and what that rests on, out the ends of a 95 % interval.

Shares get Jeffreys' interval on the effective number of cases, which stays within 0 and 100 and does not close on a
share that happens to be whole; other measures Student's. How often such intervals hold the truth: benchmarks/coverage.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from minping.indicators.ratings import Measured
from minping.model.arrays import Floats
from minping.scheme.shape import From
from minping.stats.proportions import share_interval

LEVEL = 0.95
#: measures that are no shares -> the least and the most that they can be
SCALES: Mapping[str, tuple[float, float]] = {
    "mean_points": (0.0, 100.0),
    "median_days": (0.0, np.inf),
    "utilisation": (0.0, np.inf),
    "use_of_forecast": (0.0, np.inf),
    "cost_overrun": (-100.0, np.inf),
    "cost_per_beneficiary": (0.0, np.inf),
    "mean_overstatement": (-np.inf, np.inf),
}


def interval(found: Measured, name: str) -> tuple[Floats, Floats]:
    """Ends of the interval of a measure of events, each of the shape of its estimate; NaN where there is none.

    >>> one = Measured(np.array([90.0]), np.array([4.39]), np.array([50.0]))
    >>> [round(float(end[0]), 1) for end in interval(one, "share_satisfied")]
    [79.2, 96.2]
    """
    if found.ends is not None:
        return found.ends
    degrees = np.inf if found.degrees is None else found.degrees
    if name in SCALES:
        return around(found.estimate, found.se, degrees, SCALES[name])
    share = np.clip(found.estimate / 100.0, 0.0, 1.0)  # a weighted mean of noughts and ones may be 1 + 1e-16
    ends = share_interval(share, found.se / 100.0, found.n, degrees=degrees, level=LEVEL)
    return 100.0 * ends.low, 100.0 * ends.high


def around(estimate: Floats, se: Floats, degrees: Floats | float, scale: tuple[float, float]) -> tuple[Floats, Floats]:
    """As many standard errors to either side as Student's t asks for, within what can be."""
    from scipy.special import stdtrit

    reach = stdtrit(np.maximum(degrees, 1.0), 0.5 + LEVEL / 2) * se
    return np.clip(estimate - reach, *scale), np.clip(estimate + reach, *scale)


def of_figure(
    value: Floats, se: Floats, possible: tuple[float | None, float | None] | None = None
) -> tuple[Floats, Floats]:
    """Ends of the interval of a figure that came with a standard error, or for which the scheme declares one."""
    low, high = possible or (None, None)
    ends = around(value, se, np.inf, (-np.inf if low is None else low, np.inf if high is None else high))
    known = se > 0
    return np.where(known, ends[0], np.nan), np.where(known, ends[1], np.nan)


def measure_name(how: From) -> str:
    """The measure that a scheme asks for; a rate that it makes up itself has no name and is a share."""
    works = how.projects or how.tasks or how.inspections
    name = how.measure if how.surveys is not None else how.requests or how.ratings or works
    return name if isinstance(name, str) else ""
