"""Compare: a body against its peers, node by node, so that the differences sum to the difference of the scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.model.scores import Scores


@dataclass(frozen=True, slots=True)
class Comparison:
    """One body beside the mean of its peers (itself left out)."""

    body: int
    peers: Ints  #: rows compared with
    mean_score: float
    difference: Floats  #: (K,) contribution minus the peers' mean contribution; of the total: of the scores
    median_points: Floats  #: (K,) the peers' median points


def compare(scores: Scores, peers: Sequence[Ints], body: int) -> Comparison:
    """Compare a body with the scored members of its peer group.

    Contributions sum to scores, and so do their means: the differences of the indicators and adjustments sum to
    the difference of the scores, as do those of the children of any node.
    """
    group = next(rows for rows in peers if body in rows)
    others = np.array([row for row in group if row != body and scores.scored[row]], dtype=np.int64)
    if not len(others) or not scores.scored[body]:
        nothing = np.full(len(scores.nodes), np.nan)
        return Comparison(body, others, np.nan, nothing, nothing)
    mean = np.nan_to_num(scores.contribution[others]).mean(axis=0)
    difference = np.nan_to_num(scores.contribution[body]) - mean
    companions = np.array([node.kind == "companion" for node in scores.nodes])
    median = _median(scores.points[others])
    return Comparison(
        body, others, float(scores.score[others].mean()), np.where(companions, np.nan, difference), median
    )


def _median(points: Floats) -> Floats:
    """Column medians of what is there; NaN for an empty column."""
    median = np.full(points.shape[1], np.nan)
    for at in range(points.shape[1]):
        present = points[:, at][~np.isnan(points[:, at])]
        if len(present):
            median[at] = np.median(present)
    return median


def spearman(one: Floats, other: Floats) -> tuple[float, int]:
    """Spearman's rank correlation of the pairs that are both there, and how many there are (average ranks).

    >>> spearman(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, np.nan]))
    (-1.0, 2)
    """
    from minping.stats.ranks import fractional_ranks

    both = ~(np.isnan(one) | np.isnan(other))
    count = int(both.sum())
    if count < 2:
        return float("nan"), count
    a, b = (fractional_ranks(values[both], ties="average") for values in (one, other))
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return (float((a * b).sum()) / spread if spread else float("nan")), count
