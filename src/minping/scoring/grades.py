"""Grades: proposed from thresholds and quotas; where the data can't decide, that is what is said.

A grade is never a decision: a named body decides (`grades.decided_by`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from minping.model.arrays import Bools, Floats, Ints, Ranks
from minping.model.scores import Intervals, Proposal, Scores
from minping.scheme.shape import GradeLevel, Grades, Quota, Scheme
from minping.scoring.adjust import Adjusted
from minping.stats.ranks import fast_competition_ranks

_ROUND: dict[str, Callable[[float], int]] = {
    "floor": math.floor,
    "ceil": math.ceil,
    "round": lambda exact: math.floor(exact + 0.5),  # 四舍五入: half a place is a place
}


def places(quota: Quota, graded: int) -> int:
    """How many bodies a quota lets have the grade.

    >>> places(Quota(max_share=0.3), 31)
    9
    """
    approved = quota.extend_to is not None and quota.approved_by
    share = quota.extend_to if approved and quota.extend_to is not None else quota.max_share
    # 0.29 * 100 is 28.999999999999996
    return _ROUND[quota.rounding](round(share * graded, 9))


def levels_by_score(grades: Grades, scores: Floats, ranks: Floats | Ranks) -> Ints:
    """Grade position of each body in each draw, (D, N) -> (D, N); the last level takes who is left, -1 no score.

    Thresholds first, then quotas: who reaches the threshold but finds no place falls to the next level. A quota is
    never exceeded: bodies that tie for its last place and don't all fit fall together.
    """
    ranked = np.asarray(ranks, dtype=np.float64)
    there = ranked > 0
    graded = int(there[0].sum()) if len(there) else 0
    level_of = np.where(there, len(grades.levels) - 1, -1)
    taken = np.zeros((scores.shape[0], 1))
    open_ = there.copy()
    for at, level in enumerate(grades.levels[:-1]):
        reached = open_ & (scores >= _threshold(level) - 1e-9)
        if level.quota is not None:
            most = places(level.quota, graded)
            reached &= ranked <= taken + most
            last = np.where(reached, ranked, 0.0).max(axis=1, keepdims=True)
            reached &= (ranked < last) | (reached.sum(axis=1, keepdims=True) <= most)
        level_of = np.where(reached, at, level_of)
        open_ &= ~reached
        taken = taken + reached.sum(axis=1, keepdims=True)
    return level_of


def grade_of_draws(scheme: Scheme, scores: Scores, drawn: Floats, ranks: Ranks, ungraded: Sequence[str]) -> Floats:
    """Share of the draws in which each body reaches each grade, (N, G); NaN without a draw, empty without grades.

    Bodies that get no grade take no place of a quota and stand in no rank of it.
    """
    if scheme.grades is None:
        return np.empty((len(scores.bodies), 0))
    if not len(drawn):
        return np.full((len(scores.bodies), len(scheme.grades.levels)), np.nan)
    if any(ungraded):
        drawn = np.where(_contends(ungraded), drawn, np.nan)
        ranks = fast_competition_ranks(drawn)
    probability = np.zeros((len(scores.bodies), len(scheme.grades.levels)))
    size = max(1, 262_144 // max(drawn.shape[1], 1))
    for start in range(0, len(drawn), size):
        level_of = levels_by_score(scheme.grades, drawn[start : start + size], ranks[start : start + size])
        for at in range(probability.shape[1]):
            probability[:, at] += (level_of == at).sum(axis=0)
    return probability / len(drawn)


def propose(
    scheme: Scheme, scores: Scores, intervals: Intervals | None, adjusted: Adjusted, ungraded: Sequence[str]
) -> tuple[Proposal, ...]:
    """A proposal per body; `ungraded` holds a reason for each body that gets no grade, else an empty text."""
    grades = scheme.grades
    if grades is None:
        return ()
    contending = np.where(_contends(ungraded), scores.score, np.nan)[None]
    level_of = levels_by_score(grades, contending, fast_competition_ranks(contending))[0]
    proposals = []
    for body, level in enumerate(level_of):
        if ungraded[body]:
            proposals.append(Proposal("", (), np.nan, ungraded[body], ungraded[body]))
        elif level < 0:
            proposals.append(Proposal("", (), np.nan, "没有总分，不提等次", "no score, no grade proposed"))
        else:
            proposals.append(_proposal(grades, int(level), body, intervals, adjusted))
    return tuple(proposals)


def _proposal(grades: Grades, level: int, body: int, intervals: Intervals | None, adjusted: Adjusted) -> Proposal:
    names = [entry.id for entry in grades.levels]
    limit = names.index(adjusted.grade_at_most[body]) if adjusted.grade_at_most[body] else 0
    if adjusted.grade_set[body]:
        # a veto lowers, it never lifts
        worst = max(level, limit, names.index(adjusted.grade_set[body]))
        return Proposal(names[worst], (), 1.0, "一票否决", "set by a veto")
    cap = ("按上限规则", "limited by a cap") if limit > level else ("", "")
    if intervals is None or grades.ties == "order" or np.isnan(intervals.grade_probability[body]).any():
        return Proposal(names[max(level, limit)], (), np.nan, *cap)
    chance = intervals.grade_probability[body].copy()
    chance[limit] += chance[:limit].sum()
    chance[:limit] = 0.0
    level = max(level, limit)
    if chance[level] >= grades.confidence:
        return Proposal(names[level], (), float(chance[level]), *cap)
    between = _smallest_set(chance, level, grades.confidence)
    if len(between) == 1:
        return Proposal(names[level], (), float(chance[level]), *cap)
    return Proposal(
        names[level],
        tuple(names[at] for at in between),
        float(chance[level]),
        "现有数据不足以在相邻等次之间作出区分",
        "the data can't decide between these grades",
    )


def _smallest_set(chance: Floats, level: int, confidence: float) -> list[int]:
    """The fewest grades, the proposed one among them, that hold the asked-for probability."""
    order = [level, *(int(at) for at in np.argsort(-chance, kind="stable") if at != level)]
    held = 0.0
    chosen: list[int] = []
    for at in order:
        if held >= confidence or (chosen and chance[at] == 0.0):
            break
        chosen.append(at)
        held += float(chance[at])
    return sorted(chosen)


def _contends(ungraded: Sequence[str]) -> Bools:
    return np.array([not reason for reason in ungraded], dtype=np.bool_)


def _threshold(level: GradeLevel) -> float:
    return -np.inf if level.at_least is None else level.at_least
