"""Smoothness against scipy's tests of two variances; size with heavy tails, power, what can't be told."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.stats.smoothness import smoothness


def test_two_groups_are_as_scipy_has_them() -> None:
    random = np.random.default_rng(1)
    one, other = random.normal(0, 1, 12), random.normal(0, 1.5, 20)
    found = smoothness(np.r_[one, other], np.repeat([0, 1], [12, 20]), 2)
    wanted = stats.levene(one, other, center="median").pvalue / 2
    smaller = np.abs(one - np.median(one)).mean() < np.abs(other - np.median(other)).mean()
    assert found.p == pytest.approx([wanted, 1 - wanted] if smaller else [1 - wanted, wanted], rel=1e-8)
    ratio = one.var(ddof=1) / other.var(ddof=1)
    assert found.ratio == pytest.approx([ratio, 1 / ratio])
    assert found.p_normal == pytest.approx([stats.f.cdf(ratio, 11, 19), stats.f.sf(ratio, 11, 19)])


def test_of_odd_numbers_the_middle_value_has_no_distance() -> None:
    random = np.random.default_rng(3)
    one, other = random.normal(0, 1, 5), random.normal(0, 1, 7)
    found = smoothness(np.r_[one, other], np.repeat([0, 1], [5, 7]), 2)
    far = [np.sort(np.abs(part - np.median(part)))[1:] for part in (one, other)]
    assert found.p[0] == pytest.approx(stats.ttest_ind(*far, alternative="less").pvalue, rel=1e-10)


def test_each_group_is_compared_with_all_others_together() -> None:
    random = np.random.default_rng(2)
    values, group = random.normal(0, 1, 60), np.repeat(np.arange(5), 12)
    found = smoothness(values, group, 5)
    for at in range(5):
        peers = [values[group == other] for other in range(5) if other != at]
        pooled = sum(((one - one.mean()) ** 2).sum() for one in peers) / 44
        assert found.ratio[at] == pytest.approx(values[group == at].var(ddof=1) / pooled)


@pytest.mark.parametrize("length", [5, 8, 20])
@pytest.mark.parametrize("tails", [3.0, np.inf])
def test_honest_series_are_rejected_about_as_often_as_the_level(length: int, tails: float) -> None:
    random = np.random.default_rng(length)
    rejected = []
    for _ in range(60):
        values = random.normal(0, 1, 30 * length) if np.isinf(tails) else random.standard_t(tails, 30 * length)
        rejected.append((smoothness(values, np.repeat(np.arange(30), length), 30).p <= 0.05).mean())
    assert np.mean(rejected) < 0.055


def test_a_series_with_a_fifth_of_the_spread_is_found() -> None:
    random = np.random.default_rng(4)
    found = 0
    for _ in range(100):
        values = random.normal(0, 1, (20, 10))
        values[0] *= 0.2
        found += smoothness(values.ravel(), np.repeat(np.arange(20), 10), 20).p[0] <= 0.05
    assert found > 80


def test_few_values_no_peers_and_missing_ones_say_nothing() -> None:
    found = smoothness(np.array([1.0, 2.0, np.nan, 4.0, 5.0, 7.0]), np.array([0, 0, 0, 1, 1, 1]), 3)
    assert np.isnan(found.p).all() and np.isnan(found.ratio).all()
    assert found.n.tolist() == [2, 3, 0]
    assert np.isnan(smoothness(np.zeros(0), np.zeros(0, dtype=np.int64), 1).p).all()


def test_a_series_that_never_changes_is_the_smoothest() -> None:
    found = smoothness(np.array([6.8] * 4 + [5.0, 7.0, 9.0, 6.0]), np.repeat([0, 1], 4), 2)
    assert found.ratio[0] == 0 and found.p[0] < 0.05
