"""Means against those of the others, beside deleted residuals by least squares and by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.stats.above_peers import above_peers, group_means, normal_scores


def test_means_and_their_variance_are_those_of_an_analysis_of_variance() -> None:
    random = np.random.default_rng(3)
    group = np.repeat(np.arange(4), [5, 1, 9, 3])
    values = random.normal(group, 1.0)
    found = group_means(values, group, 5)
    parts = [values[group == at] for at in range(4)]
    within = sum(((part - part.mean()) ** 2).sum() for part in parts) / (18 - 4)
    np.testing.assert_allclose(found.mean[:4], [part.mean() for part in parts])
    np.testing.assert_allclose(found.variance[:4], [within / len(part) for part in parts])
    assert np.isnan(found.mean[4]) and found.n.tolist() == [5, 1, 9, 3, 0]


def test_with_equal_errors_p_is_that_of_a_t_test_of_one_against_the_others() -> None:
    mean = np.random.default_rng(4).normal(size=12)
    found = above_peers(mean, np.full(12, 0.3))
    for at in range(12):
        told = stats.ttest_ind([mean[at]], np.delete(mean, at), alternative="greater", equal_var=True)
        assert found.p[at] == pytest.approx(told.pvalue, abs=1e-12)
        assert found.others[at] == pytest.approx(np.delete(mean, at).mean())


def test_with_unequal_errors_p_is_that_of_weighted_least_squares_with_a_dummy() -> None:
    random = np.random.default_rng(5)
    error = random.uniform(0.1, 2.0, 10)
    mean = random.normal(0, 1.5, 10)
    weight = 1 / error
    middle = (weight * mean).sum() / weight.sum()
    between = ((weight * (mean - middle) ** 2).sum() - 9) / (weight.sum() - (weight**2).sum() / weight.sum())
    root = 1 / np.sqrt(max(between, 0) + error)
    for at in range(10):
        design = np.c_[np.ones(10), np.arange(10) == at] * root[:, None]
        beta, left, *_ = np.linalg.lstsq(design, mean * root, rcond=None)
        spread = np.sqrt(left[0] / 8 * np.linalg.inv(design.T @ design)[1, 1])
        assert above_peers(mean, error).p[at] == pytest.approx(stats.t.sf(beta[1] / spread, 8), rel=1e-9)


def test_missing_groups_take_no_part_and_few_or_equal_ones_tell_nothing() -> None:
    mean = np.array([1.0, np.nan, 2.0, 3.0, 2.5, 9.0])
    kept = above_peers(mean, np.zeros(6)).p
    assert np.isnan(kept[1]) and kept[5] == above_peers(np.delete(mean, 1), np.zeros(5)).p[4] < 0.01
    assert np.isnan(above_peers(mean[:5], np.zeros(5)).p).all()
    assert np.isnan(above_peers(np.full(9, 0.1) * 3, np.zeros(9)).p).all()
    odd = above_peers(np.array([0.0, 0, 0, 0, 0, 5]), np.zeros(6)).p
    assert np.isnan(odd[5]) and odd[0] > 0.5


def test_p_is_uniform_where_groups_differ_by_nature() -> None:
    random = np.random.default_rng(6)
    p = []
    for _ in range(400):
        n = random.integers(3, 30, 20)
        group = np.repeat(np.arange(20), n)
        values = random.normal(0, 0.5, 20)[group] + random.normal(0, 1, group.size)
        p.append(above_peers(*group_means(values, group, 20)[:2]).p)
    found = np.concatenate(p)
    assert np.mean(found <= 0.05) == pytest.approx(0.05, abs=0.01)
    assert np.mean(found <= 0.01) == pytest.approx(0.01, abs=0.004)


def test_normal_scores_of_ties_and_gaps() -> None:
    found = normal_scores(np.array([2.0, np.nan, 2.0, 7.0]))
    np.testing.assert_allclose(found, [stats.norm.ppf(1.5 / 4), np.nan, stats.norm.ppf(1.5 / 4), stats.norm.ppf(3 / 4)])
