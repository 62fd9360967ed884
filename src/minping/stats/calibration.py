"""Calibration: weights that give known totals, and the columns that a standard error must know of.

In base weights and what is known of the population; out a new weight per row and the `Calibrated` of its design.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.designs import Calibrated
from minping.stats.groups import distinct, sums


@dataclass(frozen=True, slots=True)
class Margin:
    """One known margin: the category of each row, and the total of each category."""

    code: Ints  #: (n,)
    total: Floats  #: (C,)


@dataclass(frozen=True, slots=True)
class Weighting:
    """New weights."""

    weight: Floats  #: (n,)
    calibrated: Calibrated
    iterations: int
    converged: bool
    off: float  #: largest relative distance from a known total


def rake(base: Floats, margins: Sequence[Margin], *, most: int = 1000, tolerance: float = 1e-12) -> Weighting:
    """Raking: multiply category by category until every margin holds (Deming & Stephan 1940).

    One margin alone is post-stratification. Work is done on the cells that occur, not on the rows.

    Raises:
        ValueError: a category with a known total has no row; totals of the margins differ.
    """
    cell, of_row, weight = _cells(base, margins)
    _check(cell, weight, margins)
    factor, at, off = _raked(cell, weight, margins, most, tolerance)
    of_cell = [Margin(cell[:, position], margin.total) for position, margin in enumerate(margins)]
    calibrated = Calibrated(columns_of(of_cell), base, of_row)
    return Weighting(base * factor[of_row], calibrated, at, off <= tolerance, _off(cell, weight * factor, margins))


def rake_within(
    base: Floats, margins: Sequence[Margin], group: Ints, *, most: int = 1000, tolerance: float = 1e-12
) -> Weighting:
    """Raking of each group to margins of its own, all groups at once.

    Args:
        base: (n,) weights
        margins: the category of each row, and the totals of each group's categories, (G, C); nought where there is none
        group: (n,) codes from 0
        most: rounds
        tolerance: relative

    Raises:
        ValueError: as `rake`, of any group.
    """
    groups = len(margins[0].total)
    within = [Margin(group * margin.total.shape[1] + margin.code, margin.total.ravel()) for margin in margins]
    cell, of_row, weight = _cells(base, within)
    _check(cell, weight, within, groups)
    factor, at, off = _raked(cell, weight, within, most, tolerance)
    plain, of_plain, _ = _cells(base, [Margin(margin.code, margin.total[0]) for margin in margins])
    columns = columns_of([Margin(plain[:, at], margin.total[0]) for at, margin in enumerate(margins)])
    calibrated = Calibrated(columns, base, of_plain, group)
    return Weighting(base * factor[of_row], calibrated, at, off <= tolerance, _off(cell, weight * factor, within))


def _raked(
    cell: Ints, weight: Floats, margins: Sequence[Margin], most: int, tolerance: float
) -> tuple[Floats, int, float]:
    """What each cell's weight is multiplied by, how many rounds that took, and how much the last one changed."""
    factor, off, at = np.ones(len(weight)), np.inf, 0
    while at < most and off > tolerance:
        at, off = at + 1, 0.0
        for position, margin in enumerate(margins):
            code = cell[:, position]
            held = sums(code, weight * factor, len(margin.total))
            with np.errstate(divide="ignore", invalid="ignore"):
                change = np.where(held > 0, margin.total / held, 1.0)
            off = max(off, float(np.abs(change - 1.0).max()))
            factor = factor * change[code]
    return factor, at, off


def regress(
    base: Floats, columns: Floats, totals: Floats, *, bounds: tuple[float, float] | None = None, most: int = 200
) -> Weighting:
    """Linear calibration (GREG), bounded where asked (Deville & Särndal 1992, method 7: truncated linear).

    Args:
        base: (n,) weights
        columns: (n, p) auxiliary variables
        totals: (p,) their known totals
        bounds: least and most of new weight over old
        most: rounds of Newton's method for the bounded form

    Raises:
        ValueError: the columns are not independent, or no weights within the bounds give the totals.
    """
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        raise ValueError("the auxiliary columns depend on each other; leave one out")
    slope, at, factor = np.zeros(columns.shape[1]), 0, np.ones(len(base))
    size = np.maximum(np.abs(totals), 1e-300)
    off = np.inf
    while at < (1 if bounds is None else most):
        at += 1
        free = np.ones(len(base)) if bounds is None else ((factor > bounds[0]) & (factor < bounds[1])) | (at == 1)
        short = totals - (base * factor) @ columns
        gram = columns.T @ ((base * free)[:, None] * columns)
        slope = slope + np.linalg.lstsq(gram, short, rcond=None)[0]
        factor = 1.0 + columns @ slope
        factor = factor if bounds is None else np.clip(factor, *bounds)
        off = float(np.max(np.abs(totals - (base * factor) @ columns) / size))
        if off < 1e-12:
            break
    if bounds is not None and off > 1e-6:
        raise ValueError(f"no weights between {bounds[0]:g} and {bounds[1]:g} times the old ones give the totals")
    return Weighting(base * factor, Calibrated(columns, base), at, off < 1e-9, off)


