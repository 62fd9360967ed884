"""Intervals: what many draws say: score and rank intervals, P(A above B), tiers of bodies that can't be told apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from minping.model.arrays import Floats, Ints, Ranks
from minping.model.scores import Intervals, Scores
from minping.scheme.shape import Scheme
from minping.scoring.grades import grade_of_draws
from minping.scoring.uncertainty import Draws
from minping.stats.ranks import among_last, fast_competition_ranks

MOST_PAIRS = 200  #: bodies up to which P(A above B) is tabled for every pair


def summarise(scheme: Scheme, scores: Scores, draws: Draws, seed: int, ungraded: Sequence[str]) -> Intervals:
    """Summarise the draws that succeeded; the failed ones stay counted. `ungraded`: as for `propose`."""
    rule = scheme.uncertainty
    good = np.isfinite(draws.scores[:, scores.scored]).all(axis=1)
    drawn = draws.scores if good.all() else draws.scores[good]
    ranks = fast_competition_ranks(drawn)
    score_lo, score_hi = _interval(drawn, rule.interval)
    rank_lo, rank_hi = _interval(ranks, rule.interval)
    pairs = len(scores.bodies) <= MOST_PAIRS
    return Intervals(
        len(draws.scores),
        seed,
        rule.interval,
        score_lo,
        score_hi,
        rank_lo,
        rank_hi,
        tiers(scores.rank, ranks, rule.tell_apart),
        pairwise(ranks) if pairs else np.empty((0, 0)),
        grade_of_draws(scheme, scores, drawn, ranks, ungraded),
        draws.alternatives,
        draws.failures,
        draws.scores,
        among_last(ranks),
    )


def pairwise(ranks: Ranks) -> Floats:
    """Share of draws in which the row's body stands above the column's; a tie counts half. (D, N) -> (N, N)."""
    bodies = ranks.shape[1]
    columns = np.ascontiguousarray(ranks.T)
    above = np.full((bodies, bodies), np.nan)
    for body in range(bodies):
        better = np.count_nonzero(columns[body] < columns, axis=1)
        same = np.count_nonzero(columns[body] == columns, axis=1)
        above[body] = (better + same / 2) / max(ranks.shape[0], 1)
    unranked = (columns == 0).all(axis=1)
    above[unranked, :], above[:, unranked] = np.nan, np.nan
    return above


def tiers(rank: Floats, ranks: Ranks, tell_apart: float) -> Ints:
    """Tiers from 1: a body opens a new tier where its tier's leader stands above it with `tell_apart` probability.

    >>> tiers(np.array([1.0, 2.0, 3.0]), np.array([[1, 2, 3], [2, 1, 3]], dtype=np.uint16), 0.95)
    array([1, 1, 2])
    """
    tier = np.zeros(len(rank), dtype=np.int64)
    order = [at for at in np.argsort(rank, kind="stable") if not np.isnan(rank[at])]
    if not order or not len(ranks):
        return tier
    columns = np.ascontiguousarray(ranks.T)
    leader, number = order[0], 1
    for body in order:
        ahead, level = columns[leader] < columns[body], columns[leader] == columns[body]
        above = (np.count_nonzero(ahead) + np.count_nonzero(level) / 2) / ranks.shape[0]
        if body != leader and above >= tell_apart:
            leader, number = body, number + 1
        tier[body] = number
    return tier


def _interval(drawn: Floats | Ranks, level: float) -> tuple[Floats, Floats]:
    """The middle `level` of each column's draws, never narrower than asked for: (D, N) -> (N,), (N,)."""
    count, bodies = drawn.shape
    low, high = np.full(bodies, np.nan), np.full(bodies, np.nan)
    if not count:
        return low, high
    first = math.floor((1 - level) / 2 * (count - 1))
    last = count - 1 - first
    for start in range(0, bodies, 256):
        block = np.ascontiguousarray(drawn[:, start : start + 256].T)
        ends = np.partition(block, (first, last), axis=1)[:, [first, last]].astype(np.float64)
        low[start : start + 256], high[start : start + 256] = ends[:, 0], ends[:, 1]
    if drawn.dtype.kind == "u":
        low[low == 0], high[high == 0] = np.nan, np.nan
    return low, high
