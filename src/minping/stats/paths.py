"""Paths: latent variables measured by blocks of columns, and the paths between them, by partial least squares.

In: a table of figures (n, K), the latent variable that each column measures (K,), which latent variable leads to
which (L, L). Out: weights, loadings, standardised scores, path coefficients and effects, with bootstrap intervals;
points from 0 to 100 on the columns' own scale. Lohmöller's algorithm (Lohmöller 1989, Latent Variable Path Modeling
with Partial Least Squares; Tenenhaus et al. 2005, CSDA 48: 159-205), step by step as in R's plspm 0.4.9.

Everything needs the correlations of the columns only, and goes for many tables of correlations at once. Deviations
are those of a population (n); missing figures are an error, since leaving out or filling in is the caller's choice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints

Scheme = Literal["path", "centroid", "factorial"]

_FLAT = 1e-13  #: a deviation so small beside the figures is rounding
_SINGULAR = 1e-12  #: least eigenvalue of correlations that can be solved
_AT_ONCE = 4_000_000  #: resampled figures held at a time


@dataclass(frozen=True)
class PathFit:
    """A fitted model: n rows, K columns, L latent variables; `[j, i]` of a square table is from i to j."""

    weights: Floats  #: (K,) of the standardised columns, so that scores have variance one
    raw_weights: Floats  #: (K,) of the columns as they came, sum one within a block (NaN where the sum is nought)
    loadings: Floats  #: (K,) correlation of a column with its own latent variable
    communality: Floats  #: (K,) squared loadings
    redundancy: Floats  #: (K,) communality times R² of the latent variable
    scores: Floats  #: (n, L) mean 0, deviation 1
    paths: Floats  #: (L, L) regression coefficients of the scores, 0 where there is no path
    r_squared: Floats  #: (L,) 0 where nothing leads to it
    indirect: Floats  #: (L, L) effects through others
    total: Floats  #: (L, L) paths + indirect
    errors: Floats  #: (L, L) standard errors of the paths (least squares), NaN where there is no path
    t: Floats  #: (L, L) paths / errors
    p: Floats  #: (L, L) two-sided, from Student's t with n - 1 - (how many lead there) degrees of freedom
    intercept_errors: Floats  #: (L,) standard errors of the intercepts, which are 0 themselves
    converged: bool  #: False: the weights were still moving; don't publish
    iterations: int


class Interval(NamedTuple):
    """Bootstrap deviation and percentile bounds, each of the shape of what was estimated."""

    deviation: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class PathIntervals:
    """What resampling the rows does to a fit."""

    paths: Interval  #: (L, L)
    total: Interval  #: (L, L)
    loadings: Interval  #: (K,)
    replications: int
    used: int  #: replications that converged; the others are left out (a constant column, scores that determine one another)


@dataclass(frozen=True)
class _Model:
    blocks: Ints
    inner: Bools
    formative: Bools
    scheme: Scheme
    tolerance: float
    most: int

    @property
    def member(self) -> Floats:
        """(K, L) one where the column belongs to the latent variable."""
        member: Floats = (self.blocks[:, None] == np.arange(len(self.inner))).astype(np.float64)
        return member


class _Weights(NamedTuple):
    weights: Floats
    converged: Bools
    iterations: Ints


class _Estimates(NamedTuple):
    weights: Floats
    loadings: Floats
    between: Floats
    paths: Floats
    total: Floats


def fit_paths(
    items: Floats,
    blocks: Ints,
    inner: Bools,
    *,
    scheme: Scheme = "path",
    modes: str = "A",
    tolerance: float = 1e-10,
    most: int = 300,
) -> PathFit:
    """Fit a path model by partial least squares (Lohmöller 1989; Tenenhaus et al. 2005).

    Args:
        items: (n, K) figures in any unit, none missing; n > 2
        blocks: (K,) the latent variable, from 0, that each column measures
        inner: (L, L), `inner[j, i]` says that i leads to j; no way may come back to where it began
        scheme: inner weights: `path` (regression on what leads there, correlation with where it leads), `centroid`
            (signs of the correlations) or `factorial` (the correlations)
        modes: `A` (reflective: covariances) or `B` (formative: regression), for all or one letter per latent variable
        tolerance: the weights stand still when the sum of their squared changes is less
        most: how many rounds are tried; `converged` of the record says whether they sufficed

    A score has the sign with which most of its loadings are positive (plspm); where as many are negative, the one
    with which their sum is (plspm leaves that case to chance).

    Raises:
        ValueError: bad shapes, missing figures, a constant column, a block without columns, a cycle, a latent variable
            without a path, columns of a mode B block or scores that determine one another.

    >>> x = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 3.0]])
    >>> fit = fit_paths(x, np.array([0, 1]), np.array([[False, False], [True, False]]))
    >>> round(float(fit.paths[1, 0]), 9), fit.loadings.tolist(), fit.converged
    (0.6, [1.0, 1.0], True)
    """
    model = _model(blocks, inner, modes, scheme, tolerance, most)
    figures = _figures(items, len(model.blocks))
    deviation = figures.std(axis=0)
    standard = (figures - figures.mean(axis=0)) / deviation
    correlations = _correlations(standard[None])
    _check_formative(correlations[0], model)
    found = _iterate(correlations, model)
    estimates = _estimates(correlations, found.weights, model)
    if not np.isfinite(estimates.paths).all():
        raise ValueError("the model can't be estimated: scores determine one another, or the weights of a block vanish")
    return _record(standard, deviation, model, found, estimates)


def bootstrap_paths(
    items: Floats,
    blocks: Ints,
    inner: Bools,
    *,
    scheme: Scheme = "path",
    modes: str = "A",
    tolerance: float = 1e-10,
    most: int = 300,
    replications: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> PathIntervals:
    """Percentile intervals of a path model by drawing rows with replacement (Efron and Tibshirani 1993, ch. 13).

    Every replication is standardised, fitted and signed for itself, as `fit_paths` does it, whose parameters these
    are; the same `seed` gives the same intervals. With no usable replication the bounds are NaN.

    Raises:
        ValueError: as `fit_paths`; fewer than two replications; a level not between 0 and 1.
    """
    if replications < 2 or not 0.0 < level < 1.0:
        raise ValueError("replications must be two or more, and the level must lie between 0 and 1")
    model = _model(blocks, inner, modes, scheme, tolerance, most)
    figures = _figures(items, len(model.blocks))
    standard = (figures - figures.mean(axis=0)) / figures.std(axis=0)
    _check_formative(_correlations(standard[None])[0], model)
    parts = []
    for resampled in _resampled(standard, replications, seed):
        found = _iterate(resampled, model)
        estimates = _estimates(resampled, found.weights, model)
        usable = found.converged & np.isfinite(estimates.paths).all(axis=(1, 2))
        parts.append([part[usable] for part in (estimates.paths, estimates.total, estimates.loadings)])
    paths, total, loadings = (np.concatenate(part) for part in zip(*parts, strict=True))
    return PathIntervals(
        paths=_interval(paths, level),
        total=_interval(total, level),
        loadings=_interval(loadings, level),
        replications=replications,
        used=len(paths),
    )


class PathTables(NamedTuple):
    """What fits of many tables of correlations gave, B of them."""

    weights: Floats  #: (B, K) of the standardised columns; NaN where a table has no answer
    loadings: Floats  #: (B, K)
    paths: Floats  #: (B, L, L)
    converged: Bools  #: (B,)


def fit_tables(
    correlations: Floats,
    blocks: Ints,
    inner: Bools,
    *,
    scheme: Scheme = "path",
    tolerance: float = 1e-10,
    most: int = 300,
) -> PathTables:
    """Fit a reflective path model to many tables of correlations (B, K, K) at once, e.g. of weighted replicates.

    The other parameters are those of `fit_paths`, whose fit this is where the correlations are those of its items.

    Raises:
        ValueError: as `fit_paths`, of the model.
    """
    model = _model(blocks, inner, "A", scheme, tolerance, most)
    found = _iterate(correlations, model)
    estimates = _estimates(correlations, found.weights, model)
    return PathTables(estimates.weights, estimates.loadings, estimates.paths, found.converged)


def latent_points(
    values: Floats, raw_weights: Floats, blocks: Ints, *, floor: float | Floats, ceiling: float | Floats
) -> Floats:
    """Points from 0 to 100 of each latent variable: the weighted place of its columns between the ends of their scale.

    100 Σw(x - floor) / Σw(ceiling - floor) (Fornell et al. 1996, J. of Marketing 60(4): 7-18). Of the rows,
    (n, K) -> (n, L); of the columns' means, (K,) -> (L,), which is the mean of the rows' points. `raw_weights` (K,)
    and `blocks` (K,) are those of a fit; `floor` and `ceiling` are in the columns' unit, for all or one per column.
    With a negative weight points may leave 0 to 100; NaN where the weights give the scale no width.

    Raises:
        ValueError: shapes that don't fit, a ceiling that doesn't lie above its floor.

    >>> latent_points(np.array([7.0, 10.0]), np.array([0.25, 0.75]), np.array([0, 0]), floor=1, ceiling=10)
    array([91.66666667])
    """
    table = np.asarray(values, dtype=np.float64)
    home = _blocks(blocks)
    if np.shape(raw_weights) != home.shape or table.ndim == 0 or table.shape[-1] != len(home):
        raise ValueError(f"{len(home)} columns are named, but values {table.shape} and weights {np.shape(raw_weights)}")
    low, high = (np.broadcast_to(np.asarray(end, dtype=np.float64), home.shape) for end in (floor, ceiling))
    if not (high > low).all():
        raise ValueError("each ceiling must lie above its floor")
    member = (home[:, None] == np.arange(home.max() + 1)) * np.asarray(raw_weights)[:, None]
    width = (high - low) @ member
    points: Floats = 100.0 * ((table - low) @ member) / np.where(width > 0, width, np.nan)
    return points


def _blocks(blocks: Ints) -> Ints:
    """The latent variable of each column, checked."""
    home = np.asarray(blocks)
    if home.ndim != 1 or not len(home) or not np.issubdtype(home.dtype, np.integer) or home.min() < 0:
        raise ValueError("blocks must be one whole number from 0 per column")
    return home.astype(np.int64)


def _model(blocks: Ints, inner: Bools, modes: str, scheme: Scheme, tolerance: float, most: int) -> _Model:
    """The model, checked."""
    home, ways = _blocks(blocks), np.asarray(inner).astype(bool)
    if ways.ndim != 2 or ways.shape[0] != ways.shape[1]:
        raise ValueError(f"the inner model must be a square table, not {ways.shape}")
    latents = len(ways)
    if home.max() >= latents:
        raise ValueError(f"a column belongs to latent variable {home.max()}, but there are {latents}, from 0")
    _check_ways(ways, np.bincount(home, minlength=latents))
    if set(modes) - set("AB") or len(modes) not in (1, latents):
        raise ValueError(f"modes must be A or B, for all or one letter for each of {latents}: {modes!r}")
    if scheme not in ("path", "centroid", "factorial"):
        raise ValueError(f"the scheme must be path, centroid or factorial, not {scheme!r}")
    if not tolerance > 0 or most < 1:
        raise ValueError("the tolerance must be positive, and one round or more be tried")
    formative = np.broadcast_to(np.array([letter == "B" for letter in modes]), (latents,))
    return _Model(home, ways, formative, scheme, tolerance, most)


def _check_ways(ways: Bools, columns: Ints) -> None:
    """Each latent variable has columns and a path, and no path leads back."""
    if not columns.all():
        raise ValueError(f"blocks without columns: latent variables {np.flatnonzero(columns == 0).tolist()}")
    alone = ~(ways.any(axis=0) | ways.any(axis=1))
    if alone.any():
        raise ValueError(f"no path to or from latent variables {np.flatnonzero(alone).tolist()}")
    reached = ways.astype(np.float64)
    for _ in range(len(ways)):
        reached = ((reached @ ways) > 0).astype(np.float64)
    if reached.any():  # a way of more steps than there are latent variables
        raise ValueError("the inner model is cyclic: a path leads back to where it began")


def _figures(items: Floats, columns: int) -> Floats:
    """The table as numbers, checked."""
    figures = np.asarray(items, dtype=np.float64)
    if figures.ndim != 2 or figures.shape[1] != columns:
        raise ValueError(f"items must be a table of {columns} columns, one for each entry of blocks: {figures.shape}")
    if len(figures) < 3:
        raise ValueError(f"three rows or more are needed, not {len(figures)}")
    if not np.isfinite(figures).all():
        rows = np.flatnonzero(~np.isfinite(figures).all(axis=1))
        raise ValueError(f"{len(rows)} rows have missing or infinite figures, the first is row {rows[0]} (from 0)")
    flat = figures.std(axis=0) <= _FLAT * np.abs(figures).max(axis=0)
    if flat.any():
        raise ValueError(f"constant columns: {np.flatnonzero(flat).tolist()} (from 0)")
    return figures


def _check_formative(correlations: Floats, model: _Model) -> None:
    """The columns of a mode B block may not determine one another."""
    for latent in np.flatnonzero(model.formative):
        own = model.blocks == latent
        if not np.linalg.eigvalsh(correlations[np.ix_(own, own)])[0] > _SINGULAR:
            raise ValueError(f"the columns of latent variable {latent} determine one another: mode B has no weights")


def _resampled(standard: Floats, replications: int, seed: int) -> Iterator[Floats]:
    """Correlations of rows drawn with replacement, (replications, K, K) in parts."""
    draw = np.random.default_rng(seed)
    n, columns = standard.shape
    size = max(1, _AT_ONCE // (n * columns))
    for start in range(0, replications, size):
        rows = draw.integers(n, size=(min(size, replications - start), n))
        yield _correlations(standard[rows])


def _correlations(tables: Floats) -> Floats:
    """(B, n, K) -> (B, K, K); NaN throughout a table that has a constant column. Figures are standardised before."""
    off = tables - tables.mean(axis=1, keepdims=True)
    products: Floats = off.transpose(0, 2, 1) @ off / tables.shape[1]
    deviation = np.sqrt(np.diagonal(products, axis1=1, axis2=2))
    deviation = np.where((deviation > 1e-10).all(axis=1, keepdims=True), deviation, np.nan)
    products /= deviation[:, :, None] * deviation[:, None, :]
    at = np.arange(tables.shape[2])
    products[:, at, at] = np.where(np.isnan(deviation), np.nan, 1.0)
    return products


def _iterate(correlations: Floats, model: _Model) -> _Weights:
    """Lohmöller's rounds for each table of correlations (B, K, K), until its weights (B, K) stand still."""
    tables = len(correlations)
    toward = _toward(correlations, model)
    weights = _scaled(np.ones(correlations.shape[:2]), correlations, model)
    converged, iterations = np.zeros(tables, dtype=bool), np.zeros(tables, dtype=np.int64)
    going = np.arange(tables)
    for step in range(1, model.most + 1):
        old = weights[going]
        outer = _scaled(old, correlations[going], model)[:, :, None] * model.member
        proxies = _inner_weights(outer.transpose(0, 2, 1) @ correlations[going] @ outer, model)
        new = ((toward[going] @ (outer @ proxies)) * model.member).sum(axis=2)
        change = ((np.abs(old) - np.abs(new)) ** 2).sum(axis=1)
        weights[going], iterations[going] = new, step
        converged[going] = change < model.tolerance
        going = going[change >= model.tolerance]  # a table without an answer (NaN) goes no further
        if not len(going):
            break
    return _Weights(_scaled(weights, correlations, model), converged, iterations)


