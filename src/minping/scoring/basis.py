"""Basis: the figures of one period lined up with the plan, ready to be scored once or drawn a thousand times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minping.indicators.official import Figures
from minping.model.arrays import Bytes, Floats, Ints, columnwise
from minping.model.cells import State
from minping.model.evidence import Bodies
from minping.model.values import Values
from minping.scoring.missing import Gaps, carried, fill
from minping.scoring.plan import Plan
from minping.scoring.points import Column, Family, NamedFigures, capped, column_points, families, prepare


@dataclass(frozen=True, slots=True)
class Basis:
    """Values of N bodies × M scored indicators in one period."""

    plan: Plan
    period: str
    values: Floats  #: (N, M), carried ones filled in
    se: Floats  #: (N, M)
    state: Bytes  #: (N, M)
    origin: Ints  #: (N, M) position of the period a value was carried from, -1
    columns: tuple[Column, ...]
    families: tuple[Family, ...]  #: the columns, those that are alike together


def line_up(plan: Plan, values: Values, figures: Figures, bodies: Bodies, period: str, carry: bool = False) -> Basis:
    """Line up one period; with `carry`, gaps of every indicator are carried (an alternative of the uncertainty)."""
    at, pick = values.at(period), list(plan.columns)
    estimate = values.estimate[:, :, pick]
    filled, origin = carried(estimate, at, plan.indicators, plan.scheme, "carry" if carry else "")
    state = values.state[at][:, pick].copy()
    taken = origin >= 0
    state[taken] = int(State.CARRIED)
    se = values.se[at][:, pick].copy()
    rows, cols = np.nonzero(taken)
    se[rows, cols] = values.se[:, :, pick][origin[rows, cols], rows, cols]

    named = named_figures(figures, bodies, at)
    columns = []
    for column, indicator in enumerate(plan.indicators):
        beside = None
        if plan.scheme.peers.frame == "panel":
            beside = np.delete(estimate[:, :, column], at, axis=0).T
        columns.append(prepare(indicator, filled[:, column], plan.scheme.points, plan.peers, named, beside))
    return Basis(
        plan,
        period,
        np.asfortranarray(filled),
        se,
        np.asfortranarray(state),
        origin,
        tuple(columns),
        families(columns, len(bodies.ids)),
    )


def named_figures(figures: Figures, bodies: Bodies, at: int) -> NamedFigures:
    """Look up a bound by name: a numeric column of `bodies`, or an official figure of the period at `at`."""

    def named(name: str) -> Floats:
        if name in bodies.covariates:
            return bodies.covariates[name]
        return figures.value[at, :, figures.of(name)]

    return named


def points_of(basis: Basis, method: str | None = None) -> Floats:
    """Points (N, M) by the scheme's own methods, or all by `method`."""
    points = columnwise(basis.values.shape, np.float64)
    for family, members in basis.families:
        points[:, members] = column_points(family, basis.values.T[members], method).T
    return points


def gaps_of(basis: Basis, points: Floats, policy: str = "") -> Gaps:
    """Apply the missing-policies (or one policy for all) to the cells without points."""
    plan = basis.plan
    return fill(points, basis.state, plan.indicators, plan.scheme, plan.peers, policy)


def capped_cells(basis: Basis) -> Bytes:
    """The CAPPED flag where points were cut at an end of the scale, (N, M)."""
    flags = columnwise(basis.values.shape, np.uint8)
    for family, members in basis.families:
        if family.may_cap:
            flags[:, members] = capped(family, basis.values.T[members]).T * np.uint8(State.CAPPED)
        else:
            flags[:, members] = 0
    return flags
