"""Weighting: known margins of many groups at once, each group calibrated by itself.

In cells of groups with the rows that each holds; out a factor per cell, and what a variance must know of it. The
factors of one group never depend on another. There is no pass per group: rows are summed by code, and the normal
equations of all groups are solved together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.groups import sums


@dataclass(frozen=True, slots=True)
class Cells:
    """R cells of G groups; a cell is of one category of each of M margins."""

    group: Ints  #: (R,)
    code: tuple[Ints, ...]  #: M × (R,) category within its margin, from 0; a group of its own numbers them as it likes
    base: Floats  #: (R,) weight that the cell's rows have together, 0 where it has none
    total: tuple[Floats, ...]  #: M × (G, C) what each category should add to; C may differ by margin

    @property
    def groups(self) -> int:
        """G."""
        return len(self.total[0])

    def places(self) -> Iterator[tuple[Ints, Floats]]:
        """Of each margin: one code for group and category, (R,), and the totals by that code, (G × C,)."""
        for code, total in zip(self.code, self.total, strict=True):
            yield self.group * total.shape[1] + code, total.ravel()


@dataclass(frozen=True, slots=True)
class Factors:
    """New weight over old."""

    factor: Floats  #: (R,)
    off: Floats  #: (G,) largest distance from a known total, as a share of the group's whole; inf where none can hold
    converged: Bools  #: (G,)
    rounds: int


def rake_groups(cells: Cells, *, most: int = 1000, tolerance: float = 1e-12) -> Factors:
    """Raking of every group (Deming & Stephan 1940); with one margin, post-stratification.

    A category with a known total above nought and no weight can't be met: its group is told as not converged.

    >>> cells = Cells(np.array([0, 0]), (np.array([0, 1]),), np.array([8.0, 2.0]), (np.array([[5.0, 5.0]]),))
    >>> rake_groups(cells).factor
    array([0.625, 2.5  ])
    """
    factor, off = np.ones(len(cells.base)), np.full(cells.groups, np.inf)
    keys, at = list(cells.places()), 0
    active = np.ones(cells.groups, dtype=np.bool_)
    while at < most and active.any():
        at += 1
        rows = active[cells.group] & (cells.base > 0)
        worst = np.zeros(cells.groups)
        for (key, total), shape in zip(keys, (total.shape for total in cells.total), strict=True):
            held = sums(key[rows], (cells.base * factor)[rows], len(total))
            with np.errstate(divide="ignore", invalid="ignore"):
                change = np.where(held > 0, total / held, np.where(total > 0, np.inf, 1.0))
            zero = total == 0
            apart = np.abs(np.where(zero, 0.0, change - 1.0)).reshape(shape).max(axis=1, initial=0.0)
            worst = np.maximum(worst, apart)
            factor[rows] = factor[rows] * np.where(np.isfinite(change), change, 1.0)[key[rows]]
        off[active] = worst[active]
        active &= (off > tolerance) & np.isfinite(off)
    return Factors(factor, off, off <= max(tolerance, 1e-9), at)


def regress_groups(cells: Cells, *, bounds: tuple[float, float] | None = None, most: int = 100) -> Factors:
    """Linear calibration of every group (GREG), bounded where asked (Deville & Särndal 1992, method 7).

    Args:
        cells: as described; categories of the margins are the auxiliary variables
        bounds: least and most of new weight over old, as a share of the group's mean change; None: none
        most: rounds of Newton's method for the bounded form
    """
    columns = _Columns.of(cells)
    whole = cells.total[0].sum(axis=1)
    held = sums(cells.group, cells.base, cells.groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(held > 0, whole / held, 0.0)
    base = cells.base * scale[cells.group]  # so that bounds are of the change within the group
    slope, factor = np.zeros((cells.groups, columns.width)), np.ones(len(base))
    off, at = np.full(cells.groups, np.inf), 0
    active = whole > 0
    while at < (1 if bounds is None else most) and active.any():
        at += 1
        free = base if bounds is None or at == 1 else np.where((factor > bounds[0]) & (factor < bounds[1]), base, 0.0)
        short = columns.totals - columns.sums(base * factor)
        step = np.einsum("gpq,gq->gp", columns.inverse(free, active), short)
        slope[active] += step[active]
        new = 1.0 + columns.times(slope)
        factor = np.where(active[cells.group], new if bounds is None else np.clip(new, *bounds), factor)
        apart = np.abs(columns.totals - columns.sums(base * factor)).max(axis=1, initial=0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            off = np.where(active, apart / whole, off)
        active &= off > 1e-13
    return Factors(factor * scale[cells.group], off, off <= 1e-9, at)


def fitted(cells: Cells, value: Floats) -> Floats:
    """What the margins explain of some variables: mean of each cell by regression on the categories, (R, V).

    Args:
        cells: as described; their base is the weight of the regression (as in R's `calibrate`)
        value: (R, V) sums of base × variable over the rows of each cell

    >>> cells = Cells(np.array([0, 0]), (np.array([0, 1]),), np.array([8.0, 2.0]), (np.array([[5.0, 5.0]]),))
    >>> fitted(cells, np.array([[4.0], [2.0]])).tolist()
    [[0.5], [1.0]]
    """
    if len(cells.code) == 1:
        (key, total), *_ = cells.places()
        held = sums(key, cells.base, len(total))
        with np.errstate(divide="ignore", invalid="ignore"):
            means = [np.where(held > 0, sums(key, one, len(total)) / held, 0.0)[key] for one in value.T]
        return np.stack(means, axis=1)
    columns = _Columns.of(cells)
    inverse = columns.inverse(cells.base, np.ones(cells.groups, dtype=np.bool_))
    found = [columns.times(np.einsum("gpq,gq->gp", inverse, columns.sums(one))) for one in value.T]
    return np.stack(found, axis=1)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Categories of all margins side by side, P of them, as columns of 0 and 1."""

    group: Ints  #: (R,)
    at: tuple[Ints, ...]  #: M × (R,) the column that is 1
    totals: Floats  #: (G, P)

    @property
    def width(self) -> int:
        """P."""
        return int(self.totals.shape[1])

    @staticmethod
    def of(cells: Cells) -> _Columns:
        """Lay the margins side by side."""
        starts = np.cumsum([0, *(total.shape[1] for total in cells.total)])
        at = tuple(code + start for code, start in zip(cells.code, starts[:-1], strict=True))
        return _Columns(cells.group, at, np.concatenate(cells.total, axis=1))

    def sums(self, value: Floats) -> Floats:
        """Sums of a figure of cells over the rows of each column, (G, P)."""
        groups = len(self.totals)
        parts = [sums(self.group * self.width + at, value, groups * self.width) for at in self.at]
        found: Floats = np.sum(parts, axis=0).reshape(groups, self.width)
        return found

    def times(self, slope: Floats) -> Floats:
        """The columns times slopes (G, P), by cell, (R,)."""
        found: Floats = np.sum([slope[self.group, at] for at in self.at], axis=0)
        return found

    def inverse(self, weight: Floats, active: Bools) -> Floats:
        """Generalised inverse of weight × columns × columns, (G, P, P); of groups that are not active nought."""
        groups, width = self.totals.shape
        gram = np.zeros(groups * width * width)
        for one in self.at:
            for other in self.at:
                gram += sums((self.group * width + one) * width + other, weight, len(gram))
        square = gram.reshape(groups, width, width)
        size = np.sqrt(np.maximum(np.einsum("gpp->gp", square), 1e-300))
        scaled = square / size[:, :, None] / size[:, None, :]
        found = np.zeros_like(square)
        found[active] = np.linalg.pinv(scaled[active], rcond=1e-10, hermitian=True)
        back: Floats = found / size[:, :, None] / size[:, None, :]
        return back
