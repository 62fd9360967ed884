"""Drifts since a base against plain medians; slopes against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.stats.drifts import drift, slopes


def test_a_unit_that_moves_away_stands_out_and_the_base_says_nothing() -> None:
    random = np.random.default_rng(1)
    residuals = random.normal(0, 1, (30, 1)) + random.normal(0, 0.1, (30, 6))
    residuals[4] += 0.3 * np.arange(6)
    change, z = drift(residuals, 0)
    assert np.isnan(z[:, 0]).all() and (change[:, 0] == 0).all()
    assert z[:, 5].argmax() == 4 and z[4, 5] > 5
    mine = residuals[:, 3] - residuals[:, 0]
    wanted = (mine - np.median(mine)) / (1.4826022185056018 * np.median(np.abs(mine - np.median(mine))))
    assert z[:, 3] == pytest.approx(wanted)


def test_missing_residuals_stay_missing_even_all_of_a_period() -> None:
    change, z = drift(np.array([[0.0, 1.0, np.nan], [np.nan, 1.0, np.nan], [0.0, 2.0, np.nan], [0.0, 4.0, np.nan]]), 0)
    assert np.isnan(change[1]).all() and np.isnan(z[:, 2]).all()
    assert np.isfinite(z[[0, 2, 3], 1]).all()


def test_slopes_are_those_of_scipy() -> None:
    random = np.random.default_rng(2)
    at, group = random.integers(2000, 2020, 200).astype(np.float64), random.integers(-1, 6, 200)
    values = 0.3 * at * (group + 1) + random.normal(0, 1, 200)
    values[::13] = np.nan
    found = slopes(values, at, group, 6)
    for mine in range(6):
        there = (group == mine) & np.isfinite(values)
        wanted = stats.linregress(at[there], values[there])
        assert (found.slope[mine], found.error[mine]) == pytest.approx((wanted.slope, wanted.stderr), rel=1e-8)
        assert found.n[mine] == there.sum()


def test_two_values_have_a_slope_without_an_error_and_one_or_equal_times_none() -> None:
    values, at = np.array([1.0, 3.0, 1.0, 2.0, 5.0]), np.array([0.0, 1.0, 0.0, 7.0, 7.0])
    found = slopes(values, at, np.array([0, 0, 1, 2, 2]), 4)
    assert found.slope[0] == 2.0 and np.isnan(found.slope[1:]).all() and np.isnan(found.error).all()
