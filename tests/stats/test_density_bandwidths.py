"""Bandwidths: units and mirrors change nothing, their limits hold, the test that uses them keeps its size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from minping.stats.density_bandwidths import Bandwidths, bandwidths
from minping.stats.density_jump import density_jump


@given(st.floats(0.01, 100), st.floats(-50, 50), st.booleans(), st.booleans())
@settings(max_examples=25)
def test_bandwidths_are_in_the_unit_of_the_values(unit: float, origin: float, restricted: bool, plugin: bool) -> None:
    values = np.random.default_rng(1).normal(0, 1, 500)
    one = bandwidths(values, 0.2, restricted=restricted, plugin=plugin)
    other = bandwidths(unit * (values + origin), unit * (0.2 + origin), restricted=restricted, plugin=plugin)
    assert np.array(other[:4]) == pytest.approx(unit * np.array(one[:4]), rel=1e-5)


@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_mirrored_sample_has_mirrored_bandwidths(order: int, restricted: bool) -> None:
    values = np.random.default_rng(2).normal(0.3, 1, 600)
    one = bandwidths(values, 0.0, order=order, restricted=restricted)
    other = bandwidths(-values, 0.0, order=order, restricted=restricted)
    assert (other.left, other.right) == pytest.approx((one.right, one.left), rel=1e-6)
    assert (other.difference, other.sum) == pytest.approx((one.difference, one.sum), rel=1e-6)


def test_the_combined_bandwidth_is_the_middle_or_the_lesser_common_one() -> None:
    assert Bandwidths(1.0, 9.0, 3.0, 2.0, restricted=False).combined == (2.0, 3.0)
    assert Bandwidths(1.0, 9.0, 3.0, 2.0, restricted=True).combined == (2.0, 2.0)


def test_bandwidths_reach_enough_distinct_values_and_no_further_than_there_are_any() -> None:
    random = np.random.default_rng(3)
    values = np.r_[random.uniform(-1, 0, 30), np.round(random.uniform(0, 1, 3000), 2)]
    found = bandwidths(values, 0.0)
    left, right = np.sort(-values[values < 0]), np.unique(values[values >= 0])
    assert left[22] <= found.left <= left[-1] and right[22] <= found.right <= right[-1]
    assert max(left[22], right[22]) <= min(found.difference, found.sum)
    few = bandwidths(np.r_[-np.arange(1.0, 8), np.arange(1.0, 8)], 0.0)
    assert few[:4] == (7.0, 7.0, 7.0, 7.0)


def test_too_few_values_of_a_side_are_refused() -> None:
    with pytest.raises(ValueError, match="7 distinct values"):
        bandwidths(np.r_[-np.ones(100), np.arange(100.0)], 0.0)


def test_smooth_densities_are_rejected_about_as_often_as_the_level_says_at_chosen_bandwidths() -> None:
    random = np.random.default_rng(4)
    p = []
    for _ in range(400):
        values = random.normal(0.3, 1, 500)
        p.append(density_jump(values, 0.0, *bandwidths(values, 0.0).combined).p)
    rejected = int((np.array(p) <= 0.05).sum())
    assert stats.binom.sf(rejected - 1, 400, 0.05) > 0.001 and stats.binom.cdf(rejected, 400, 0.05) > 0.001


def test_of_rounded_values_a_bandwidth_reaches_the_twenty_third_distinct_one() -> None:
    values = np.round(np.random.default_rng(5).normal(0, 1, 20_000), 1)
    found = bandwidths(values, 0.0)
    assert (found.left, found.right) == pytest.approx((2.3, 2.2))
    assert (found.difference, found.sum) == pytest.approx((2.3, 2.3))
