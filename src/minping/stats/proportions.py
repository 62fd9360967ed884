"""Proportions: how sure a share is, and how many must be asked to tell two shares apart.

In: counts or shares, one per body (any shapes that numpy can broadcast); out: arrays of the same shape. Shares,
differences and half-widths run from 0 to 1: a difference of five percentage points is 0.05. A missing count (NaN)
stays missing; of no trials at all nothing is known and every answer is NaN. `deff` is the design effect, by which
clustering widens the variance; `population` is how many there are to be asked, infinite unless said. Impossible
input (more successes than trials, a level of 95) raises ValueError.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.groups import sums
from minping.stats.special import beta_quantile

Number = float | Floats


class Interval(NamedTuple):
    """From `low` to `high`, one of each per body."""

    low: Floats
    high: Floats


class DesignEffect(NamedTuple):
    """What clustering does to the variance of a share, one row per group."""

    share: Floats
    trials: Floats
    clusters: Ints  #: how many with any trials
    deff: Floats  #: at least 1; NaN where it can't be estimated
    estimated: Bools  #: False: fewer than two clusters, or all trials alike, so that there is no spread to see


class ClusterInterval(NamedTuple):
    """A share with an interval that knows about clusters, one row per group."""

    share: Floats
    low: Floats
    high: Floats
    deff: Floats  #: at least 1; NaN where it can't be estimated
    effective: Floats  #: the trials that the interval counts on
    degrees: Ints  #: degrees of freedom of the variance: clusters - 1
    estimated: Bools  #: False: the interval rests on a design effect that the data don't tell


def wilson(
    successes: Number,
    trials: Number,
    *,
    level: float = 0.95,
    deff: Number = 1.0,
    population: Number = math.inf,
) -> Interval:
    """Score interval of a share (Wilson 1927; recommended by Brown, Cai & DasGupta 2001).

    Shapes: broadcast. Counts may be fractions (weighted). ValueError: successes outside 0 … trials, trials above
    the population, deff below 1, level outside 0 … 1.

    >>> np.round(wilson(np.array([0.0, 15.0]), np.array([20.0, 148.0])), 4).tolist()
    [[0.0, 0.0624], [0.1611, 0.1605]]
    """
    good, tried = _counts(successes, trials)
    share = _ratio(good, tried)
    return _wilson(share, _effective(tried, deff, population), _z(level))


def jeffreys(successes: Number, trials: Number, *, level: float = 0.95) -> Interval:
    """Equal-tailed interval under Jeffreys' prior Beta(½, ½), as Brown, Cai & DasGupta (2001, section 3.1.3) have it.

    The low end is 0 without successes and the high end 1 without failures. Shapes: broadcast. ValueError as in
    `wilson`.

    >>> np.round(jeffreys(np.array([0.0, 4.0]), np.array([10.0, 10.0])), 3).tolist()
    [[0.0, 0.153], [0.217, 0.696]]
    """
    good, tried = _counts(successes, trials)
    tail = (1.0 - _between("level", level)) / 2.0
    known = np.isfinite(good) & (tried > 0)
    a, b = good[known] + 0.5, (tried - good)[known] + 0.5
    low, high = np.full(good.shape, np.nan), np.full(good.shape, np.nan)
    low[known] = np.where(a == 0.5, 0.0, _beta_quantile(tail, a, b))
    high[known] = np.where(b == 0.5, 1.0, 1.0 - _beta_quantile(tail, b, a))
    return Interval(low, high)


def share_interval(
    share: Number, error: Number, trials: Number, *, degrees: Number = math.inf, level: float = 0.95
) -> Interval:
    """Jeffreys' interval of a share of which only the standard error and the number of trials are known.

    The error is compared with that of as many single draws, half a success and half a failure added so that it is
    above nought: their squared ratio is the design effect, and the effective number of trials is taken down by
    (z/t)² where the error itself rests on few `degrees` of freedom (Korn & Graubard 1998; Franco, Little, Louis &
    Slud 2019 for Jeffreys' ends). An error of nought (everybody asked) gives the share itself. Shapes: broadcast.
    ValueError: a share outside 0 … 1, an error below 0, a level outside 0 … 1.

    >>> np.round(share_interval(0.9, np.array([0.0, 0.0439, 0.0878]), 50.0), 3).tolist()
    [[0.9, 0.792, 0.648], [0.9, 0.962, 0.987]]
    """
    z = _z(level)
    p, e, n, freedom = np.broadcast_arrays(_share(share), *(np.asarray(one, float) for one in (error, trials, degrees)))
    if (e < 0).any():
        raise ValueError("an error is below 0")
    middle = (p * n + 0.5) / (n + 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = n * (middle * (1.0 - middle) / (n + 2.0)) / e**2
        effective = effective * np.minimum(z / _student(level, np.maximum(freedom, 1.0)), 1.0) ** 2
    sure = np.isinf(effective) & (n > 0)
    effective = np.where(np.isfinite(effective), effective, np.nan)
    low, high = jeffreys(p * effective, effective, level=level)
    return Interval(np.where(sure, p, low), np.where(sure, p, high))


def design_effect(successes: Floats, trials: Floats, group: Ints, *, groups: int) -> DesignEffect:
    """Design effect of each group's share, from its clusters' totals (Rao & Scott 1992; Cochran 1977, ch. 9A).

    The variance between clusters of the ratio of totals over the variance p(1 - p)/n of as many single draws; not
    below 1. Shapes: (clusters,) three times -> (groups,). `group` is 0 … groups - 1; clusters without trials don't
    count. ValueError: successes outside 0 … trials, a missing count, shapes that differ, a group out of range.

    >>> found = design_effect(np.array([9.0, 1.0, 5.0]), np.array([10.0, 10.0, 10.0]), np.array([0, 0, 1]), groups=2)
    >>> found.deff, found.estimated
    (array([12.8,  nan]), array([ True, False]))
    """
    good, tried, code = _clusters(successes, trials, group, groups)
    yes, no, total = (sums(code, numbers, groups) for numbers in (good, tried - good, tried))
    share = _ratio(yes, total)
    clusters = np.bincount(code[tried > 0], minlength=groups).astype(np.int64)
    off = np.where(tried > 0, good - share[code] * tried, 0.0)
    estimated = (clusters > 1) & (yes > 0) & (no > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = clusters / (clusters - 1.0) * sums(code, off**2, groups) / total**2
        deff = between / (yes / total * (no / total) / total)
    return DesignEffect(share, total, clusters, np.where(estimated, np.maximum(deff, 1.0), np.nan), estimated)


def cluster_wilson(
    successes: Floats,
    trials: Floats,
    group: Ints,
    *,
    groups: int,
    level: float = 0.95,
    otherwise: float = math.nan,
) -> ClusterInterval:
    """Wilson's interval on the effective number of trials n/deff, for shares that come in clusters.

    Few clusters tell little about their own spread: the effective number is taken down by (z/t)², t with
    clusters - 1 degrees of freedom (Korn & Graham 1998). Where the design effect can't be estimated, it is
    `otherwise`; if that isn't given either, every cluster counts as one trial.
    Shapes and errors as in `design_effect`; ValueError also for `otherwise` below 1.

    >>> found = cluster_wilson(np.array([9.0, 1.0, 5.0]), np.full(3, 10.0), np.array([0, 0, 0]), groups=1)
    >>> np.round([found.low[0], found.share[0], found.high[0], found.effective[0]], 3).tolist()
    [0.053, 0.5, 0.947, 0.973]
    """
    if otherwise < 1.0:
        raise ValueError(f"a design effect is at least 1, not {otherwise}")
    z = _z(level)
    found = design_effect(successes, trials, group, groups=groups)
    degrees = np.maximum(found.clusters - 1, 0)
    t = _student(level, np.maximum(degrees, 1).astype(np.float64))
    cautious = np.minimum(found.clusters, found.trials)
    fallback = cautious if math.isnan(otherwise) else found.trials / otherwise
    effective = np.where(found.estimated, found.trials / found.deff * np.minimum(z / t, 1.0) ** 2, fallback)
    low, high = _wilson(found.share, effective, z)
    return ClusterInterval(found.share, low, high, found.deff, effective, degrees, found.estimated)


def two_proportion_power(
    first: Number,
    second: Number,
    first_trials: Number,
    second_trials: Number,
    *,
    level: float = 0.95,
    deff: Number = 1.0,
    population: Number = math.inf,
) -> Floats:
    """Chance that a two-sided test at `level` tells share `first` from share `second` (Fleiss, Levin & Paik 2003).

    Normal approximation without correction for continuity; a difference in the wrong direction isn't counted, as
    in R's power.prop.test. `population` is that of each group. Shapes: broadcast. ValueError: shares outside
    0 … 1, trials not above 0 or above the population, deff below 1.

    >>> round(float(two_proportion_power(0.5, 0.75, 50, 50)), 3)
    0.74
    """
    p, q = _share(first), _share(second)
    m, n = (_effective(_above("trials", count), deff, population) for count in (first_trials, second_trials))
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(np.isinf(m) | np.isinf(n), 0.5, m / (m + n))
        pooled = weight * p + (1.0 - weight) * q
        under_none = np.sqrt(pooled * (1.0 - pooled) * (1.0 / m + 1.0 / n))
        in_truth = np.sqrt(p * (1.0 - p) / m + q * (1.0 - q) / n)
        room = np.abs(p - q) - _z(level) * under_none
        # without any spread the outcome is certain: told or not
        far = np.where(in_truth > 0, room / in_truth, np.where(room > 0, np.inf, -np.inf))
    return np.where(np.isnan(room), np.nan, _normal_cdf(far))


def two_proportion_size(
    share: Number,
    difference: Number,
    *,
    level: float = 0.95,
    power: float = 0.8,
    deff: Number = 1.0,
    population: Number = math.inf,
) -> Floats:
    """How many to ask in each of two groups, to tell `share` from a share `difference` higher or lower.

    Of the two directions the one that needs more, where both are possible (Fleiss, Levin & Paik 2003, formula 4.14
    without correction; finite population: Cochran 1977, formula 4.2). Whole numbers, rounded up. A population is
    only finite if the groups themselves are compared and not what they stand for. Shapes: broadcast. ValueError:
    a share outside 0 … 1, a difference of 0 or too big for either direction, level or power outside 0 … 1.

    >>> two_proportion_size(0.5, np.array([0.05, 0.10, 0.25]))
    array([1565.,  388.,   58.])
    >>> float(two_proportion_size(0.5, 0.10, deff=2.0, population=1000))
    437.0
    """
    p, d = np.broadcast_arrays(_share(share), _above("difference", difference))
    z, zpower = _z(level), NormalDist().inv_cdf(_between("power", power))
    if z + zpower <= 0:
        raise ValueError(f"a power of {power} is less than chance gives at level {level}")
    needed = np.fmax(_needed(p, p + d, z, zpower), _needed(p, p - d, z, zpower))
    if (np.isnan(needed) & ~np.isnan(p) & ~np.isnan(d)).any():
        raise ValueError("no share lies as far from this one as the difference asked for")
    effect, there = _at_least_one("deff", deff), _at_least_one("population", population)
    asked = needed * effect
    return np.minimum(np.maximum(np.ceil(asked / (1.0 + (asked - 1.0) / there) - 1e-9), 1.0), there)


def expected_half_width(
    share: Number,
    trials: Number,
    *,
    level: float = 0.95,
    deff: Number = 1.0,
    population: Number = math.inf,
) -> Floats:
    """Half the width of Wilson's interval to expect when so many are asked and the share is as supposed.

    Shapes: broadcast. ValueError: a share outside 0 … 1, trials not above 0 or above the population, deff below 1.

    >>> np.round(expected_half_width(0.5, np.array([100.0, 400.0])), 4)
    array([0.0962, 0.0488])
    """
    p, n = np.broadcast_arrays(_share(share), _effective(_above("trials", trials), deff, population))
    low, high = _wilson(p, n, _z(level))
    return (high - low) / 2.0


def _wilson(share: Floats, trials: Floats, z: float) -> Interval:
    """Wilson's interval of a share out of so many (effective) trials."""
    with np.errstate(divide="ignore", invalid="ignore"):
        pull = z**2 / trials
        centre = (share + pull / 2.0) / (1.0 + pull)
        half = z / (1.0 + pull) * np.sqrt((share * (1.0 - share) + pull / 4.0) / trials)
    # the share itself lies within, and the ends of the scale are met exactly
    low = np.where(share == 0, 0.0, np.clip(centre - half, 0.0, share))
    high = np.where(share == 1, 1.0, np.clip(centre + half, share, 1.0))
    known = ~np.isnan(share) & (trials > 0)
    return Interval(np.where(known, low, np.nan), np.where(known, high, np.nan))


def _needed(p: Floats, q: Floats, z: float, zpower: float) -> Floats:
    """Single draws per group to tell p from q; NaN where q is no share."""
    q = np.where((q < -1e-12) | (q > 1.0 + 1e-12), np.nan, np.clip(q, 0.0, 1.0))
    mean = (p + q) / 2.0
    spread = z * np.sqrt(2.0 * mean * (1.0 - mean)) + zpower * np.sqrt(p * (1.0 - p) + q * (1.0 - q))
    found: Floats = (np.maximum(spread, 0.0) / (p - q)) ** 2
    return found


def _effective(trials: Floats, deff: Number, population: Number) -> Floats:
    """Single draws from an endless population that tell as much; infinite where everybody was asked."""
    effect, there = _at_least_one("deff", deff), _at_least_one("population", population)
    if (trials > there).any():
        raise ValueError("there are more trials than the population has")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(trials >= there, np.inf, trials / effect * (1.0 - 1.0 / there) / (1.0 - trials / there))


def _counts(successes: Number, trials: Number) -> tuple[Floats, Floats]:
    """Both as arrays of one shape, missing together."""
    good, tried = np.broadcast_arrays(np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64))
    if np.isinf(good).any() or np.isinf(tried).any():
        raise ValueError("a count is infinite")
    if (good < 0).any() or (tried < 0).any():
        raise ValueError("a count is negative")
    if (good > tried).any():
        raise ValueError("there are more successes than trials")
    missing = np.isnan(good) | np.isnan(tried)
    return np.where(missing, np.nan, good), np.where(missing, np.nan, tried)


