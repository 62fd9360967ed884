"""Draws with unequal probabilities against all samples that there are, and against many draws."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.model.arrays import Floats
from minping.stats.unequal_draws import given_size, inclusion, unequal_draw, working_chances

SIZES = st.lists(st.floats(0, 1e6), min_size=1, max_size=30)


@given(SIZES, st.data())
def test_probabilities_are_proportional_between_the_floor_and_one_and_sum_to_the_draws(
    sizes: list[float], data: st.DataObject
) -> None:
    given_sizes, units = np.array(sizes), len(sizes)
    draws = data.draw(st.integers(1, units))
    floor = data.draw(st.floats(0.001, 1)) * draws / units
    found = inclusion(given_sizes, draws, floor)
    assert found.sum() == pytest.approx(draws)
    assert (found >= floor * (1 - 1e-12)).all() and (found <= 1).all()
    between = (found > floor * (1 + 1e-9)) & (found < 1 - 1e-9) & (given_sizes > 1e-190 * given_sizes.max())
    factors = found[between] / given_sizes[between]
    assert factors.size == 0 or np.ptp(factors) <= 1e-6 * factors.max()
    order = np.argsort(given_sizes, kind="stable")
    assert (np.diff(found[order]) >= -1e-12).all()


@pytest.mark.parametrize(
    ("sizes", "draws", "floor", "match"),
    [
        ([1.0, -1.0], 1, 0.1, "negative"),
        ([1.0, np.nan], 1, 0.1, "missing"),
        ([1.0, 1.0], 3, 0.1, "3 of 2"),
        ([1.0, 1.0], 0, 0.1, "0 of 2"),
        ([1.0, 1.0], 1, 0.6, "at most 1/2"),
        ([1.0, 1.0], 1, 0.0, "above nought"),
    ],
)
def test_impossible_plans_are_refused(sizes: list[float], draws: int, floor: float, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        inclusion(np.array(sizes), draws, floor)


def all_samples(chance: Floats, draws: int) -> dict[tuple[int, ...], float]:
    """The chance of every sample, by the product of its odds."""
    odds = chance / (1 - chance)
    found = {sample: float(np.prod(odds[list(sample)])) for sample in combinations(range(chance.size), draws)}
    whole = sum(found.values())
    return {sample: weight / whole for sample, weight in found.items()}


@given(st.lists(st.floats(0.02, 1), min_size=2, max_size=8), st.data())
def test_working_chances_give_the_probabilities_asked_for(sizes: list[float], data: st.DataObject) -> None:
    draws = data.draw(st.integers(1, len(sizes) - 1))
    wanted = inclusion(np.array(sizes), draws, 0.2 * draws / len(sizes))
    open_units, left = wanted[wanted < 1], round(float(wanted[wanted < 1].sum()))
    if left in {0, open_units.size}:
        return
    reached = np.zeros(open_units.size)
    for sample, chance in all_samples(working_chances(open_units, left), left).items():
        reached[list(sample)] += chance
    assert reached == pytest.approx(open_units, rel=1e-8)


def test_the_number_drawn_has_the_chances_of_the_poisson_binomial() -> None:
    chance = np.random.default_rng(1).uniform(0, 1, 400)
    chance *= 150 / chance.sum()
    numbers = np.array([1.0])
    for one in chance[1:]:
        numbers = np.convolve(numbers, [1 - one, one])
    whole = np.convolve(numbers, [1 - chance[0], chance[0]])
    assert given_size(chance, 150)[0] == pytest.approx(chance[0] * numbers[149] / whole[150], rel=1e-10)


def test_many_units_and_blocks_of_them_reach_their_probabilities() -> None:
    wanted = inclusion(np.random.default_rng(2).lognormal(0, 2, 30_000), 300, 0.002)
    open_units = wanted[wanted < 1]
    left = round(float(open_units.sum()))
    assert given_size(working_chances(open_units, left), left) == pytest.approx(open_units, rel=1e-8)


def test_every_sample_comes_as_often_as_the_design_says() -> None:
    probability = np.array([0.2, 0.4, 0.6, 0.8, 1.0])
    wanted = all_samples(working_chances(probability[:4], 2), 2)
    runs = 1000
    drawn = [tuple(unequal_draw(probability, seed).tolist()) for seed in range(runs)]
    assert all(len(sample) == 3 and sample[-1] == 4 for sample in drawn)
    seen = np.array([sum(sample[:2] == one for sample in drawn) for one in wanted])
    assert stats.chisquare(seen, runs * np.array(list(wanted.values()))).pvalue > 0.001


def test_the_seed_alone_says_what_is_drawn() -> None:
    probability = inclusion(np.arange(1.0, 101.0), 10, 0.01)
    assert unequal_draw(probability, 7).tolist() == unequal_draw(probability, 7).tolist()
    assert unequal_draw(probability, 7).tolist() != unequal_draw(probability, 8).tolist()


def test_certain_units_are_drawn_whatever_the_seed() -> None:
    assert unequal_draw(np.ones(3), 1).tolist() == [0, 1, 2]
    assert unequal_draw(np.array([1.0, 1e-7, 1.0]), 1).tolist() == [0, 2]
    assert unequal_draw(np.array([1.0, 1 - 1e-7]), 1).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("probability", "match"),
    [([0.5, 0.7], "1.200000"), ([0.0, 1.0], "not above nought"), ([1.5, 0.5], "above 1"), ([np.nan, 1.0], "missing")],
)
def test_probabilities_that_no_draw_can_have_are_refused(probability: list[float], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        unequal_draw(np.array(probability), 1)


def test_chances_are_found_where_the_shortest_way_does_not_lead_there() -> None:
    wanted = inclusion(np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.1875, 0.09375, 0.109375]), 7, 0.175)
    open_units = wanted[wanted < 1]
    left = round(float(open_units.sum()))
    np.testing.assert_allclose(given_size(working_chances(open_units, left), left), open_units, rtol=1e-8)
