"""Standardisation: what each group would have in one and the same mix, over a fitted ordinal model, and how sure that is.

In: a fit of `stats.ordinal`, the mix, and cells of ratings with the clusters that hang together; out: a value per group
with its slopes, and standard errors by the delta method, of independent ratings or of clusters. Nothing of groups ×
groups is formed: a group's effect meets others in the common parameters only.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.groups import codes, column_sums, counts, first_rows, sums
from minping.stats.ordinal import OrdinalFit, chances
from minping.stats.special import expit


class Standardised(NamedTuple):
    """What each group would have with one and the same mix of covariates, with its slopes in the parameters."""

    value: Floats  #: (G,) NaN for a group without ratings
    by_common: Floats  #: (G, A)
    by_own: Floats  #: (G,) 0 where all ratings lie at an end


def standardise(fit: OrdinalFit, worth: Floats, covariates: Floats, share: Floats) -> Standardised:
    """Mean worth of the levels that each group would have in a given mix of covariates: direct standardisation.

    Args:
        fit: as `fit_ordinal` returns it
        worth: (K,) what each level counts
        covariates: (Q, P) the cells of the mix
        share: (Q,) their shares, made to sum to one
    """
    share = share / share.sum()
    fixed = np.isfinite(fit.effects)
    effects = np.where(fixed, fit.effects, 0.0)
    value = np.full(len(effects), float(worth[-1]))
    middle = np.isfinite(fit.thresholds)
    by_threshold = np.zeros((len(effects), len(fit.thresholds)))
    by_coefficient, by_own = np.zeros((len(effects), len(fit.coefficients))), np.zeros(len(effects))
    steps = np.diff(worth)
    value -= steps[np.isposinf(fit.thresholds)].sum()
    for row, part in zip(covariates, share, strict=True):
        below = expit(fit.thresholds[None, middle] - (row @ fit.coefficients + effects)[:, None])  # (G, cuts)
        density = part * below * (1.0 - below) * steps[middle]
        value -= part * below @ steps[middle]
        by_threshold[:, middle] -= density
        along = density.sum(axis=1)
        by_own += along
        by_coefficient += along[:, None] * row
    value = np.where(fit.end >= 0, worth[np.maximum(fit.end, 0)], np.where(fixed, value, np.nan))
    by_common = np.hstack([_folded(by_threshold, fit), by_coefficient])[:, fit.free]
    return Standardised(value, np.where(fixed[:, None], by_common, 0.0), np.where(fixed, by_own, 0.0))


class Scores(NamedTuple):
    """Sums over clusters of the products of what each adds to the estimates (the sandwich's middle)."""

    common: Floats  #: (A, A) of what a cluster moves the common parameters
    cross: Floats  #: (G, A) of that and the score of the group's effect
    own: Floats  #: (G,) of the score of the group's effect, squared
    clusters: Ints  #: (G,) clusters with ratings of the group


def cluster_scores(
    fit: OrdinalFit, level_counts: Floats, covariates: Floats, kind: Ints, group: Ints, cluster: Ints
) -> Scores:
    """What clusters of ratings that hang together add; a cluster may reach over groups.

    Groups without a finite effect take no part.

    Args:
        fit: as `fit_ordinal` returns it
        level_counts: (C, K) of cells, each within one cluster
        covariates: (Q, P) of each kind of cell
        kind: (C,) which of them a cell has
        group: (C,)
        cluster: (C,) any codes
    """
    groups = len(fit.effects)
    inside = np.isfinite(fit.effects)[group] if groups else np.ones(len(group), dtype=np.bool_)
    home, kinds, name = group[inside], kind[inside], codes(cluster[inside])
    many = int(name.max(initial=-1)) + 1
    eta = (covariates @ fit.coefficients)[kinds] + (fit.effects[home] if groups else 0.0)
    by_cut, by_eta = _slopes_of_cells(fit, level_counts[inside], eta)
    columns = [sums(name, column, many) for column in by_cut.T]
    columns += [sums(name, by_eta * column[kinds], many) for column in covariates.T]  # one by one: cells are many
    moved = np.stack(columns, axis=1)[:, fit.free]
    if groups:
        pair = codes(name, home)
        pairs = int(pair.max(initial=-1)) + 1
        first = first_rows(pair, pairs)
        of_cluster, of_group = name[first], home[first]
        mine = sums(pair, by_eta, pairs)
        own = np.where(fit.own > 0, fit.own, 1.0)
        moved -= column_sums(of_cluster, (mine / own[of_group])[:, None] * fit.cross[of_group], many)
    moved = np.asarray(np.linalg.solve(fit.common, moved.T).T, dtype=np.float64)
    if not groups:
        return Scores(moved.T @ moved, np.zeros((0, moved.shape[1])), np.zeros(0), np.zeros(0, dtype=np.int64))
    cross = column_sums(of_group, mine[:, None] * moved[of_cluster], groups)
    return Scores(moved.T @ moved, cross, sums(of_group, mine**2, groups), counts(of_group, groups))


def errors(fit: OrdinalFit, by_common: Floats, by_own: Floats, scores: Scores | None = None) -> Floats:
    """Standard errors of one figure per group by the delta method, (G,), from its slopes; NaN without a finite effect.

    Without `scores` those of independent ratings (the inverse of the information); with them those of clusters
    (Liang and Zeger 1986), times m / (m − 1) for the m clusters of the group, where there is more than one.
    """
    known = fit.own > 0
    e = by_own / np.where(known, fit.own, 1.0)
    a = by_common - e[:, None] * fit.cross
    if scores is None:
        variance = np.einsum("ga,ag->g", a, np.linalg.solve(fit.common, a.T)) + e * by_own
    else:
        variance = np.einsum("ga,ab,gb->g", a, scores.common, a)
        variance += 2.0 * e * np.einsum("ga,ga->g", a, scores.cross) + e**2 * scores.own
        variance *= np.where(scores.clusters > 1, scores.clusters / np.maximum(scores.clusters - 1.0, 1.0), 1.0)
    return np.where(known, np.sqrt(np.maximum(variance, 0.0)), np.nan)


def _slopes_of_cells(fit: OrdinalFit, n: Floats, eta: Floats) -> tuple[Floats, Floats]:
    """Each cell's slope of the likelihood in the thresholds, (C, K − 1), and in its predictor, (C,)."""
    given, cuts = _given(fit), _cuts(fit)
    z = fit.thresholds[cuts] - eta[:, None]
    part = n[:, given] / chances(z)
    inner = expit(z) * expit(-z) * (part[:, :-1] - part[:, 1:])
    found = np.zeros((len(n), len(fit.thresholds)))
    found[:, cuts] = inner
    return found, -inner.sum(axis=1)


def _given(fit: OrdinalFit) -> Bools:
    """The levels that the fit tells apart."""
    ends = np.concatenate([[-np.inf], fit.thresholds, [np.inf]])
    return ends[1:] > ends[:-1]


def _cuts(fit: OrdinalFit) -> Ints:
    """Positions of the thresholds between the levels told apart, each once."""
    return np.flatnonzero(_given(fit))[:-1]


def _folded(by_threshold: Floats, fit: OrdinalFit) -> Floats:
    """Slopes in equal thresholds added up at the first of them, (…, K − 1)."""
    cuts = _cuts(fit)
    place = np.searchsorted(cuts, np.arange(len(fit.thresholds)), side="right") - 1
    inside = (place >= 0) & np.isfinite(fit.thresholds)
    found = np.zeros_like(by_threshold)
    np.add.at(found.T, cuts[place[inside]], by_threshold.T[inside])
    return found
