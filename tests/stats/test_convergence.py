"""Sources together: plain sums unit by unit."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from minping.stats.convergence import agreement, pointing, weighted_z
from minping.stats.robust import robust_z


def test_mean_and_count_are_those_of_plain_sums() -> None:
    random = np.random.default_rng(2)
    scores, weights = random.normal(size=(30, 4)), np.array([1.0, 0.5, 2.0, 0.0])
    scores[random.random((30, 4)) < 0.2] = np.nan
    scores[0] = np.nan
    for row, mean, count in zip(scores, weighted_z(scores, weights), pointing(scores, 0.5), strict=True):
        there = [(z, w) for z, w in zip(row, weights, strict=True) if z == z]
        whole = sum(w for _, w in there)
        assert mean == pytest.approx(sum(z * w for z, w in there) / whole if whole else np.nan, nan_ok=True)
        assert count == sum(z > 0.5 for z, _ in there)


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0], [1.0, np.nan]])
def test_weights_that_cannot_be_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weight"):
        weighted_z(np.ones((3, 2)), np.array(weights))


def test_agreement_is_the_share_of_all_ways_to_deal_the_scores() -> None:
    random = np.random.default_rng(4)
    scores, weights = np.round(random.normal(size=(6, 3)), 2), np.array([1.0, 2.0, 0.5])
    found = agreement(scores, weights, sources=2, above=0.3, apart=0)
    dealt = [np.array(one) for one in product(*scores.T)]
    mean = [float(one @ weights) / 3.5 for one in dealt]
    high = [int((one > 0.3).sum()) for one in dealt]
    for row, score, count, p in zip(scores, found.score, found.above, found.p, strict=True):
        assert score == pytest.approx(float(row @ weights) / 3.5) and count == (row > 0.3).sum()
        near = [sum(m >= score - off and h >= 2 for m, h in zip(mean, high, strict=True)) / 216 for off in (0, 0.03)]
        assert p == 1 if count < 2 else near[0] - 1e-9 <= p <= near[1] + 1e-9


def test_agreement_of_correlated_sources_is_less_telling() -> None:
    scores = np.random.default_rng(5).normal(size=(30, 4))
    alone, together = (agreement(scores, np.ones(4), sources=2, common=part).p for part in (0.0, 0.3))
    high = agreement(scores, np.ones(4), sources=2).score > 0.5
    assert np.all(together[high] >= alone[high]) and np.any(together[high] > alone[high])


def test_several_units_far_off_do_not_hide_each_other() -> None:
    scores = np.random.default_rng(9).normal(size=(18, 4))
    scores[:3] = [[7, 7, 7, 7], [4, 4, 3, 4], [4, 3, 4, 4]]
    hidden, apart = (agreement(scores, np.ones(4), sources=2, apart=part).p for part in (0.0, 0.05))
    assert np.all(apart[1:3] < hidden[1:3] / 2) and apart[0] == hidden[0] and np.all(apart <= hidden)


def test_a_unit_with_too_few_sources_is_told_nothing() -> None:
    scores = np.random.default_rng(6).normal(size=(20, 3))
    scores[0, :2], scores[1] = np.nan, np.nan
    scores[2] = [9.0, -9.0, np.nan]
    found = agreement(scores, np.array([1.0, 1.0, 0.0]), sources=2)
    assert np.isnan(found.p[:3]).tolist() == [True, True, False] and found.p[2] == 1
    assert found.known[:3].tolist() == [0, 0, 2]
    assert np.isnan(agreement(scores, np.zeros(3), sources=2).p).all()


def test_an_outlier_beyond_eight_changes_no_other_unit() -> None:
    scores = np.random.default_rng(7).normal(size=(20, 2))
    scores[0] = 9
    far = scores.copy()
    far[0] = 1e6
    one, other = (agreement(here, np.ones(2), sources=2).p for here in (scores, far))
    assert one == pytest.approx(other, nan_ok=True)


def test_agreement_holds_its_size_whatever_the_tails() -> None:
    random = np.random.default_rng(8)
    for draw in (random.standard_normal, lambda size: random.standard_t(4, size)):
        p = np.concatenate(
            [agreement(robust_z(draw((30, 4))), np.ones(4), sources=2, common=0.1).p for _ in range(100)]
        )
        assert np.mean(p <= 0.05) <= 0.05 and np.mean(p <= 0.01) <= 0.01
