"""Score: one period's basis to points, weights and contributions of every node, score and rank.

The contributions of a body's indicators and adjustments sum to its score; effective weights (after redistribution)
are part of the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from minping.model.arrays import Bools, Bytes, Floats, Ints
from minping.model.cells import State
from minping.model.scores import Node, Scores
from minping.scheme.shape import Bonus, Deduction
from minping.scoring.adjust import Adjusted
from minping.scoring.aggregate import Branch, leaf, roll_up, shares
from minping.scoring.basis import Basis, capped_cells, gaps_of, points_of
from minping.scoring.missing import Gaps
from minping.scoring.plan import TOTAL, Inner, Plan
from minping.stats.ranks import competition_ranks
from minping.words import Text

MOST_MISSING = 0.5  #: share of the weight, in the median body, above which a period has no score worth showing


def score(basis: Basis, adjusted: Adjusted, companions: Mapping[str, tuple[Node, Floats, Bytes]]) -> Scores:
    """Score one period.

    Args:
        basis: values lined up with the plan
        adjusted: bonuses, deductions, caps of the period
        companions: indicators beside the score: id -> node, values (N,), state (N,)
    """
    plan = basis.plan
    gaps = gaps_of(basis, points_of(basis))
    state = gaps.state | np.where(np.isnan(gaps.points), 0, capped_cells(basis)).astype(np.uint8)
    nodes = (*plan.nodes, *_adjustment_nodes(plan, adjusted), *(node for node, _, _ in companions.values()))
    sheet = _Sheet(nodes, plan)
    for body_type, rows in plan.type_rows.items():
        _score_type(plan, gaps, rows, plan.weights[body_type], sheet)
    sheet.set_states(plan, state)
    notes = [*_exclude(plan, gaps, sheet), *adjusted.notes]
    before = sheet.points[:, 0].copy()
    final = adjusted.applied(before)
    sheet.adjust(adjusted, before, final)
    for node, values, flags in companions.values():
        at = sheet.at[node.id]
        sheet.points[:, at], sheet.state[:, at] = values, flags
    return Scores(
        basis.period,
        plan.bodies,
        nodes,
        sheet.points,
        sheet.weight,
        sheet.contribution,
        sheet.state,
        before,
        final,
        competition_ranks(final),
        ~np.isnan(final),
        _resting_on(plan, sheet),
        tuple((body, words.zh, words.en) for body, words in notes),
    )


class _Sheet:
    """The (N, K) arrays while they are being filled."""

    def __init__(self, nodes: tuple[Node, ...], plan: Plan) -> None:
        self.at = {node.id: column for column, node in enumerate(nodes)}
        whole = sum(map(len, plan.type_rows.values())) == len(plan.bodies)
        block = np.empty((3, len(nodes), len(plan.bodies)))  # one block, columns together: half the time goes here
        block[:, len(plan.nodes) if whole else 0 :] = np.nan
        self.points, self.weight, self.contribution = (part.T for part in block)
        self.state = np.zeros((len(plan.bodies), len(nodes)), dtype=np.uint8, order="F")

    def set(self, rows: Ints, node: str, points: Floats, weight: Floats | float, contribution: Floats) -> None:
        """Fill a node's columns for some bodies."""
        at = self.at[node]
        where: Any = slice(None) if len(rows) == len(self.points) else rows
        self.points[where, at], self.weight[where, at], self.contribution[where, at] = points, weight, contribution

    def set_states(self, plan: Plan, state: Bytes) -> None:
        """States of the leaves, and of every node all flags below it."""
        for name, column in plan.leaf.items():
            self.state[:, self.at[name]] = state[:, column]
        for inner in plan.inner:
            below = [self.state[:, self.at[child]] for child in inner.children]
            self.state[:, self.at[inner.id]] = np.bitwise_or.reduce(below, axis=0)

    def adjust(self, adjusted: Adjusted, before: Floats, final: Floats) -> None:
        """Adjustments become contributions; what a cap takes stands on the row of the caps."""
        for column, name in enumerate(adjusted.ids):
            at = self.at[name]
            self.points[:, at] = adjusted.points[:, column]
            self.contribution[:, at] = np.where(np.isnan(final), np.nan, adjusted.points[:, column])
        if CAPS in self.at:
            cut = final - (before + adjusted.points.sum(axis=1))
            self.points[:, self.at[CAPS]] = self.contribution[:, self.at[CAPS]] = cut
        self.points[:, 0] = self.contribution[:, 0] = final