def _toward(correlations: Floats, model: _Model) -> Floats:
    """What turns the weights of the inner proxies to new outer weights: covariances (A), or regressions (B)."""
    toward = correlations.copy()
    for latent in np.flatnonzero(model.formative):
        own = np.flatnonzero(model.blocks == latent)
        toward[:, own] = _solved(correlations[:, own[:, None], own], correlations[:, own])
    return toward


def _scaled(weights: Floats, correlations: Floats, model: _Model) -> Floats:
    """Weights (B, K) with which each score has variance one; NaN where they vanish."""
    outer = weights[:, :, None] * model.member
    variance = (outer * (correlations @ outer)).sum(axis=1)
    scaled: Floats = weights / np.sqrt(np.where(variance > 0, variance, np.nan))[:, model.blocks]
    return scaled


def _inner_weights(between: Floats, model: _Model) -> Floats:
    """Column k says how the proxy of k is put together; `between` (B, L, L) are the scores' correlations."""
    beside = model.inner | model.inner.T
    if model.scheme == "centroid":
        return np.sign(between) * beside
    if model.scheme == "factorial":
        return between * beside
    return _regressed(between, model.inner).transpose(0, 2, 1) + between * model.inner


def _regressed(between: Floats, inner: Bools) -> Floats:
    """Path coefficients (B, L, L) of each score on the scores that lead to it."""
    paths = np.zeros(between.shape)
    for latent in np.flatnonzero(inner.any(axis=1)):
        on = np.flatnonzero(inner[latent])
        paths[:, latent, on] = _solved(between[:, on[:, None], on], between[:, on, latent, None])[:, :, 0]
    return paths


