from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.scoring.compare import compare, spearman
from minping.scoring.plan import compile_plan
from tests.made import bodies, flat, run, scheme, table

FIGURES = {"a": [10.0, 20.0, 30.0, np.nan], "b": [8.0, 4.0, 6.0, 2.0]}
columns = st.lists(st.integers(0, 5), min_size=3, max_size=9)


def test_differences_of_the_parts_sum_to_the_difference_of_the_scores() -> None:
    scores = run(flat("a", "b"), table(FIGURES)).scores
    found = compare(scores, (np.arange(4),), 0)
    assert found.peers.tolist() == [1, 2, 3]
    np.testing.assert_allclose(found.mean_score, scores.score[1:].mean())
    np.testing.assert_allclose(found.difference[0], scores.score[0] - found.mean_score)
    np.testing.assert_allclose(found.difference[1:].sum(), found.difference[0])
    np.testing.assert_allclose(found.median_points[1:], [25, 4])


def test_peers_are_those_of_the_group() -> None:
    text = flat("a", "b", more="peers: {method: group}\n")
    evidence = table(FIGURES, groups=["g", "h", "g", "h"])
    plan = compile_plan(scheme(text).scheme, bodies(evidence.bodies.ids, groups=["g", "h", "g", "h"]))
    found = compare(run(text, evidence).scores, plan.peers, 2)
    assert found.peers.tolist() == [0]


def test_a_body_alone_or_without_a_score_is_compared_with_nobody() -> None:
    scores = run(flat("a", "b", more="missing: exclude\n"), table(FIGURES)).scores
    alone = compare(scores, (np.array([0]), np.array([1, 2, 3])), 0)
    assert not len(alone.peers) and np.isnan(alone.difference).all() and np.isnan(alone.mean_score)
    unscored = compare(scores, (np.arange(4),), 3)
    assert np.isnan(unscored.difference).all()
    assert 3 not in compare(scores, (np.arange(4),), 0).peers, "who has no score is nobody's peer"


@given(one=columns, other=columns)
def test_rank_correlation_is_that_of_scipy(one: list[int], other: list[int]) -> None:
    count = min(len(one), len(other))
    a, b = np.array(one[:count], dtype=np.float64), np.array(other[:count], dtype=np.float64)
    found, pairs = spearman(np.append(a, [np.nan, 1.0]), np.append(b, [1.0, np.nan]))
    assert pairs == count
    if len(set(a)) == 1 or len(set(b)) == 1:
        assert np.isnan(found)
    else:
        np.testing.assert_allclose(found, stats.spearmanr(a, b).statistic, atol=1e-12)


def test_one_pair_has_no_correlation() -> None:
    assert np.isnan(spearman(np.array([1.0]), np.array([2.0]))[0])