CAPS = "caps"


def _adjustment_nodes(plan: Plan, adjusted: Adjusted) -> list[Node]:
    entries: list[Bonus | Deduction] = [*plan.scheme.adjust.bonus, *plan.scheme.adjust.deduct]
    rules = {entry.id: entry.title.text for entry in entries}
    nodes = [Node(name, TOTAL, "adjustment", rules[name].zh, rules[name].en, depth=1) for name in adjusted.ids]
    if any(cap.score_at_most is not None for cap in plan.scheme.adjust.caps):
        nodes.append(Node(CAPS, TOTAL, "adjustment", "得分上限", "caps", depth=1))
    return nodes


def _score_type(plan: Plan, gaps: Gaps, rows: Ints, weights: Mapping[str, float], sheet: _Sheet) -> None:
    branches = roll_up(plan.inner, _leaves(plan, gaps, rows), weights)
    total = branches[TOTAL]
    sheet.set(rows, TOTAL, _present(total), 1.0, _present(total))
    lines: dict[str, _Line] = {TOTAL: _Line(1.0, _present(total), 1.0)}
    for inner in reversed(plan.inner):
        below = [branches[child] for child in inner.children]
        given = [weights[child] for child in inner.children]
        found = _lines_below(inner, lines[inner.id], branches[inner.id], below, given)
        for child, branch, line in zip(inner.children, below, found, strict=True):
            lines[child] = line
            sheet.set(rows, child, _present(branch), line.weight, line.contribution)


class _Line(NamedTuple):
    """What a node is to the score."""

    weight: Floats | float  #: effective share of the whole
    contribution: Floats
    per_point: float | None  #: contribution per point of the node, where it is the same for all bodies


def _leaves(plan: Plan, gaps: Gaps, rows: Ints) -> dict[str, Branch]:
    gapped: Bools = np.any(gaps.within | gaps.globally, axis=0)
    every = len(rows) == len(plan.bodies)
    leaves = {}
    for name, column in plan.leaf.items():
        points = gaps.points[:, column] if every else gaps.points[rows, column]
        if gapped[column]:
            leaves[name] = leaf(points, gaps.within[rows, column], gaps.globally[rows, column])
        else:
            leaves[name] = Branch(points, None, None)
    return leaves


def _lines_below(
    inner: Inner, parent: _Line, whole: Branch, below: Sequence[Branch], given: Sequence[float]
) -> list[_Line]:
    """Effective weights and contributions of the children of a node; they sum to the node's own."""
    complete = all(branch.present is None and branch.mass is None for branch in below)
    if inner.method == "arithmetic" and complete and parent.per_point is not None and sum(given) > 0:
        per_point = [parent.per_point * weight for weight in given]
        return [
            _Line(parent.weight * weight, branch.points * each if weight else np.zeros(whole.points.shape), each)
            for branch, weight, each in zip(below, given, per_point, strict=True)
        ]
    parts = shares(inner, below, given, whole.points)
    return [
        _Line(parent.weight * part.weight, parent.contribution * np.nan_to_num(part.points), None) for part in parts
    ]


def _present(branch: Branch) -> Floats:
    return branch.points if branch.present is None else np.where(branch.present, branch.points, np.nan)


