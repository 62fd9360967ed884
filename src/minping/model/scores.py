"""Scores of one period: points, weights and contributions of every node of the tree, ranks, intervals, grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from minping.model.arrays import Bools, Bytes, Floats, Ints

NodeKind = Literal["total", "dimension", "indicator", "adjustment", "companion"]


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the tree, with the words to print."""

    id: str  #: `total` for the root
    parent: str  #: empty for the root; `total` for the first level and for adjustments
    kind: NodeKind
    title_zh: str
    title_en: str
    unit: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Scores:
    """What N bodies reached on K nodes in one period.

    Contributions of the indicators and adjustments of a body sum to its score; so do those of the children of any
    dimension to the contribution of the dimension. A companion (shown beside the score, not counted) has points
    and no contribution.
    """

    period: str
    bodies: tuple[str, ...]
    nodes: tuple[Node, ...]  #: total, then depth first, then adjustments, then companions
    points: Floats  #: (N, K) on the scheme's scale; of an adjustment: the points it adds or takes
    weight: Floats  #: (N, K) effective share of the whole, 1 for the total; NaN for adjustments and companions
    contribution: Floats  #: (N, K) in points of the score; NaN where there is no score
    state: Bytes  #: (N, K) flags of `model.cells.State`; of a dimension: all flags below it
    before: Floats  #: (N,) score before adjustments
    score: Floats  #: (N,) NaN where the body can't be scored
    rank: Floats  #: (N,) 1 is best, ties share the better rank; NaN without a score
    scored: Bools  #: (N,)
    resting_on: Mapping[str, Floats]  #: share (0–1) of the body's weight that is imputed, carried, capped, missing …
    notes: tuple[tuple[int, str, str], ...] = ()  #: (body, zh, en): why a body has no score, what capped it

    def column(self, node: str) -> int:
        """Position of a node by id."""
        return next(at for at, known in enumerate(self.nodes) if known.id == node)


@dataclass(frozen=True, slots=True)
class DrawFailure:
    """A draw that gave no ranking: kept, counted, published."""

    draw: int
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Intervals:
    """What D joint draws say of N scores; quantiles over the draws that succeeded."""

    draws: int
    seed: int
    level: float  #: e.g. 0.90
    score_lo: Floats  #: (N,)
    score_hi: Floats
    rank_lo: Floats  #: (N,) best rank of the interval
    rank_hi: Floats
    tier: Ints  #: (N,) 1 is the top group of bodies that can't be told apart; 0 without a score
    above: Floats  #: (N, N) share of draws in which row's body stands above column's (half a tie); empty for N > 400
    grade_probability: Floats  #: (N, G)
    choices: Mapping[str, tuple[str, ...]]  #: factor -> the alternatives drawn from
    failures: tuple[DrawFailure, ...]
    draw_scores: Floats  #: (D, N) as float32 or float64; NaN rows failed
    last_tenth: Floats  #: (N,) probability to be among the last tenth of the ranked bodies; NaN without a score


@dataclass(frozen=True, slots=True)
class Proposal:
    """The grade proposed for a body; a named body decides."""

    grade: str  #: id; empty where none can be proposed
    undecided: tuple[str, ...]  #: the grades between which the data can't decide, best first; empty if settled
    probability: float  #: of the proposed grade
    reason_zh: str = ""
    reason_en: str = ""

    @property
    def said(self) -> str:
        """`excellent`, or `excellent/good undecided`."""
        return "/".join(self.undecided) + " undecided" if self.undecided else self.grade