def _solved(matrices: Floats, right: Floats) -> Floats:
    """Solve (B, m, m) correlations for (B, m, r); NaN where they have no inverse."""
    unknown: Bools = np.isnan(matrices.sum(axis=(1, 2)))[:, None, None]
    one = np.eye(matrices.shape[1])
    known = np.where(unknown, one, matrices)
    unknown |= ~(np.linalg.eigvalsh(known)[:, 0] > _SINGULAR)[:, None, None]
    return np.where(unknown, np.nan, np.linalg.solve(np.where(unknown, one, known), right))


def _estimates(correlations: Floats, weights: Floats, model: _Model) -> _Estimates:
    """What follows from scaled weights (B, K), after each score has got its sign."""
    outer = weights[:, :, None] * model.member
    own = ((correlations @ outer) * model.member).sum(axis=2)
    most = np.rint(np.sign(np.nan_to_num(own)) @ model.member)
    sign = np.where(np.where(most == 0, np.nan_to_num(own) @ model.member, most) < 0, -1.0, 1.0)
    between = outer.transpose(0, 2, 1) @ correlations @ outer * sign[:, :, None] * sign[:, None, :]
    paths = _regressed(between, model.inner)
    total, further = paths.copy(), paths
    for _ in range(len(model.inner) - 2):
        further = further @ paths
        total += further
    turned = sign[:, model.blocks]
    return _Estimates(weights * turned, own * turned, between, paths, total)