def _exclude(plan: Plan, gaps: Gaps, sheet: _Sheet) -> list[tuple[int, Text]]:
    """Take the score from bodies whose missing figures the scheme doesn't allow; say why."""
    notes = [] if gaps.complete else _incomplete(plan, gaps, sheet)
    unscored = np.isnan(sheet.points[:, 0])
    if unscored.any():
        sheet.contribution[unscored] = np.nan
        if plan.inner[-1].method != "none":
            told = {body for body, _ in notes}
            notes += [(body, _NO_TOTAL) for body in np.flatnonzero(unscored).tolist() if body not in told]
    return notes


def _incomplete(plan: Plan, gaps: Gaps, sheet: _Sheet) -> list[tuple[int, Text]]:
    notes: list[tuple[int, Text]] = []
    nominal = _nominal_weights(plan)
    absent = gaps.within | gaps.globally | ((gaps.state & _FILLED) > 0)
    absent &= (gaps.state & State.NOT_APPLICABLE) == 0
    lost = (nominal * absent).sum(axis=1)
    most = plan.scheme.missing.max_share
    for body in np.flatnonzero((lost > most + 1e-12) & (lost > 0)):
        sheet.points[body, 0] = np.nan
        notes.append(
            (
                int(body),
                Text(
                    f"缺失权重 {lost[body]:.0%}，超过方案允许的 {most:.0%}，不计总分",
                    f"{lost[body]:.0%} of the weight is missing, above the scheme's {most:.0%}: no score",
                ),
            )
        )
    for body, column in zip(*np.nonzero(gaps.excluded & (nominal > 0)), strict=True):
        sheet.points[body, 0] = np.nan
        words = plan.indicators[column].title.text
        why = Text(f"缺少{words.zh}，按方案不计总分", f"{words.en} is missing: no score by the scheme")
        notes.append((int(body), why))
    return notes


_NO_TOTAL = Text(
    "没有可计分的数据，或有负分而合成方法只适用于非负分，不计总分",
    "no figures that count, or negative points under a mean that is for none below zero: no score",
)


def has_enough(scores: Scores) -> bool:
    """Whether a period belongs into the history: at least half of the bodies have half of their figures."""
    return float(np.median(scores.resting_on["missing"])) <= MOST_MISSING


def _nominal_weights(plan: Plan) -> Floats:
    """Each leaf's share of the whole as the scheme gives it, before any redistribution, (N, M)."""
    parent = plan.parent_of()
    nominals = np.zeros((len(plan.bodies), len(plan.indicators)))
    for body_type, rows in plan.type_rows.items():
        weights, shares_of_all = plan.weights[body_type], np.ones(len(plan.indicators))
        for name, column in plan.leaf.items():
            here = name
            while here != TOTAL:
                shares_of_all[column] *= weights[here]
                here = parent[here]
        nominals[rows] = shares_of_all
    return nominals


_FILLED = State.IMPUTED | State.PENALISED | State.BOUNDED
_RESTING = {
    "imputed": State.IMPUTED,
    "carried": State.CARRIED,
    "capped": State.CAPPED,
    "penalised": State.PENALISED,
    "bounded": State.BOUNDED,
}


def _resting_on(plan: Plan, sheet: _Sheet) -> dict[str, Floats]:
    """Share of each body's weight that rests on anything but an observed figure, (N,) each."""
    columns = [sheet.at[name] for name in plan.leaf]
    state = sheet.state[:, columns]
    some = int(np.bitwise_or.reduce(state, axis=None))
    found = {name: np.zeros(len(plan.bodies)) for name in (*_RESTING, "missing")}
    weight = np.nan_to_num(sheet.weight[:, columns]) if some & sum(_RESTING.values()) else np.empty(0)
    for name, flag in _RESTING.items():
        if some & flag:
            found[name] = (weight * ((state & flag) > 0)).sum(axis=1)
    if some & State.MISSING:
        gone = ((state & State.MISSING) > 0) & ((state & _FILLED) == 0)
        found["missing"] = (_nominal_weights(plan) * gone).sum(axis=1)
    return found
