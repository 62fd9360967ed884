"""Clustered slopes against a plain sandwich of matrices; their size by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.stats.clustered_slopes import clustered_slope


@pytest.mark.parametrize("by_class", [False, True])
def test_slope_and_error_are_those_of_the_plain_sandwich(by_class: bool) -> None:
    random = np.random.default_rng(1)
    cluster, years = random.integers(0, 15, 120), random.integers(0, 5, 120)
    x = random.normal(0, 1, 120) + 0.5 * cluster
    y = 0.7 * x + 0.3 * years + random.normal(0, 1, 15)[cluster] + random.normal(0, 1, 120)
    found = clustered_slope(y, x, cluster, years if by_class else None)
    classes = (years[:, None] == np.arange(5)) if by_class else np.ones((120, 1))
    design = np.column_stack([x, classes])
    bread = np.linalg.inv(design.T @ design)
    beta = bread @ design.T @ y
    rest = y - design @ beta
    meat = np.zeros((design.shape[1],) * 2)
    for one in range(15):
        score = design[cluster == one].T @ rest[cluster == one]
        meat += np.outer(score, score)
    variance = 15 / 14 * 119 / (120 - design.shape[1]) * bread @ meat @ bread
    assert found.slope == pytest.approx(beta[0], rel=1e-10)
    assert found.error == pytest.approx(np.sqrt(variance[0, 0]), rel=1e-10)
    assert found.p == pytest.approx(2 * stats.t.sf(abs(found.slope / found.error), 14), rel=1e-8)


def test_units_whose_rows_belong_together_are_not_taken_for_many() -> None:
    random = np.random.default_rng(2)
    rejected = plain = 0
    for _ in range(300):
        cluster = np.repeat(np.arange(40), 8)
        x, y = (random.normal(0, 1, 40)[cluster] + random.normal(0, 0.5, 320) for _ in range(2))
        rejected += clustered_slope(y, x, cluster).p <= 0.05
        plain += stats.linregress(x, y).pvalue <= 0.05
    assert stats.binom.sf(rejected - 1, 300, 0.06) > 0.005
    assert plain > 90


def test_missing_rows_are_left_out_and_a_slope_nobody_can_tell_is_missing() -> None:
    y, x, unit = np.array([1.0, 2.0, 3.5, np.nan, 9.0]), np.array([0.0, 1, 2, 3, 4]), np.array([0, 1, 2, 0, -1])
    assert clustered_slope(y, x, unit) == clustered_slope(y[:3], x[:3], unit[:3])
    assert np.isnan(clustered_slope(y, np.ones(5), unit).slope)
    assert np.isnan(clustered_slope(y[:3], x[:3], np.zeros(3, dtype=np.int64)).slope)
    assert np.isnan(clustered_slope(y[:0], x[:0], unit[:0]).slope)
