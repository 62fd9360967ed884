from __future__ import annotations

from inspect import Parameter

import numpy as np
import pytest

from minping.stats.normalise import (
    attainment,
    bands,
    efficacy,
    goalposts,
    minmax,
    parameters_of,
    passes,
    percentile,
    rank,
    standard_scores,
    zscore,
)


def check(found: np.ndarray, wanted: list[float]) -> None:
    np.testing.assert_allclose(found, wanted, rtol=1e-12)


def test_goalposts_in_logarithms_are_those_of_undp() -> None:
    """HDR technical note 1: income between 100 and 75,000."""
    wanted = 100 * np.log(3115.670448 / 100) / np.log(750)
    check(goalposts(np.array([3115.670448, 1e6, 50.0]), floor=100, target=75000, log=True), [wanted, 100, 0])
    assert np.isnan(goalposts(np.array([0.0, -3.0]), floor=100, target=75000, log=True)).all()


def test_goalposts_may_be_one_per_body() -> None:
    check(goalposts(np.array([5.0, 5.0]), floor=np.array([0.0, 4.0]), target=np.array([10.0, 6.0])), [50, 50])
    assert np.isnan(goalposts(np.array([5.0]), floor=np.array([3.0]), target=np.array([3.0]))).all()


def test_without_cutting_points_go_beyond_the_scale() -> None:
    check(goalposts(np.array([-10.0, 120.0]), floor=0, target=100, clip=False), [-10, 120])


def test_the_efficacy_coefficient_has_its_base_at_the_unallowable_value() -> None:
    check(efficacy(np.array([2.0, 6.0, 10.0, 20.0, -20.0]), unallowable=2, satisfactory=10), [60, 80, 100, 100, 0])
    check(efficacy(np.array([2.0]), unallowable=2, satisfactory=10, base=50, span=50), [50])
    check(efficacy(np.array([20.0]), unallowable=2, satisfactory=10, clip=False), [150])


def test_bands_hold_from_their_start_on() -> None:
    rule = [[60, 60], [80, 80], [90, 100]]
    check(bands(np.array([59.999, 60, 79.9, 80, 90, 200]), bands=rule), [0, 60, 60, 80, 100, 100])
    check(bands(np.array([59.0, 60, 70, 95]), bands=rule, between=True), [60, 60, 70, 100])


def test_bands_of_less_is_better_hold_up_to_their_start() -> None:
    rule = [[300, 0], [200, 40], [120, 100]]
    check(bands(np.array([301.0, 300, 200.1, 200, 120, 5]), bands=rule, lower=True), [0, 0, 0, 40, 100, 100])


def test_attainment_takes_points_for_each_unit_short_down_to_nought() -> None:
    values = np.array([35.0, 37.0, 50.0, 400.0])
    check(attainment(values, target=35, deduct=0.5, lower=True), [100, 99, 92.5, 0])
    check(attainment(np.array([49.7, 51.0]), target=50, deduct=2, per=0.1), [94, 100])
    check(attainment(np.array([49.7, 49.69]), target=50, deduct=2, per=0.1, whole_steps=True), [94, 92])
    # 1 - 0.7 is 0.30000000000000004: three steps short, not four
    check(attainment(np.array([0.7]), target=1.0, deduct=2, per=0.1, whole_steps=True), [94])


def test_attainment_without_deductions_is_the_share_of_the_target() -> None:
    check(attainment(np.array([45.0, 60.0]), target=50), [90, 100])
    check(attainment(np.array([0.0, 5.0, 10.0]), target=5, lower=True), [100, 100, 50])
    check(attainment(np.array([0.0, 3.0]), target=0, lower=True), [100, 0])


def test_standard_scores_use_the_deviation_of_a_sample() -> None:
    check(standard_scores(np.array([1.0, 2.0, 3.0, np.nan])), [-1, 0, 1, np.nan])
    check(zscore(np.array([1.0, 2.0, 3.0]), mean=0, sd=1, clip=False, lower=True), [1, 0, -1])
    check(zscore(np.array([1.0, 2.0, 3.0]), sd=60), [0, 50, 100])


def test_equal_figures_are_found_equal_in_spite_of_rounding() -> None:
    assert np.isnan(zscore(np.full(1000, 0.1))).all()
    assert np.isnan(zscore(np.full((2, 7), 1e9 / 3))).all()


def test_ranks_and_shares_differ_in_what_a_tie_gets() -> None:
    values = np.array([5.0, 9.0, 9.0, 1.0])
    check(rank(values), [100 / 3, 100, 100, 0])
    check(percentile(values), [100 / 3, 200 / 3, 200 / 3, 0])
    check(rank(values, lower=True), [200 / 3, 100 / 3, 100 / 3, 100])


def test_the_best_has_a_hundred_exactly() -> None:
    assert minmax(np.array([0.0, 0.01, -0.01, 99.9]), lower=True).max() == 100.0


def test_all_or_nothing() -> None:
    check(passes(np.array([0.99, 1.0, np.nan])), [0, 100, np.nan])
    check(passes(np.array([3.0, 4.0]), at=3, lower=True), [100, 0])


@pytest.mark.parametrize("name", ["goalposts", "attainment"])
def test_parameters_without_a_default_must_be_given(name: str) -> None:
    takes = parameters_of(name)
    assert takes["target"] is Parameter.empty
    assert not {"values", "lower"} & set(takes)
