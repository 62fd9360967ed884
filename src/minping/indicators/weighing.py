"""Weighing: ratings weighed to the log of all cases served, and what a standard error must know of it.

In counts of levels by group (a body in a period), cluster and cell, and the cases of each cell; out figures of each
group. Groups never depend on one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from minping.model.arrays import Bools, Bytes, Floats, Ints
from minping.model.calibration import Outcome
from minping.stats.groups import column_sums, counts, distinct, sums
from minping.stats.weighting import Cells, Factors, fitted, rake_groups, regress_groups


@dataclass(frozen=True, slots=True)
class Way:
    """How to weigh, as the scheme says."""

    method: Literal["post", "rake", "greg", "bounded"]
    bounds: tuple[float, float] | None
    least: int
    pool: bool


@dataclass(frozen=True, slots=True)
class Log:
    """R cells of G groups."""

    groups: int
    group: Ints  #: (R,)
    code: tuple[Ints, ...]  #: per column, (R,)
    issued: Floats  #: (R,)


@dataclass(frozen=True, slots=True)
class Told:
    """K counts of ratings, each of one cluster and cell; every cluster is of one group."""

    cell: Ints  #: (K,) row of the log
    cluster: Ints  #: (K,) from 0, each of them occurs
    levels: Floats  #: (K, L) ratings of each level


@dataclass(frozen=True, slots=True)
class Weighed:
    """What came of it."""

    estimate: Floats  #: (G, V)
    se: Floats  #: (G, V)
    degrees: Floats  #: (G, V) of freedom of the error; infinite where it is that of independent ratings
    n: Floats  #: (G,)
    outcome: Bytes  #: (G,)
    spread: Floats  #: (G,)
    negative: Bools  #: (G,)
    rated: Floats  #: (R,)
    factor: Floats  #: (R,)
    short: tuple[Bools, ...]  #: per margin, (R,)
    pooled: tuple[Bools, ...]  #: per margin, (R,)
    unknown: Bools  #: (R,)


def weigh(log: Log, told: Told, worth: Floats, way: Way) -> Weighed:
    """Weigh the ratings of every group so that its margins are those of its log.

    Args:
        log: cells with their cases
        told: what was rated
        worth: (L, V) what a level is worth by each measure
        way: the method, and what to do with categories of few ratings
    """
    levels = column_sums(told.cell, told.levels, len(log.group))
    rated = levels.sum(axis=1)
    margins = [_margin(log, way.method == "post", at) for at in range(1 if way.method == "post" else len(log.code))]
    unknown = np.any([~(margin.issued > 0)[log.group, margin.code] for margin in margins], axis=0)
    base = np.where(unknown, 0.0, rated)
    sifted = [_sift(margin, log.group, base, way) for margin in margins]
    lacking = np.any([one.lacking for one in sifted], axis=0)
    cells = Cells(log.group, tuple(one.code for one in sifted), base, tuple(one.issued for one in sifted))
    found = _factors(cells, way)
    known = log.issued > 0
    outcome = np.select(
        [
            sums(np.where(known, log.group, -1), log.issued, log.groups) == 0,
            sums(log.group, base, log.groups) == 0,
            lacking,
            ~found.converged,
        ],
        [Outcome.NO_LOG, Outcome.NO_RATINGS, Outcome.TOO_FEW, Outcome.UNATTAINABLE],
        Outcome.WEIGHED,
    ).astype(np.uint8)
    factor = np.where(outcome[log.group] == Outcome.WEIGHED, np.where(unknown, 0.0, found.factor), np.nan)
    estimate, se, degrees, spread = figures(cells, levels, factor, told, worth)
    held = sums(log.group, base * np.nan_to_num(factor), log.groups)
    size = sums(log.group, base, log.groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = np.where(rated > 0, factor * (size / held)[log.group], np.nan)
    negative = counts(np.where((factor < 0) & (base > 0), log.group, -1), log.groups) > 0
    return Weighed(
        estimate,
        se,
        degrees,
        size,
        outcome,
        spread,
        negative,
        rated,
        relative,
        tuple(one.short[log.group, margin.code] for one, margin in zip(sifted, margins, strict=True)),
        tuple(one.pooled[log.group, margin.code] for one, margin in zip(sifted, margins, strict=True)),
        unknown & (rated > 0) & (outcome != Outcome.NO_LOG)[log.group],
    )


def figures(cells: Cells, levels: Floats, factor: Floats, told: Told, worth: Floats) -> tuple[Floats, ...]:
    """Means, their standard errors, its degrees of freedom, (G, V) each, and the spread of the weights, (G,).

    The variance over clusters drawn with replacement of the residuals from what the margins explain, times the new
    weights (Deville & Särndal 1992, 3.4; in R's survey `calibrate`); never below that of independent ratings with the
    same residuals, to which half a rating at either end is added (as in `ratings.independent`).

    Args:
        cells: as calibrated
        levels: (R, L) ratings of each cell
        factor: (R,) new weight of a rating; NaN: of a group without
        told: counts by cluster
        worth: (L, V)
    """
    groups, group, base = cells.groups, cells.group, cells.base
    weight = np.nan_to_num(factor)
    counted = base > 0
    size = sums(group, base, groups)
    held = sums(group, base * weight, groups)
    held = np.where(held > 0, held, np.nan)
    total = np.where(counted[:, None], levels @ worth, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        plain = column_sums(group, total, groups) / size[:, None]
    # as a distance from the mean as rated: weights that are all alike change nothing, not even a last digit
    apart = total - base[:, None] * np.nan_to_num(plain)[group]
    mean = plain + column_sums(group, weight[:, None] * apart, groups) / held[:, None]
    apart = total - base[:, None] * np.nan_to_num(mean)[group]
    expected = np.nan_to_num(mean)[group] + fitted(cells, apart)  # of a rating in each cell, (R, V)
    heard = told.levels.sum(axis=1)
    scale = np.where(counted, weight, 0.0)[told.cell]
    off = scale[:, None] * (told.levels @ worth - heard[:, None] * expected[told.cell])
    clusters = int(told.cluster.max(initial=-1)) + 1
    of_cluster = np.zeros(clusters, dtype=np.int64)
    of_cluster[told.cluster] = group[told.cell]
    within = column_sums(told.cluster, off, clusters)
    many = counts(of_cluster, groups).astype(np.float64)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = column_sums(of_cluster, within**2, groups) - column_sums(of_cluster, within, groups) ** 2 / many
        clustered = np.where(many > 1, many / (many - 1) * np.maximum(squares, 0.0), 0.0) / held[:, None] ** 2
        spread = size * sums(group, base * weight**2, groups) / held**2
        relative = np.where(counted, weight * (size / held)[group], 0.0)
        around = np.where(counted[:, None], levels @ worth**2, 0.0) - 2 * expected * total + base[:, None] * expected**2
        residual = column_sums(group, relative[:, None] ** 2 * np.maximum(around, 0.0), groups)
        independent = _independent(mean, residual, size, _categories(cells), spread, worth)
    degrees = np.where(clustered > independent, many - 1.0, np.inf)
    return mean, np.sqrt(np.maximum(clustered, independent)), degrees, spread


def _independent(
    mean: Floats, residual: Floats, size: Floats, categories: Floats, spread: Floats, worth: Floats
) -> Floats:
    """Variance of the mean were ratings independent, (G, V); with one category that of `ratings.independent`."""
    low, high = worth.min(axis=0), worth.max(axis=0)
    size, freed = size[:, None], np.maximum(size - categories, 1.0)[:, None]
    ends = 0.5 * ((low - mean) ** 2 + (high - mean) ** 2) * spread[:, None]
    shift = ((low + high) / 2 - mean) / (size + 1)
    found: Floats = ((residual * (size - 1) / freed + ends) / (size + 1) - shift**2) / (size + 2)
    return found


def _categories(cells: Cells) -> Floats:
    """Free totals of each group: categories with weight, less one for each margin but the first, (G,)."""
    there = np.where(cells.base > 0, 0, -1)
    found = np.zeros(cells.groups)
    for key, total in cells.places():
        held = counts(np.where(there == 0, key, -1), len(total)).reshape(cells.groups, -1)
        found += (held > 0).sum(axis=1)
    return np.maximum(found - (len(cells.code) - 1), 1.0)


def _factors(cells: Cells, way: Way) -> Factors:
    if way.method in ("post", "rake"):
        return rake_groups(cells)
    return regress_groups(cells, bounds=way.bounds if way.method == "bounded" else None)


@dataclass(frozen=True, slots=True)
class _Margin:
    code: Ints  #: (R,) from 0 in each group
    issued: Floats  #: (G, C)


@dataclass(frozen=True, slots=True)
class _Sifted:
    code: Ints  #: (R,) after pooling
    issued: Floats  #: (G, C) after pooling
    short: Bools  #: (G, C)
    pooled: Bools  #: (G, C)
    lacking: Bools  #: (G,) some category has too few ratings, and is not pooled


def _margin(log: Log, joint: bool, at: int) -> _Margin:
    """One column, or all of them as one, with the categories of each group numbered from 0."""
    code = log.code[at]
    for other in log.code[1:] if joint else ():
        code = distinct(code * (int(other.max(initial=0)) + 1) + other)[1]
    most = int(code.max(initial=0)) + 1
    found, place = distinct(log.group * most + code)
    first = np.searchsorted(found, np.arange(log.groups) * most)
    local = place - first[log.group]
    width = int(local.max(initial=0)) + 1
    issued = sums(log.group * width + local, log.issued, log.groups * width).reshape(log.groups, width)
    return _Margin(local, issued)


def _sift(margin: _Margin, group: Ints, base: Floats, way: Way) -> _Sifted:
    """Find the categories with cases and too few ratings; count them together where the scheme says so.

    Those of a group are one category; where they still have too few, the next smallest goes with them.
    """
    groups, width = margin.issued.shape
    rated = sums(group * width + margin.code, base, groups * width).reshape(groups, width)
    short: Bools = (margin.issued > 0) & (rated < way.least)
    some = np.asarray(short.any(axis=1), dtype=np.bool_)
    if not way.pool:
        return _Sifted(margin.code, margin.issued, short, np.zeros_like(short), some)
    held = np.where(short, rated, 0.0).sum(axis=1)
    left = np.where((margin.issued > 0) & ~short, rated, np.inf)
    more = some & (held < way.least) & np.isfinite(left.min(axis=1))
    pooled = short.copy()
    pooled[np.flatnonzero(more), left.argmin(axis=1)[more]] = True
    pooled &= (pooled.sum(axis=1) > 1)[:, None]
    into = np.where(pooled, pooled.argmax(axis=1)[:, None], np.arange(width))
    issued = sums((np.arange(groups)[:, None] * width + into).ravel(), margin.issued.ravel(), groups * width)
    lacking = some & (np.where(pooled, rated, 0.0).sum(axis=1) < way.least)
    return _Sifted(into[group, margin.code], issued.reshape(groups, width), short, pooled, lacking)