def _least_squares(
    between: Floats, paths: Floats, r_squared: Floats, inner: Bools, n: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Standard errors, t and p of the paths (L, L), and standard errors of the intercepts (L,)."""
    errors, p = np.full(paths.shape, np.nan), np.full(paths.shape, np.nan)
    intercepts = np.full(len(paths), np.nan)
    degrees = n - 1 - inner.sum(axis=1)
    for latent in np.flatnonzero(inner.any(axis=1) & (degrees > 0)):
        on = np.flatnonzero(inner[latent])
        variance = max(0.0, 1.0 - float(r_squared[latent])) / float(degrees[latent])
        intercepts[latent] = math.sqrt(variance)
        errors[latent, on] = np.sqrt(variance * np.diagonal(np.linalg.inv(between[np.ix_(on, on)])))
    t: Floats = paths / np.where(errors > 0, errors, np.nan)
    for latent, other in np.argwhere(~np.isnan(t)):
        p[latent, other] = _two_sided(float(t[latent, other]), int(degrees[latent]))
    return errors, t, p, intercepts


def _two_sided(t: float, degrees: int) -> float:
    """How likely Student's t is so far from nought, either way.

    >>> round(_two_sided(2.228138851964939, 10), 9)
    0.05
    """
    from scipy.special import stdtr

    return float(2.0 * stdtr(degrees, -abs(t)))


def _record(standard: Floats, deviation: Floats, model: _Model, found: _Weights, estimates: _Estimates) -> PathFit:
    """The record of the one fit in `found` and `estimates`; `deviation` (K,) is that of the figures as they came."""
    weights, loadings, between, paths, total = (part[0] for part in estimates)
    r_squared = (paths * between).sum(axis=1)
    errors, t, p, intercept_errors = _least_squares(between, paths, r_squared, model.inner, len(standard))
    raw = weights / deviation
    whole = (raw @ model.member)[model.blocks]
    return PathFit(
        weights=weights,
        raw_weights=raw / np.where(whole == 0, np.nan, whole),
        loadings=loadings,
        communality=loadings**2,
        redundancy=loadings**2 * r_squared[model.blocks],
        scores=standard @ (weights[:, None] * model.member),
        paths=paths,
        r_squared=r_squared,
        indirect=total - paths,
        total=total,
        errors=errors,
        t=t,
        p=p,
        intercept_errors=intercept_errors,
        converged=bool(found.converged[0]),
        iterations=int(found.iterations[0]),
    )


def _interval(draws: Floats, level: float) -> Interval:
    """Deviation (n - 1) and percentile bounds over the first axis."""
    if len(draws) < 2:
        none = np.full(draws.shape[1:], np.nan)
        return Interval(none, none, none)
    low, high = np.quantile(draws, [(1.0 - level) / 2.0, (1.0 + level) / 2.0], axis=0)
    return Interval(draws.std(axis=0, ddof=1), low, high)