def _clusters(successes: Floats, trials: Floats, group: Ints, groups: int) -> tuple[Floats, Floats, Ints]:
    """The clusters' totals and groups, checked."""
    if not np.shape(successes) == np.shape(trials) == np.shape(group) or np.ndim(group) != 1:
        raise ValueError("successes, trials and group must be three columns of one length")
    good, tried = _counts(successes, trials)
    code = np.asarray(group)
    if np.isnan(good).any():
        raise ValueError("a cluster's count is missing: leave that cluster out")
    if groups < 0 or (len(code) and (code.dtype.kind not in "iu" or code.min() < 0 or code.max() >= groups)):
        raise ValueError(f"groups must be whole numbers from 0 to {groups - 1}")
    return good, tried, code.astype(np.int64)


def _ratio(part: Floats, whole: Floats) -> Floats:
    """NaN where the whole is nought."""
    return np.minimum(part / np.where(whole > 0, whole, np.nan), 1.0)


def _share(values: Number) -> Floats:
    """Shares as an array, from 0 to 1."""
    shares = np.asarray(values, dtype=np.float64)
    if ((shares < 0) | (shares > 1)).any():
        raise ValueError("a share lies outside 0 to 1")
    return shares


def _above(name: str, values: Number) -> Floats:
    """Numbers above nought as an array."""
    numbers = np.asarray(values, dtype=np.float64)
    if (numbers <= 0).any() or np.isinf(numbers).any():
        raise ValueError(f"{name}: must be above 0, and not infinite")
    return numbers


