"""Standings: where every body stands, best first, with the words that documents print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.scores import Proposal
from minping.scoring.showing import Showing, showing
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Standing:
    """One body; None where there is no such figure."""

    at: int  #: row of the body in the arrays of `Scores`
    body: str
    name: str
    score: float | None
    score_lo: float | None
    score_hi: float | None
    rank: int | None
    rank_lo: int | None
    rank_hi: int | None
    tier: int | None
    last_tenth: float | None  #: probability to be among the last tenth
    grade: str  #: in words; `excellent/good undecided` where the data can't tell
    probability: float | None  #: of the proposed grade
    reason: str


def standings(evaluation: Evaluation, lang: Lang) -> tuple[Standing, ...]:
    """Every body in the order in which it may be shown, then those without a score."""
    shown, titles = showing(evaluation), grade_titles(evaluation)
    return tuple(_standing(evaluation, int(at), titles, lang, shown) for at in shown.order)


def grade_titles(evaluation: Evaluation) -> dict[str, Text]:
    """Grade id -> its words, best first."""
    grades = evaluation.scheme.grades
    return {level.id: level.title.text for level in grades.levels} if grades else {}


def grade_in_words(proposal: Proposal, titles: dict[str, Text], lang: Lang) -> str:
    """The proposed grade as documents print it.

    >>> titles = {"a": Text("优秀", "excellent"), "b": Text("良好", "good")}
    >>> grade_in_words(Proposal("a", ("a", "b"), 0.6), titles, "zh")
    '优秀/良好 未定'
    """
    ids = proposal.undecided or ((proposal.grade,) if proposal.grade else ())
    said = "/".join(titles[grade].say(lang) if grade in titles else grade for grade in ids)
    if not proposal.undecided:
        return said
    return f"{said} 未定" if lang == "zh" else f"{said} undecided"


def body_name(evaluation: Evaluation, at: int, lang: Lang) -> str:
    """A body's name in the language asked for, as far as the evidence gives it."""
    bodies = evaluation.evidence.bodies
    english = bodies.names_en[at] if bodies.names_en else ""
    return Text(bodies.names[at], english).say(lang) or bodies.ids[at]


def _standing(evaluation: Evaluation, at: int, titles: dict[str, Text], lang: Lang, shown: Showing) -> Standing:
    scores, intervals = evaluation.scores, evaluation.intervals
    proposal = evaluation.grades[at] if evaluation.grades else None
    reason = Text(proposal.reason_zh, proposal.reason_en).say(lang) if proposal else ""
    return Standing(
        at=at,
        body=scores.bodies[at],
        name=body_name(evaluation, at, lang),
        score=_number(scores.score[at]),
        score_lo=None if intervals is None else _number(intervals.score_lo[at]),
        score_hi=None if intervals is None else _number(intervals.score_hi[at]),
        rank=_whole(scores.rank[at]) if shown.ranked else None,
        rank_lo=_whole(intervals.rank_lo[at]) if shown.ranked and intervals is not None else None,
        rank_hi=_whole(intervals.rank_hi[at]) if shown.ranked and intervals is not None else None,
        tier=(int(intervals.tier[at]) or None) if shown.tiered and intervals is not None else None,
        last_tenth=_number(intervals.last_tenth[at]) if shown.ranked and intervals is not None else None,
        grade=grade_in_words(proposal, titles, lang) if proposal else "",
        probability=_number(proposal.probability) if proposal and proposal.grade else None,
        reason=reason,
    )


def _number(figure: float) -> float | None:
    return None if np.isnan(figure) else float(figure)


def _whole(figure: float) -> int | None:
    return None if np.isnan(figure) else int(figure)
