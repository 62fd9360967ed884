"""Aggregate: points of the children to points of the parent, with one policy for what is missing.

Arrays have the bodies on the last axis; with draws, ``(draws, N)``. Sums are made term by term in the order of the
scheme, so that a score doesn't depend on how many draws are made together: any draw can be replayed bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats
from minping.scoring.plan import Inner
from minping.words import Text

_TINY, _HUGE = -1e300, 1e300


class Mean(NamedTuple):
    """One row of MEANS: the mean is ``back(Σ w · ahead(x))`` for weights that sum to one."""

    ahead: Callable[[Floats, float], Floats]
    back: Callable[[Floats, float], Floats]
    in_words: Text


def _log(points: Floats, _: float) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(points == 0.0, _TINY, np.log(points))


def _power(points: Floats, exponent: float) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        raised = np.power(points, exponent)
    return np.where(np.isposinf(raised), _HUGE, raised)


def _root(total: Floats, exponent: float) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.power(total, 1.0 / exponent)
    return np.where(total > 1e290, 0.0, root) if exponent < 0 else root


MEANS: Mapping[str, Mean] = {
    "arithmetic": Mean(lambda x, _: x, lambda x, _: x, Text("加权算术平均", "weighted arithmetic mean")),
    "geometric": Mean(_log, lambda x, _: np.exp(x), Text("加权几何平均", "weighted geometric mean")),
    "harmonic": Mean(
        lambda x, _: _power(x, -1.0), lambda x, _: _root(x, -1.0), Text("加权调和平均", "weighted harmonic mean")
    ),
    "power": Mean(_power, _root, Text("加权幂平均（p = {p}）", "weighted power mean (p = {p})")),
    "none": Mean(lambda x, _: x, lambda x, _: x * np.nan, Text("不合成总分", "no total on purpose")),
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A node's points for the bodies, whether it is there, and what is left of its weight."""

    points: Floats  #: (..., N); 0 where absent
    present: Bools | None  #: (..., N); None: everywhere
    mass: Floats | None  #: (..., N) share of its weight that stays after global redistribution; None: all


def leaf(points: Floats, missing_within: Bools, missing_globally: Bools) -> Branch:
    """A leaf from its points; where it is missing its weight goes to siblings, or leaves the whole tree."""
    absent = missing_within | missing_globally
    if not absent.any():
        return Branch(points, None, None)
    mass = np.where(missing_globally, 0.0, 1.0) if missing_globally.any() else None
    return Branch(np.where(absent, 0.0, points), ~absent, mass)


def combine(inner: Inner, branches: Sequence[Branch], weights: Sequence[Floats | float]) -> Branch:
    """Points of an inner node from its children's; `weights` sum to one, each a number or ``(draws, 1)``."""
    mean = MEANS[inner.method]
    exponent = 1.0 if inner.exponent is None else inner.exponent
    counted = [(b, w) for b, w in zip(branches, weights, strict=True) if not (isinstance(w, float) and w == 0.0)]
    gaps = any(branch.present is not None or branch.mass is not None for branch, _ in counted)
    total: Floats | None = None
    whole: Any = 0.0
    left: Any = 0.0
    kept: Any
    for branch, weight in counted:
        term = mean.ahead(branch.points, exponent)
        if gaps:
            kept = weight if branch.mass is None else weight * branch.mass
            left = left + kept
            kept = kept if branch.present is None else kept * branch.present
            whole = whole + kept
            term = np.where(kept == 0.0, 0.0, term * kept)
        else:
            term = term * weight
        total = term if total is None else total + term
    if total is None:
        return Branch(np.full(branches[0].points.shape, np.nan), np.zeros(branches[0].points.shape[-1], np.bool_), None)
    if not gaps:
        return Branch(mean.back(total, exponent), None, None)
    there = np.asarray(whole) > 0.0
    points = mean.back(total / np.where(there, whole, 1.0), exponent)
    return Branch(np.where(there, points, 0.0), None if there.all() else there, np.asarray(left))


def roll_up(
    inner: Sequence[Inner],
    leaves: Mapping[str, Branch],
    weights: Mapping[str, Floats | float],
) -> dict[str, Branch]:
    """Every inner node's branch, bottom-up."""
    branches: dict[str, Branch] = dict(leaves)
    for node in inner:
        children = [branches[child] for child in node.children]
        branches[node.id] = combine(node, children, [weights[child] for child in node.children])
    return branches


@dataclass(frozen=True, slots=True)
class Share:
    """A child's part in its parent: of the weight, and of the points (both sum to one over the siblings)."""

    weight: Floats  #: (N,)
    points: Floats  #: (N,) NaN where the parent has no points


def shares(inner: Inner, branches: Sequence[Branch], weights: Sequence[float], parent: Floats) -> list[Share]:
    """Each child's share of its parent's weight and points, shape (N,).

    Means are homogeneous of degree one, so by Euler's theorem ``parent = Σ x_c ∂parent/∂x_c`` exactly: the share
    of a child is ``w x^p / Σ w x^p`` (arithmetic: p = 1; geometric: its weight).
    """
    kept = [_kept(branch, weight, parent.shape) for branch, weight in zip(branches, weights, strict=True)]
    whole = np.sum(kept, axis=0)
    parts = [k / np.where(whole > 0, whole, np.nan) for k in kept]
    if inner.method == "geometric":
        return [Share(np.nan_to_num(part), part) for part in parts]
    exponent = {"harmonic": -1.0, "power": inner.exponent or 1.0}.get(inner.method, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [
            np.where(part == 0.0, 0.0, part * np.power(b.points, exponent))
            for part, b in zip(parts, branches, strict=True)
        ]
        total = np.sum(terms, axis=0)
        of_points = [term / np.where(total == 0.0, np.nan, total) for term in terms]
    # where the parent has no points at all, its children share them by weight
    blank = np.isnan(total) | (total == 0.0) | ~np.isfinite(total)
    return [
        Share(np.nan_to_num(part), np.where(blank, part, points)) for part, points in zip(parts, of_points, strict=True)
    ]


def _kept(branch: Branch, weight: float, shape: tuple[int, ...]) -> Floats:
    kept = np.full(shape, weight)
    if branch.mass is not None:
        kept = kept * branch.mass
    return kept if branch.present is None else kept * branch.present
