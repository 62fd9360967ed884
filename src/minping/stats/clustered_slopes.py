"""A pooled slope with errors that allow for units whose rows belong together."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import codes, sums


class Slope(NamedTuple):
    """Of the response on the regressor; NaN where it can't be told."""

    slope: float
    error: float  #: clustered standard error
    t: float
    p: float  #: of a slope so far from nought on either side; Student's t with clusters - 1 degrees of freedom
    n: int
    clusters: int


def clustered_slope(response: Floats, regressor: Floats, cluster: Ints, within: Ints | None = None) -> Slope:
    """Least-squares slope with an intercept, or one for each class of `within`; errors clustered by unit.

    Liang and Zeger's variance (1986, Biometrika 73) with the correction G/(G - 1) · (N - 1)/(N - K) that Stata's and
    fixest's have (Cameron and Miller 2015, "A practitioner's guide to cluster-robust inference", section II.C); K counts
    the slope and the intercepts. With few clusters (below about 20) p is too small.

    A ratchet is told by the change of targets on how far the last ones were exceeded (Weitzman 1980), `within` the year.

    Args:
        response: (N,) NaN is left out, with its row
        regressor: (N,) the same
        cluster: (N,) the unit of each row; -1 is left out
        within: (N,) classes with an intercept each, such as years

    >>> found = clustered_slope(np.array([1.0, 2.0, 3.2, 3.8]), np.arange(4.0), np.array([0, 0, 1, 1]))
    >>> round(found.slope, 3), found.clusters
    (0.96, 2)
    """
    from scipy.special import stdtr

    known = np.isfinite(response) & np.isfinite(regressor) & (cluster >= 0)
    y, x, unit = response[known], regressor[known], codes(cluster[known])
    home = np.zeros(y.size, dtype=np.int64) if within is None else codes(within[known])
    classes, clusters = int(home.max(initial=-1)) + 1, int(unit.max(initial=-1)) + 1
    nothing = Slope(math.nan, math.nan, math.nan, math.nan, y.size, clusters)
    if y.size <= classes + 1 or clusters < 2:
        return nothing
    size = sums(home, np.ones(y.size), classes)
    x = x - (sums(home, x, classes) / size)[home]
    y = y - (sums(home, y, classes) / size)[home]
    wide = float(x @ x)
    if not wide > 0:
        return nothing
    slope = float(x @ y) / wide
    scores = sums(unit, x * (y - slope * x), clusters)
    more = clusters / (clusters - 1) * (y.size - 1) / (y.size - classes - 1)
    error = math.sqrt(more * float(scores @ scores)) / wide
    t = slope / error if error > 0 else math.copysign(math.inf, slope)
    return Slope(slope, error, t, float(2 * stdtr(clusters - 1, -abs(t))), y.size, clusters)