def regress_within(
    base: Floats,
    columns: Floats,
    totals: Floats,
    group: Ints,
    *,
    bounds: tuple[float, float] | None = None,
    most: int = 200,
) -> Weighting:
    """Linear calibration of each group to totals of its own, (G, p), bounded where asked; all groups at once.

    As `regress`; columns that a group does not need (a category without rows and with a total of nought) are left out.

    Raises:
        ValueError: no weights, or none within the bounds, give the totals of some group.
    """
    factor, at, off = np.ones(len(base)), 0, np.full(len(totals), np.inf)
    slope = np.zeros(totals.shape)
    size = np.maximum(np.abs(totals), 1e-9 * np.abs(totals).max(initial=1.0))
    while at < (1 if bounds is None else most) and (off > 1e-12).any():
        at += 1
        free = np.ones(len(base)) if bounds is None else ((factor > bounds[0]) & (factor < bounds[1])) | (at == 1)
        short = totals - Calibrated(columns, base).sums(group, base * factor, len(totals))
        gram = Calibrated(columns, base * free).products_within(group, len(totals))
        slope = slope + (np.linalg.pinv(gram, hermitian=True) @ short[:, :, None])[:, :, 0]
        factor = 1.0 + np.einsum("np,np->n", columns, slope[group])
        factor = factor if bounds is None else np.clip(factor, *bounds)
        off = np.abs((totals - Calibrated(columns, base).sums(group, base * factor, len(totals))) / size).max(axis=1)
    bad = np.flatnonzero(off > 1e-6)
    if len(bad):
        raise ValueError(f"{len(bad)} groups have no such weights that give their totals (first: group {bad[0]})")
    return Weighting(base * factor, Calibrated(columns, base, group=group), at, True, float(off.max(initial=0.0)))


def columns_of(margins: Sequence[Margin]) -> Floats:
    """Indicator columns of the margins, of full rank: all categories of the first, all but one of the others."""
    parts = []
    for position, margin in enumerate(margins):
        indicators = np.zeros((len(margin.code), len(margin.total)))
        indicators[np.arange(len(margin.code)), margin.code] = 1.0
        kept = indicators[:, indicators.any(axis=0)]
        parts.append(kept if position == 0 else kept[:, 1:])
    return np.concatenate(parts, axis=1)


def _cells(base: Floats, margins: Sequence[Margin]) -> tuple[Ints, Ints, Floats]:
    """The combinations of categories that occur, (cells, margins); the cell of each row; base weight of each cell."""
    wrong = len(base) - int(np.count_nonzero(base > 0))
    if wrong:
        raise ValueError(f"{wrong} weights are not above zero")
    key = np.zeros(len(base), dtype=np.int64)
    for position, margin in enumerate(margins):
        size = len(margin.total)
        if margin.code.min(initial=0) < 0 or margin.code.max(initial=0) >= size:
            raise ValueError(f"margin {position}: a row has no category among the {size} with a known total")
        key *= size
        key += margin.code
    found, of_row = distinct(key)
    cell = np.stack(np.unravel_index(found, tuple(len(margin.total) for margin in margins)), axis=1)
    return cell, of_row, sums(of_row, base, len(found))


def _check(cell: Ints, weight: Floats, margins: Sequence[Margin], groups: int = 1) -> None:
    for position, margin in enumerate(margins):
        held = sums(cell[:, position], weight, len(margin.total))
        empty = np.flatnonzero((held == 0) & (margin.total > 0))
        if len(empty):
            raise ValueError(
                f"margin {position}: categories {empty.tolist()} have a known total and no row; merge them"
            )
    wholes = np.array([margin.total.reshape(groups, -1).sum(axis=1) for margin in margins])  # (margins, G)
    for whole in wholes[:, np.ptp(wholes, axis=0) > 1e-9 * np.abs(wholes[0])].T:
        raise ValueError(f"the margins add to different totals: {', '.join(f'{total:g}' for total in whole)}")


def _off(cell: Ints, weight: Floats, margins: Sequence[Margin]) -> float:
    worst = 0.0
    for position, margin in enumerate(margins):
        held = sums(cell[:, position], weight, len(margin.total))
        known = margin.total > 0
        worst = max(worst, float(np.abs(held[known] / margin.total[known] - 1.0).max(initial=0.0)))
    return worst
