from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.stats.bounds import breakdown, mean_bounds, rank_bounds, share_bounds

answers = st.lists(st.integers(0, 100), min_size=1, max_size=30)
intervals = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5)), min_size=1, max_size=12)


@given(heard=answers, silent=st.lists(st.integers(0, 100), max_size=30))
def test_the_bounds_hold_for_every_filling_in_of_the_silent(heard: list[int], silent: list[int]) -> None:
    response = len(heard) / (len(heard) + len(silent))
    low, high = mean_bounds(float(np.mean(heard)), response, low=0, high=100)
    assert low - 1e-9 <= np.mean([*heard, *silent]) <= high + 1e-9
    for end, fill in ((low, 0), (high, 100)):  # and none are tighter
        assert end == pytest.approx(np.mean([*heard, *[fill] * len(silent)]))


@given(share=st.floats(0, 1), responses=st.lists(st.floats(0, 1), min_size=2, max_size=9))
def test_more_answers_narrow_the_bounds_down_to_the_share_itself(share: float, responses: list[float]) -> None:
    low, high = share_bounds(share, np.array([0.0, *sorted(responses), 1.0]))
    assert (np.diff(low) >= -1e-12).all() and (np.diff(high) <= 1e-12).all()
    assert (low[0], high[0], low[-1], high[-1]) == (0.0, 1.0, share, share)
    np.testing.assert_allclose(high - low, 1 - np.array([0.0, *sorted(responses), 1.0]), atol=1e-12)


def test_each_body_may_have_its_own_scale() -> None:
    low, high = mean_bounds(np.array([3.0, 3.0]), 0.5, low=np.array([1.0, 0.0]), high=np.array([5.0, 10.0]))
    np.testing.assert_allclose([low, high], [[2.0, 1.5], [4.0, 6.5]])


def test_what_is_missing_stays_missing() -> None:
    low, high = mean_bounds(np.array([np.nan, 5.0, np.nan]), np.array([0.5, np.nan, 0.0]), low=0, high=10)
    np.testing.assert_array_equal([low, high], [[np.nan, np.nan, 0.0], [np.nan, np.nan, 10.0]])
    found = breakdown(np.array([np.nan, 5.0, np.nan]), np.array([0.5, np.nan, 0.0]), 4.0, low=0, high=10)
    assert np.isnan(found.gap).all() and found.attainable.tolist() == [False, False, True]
    np.testing.assert_array_equal(found.silent, [np.nan, np.nan, 4.0])
    found = breakdown(np.array([5.0, np.nan]), np.array([np.nan, 1.0]), 5.0, low=0, high=10)
    assert np.isnan(found.gap).all() and not found.attainable.any()


@pytest.mark.parametrize(
    ("mean", "response", "low", "high", "told"),
    [
        (50.0, 60.0, 0.0, 100.0, "response"),
        (50.0, -0.1, 0.0, 100.0, "response"),
        (101.0, 0.5, 0.0, 100.0, "outside the scale"),
        (math.inf, 0.5, 0.0, 100.0, "outside the scale"),
        (50.0, 0.5, 0.0, math.inf, "end on both sides"),
        (50.0, 0.5, math.nan, 100.0, "end on both sides"),
        (50.0, 0.5, 100.0, 0.0, "low end"),
    ],
)
def test_impossible_input_is_refused(mean: float, response: float, low: float, high: float, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        mean_bounds(np.array([50.0, mean]), response, low=low, high=high)
    with pytest.raises(ValueError, match=told):
        breakdown(np.array([50.0, mean]), response, 40.0, low=low, high=high)


@given(mean=st.integers(0, 100), response=st.integers(0, 99), threshold=st.integers(0, 100))
def test_silent_who_are_so_much_lower_bring_the_mean_to_the_threshold(mean: int, response: int, threshold: int) -> None:
    r = response / 100
    found = breakdown(float(mean), r, float(threshold), low=0, high=100)
    assert r * mean + (1 - r) * (mean - found.gap) == pytest.approx(threshold)
    assert np.sign(found.gap) == np.sign(mean - threshold)
    # attainable just where the threshold lies within the bounds
    wanted = 100 * threshold >= response * mean and 100 * threshold <= response * mean + (100 - response) * 100
    assert bool(found.attainable) == wanted


def test_where_all_answered_nothing_can_bring_the_mean_down() -> None:
    found = breakdown(np.array([80.0, 60.0, 55.0]), 1.0, 60.0, low=0, high=100)
    assert found.gap.tolist() == [math.inf, 0.0, -math.inf]
    assert found.attainable.tolist() == [False, True, False]


def test_an_endless_threshold_is_refused() -> None:
    with pytest.raises(ValueError, match="threshold"):
        breakdown(50.0, 0.5, math.inf, low=0, high=100)


@given(rows=intervals, draws=st.lists(st.floats(0, 1), min_size=12, max_size=12))
def test_every_rank_that_can_be_lies_within_and_both_ends_are_met(
    rows: list[tuple[int, int]], draws: list[float]
) -> None:
    low = np.array([start for start, _ in rows], dtype=np.float64)
    high = low + np.array([width for _, width in rows])
    best, worst = rank_bounds(low, high)
    drawn = low + (high - low) * np.array(draws[: len(rows)])
    for body in range(len(rows)):
        assert best[body] <= 1 + (drawn > drawn[body]).sum() <= worst[body]
        others = np.arange(len(rows)) != body
        assert best[body] == 1 + (low[others] > high[body]).sum()
        assert worst[body] == 1 + (high[others] > low[body]).sum()


def test_without_doubt_best_and_worst_are_the_rank() -> None:
    scores = np.array([3.0, 9.0, 9.0, np.nan, 1.0])
    best, worst = rank_bounds(scores, scores)
    assert best.tolist() == worst.tolist() == [3, 1, 1, 0, 4]


def test_a_body_with_a_missing_end_has_no_rank_and_is_not_counted() -> None:
    best, worst = rank_bounds(np.array([1.0, np.nan, 2.0, 1.0]), np.array([1.5, 9.0, np.nan, 1.2]))
    assert best.tolist() == [1, 0, 0, 1] and worst.tolist() == [2, 0, 0, 2]
    assert rank_bounds(np.zeros(0), np.zeros(0)).best.shape == (0,)
    assert rank_bounds(np.array([-np.inf, 0.0]), np.array([np.inf, 1.0])).worst.tolist() == [2, 2]


@pytest.mark.parametrize(("low", "high"), [([2.0], [1.0]), ([1.0, 2.0], [3.0]), ([[1.0]], [[2.0]])])
def test_impossible_intervals_are_refused(low: list[float], high: list[float]) -> None:
    with pytest.raises(ValueError, match="low"):
        rank_bounds(np.array(low), np.array(high))
