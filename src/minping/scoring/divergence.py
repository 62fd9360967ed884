"""Divergence: where bodies stand by what offices report and where by what citizens say, and whom that sets apart.

In a situation of the uncertainty; out both ranks of each body with intervals, and which differ by more than the errors
of the figures explain. Weights stay those of the scheme: a body's own, spread over the indicators of either kind.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Bools, Floats
from minping.scoring.compare import spearman
from minping.scoring.uncertainty import Situation, drawn_points
from minping.stats.multiplicity import benjamini_hochberg
from minping.stats.ranks import fast_competition_ranks

MOST_DRAWS = 1000
LEVEL = 0.95  #: of the intervals
WRONG = 0.05  #: share of those called different that may be so by chance, in expectation
NEAR = 0.1  #: of all places: who lies no further apart stands alike, and moves when others do
FEWEST = 4  #: bodies that have both; of fewer there is no order to speak of


@dataclass(frozen=True, slots=True)
class View:
    """Of N bodies by the indicators of one kind."""

    points: Floats  #: (N,)
    rank: Floats  #: (N,) among the bodies that have both; NaN without
    low: Floats  #: (N,) the better end of the rank's interval
    high: Floats  #: (N,)


@dataclass(frozen=True, slots=True)
class Divergence:
    """Both views of N bodies, and how they differ."""

    official: View
    citizens: View
    low: Floats  #: (N,) official rank less citizens' rank, ends of its interval: below 0, offices see it better
    high: Floats
    q: Floats  #: (N,) of no more than NEAR apart, but for errors; Benjamini–Hochberg over all; NaN: no errors known
    spearman: float

    @property
    def apart(self) -> Bools:
        """Who is further apart than NEAR by more than errors explain, (N,)."""
        return np.asarray(self.q <= WRONG)


def diverge(situation: Situation, draws: int) -> Divergence | None:
    """Compare; None where the scheme has no indicators of one kind, or too few bodies have both."""
    plan, scores = situation.plan, situation.scores
    citizen = np.array(["citizen" in part.tags for part in plan.indicators])
    weight = np.nan_to_num(scores.weight[:, [scores.column(part.id) for part in plan.indicators]])
    both = (weight[:, citizen].sum(axis=1) > 0) & (weight[:, ~citizen].sum(axis=1) > 0) & scores.scored
    if both.sum() < FEWEST or not draws:
        return None
    from scipy.special import ndtr

    columns = drawn_points(situation, range(min(draws, MOST_DRAWS)))
    still = [scores.points[:, scores.column(part.id)] for part in plan.indicators]
    found, ranks = [], []
    for kind in (~citizen, citizen):
        drawn = np.where(both, _mean(columns, weight, kind), np.nan)
        ranks.append(fast_competition_ranks(np.atleast_2d(drawn)).astype(np.float64))
        found.append(_view(np.where(both, _mean(still, weight, kind), np.nan), ranks[-1], both))
    less = ranks[0] - ranks[1]
    low, high = _ends(less, both)
    spread = less.std(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        away = np.maximum(np.abs(found[0].rank - found[1].rank) - NEAR * both.sum(), 0.0) / spread
    q = benjamini_hochberg(np.where(spread > 0, 2.0 * ndtr(-away), np.nan))
    return Divergence(found[0], found[1], low, high, q, spearman(found[0].points, found[1].points)[0])


def _mean(columns: list[Floats], weight: Floats, kind: Bools) -> Floats:
    """Weighted mean points over the indicators of a kind, (N,) or (D, N); those without weight count nowhere."""
    total: Floats = np.zeros(len(weight))
    for at in np.flatnonzero(kind).tolist():
        total = total + np.where(weight[:, at] > 0, weight[:, at] * np.nan_to_num(columns[at]), 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(total / weight[:, kind].sum(axis=1))


def _view(points: Floats, ranks: Floats, both: Bools) -> View:
    rank = fast_competition_ranks(points[None])[0].astype(np.float64)
    return View(points, np.where(both, rank, np.nan), *_ends(ranks, both))


def _ends(drawn: Floats, both: Bools) -> tuple[Floats, Floats]:
    """Ends of an interval from draws, each a value that was drawn, (N,) each."""
    tail = (1.0 - LEVEL) / 2.0
    low = np.quantile(drawn, tail, axis=0, method="lower")
    high = np.quantile(drawn, 1.0 - tail, axis=0, method="higher")
    return np.where(both, low, np.nan), np.where(both, high, np.nan)
