"""Ordinal regression: how levels depend on covariates and on groups, by proportional odds.

In: counts of levels by cell (a combination of covariates within one group); out: a frozen record of arrays. The odds
of a level above k are exp(x'coefficients + effect of the group − threshold k): McCullagh (1980, JRSS B 42). Groups are
many: their block of the information is diagonal, so it is eliminated (Schur complement) and nothing of groups × groups
is ever formed. Fisher's, or rather Newton's, scoring with steps halved; the likelihood has one summit (Pratt 1981).

Groups all of whose ratings lie at one end have no finite effect: they say nothing of the rest, are left out of the fit
and named (`end`). A level that nobody gave is joined to its neighbour and named. Impossible input raises ValueError.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.groups import column_sums, counts, sums
from minping.stats.special import expit

MOST_STEPS = 60
BEYOND = 15.0  #: log-odds between two values of a covariate that only grow towards infinity


class OrdinalFit(NamedTuple):
    """A fitted model of K levels, P covariates and G groups; A common parameters that are free.

    Where groups have effects without a prior, the first threshold is 0 by convention and not free.
    """

    thresholds: Floats  #: (K − 1,) between levels; ±inf beyond the levels given, equal around one that nobody gave
    coefficients: Floats  #: (P,) of a level higher up, in log-odds
    effects: Floats  #: (G,) likewise; ±inf where all lie at one end, NaN for a group without ratings
    end: Ints  #: (G,) the level at which all ratings of a group lie at an end of the scale; −1: no such group
    empty: Bools  #: (K,) levels that nobody gave
    diverging: Bools  #: (P,) covariates that tell the levels apart without error: their coefficient has no end
    log_likelihood: float
    iterations: int
    converged: bool
    free: Bools  #: (K − 1 + P,) which common parameters are free
    common: Floats  #: (A, A) information of the free common parameters, groups eliminated
    cross: Floats  #: (G, A) information between a group's effect and them
    own: Floats  #: (G,) information of a group's effect; 0 where it has none


class _Slopes(NamedTuple):
    """The likelihood at one place, with its slopes and its information by blocks."""

    value: float
    by_common: Floats  #: (K − 1 + P,)
    by_own: Floats  #: (G,)
    common: Floats
    cross: Floats
    own: Floats


class _Summit(NamedTuple):
    """Where the climb ended, after how many steps, and whether it was at the top."""

    theta: Floats
    beta: Floats
    effects: Floats
    slopes: _Slopes
    steps: int
    converged: bool


class _Cells(NamedTuple):
    """What is fitted: n counts (C, K), x covariates (C, P), group (C,), how many groups, precision of their prior."""

    n: Floats
    x: Floats
    group: Ints
    groups: int
    precision: float


def fit_ordinal(
    level_counts: Floats,
    covariates: Floats,
    group: Ints | None = None,
    *,
    groups: int = 0,
    prior_sd: float = math.inf,
    tolerance: float = 1e-8,
) -> OrdinalFit:
    """Fit the proportional-odds model by maximum likelihood, or with a normal prior of the groups' effects.

    Args:
        level_counts: (C, K) how many of each level, from the lowest, each cell holds; weights may be fractions.
        covariates: (C, P) of the cells; no constant (the thresholds are it); P may be 0.
        group: (C,) 0 … groups − 1; None: no groups.
        groups: how many there are.
        prior_sd: standard deviation of the effects' normal prior around 0 (a ridge); infinite: fixed effects.
        tolerance: log-likelihood gained by the last step at most; it is taken all the same.

    Raises:
        ValueError: shapes don't fit, a count is negative or not finite, fewer than two levels were given, or the
            covariates can't be told from each other or from the groups.

    >>> found = fit_ordinal(np.array([[4.0, 4, 4], [2.0, 4, 8]]), np.array([[0.0], [1.0]]))
    >>> found.thresholds.round(3), found.coefficients.round(3)
    (array([-0.72,  0.72]), array([1.021]))
    """
    n, x = np.asarray(level_counts, dtype=np.float64), np.asarray(covariates, dtype=np.float64)
    home = np.zeros(len(n), dtype=np.int64) if group is None else np.asarray(group, dtype=np.int64)
    _check(n, x, home, groups if group is not None else 1, prior_sd)
    fixed = groups > 0 and math.isinf(prior_sd)
    kept, end, given = _with_finite_effects(n, home, groups if fixed else 0)
    cells = _Cells(n[kept][:, given], x[kept], home[kept], groups, 0.0 if math.isinf(prior_sd) else prior_sd**-2)
    most = int(given.sum()) - 1
    if most < 1:
        raise ValueError("all ratings lie at one level: there is nothing to model")
    free = np.ones(most + x.shape[1], dtype=np.bool_)
    free[0] = not fixed
    summit = _climb(cells, *_start(cells, fixed), free, tolerance)
    reach = np.ptp(x, axis=0) if len(x) else np.zeros(x.shape[1])
    known = counts(home[n.sum(axis=1) > 0], groups) > 0 if groups else np.zeros(0, dtype=np.bool_)
    effects = np.where(known, summit.effects, np.nan)
    if fixed:
        effects = np.where(end < 0, effects, np.where(end <= np.flatnonzero(given)[0], -np.inf, np.inf))
    return OrdinalFit(
        thresholds=_spread(summit.theta, given),
        coefficients=summit.beta,
        effects=effects,
        end=end if fixed else np.full(groups, -1),
        empty=~(n.sum(axis=0) > 0),
        diverging=np.abs(summit.beta) * reach > BEYOND,
        log_likelihood=summit.slopes.value,
        iterations=summit.steps,
        converged=summit.converged,
        free=np.concatenate([_spread_free(free[:most], given), free[most:]]),
        common=_schur(summit.slopes, free),
        cross=summit.slopes.cross[:, free],
        own=summit.slopes.own,
    )


def _check(n: Floats, x: Floats, group: Ints, groups: int, prior_sd: float) -> None:
    if prior_sd <= 0 or math.isnan(prior_sd):
        raise ValueError("the prior's standard deviation must be above 0")
    if n.ndim != 2 or n.shape[1] < 2 or x.ndim != 2 or len(x) != len(n) or group.shape != (len(n),):
        raise ValueError(
            f"counts (C, K), covariates (C, P) and group (C,) don't fit: {n.shape}, {x.shape}, {group.shape}"
        )
    if not (np.isfinite(n).all() and (n >= 0).all() and np.isfinite(x).all()):
        raise ValueError("counts must be 0 or more, covariates finite")
    if len(group) and (group.min() < 0 or group.max() >= groups):
        raise ValueError(f"a group lies outside 0 … {groups - 1}")


def _with_finite_effects(n: Floats, group: Ints, groups: int) -> tuple[Bools, Ints, Bools]:
    """The cells of groups with a finite effect, the level at which the other groups lie, the levels given by the former."""
    end = np.full(groups, -1, dtype=np.int64)
    kept, given = n.sum(axis=1) > 0, n.sum(axis=0) > 0
    whole = column_sums(group, n, groups) if groups else np.zeros((0, n.shape[1]))
    while groups:
        levels = np.flatnonzero(given)
        size = whole.sum(axis=1)
        for level in (levels[0], levels[-1]) if len(levels) else ():
            end[(end < 0) & (size > 0) & (whole[:, level] == size)] = level
        left = np.where(end[:, None] < 0, whole, 0.0).sum(axis=0) > 0
        if (left == given).all():
            break
        given = left
    if groups:
        kept &= end[group] < 0
    return kept, end, given


def _start(cells: _Cells, fixed: bool) -> tuple[Floats, Floats, Floats]:
    """Thresholds of all ratings together, nothing of covariates and groups."""
    below = np.cumsum(cells.n.sum(axis=0))
    share = below[:-1] / below[-1]
    theta: Floats = np.log(share / (1.0 - share))
    effects = np.full(cells.groups, -theta[0] if fixed else 0.0)
    return theta - (theta[0] if fixed else 0.0), np.zeros(cells.x.shape[1]), effects


def _climb(cells: _Cells, theta: Floats, beta: Floats, effects: Floats, free: Bools, tolerance: float) -> _Summit:
    """Newton's steps uphill from a place, halved where they lead down."""
    here = _slopes(cells, theta, beta, effects)
    for step in range(1, MOST_STEPS + 1):
        common, own = _step(here, free)
        gain = float(here.by_common[free] @ common + here.by_own @ own)
        way = np.zeros(len(free))
        way[free] = common
        size = 1.0
        for _ in range(40):
            t, b, u = theta + size * way[: len(theta)], beta + size * way[len(theta) :], effects + size * own
            there = _slopes(cells, t, b, u) if (np.diff(t) > 0).all() else None
            if there is not None and there.value >= here.value - 1e-12 * (1.0 + abs(here.value)):
                break
            size /= 2.0
        else:
            return _Summit(theta, beta, effects, here, step, False)
        theta, beta, effects, here = t, b, u, there
        if gain <= tolerance:
            return _Summit(theta, beta, effects, here, step, True)
    return _Summit(theta, beta, effects, here, MOST_STEPS, False)


