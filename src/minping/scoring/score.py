"""Score: one period's basis to points, weights and contributions of every node, score and rank.

The contributions of a body's indicators and adjustments sum to its score; effective weights (after redistribution)
are part of the result.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from minping.model.arrays import Bytes, Floats, Ints
from minping.model.cells import State
from minping.model.scores import Node, Scores
from minping.scheme.shape import Bonus, Deduction
from minping.scoring.adjust import Adjusted
from minping.scoring.aggregate import Branch, leaf, roll_up, shares
from minping.scoring.basis import Basis, capped_cells, gaps_of, points_of
from minping.scoring.missing import Gaps
from minping.scoring.plan import TOTAL, Plan
from minping.stats.ranks import competition_ranks
from minping.words import Text


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
    sheet = _Sheet(nodes, len(plan.bodies))
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

    def __init__(self, nodes: tuple[Node, ...], bodies: int) -> None:
        self.at = {node.id: column for column, node in enumerate(nodes)}
        shape = (bodies, len(nodes))
        self.points, self.weight = np.full(shape, np.nan), np.full(shape, np.nan)
        self.contribution = np.full(shape, np.nan)
        self.state = np.zeros(shape, dtype=np.uint8)

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
    leaves = {
        name: leaf(gaps.points[rows, column], gaps.within[rows, column], gaps.globally[rows, column])
        for name, column in plan.leaf.items()
    }
    branches = roll_up(plan.inner, leaves, weights)
    share_of_weight, share_of_points = {TOTAL: np.ones(len(rows))}, {TOTAL: np.ones(len(rows))}
    for inner in reversed(plan.inner):
        below = [branches[child] for child in inner.children]
        parts = shares(inner, below, [weights[child] for child in inner.children], branches[inner.id].points)
        for child, part in zip(inner.children, parts, strict=True):
            share_of_weight[child] = share_of_weight[inner.id] * part.weight
            share_of_points[child] = share_of_points[inner.id] * np.nan_to_num(part.points)
    total = _present(branches[TOTAL])
    for name, branch in branches.items():
        at = sheet.at[name]
        sheet.points[rows, at] = _present(branch)
        sheet.weight[rows, at] = share_of_weight[name]
        sheet.contribution[rows, at] = share_of_points[name] * total


def _present(branch: Branch) -> Floats:
    return branch.points if branch.present is None else np.where(branch.present, branch.points, np.nan)


def _exclude(plan: Plan, gaps: Gaps, sheet: _Sheet) -> list[tuple[int, Text]]:
    """Take the score from bodies whose missing figures the scheme doesn't allow; say why."""
    notes: list[tuple[int, Text]] = []
    absent = gaps.within | gaps.globally | ((gaps.state & (State.IMPUTED | State.PENALISED | State.BOUNDED)) > 0)
    absent &= (gaps.state & State.NOT_APPLICABLE) == 0
    nominal = _nominal_weights(plan)
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
    if plan.inner[-1].method != "none":
        told = {body for body, _ in notes}
        unscored = np.flatnonzero(np.isnan(sheet.points[:, 0])).tolist()
        notes += [(body, _NO_TOTAL) for body in unscored if body not in told]
    sheet.contribution[np.isnan(sheet.points[:, 0])] = np.nan
    return notes


_NO_TOTAL = Text(
    "没有可计分的数据，或有负分而合成方法只适用于非负分，不计总分",
    "no figures that count, or negative points under a mean that is for none below zero: no score",
)


def _nominal_weights(plan: Plan) -> Floats:
    """Each leaf's share of the whole as the scheme gives it, before any redistribution, (N, M)."""
    parent, nominals = plan.parent_of(), np.zeros((len(plan.bodies), len(plan.indicators)))
    for body_type, rows in plan.type_rows.items():
        weights = plan.weights[body_type]
        for name, column in plan.leaf.items():
            nominal, here = 1.0, name
            while here != TOTAL:
                nominal *= weights[here]
                here = parent[here]
            nominals[rows, column] = nominal
    return nominals


def _resting_on(plan: Plan, sheet: _Sheet) -> dict[str, Floats]:
    columns = [sheet.at[name] for name in plan.leaf]
    weight, state = np.nan_to_num(sheet.weight[:, columns]), sheet.state[:, columns]
    flags = {
        "imputed": State.IMPUTED,
        "carried": State.CARRIED,
        "capped": State.CAPPED,
        "penalised": State.PENALISED,
        "bounded": State.BOUNDED,
    }
    found = {name: (weight * ((state & flag) > 0)).sum(axis=1) for name, flag in flags.items()}
    gone = ((state & State.MISSING) > 0) & ((state & (State.IMPUTED | State.PENALISED | State.BOUNDED)) == 0)
    return found | {"missing": (_nominal_weights(plan) * gone).sum(axis=1)}
