"""Jumps of a density against a plain least squares fit and a plain jackknife, size and power by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.stats.density_jump import density_jump


def test_the_density_is_the_slope_of_a_weighted_least_squares_fit() -> None:
    values = np.sort(np.random.default_rng(1).normal(0, 1, 500))
    jump = density_jump(values, 0.2, 0.7, 0.9, order=2)
    share = np.arange(500) / 499
    for side, mine, width in (
        (jump.left, (values < 0.2) & (values >= -0.5), 0.7),
        (jump.right, (values >= 0.2) & (values <= 1.1), 0.9),
    ):
        weight = 1 - np.abs(values[mine] - 0.2) / width
        fitted = np.polyfit(values[mine] - 0.2, share[mine], 2, w=np.sqrt(weight))
        assert side.density == pytest.approx(fitted[1], rel=1e-9)
        assert side.used == mine.sum()


def test_the_error_is_about_that_of_leaving_each_value_out() -> None:
    values = np.random.default_rng(7).normal(0, 1, 400)
    jump = density_jump(values, 0.1, 0.9, 0.9)
    without = np.array([density_jump(np.delete(values, at), 0.1, 0.9, 0.9).difference for at in range(400)])
    plain = np.sqrt(399 / 400 * ((without - without.mean()) ** 2).sum())
    assert plain < jump.error < 1.15 * plain


def test_smooth_densities_are_rejected_about_as_often_as_the_level_says() -> None:
    random = np.random.default_rng(2)
    p = np.array([density_jump(random.normal(0, 1, 500), 0.3, 1.0, 1.0).p for _ in range(400)])
    rejected = int((p <= 0.05).sum())
    assert stats.binom.sf(rejected - 1, 400, 0.05) > 0.005 and stats.binom.cdf(rejected, 400, 0.05) > 0.001


def test_a_density_that_doubles_is_found() -> None:
    random = np.random.default_rng(3)
    p = []
    for _ in range(200):
        values = random.uniform(-1, 1, 2000)
        p.append(density_jump(values[(values >= 0) | (random.random(2000) < 0.5)], 0.0, 0.6, 0.6).p)
    assert (np.array(p) <= 0.05).mean() > 0.7


@given(st.floats(0.01, 100), st.floats(-50, 50))
def test_the_test_does_not_depend_on_the_unit_or_the_origin(unit: float, origin: float) -> None:
    values = np.random.default_rng(4).normal(0, 1, 300)
    one = density_jump(values, 0.0, 0.8, 0.9)
    other = density_jump(unit * (values + origin), unit * origin, unit * 0.8, unit * 0.9)
    assert other.t == pytest.approx(one.t, rel=1e-5)
    assert other.left.density * unit == pytest.approx(one.left.density, rel=1e-6)


def test_the_order_of_the_values_and_missing_ones_are_nothing() -> None:
    values = np.round(np.random.default_rng(5).normal(0, 1, 400), 1)
    mixed = np.append(np.random.default_rng(6).permutation(values), np.nan)
    assert density_jump(mixed, 0.0, 1.0, 1.0) == density_jump(values, 0.0, 1.0, 1.0)


@pytest.mark.parametrize(("left", "right"), [(0.0, 1.0), (1.0, -1.0), (np.nan, 1.0)])
def test_a_bandwidth_of_nothing_is_refused(left: float, right: float) -> None:
    with pytest.raises(ValueError, match="more than nought"):
        density_jump(np.arange(-10.0, 10.0), 0.0, left, right)


def test_a_side_with_too_few_values_is_refused() -> None:
    with pytest.raises(ValueError, match="distinct values"):
        density_jump(np.array([-2.0, -1.0, 0.0, 0.0, 1.0, 1.0, 2.0, 3.0, 4.0]), 0.0, 9.0, 9.0)


def test_the_restricted_fit_has_one_bandwidth() -> None:
    with pytest.raises(ValueError, match="has one"):
        density_jump(np.arange(-10.0, 10.0), 0.0, 5.0, 6.0, restricted=True)


def test_errors_by_formula_are_near_those_of_the_jackknife() -> None:
    values = np.random.default_rng(8).normal(0, 1, 5000)
    for restricted in (False, True):
        one = density_jump(values, 0.2, 0.9, 0.9, restricted=restricted)
        other = density_jump(values, 0.2, 0.9, 0.9, restricted=restricted, plugin=True)
        assert other.difference == one.difference
        assert other.error == pytest.approx(one.error, rel=0.1)
