from __future__ import annotations

import numpy as np

from minping.scoring.intervals import pairwise, tiers
from minping.stats.ranks import fast_competition_ranks
from tests.made import flat, run, table


def ranks_of(*rows: list[float]) -> np.ndarray:
    return fast_competition_ranks(np.array(rows))


def test_a_tie_counts_half() -> None:
    above = pairwise(ranks_of([3.0, 2.0, np.nan], [2.0, 2.0, np.nan], [1.0, 2.0, np.nan], [3.0, 2.0, np.nan]))
    assert above[0, 1] == 2.5 / 4 and above[1, 0] == 1.5 / 4
    assert above[0, 0] == 0.5
    assert np.isnan(above[2]).all() and np.isnan(above[:, 2]).all()


def test_a_new_tier_opens_where_its_leader_stands_surely_above() -> None:
    drawn = ranks_of(*([[4.0, 3.0, 2.0, 1.0]] * 9), [3.0, 4.0, 1.0, 2.0])
    rank = np.array([1.0, 2.0, 3.0, 4.0])
    assert tiers(rank, drawn, 0.95).tolist() == [1, 1, 2, 2]
    assert tiers(rank, drawn, 0.85).tolist() == [1, 2, 3, 4]
    assert tiers(rank, drawn[:9], 0.95).tolist() == [1, 2, 3, 4]


def test_tiers_follow_the_ranking_and_leave_out_who_has_no_rank() -> None:
    drawn = ranks_of(*([[1.0, np.nan, 9.0]] * 5))
    assert tiers(np.array([2.0, np.nan, 1.0]), drawn, 0.95).tolist() == [2, 0, 1]


def test_the_interval_covers_the_level_that_is_asked_for() -> None:
    text = flat("a", more="uncertainty: {weights: none, interval: 0.8}\n")
    found = run(text, table({"a": [40.0, 60.0]}, se=2.0), draws=5000).intervals
    assert found is not None and found.level == 0.8
    np.testing.assert_allclose(found.score_hi - found.score_lo, 2 * 2 * 1.2816, rtol=0.05)
    inside = (found.draw_scores >= found.score_lo) & (found.draw_scores <= found.score_hi)
    assert (inside.mean(axis=0) >= 0.8).all()


def test_bodies_that_can_not_be_told_apart_share_a_tier() -> None:
    text = flat("a", more="uncertainty: {weights: none}\n")
    found = run(text, table({"a": [60.0, 59.5, 40.0]}, se=1.0), draws=1000).intervals
    assert found is not None and found.tier.tolist() == [1, 1, 2]
    assert 0.5 < found.above[0, 1] < 0.8 and found.above[0, 2] == 1.0


def test_without_any_uncertainty_the_interval_is_the_score() -> None:
    found = run(flat("a", more="uncertainty: {weights: none}\n"), table({"a": [60.0, 40.0]}), draws=10)
    assert found.intervals is not None
    np.testing.assert_array_equal(found.intervals.score_lo, found.scores.score)
    np.testing.assert_array_equal(found.intervals.rank_hi, found.scores.rank)
