"""Bunching above a target: exact against scipy, its size and power by simulation, its window to the last digit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.model.arrays import Floats
from minping.stats.bunching import Bunching, bunching

RUNS = 400


def simulated(values: int, moved: float, centre: float = 1.01, runs: int = RUNS) -> Bunching:
    """Runs of normal ratios; a share `moved` of those up to 2 % below the target comes to lie up to 1 % above it."""
    random = np.random.default_rng(values)
    ratio = random.normal(centre, 0.05, (runs, values))
    goes = (ratio >= 0.98) & (ratio < 1) & (random.random(ratio.shape) < moved)
    ratio = np.where(goes, 1 + 0.01 * random.random(ratio.shape), ratio)
    return bunching(ratio.ravel() - 1, np.repeat(np.arange(runs), values), runs, within=0.01)


def rejected(found: Bunching) -> float:
    return float((found.p <= 0.05).mean())


def test_the_p_of_every_group_is_that_of_scipy() -> None:
    random = np.random.default_rng(1)
    distance, group = random.normal(0, 1, 2000), random.integers(-1, 12, 2000)
    found = bunching(distance, group, 12, within=0.4)
    for at in range(12):
        mine = distance[group == at]
        above, below = ((mine >= 0) & (mine < 0.4)).sum(), ((mine >= -0.4) & (mine < 0)).sum()
        assert (found.values[at], found.above[at], found.below[at]) == (mine.size, above, below)
        assert found.chance[at] == 0.5
        wanted = stats.binomtest(int(above), int(above + below), 0.5, alternative="greater").pvalue
        assert found.p[at] == pytest.approx(wanted, rel=1e-10)


@pytest.mark.parametrize("values", [31, 100, 300, 1000, 3000])
def test_honest_values_are_rejected_no_more_often_than_the_level(values: int) -> None:
    false = round(rejected(simulated(values, 0.0)) * RUNS)
    assert stats.binom.sf(false - 1, RUNS, 0.05) > 0.01


@pytest.mark.parametrize(("values", "moved", "least"), [(31, 0.9, 0.6), (100, 0.5, 0.7), (300, 0.5, 0.95)])
def test_moved_values_are_found(values: int, moved: float, least: float) -> None:
    assert rejected(simulated(values, moved)) > least


def test_without_the_slope_many_values_of_a_steep_density_are_rejected_too_often() -> None:
    random = np.random.default_rng(2)
    distance = random.normal(0.04, 0.05, (RUNS, 3000)).ravel()
    group = np.repeat(np.arange(RUNS), 3000)
    plain = bunching(distance, group, RUNS, within=0.01, slope_from=3001)
    sloped = bunching(distance, group, RUNS, within=0.01)
    assert rejected(plain) > 0.2
    assert stats.binom.sf(round(rejected(sloped) * RUNS) - 1, RUNS, 0.05) > 0.01


def exponential(slope: float) -> Floats:
    """Values at equal steps of probability of a density e^(slope x) on [-3, 3)."""
    at = (np.arange(200_000) + 0.5) / 200_000
    return np.log(np.exp(-3 * slope) + at * (np.exp(3 * slope) - np.exp(-3 * slope))) / slope


@pytest.mark.parametrize("slope", [-1.0, 0.3, 1.0])
def test_the_chance_is_exact_for_an_exponential_density(slope: float) -> None:
    distance = exponential(slope)
    found = bunching(distance, np.zeros(distance.size, dtype=np.int64), 1, within=1.0)
    assert found.chance[0] == pytest.approx(1 / (1 + np.exp(-slope)), abs=1e-4)
    assert abs(found.excess[0]) < 10


def test_a_grid_of_rounded_figures_lies_equally_on_both_sides() -> None:
    ratio = np.round(np.arange(900, 1101) / 1000, 3)
    found = bunching(ratio - 1, np.zeros(ratio.size, dtype=np.int64), 1, within=0.01)
    assert (found.below[0], found.above[0], found.excess[0]) == (10, 10, 0)


def test_an_empty_window_has_no_p_and_the_missing_is_left_out() -> None:
    found = bunching(np.array([np.nan, 5.0, 0.0]), np.array([0, 1, -1]), 3, within=1.0)
    assert np.isnan(found.p).all()
    assert found.values.tolist() == [0, 1, 0]


def test_a_window_without_width_is_refused() -> None:
    with pytest.raises(ValueError, match="more than nought"):
        bunching(np.zeros(1), np.zeros(1, dtype=np.int64), 1, within=0.0)


def test_a_target_just_met_is_above_and_the_far_edge_outside() -> None:
    found = bunching(np.array([-1.0, 0.0, 1.0]), np.arange(3), 3, within=1.0)
    assert (found.below.tolist(), found.above.tolist()) == ([1, 0, 0], [0, 1, 0])
