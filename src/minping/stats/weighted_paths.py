"""Weighted paths: a path model of a sample with weights, the points of its domains, and errors by drawing units anew.

In a table of figures (n, K), weights, domains and units of the sample; out loadings and paths of the whole, points of
each domain, standard errors of all. Everything comes from weighted sums of the units, so that a draw costs no pass over
the rows: sums of squares and products by unit for the correlations, sums by domain and unit for the means.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.groups import column_sums, distinct, sums
from minping.stats.paths import Scheme, fit_tables, latent_points


class WeightedPaths(NamedTuple):
    """A fitted model of D domains, K columns, L latent variables."""

    points: Floats  #: (D, L) from 0 to 100; NaN for a domain without rows
    points_se: Floats  #: (D, L)
    loadings: Floats  #: (K,)
    loadings_se: Floats  #: (K,)
    paths: Floats  #: (L, L) `[j, i]` from i to j
    paths_se: Floats  #: (L, L)
    raw_weights: Floats  #: (K,) of the columns as they came, sum one within a block
    converged: bool
    used: int  #: draws that converged


def fit_weighted(
    items: Floats,
    weight: Floats,
    blocks: Ints,
    inner: Bools,
    domain: Ints,
    domains: int,
    factors: Floats,
    unit: Ints,
    *,
    scheme: Scheme = "path",
    floor: float = 0.0,
    ceiling: float = 100.0,
) -> WeightedPaths:
    """Fit a reflective model to weighted rows; errors from replicates of the units.

    Args:
        items: (n, K) figures, none missing
        weight: (n,)
        blocks: (K,) the latent variable, from 0, that each column measures
        inner: (L, L) `inner[j, i]`: i leads to j
        domain: (n,) codes
        domains: D
        factors: (A, R) what the weight of each unit is multiplied by in each replicate
        unit: (n,) codes of the units, from 0
        scheme: inner weights, as `paths.fit_paths`
        floor: of the scale of all columns
        ceiling: of that scale

    The variance is the mean square distance of the replicates from their mean (Rao and Wu 1988, JASA 83: 231).

    Raises:
        ValueError: as `paths.fit_paths`; a constant column.
    """
    each = np.concatenate([np.ones((len(factors), 1)), factors], axis=1)  # the sample itself first
    covariances = _covariances(items, weight, each, unit)
    correlations, deviation = _standard(covariances)
    if np.isnan(correlations[0]).any():
        raise ValueError("a column is constant")
    found = fit_tables(correlations[0][None], blocks, inner, scheme=scheme)
    drawn = fit_tables(correlations[1:], blocks, inner, scheme=scheme)
    usable = drawn.converged & np.isfinite(drawn.paths).all(axis=(1, 2))
    raw = np.concatenate([found.weights, drawn.weights]) / deviation
    means = _means(items, weight, each, unit, domain, domains)  # (D, K, 1 + R)
    points = np.full((domains, len(inner), 1 + len(usable)), np.nan)
    for at in [0, *(np.flatnonzero(usable) + 1).tolist()]:
        points[:, :, at] = latent_points(means[:, :, at], raw[at], blocks, floor=floor, ceiling=ceiling)
    return WeightedPaths(
        points[:, :, 0],
        _deviation(points[:, :, 1:][:, :, usable], axis=2),
        found.loadings[0],
        _deviation(drawn.loadings[usable], axis=0),
        found.paths[0],
        _deviation(drawn.paths[usable], axis=0),
        raw[0] / (raw[0] @ (blocks[:, None] == np.arange(len(inner))))[blocks],
        bool(found.converged[0]),
        int(usable.sum()),
    )


def bootstrap_factors(stratum: Ints, units: Ints, replicates: int, seed: int) -> Floats:
    """What the weight of each of A units is multiplied by when one unit fewer than there are is drawn, (A, R).

    Args:
        stratum: (A,) codes of the units' strata, from 0
        units: (H,) units of each stratum; one alone keeps its weight
        replicates: R
        seed: of the draws

    Source: Rao, Wu & Yue (1992), Survey Methodology 18: 209.
    """
    random = np.random.default_rng(seed)
    found = np.ones((len(stratum), replicates))
    order = np.argsort(stratum, kind="stable")
    starts = np.concatenate([[0], np.cumsum(units)])
    for at in np.flatnonzero(units > 1).tolist():
        many = int(units[at])
        drawn = random.multinomial(many - 1, np.full(many, 1.0 / many), size=replicates).T
        found[order[starts[at] : starts[at + 1]]] = drawn * (many / (many - 1.0))
    return found


def _moments(items: Floats, weight: Floats, unit: Ints, units: int) -> tuple[Floats, Floats, Floats]:
    """Weighted sums of each unit: of ones (A,), of the columns (A, K), of their products (A, K, K)."""
    middle = np.average(items, axis=0, weights=weight)
    off = items - middle
    columns = off.shape[1]
    products = np.empty((units, columns, columns))
    for one in range(columns):
        for other in range(one, columns):
            product = sums(unit, weight * off[:, one] * off[:, other], units)
            products[:, one, other] = products[:, other, one] = product
    return sums(unit, weight, units), column_sums(unit, weight[:, None] * off, units), products


def _covariances(items: Floats, weight: Floats, factors: Floats, unit: Ints) -> Floats:
    """Weighted covariances of each replicate, (R, K, K)."""
    units, columns = len(factors), items.shape[1]
    whole, first, second = _moments(items, weight, unit, units)
    size = whole @ factors  # (R,)
    mean = (first.T @ factors / size).T  # (R, K)
    square = (second.reshape(units, columns * columns).T @ factors / size).T.reshape(-1, columns, columns)
    found: Floats = square - mean[:, :, None] * mean[:, None, :]
    return found


def _standard(covariances: Floats) -> tuple[Floats, Floats]:
    """Correlations (R, K, K), NaN throughout a replicate with a constant column, and deviations (R, K)."""
    deviation = np.sqrt(np.maximum(np.diagonal(covariances, axis1=1, axis2=2), 0.0))
    flat: Bools = ~np.asarray((deviation > 1e-9).all(axis=1))
    deviation = np.where(flat[:, None], np.nan, deviation)
    found: Floats = covariances / (deviation[:, :, None] * deviation[:, None, :])
    at = np.arange(found.shape[1])
    found[:, at, at] = np.where(flat[:, None], np.nan, 1.0)
    return found, deviation


def _means(items: Floats, weight: Floats, factors: Floats, unit: Ints, domain: Ints, domains: int) -> Floats:
    """Weighted means of each domain in each replicate, (D, K, R); NaN where a replicate draws none of its units."""
    pair, of_pair = distinct(domain * np.int64(len(factors)) + unit)
    pair_domain, pair_unit = np.divmod(pair, len(factors))
    held = np.zeros((domains, factors.shape[1]))
    np.add.at(held, pair_domain, sums(of_pair, weight, len(pair))[:, None] * factors[pair_unit])
    found = np.empty((domains, items.shape[1], factors.shape[1]))
    for at in range(items.shape[1]):
        times = np.zeros_like(held)
        np.add.at(times, pair_domain, sums(of_pair, weight * items[:, at], len(pair))[:, None] * factors[pair_unit])
        with np.errstate(invalid="ignore", divide="ignore"):
            found[:, at] = times / held
    return found


def _deviation(draws: Floats, axis: int) -> Floats:
    """Root of the mean square distance from the mean, of the draws that have a figure."""
    there = ~np.isnan(draws)
    count = there.sum(axis=axis)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(there, draws, 0.0).sum(axis=axis, keepdims=True) / there.sum(axis=axis, keepdims=True)
        square = np.where(there, draws - mean, 0.0) ** 2
        found: Floats = np.sqrt(square.sum(axis=axis) / count)
    return np.where(count > 1, found, np.nan)