def _at_least_one(name: str, values: Number) -> Floats:
    """Numbers of 1 or more as an array."""
    numbers = np.asarray(values, dtype=np.float64)
    if not (numbers >= 1).all():
        raise ValueError(f"{name}: must be at least 1")
    return numbers


def _between(name: str, value: float) -> float:
    """A number strictly between 0 and 1."""
    if not 0.0 < value < 1.0:
        raise ValueError(f"{name}: must lie between 0 and 1, like 0.95, not {value}")
    return value


def _z(level: float) -> float:
    """How many standard errors to either side hold so much of the normal distribution."""
    return NormalDist().inv_cdf(0.5 + _between("level", level) / 2.0)


def _normal_cdf(x: Floats) -> Floats:
    """Normal distribution function."""
    from scipy.special import ndtr

    return np.asarray(ndtr(x), dtype=np.float64)


def _student(level: float, degrees: Floats) -> Floats:
    """How many standard errors to either side hold so much of Student's distribution."""
    from scipy.special import stdtrit

    return np.asarray(stdtrit(degrees, 0.5 + level / 2.0), dtype=np.float64)


def _beta_quantile(q: float, a: Floats, b: Floats) -> Floats:
    """Quantile of Beta(a, b)."""
    return beta_quantile(np.asarray(q, dtype=np.float64), a, b)
