"""Feasible figures: what whole numbers give, rounded, is always let through; what they can't give is told."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.model.arrays import Ints
from minping.stats.feasible import feasible_mean, feasible_sd, feasible_share_sd, feasible_sum

ROUNDINGS = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN])
SCORES = st.lists(st.integers(-9, 9), min_size=2, max_size=40)
TWO = np.array([2])


def printed(figure: Fraction | Decimal, places: int, rounding: str) -> Ints:
    """A figure as whole numbers of its last place."""
    exact = Decimal(figure.numerator) / figure.denominator if isinstance(figure, Fraction) else figure
    return np.array([int((exact * 10**places).quantize(Decimal(1), rounding=rounding))])


def deviation(scores: list[int], items: int = 1) -> Decimal:
    n = len(scores)
    squares = Fraction(n * sum(x * x for x in scores) - sum(scores) ** 2, n * (n - 1) * items**2)
    return (Decimal(squares.numerator) / squares.denominator).sqrt()


@given(st.integers(-(10**6), 10**6), st.integers(1, 5000), st.integers(0, 4), ROUNDINGS)
def test_every_mean_of_whole_numbers_is_feasible_however_halves_are_rounded(
    total: int, n: int, places: int, rounding: str
) -> None:
    assert feasible_mean(printed(Fraction(total, n), places, rounding), np.array([places]), np.array([n])).all()


@pytest.mark.parametrize(("n", "feasible"), [(30, 4), (100, 11), (300, 31)])
def test_of_the_101_rates_from_90_to_100_per_cent_few_are_feasible(n: int, feasible: int) -> None:
    assert feasible_mean(np.arange(900, 1001), np.array(3), np.array(n)).sum() == feasible


@pytest.mark.parametrize("n", [1, 7, 28, 99, 101, 250])
def test_means_are_feasible_just_where_a_count_of_all_totals_finds_one(n: int) -> None:
    figures = np.arange(-30, 130)
    expected = [any(abs(Fraction(int(x), 100) - Fraction(t, n)) <= Fraction(1, 200) for t in range(-n, 2 * n))
                for x in figures]  # fmt: skip
    assert feasible_mean(figures, np.array(2), np.array(n)).tolist() == expected


def test_nothing_is_feasible_without_anybody_and_figures_beyond_64_bits_are_refused() -> None:
    assert not feasible_mean(np.array([0]), np.array([1]), np.array([0])).any()
    for figure, places in ((2**60, 1), (1, 25)):
        with pytest.raises(ValueError, match="too large"):
            feasible_mean(np.array([figure]), np.array([places]), np.array([50]))


@given(SCORES, st.integers(0, 3), st.integers(0, 3), st.integers(1, 3), ROUNDINGS)
def test_every_deviation_of_whole_numbers_is_feasible(
    scores: list[int], places: int, sd_places: int, items: int, rounding: str
) -> None:
    mean = printed(Fraction(sum(scores), len(scores) * items), places, rounding)
    sd = printed(deviation(scores, items), sd_places, rounding)
    n = np.array([len(scores)])
    assert feasible_sd(mean, np.array([places]), sd, np.array([sd_places]), n, items).all()


def test_a_mean_that_stands_for_several_totals_is_tried_with_each() -> None:
    scores = [1] * 299 + [2]  # 1.0033, printed 1.00 as 300 ones are, but one odd square more
    sd = printed(deviation(scores), 2, ROUND_HALF_UP)
    assert sd.tolist() == [6]
    assert feasible_sd(np.array([100]), TWO, sd, TWO, np.array([300])).all()
    assert feasible_sd(np.array([0]), np.array([0]), np.array([50]), TWO, np.array([10**4])).all()


def test_what_three_scores_can_give_is_told_from_what_they_cannot() -> None:
    made = {(int(printed(Fraction(sum(x), 3), 2, ROUND_HALF_UP)[0]), int(printed(deviation(list(x)), 2, ROUND_HALF_UP)[0]))
            for x in combinations_with_replacement(range(-8, 9), 3)}  # fmt: skip
    sds = np.arange(0, 300)
    for mean in (0, 33, 67, 100):
        told = feasible_sd(np.array(mean), TWO, sds, TWO, np.array(3))
        assert all(told[sd] for m, sd in made if m == mean and sd < 300)
        assert told.mean() < 0.1
    assert not feasible_sd(np.array([50]), TWO, np.array([100]), TWO, np.array([3])).any()


@given(st.integers(0, 200), st.integers(1, 200), st.integers(1, 4), st.integers(1, 4), ROUNDINGS)
def test_every_deviation_of_zeros_and_ones_is_feasible(
    ones: int, zeros: int, places: int, sd_places: int, rounding: str
) -> None:
    n = ones + zeros + 1
    scores = [1] * ones + [0] * (zeros + 1)
    mean, sd = printed(Fraction(ones, n), places, rounding), printed(deviation(scores), sd_places, rounding)
    assert feasible_share_sd(mean, np.array([places]), sd, np.array([sd_places]), np.array([n])).all()
    assert not feasible_share_sd(
        mean, np.array([places]), sd + 2 * 10**sd_places, np.array([sd_places]), np.array([n])
    ).any()


@pytest.mark.parametrize("check", [feasible_sd, feasible_share_sd])
def test_one_person_has_no_deviation(check: object) -> None:
    with pytest.raises(ValueError, match="at least 2"):
        check(TWO, TWO, TWO, TWO, np.array([1]))  # type: ignore[operator]


@given(st.lists(st.decimals(0, 1000, places=4), min_size=1, max_size=12), st.integers(0, 2))
def test_rounded_parts_agree_with_their_rounded_total(parts: list[Decimal], places: int) -> None:
    step = Decimal(1).scaleb(-places)
    total = sum(parts).quantize(step)  # type: ignore[union-attr]
    summed = sum(part.quantize(step) for part in parts)
    told = [feasible_sum(np.array([float(summed + off)]), np.array([float(total)]), np.array([places]),
                         np.array([len(parts)]))[0] for off in (0, step * (len(parts) + 2))]  # fmt: skip
    assert told == [True, False]