def _step(here: _Slopes, free: Bools) -> tuple[Floats, Floats]:
    """Newton's step, groups eliminated."""
    known = here.own > 0
    own = np.where(known, here.own, 1.0)
    cross = here.cross[:, free]
    target = here.by_common[free] - cross.T @ np.where(known, here.by_own / own, 0.0)
    schur = _schur(here, free)
    common = np.asarray(np.linalg.solve(schur, target), dtype=np.float64)
    return common, np.where(known, (here.by_own - cross @ common) / own, 0.0)


def _schur(here: _Slopes, free: Bools) -> Floats:
    """The information of the free common parameters with the groups eliminated.

    Raises:
        ValueError: it has no inverse.
    """
    known = here.own > 0
    cross = here.cross[:, free][known]
    found: Floats = here.common[np.ix_(free, free)] - cross.T @ (cross / here.own[known, None])
    scale = np.sqrt(np.maximum(np.diag(here.common)[free], 1e-300))
    if len(found) and np.linalg.eigvalsh(found / np.outer(scale, scale))[0] < 1e-11:
        raise ValueError(
            "the covariates can't be told from each other or from the groups: leave some out, or join values"
        )
    return found


def _slopes(cells: _Cells, theta: Floats, beta: Floats, effects: Floats) -> _Slopes:
    """The likelihood, its slopes and its information at one place; the work of a step, all cells at once."""
    eta = cells.x @ beta + (effects[cells.group] if cells.groups else 0.0)
    z = theta - eta[:, None]
    p, density = chances(z), expit(z) * expit(-z)
    if (p <= 0).any():
        return _Slopes(-math.inf, *(np.zeros(0) for _ in range(5)))
    part = cells.n / p
    odds = part[:, :-1] - part[:, 1:]  # slope of the likelihood in a cut, over its density
    by_cut = density * odds
    bend = density * (1.0 - 2.0 * expit(z)) * odds
    square = part / p
    straight = density**2 * (square[:, :-1] + square[:, 1:]) - bend  # information of a cut
    beside = -density[:, :-1] * density[:, 1:] * square[:, 1:-1]  # and between neighbours
    with_eta = -straight  # information between a cut and the linear predictor
    with_eta[:, :-1] -= beside
    with_eta[:, 1:] -= beside
    of_eta = -with_eta.sum(axis=1)
    by_eta = -by_cut.sum(axis=1)
    cuts = np.diag(straight.sum(axis=0)) + np.diag(beside.sum(axis=0), 1) + np.diag(beside.sum(axis=0), -1)
    mixed = with_eta.T @ cells.x
    common = np.block([[cuts, mixed], [mixed.T, cells.x.T @ (of_eta[:, None] * cells.x)]])
    by_common = np.concatenate([by_cut.sum(axis=0), by_eta @ cells.x])
    value = float((cells.n * np.log(p)).sum())
    if not cells.groups:
        return _Slopes(value, by_common, np.zeros(0), common, np.zeros((0, len(by_common))), np.zeros(0))
    cross = column_sums(cells.group, np.hstack([with_eta, of_eta[:, None] * cells.x]), cells.groups)
    own = sums(cells.group, of_eta, cells.groups) + cells.precision
    by_own = sums(cells.group, by_eta, cells.groups) - cells.precision * effects
    return _Slopes(value - 0.5 * cells.precision * float(effects @ effects), by_common, by_own, common, cross, own)


def chances(z: Floats) -> Floats:
    """The chance of each level from its cuts, (C, K − 1) -> (C, K), without loss in the tails."""
    between = expit(z[:, 1:]) * expit(-z[:, :-1]) * -np.expm1(z[:, :-1] - z[:, 1:])
    return np.hstack([expit(z[:, :1]), between, expit(-z[:, -1:])])


def _spread(theta: Floats, given: Bools) -> Floats:
    """Thresholds between all levels from those between the levels given."""
    place = np.cumsum(given)[:-1]  # how many given levels lie at or below each threshold
    ends = np.concatenate([[-np.inf], theta, [np.inf]])
    return ends[place]


def _spread_free(free: Bools, given: Bools) -> Bools:
    """Which thresholds between all levels are free: the first of each that are equal."""
    found = np.zeros(len(given) - 1, dtype=np.bool_)
    found[np.flatnonzero(given)[:-1]] = free
    return found
