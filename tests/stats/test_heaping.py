"""Heaping at whole percentages against plain sums of scipy's binomial, at all sizes and edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.stats.heaping import chance_near_whole, either, heaping, near_whole

SIZES = [1, 2, 7, 30, 99, 100, 101, 250, 999, 2000, 4000, 12345, 70001]


def plain(successes: int, trials: int, within: str, every: str) -> float:
    """The same by counting every possible percentage in whole numbers of a ten-thousandth."""
    band, step = round(float(within) * 1000), round(float(every) * 1000)
    scaled = 100_000 * np.arange(trials + 1, dtype=object)
    rest = scaled % (step * trials)
    near = np.minimum(rest, step * trials - rest) <= band * trials
    return float(stats.binom.pmf(np.flatnonzero(near), trials, successes / trials).sum())


@pytest.mark.parametrize("every", ["1", "6", "10"])
@pytest.mark.parametrize("within", ["0", "0.05", "0.2"])
def test_chances_are_those_of_every_count_looked_at(within: str, every: str) -> None:
    random = np.random.default_rng(3)
    trials = np.repeat(SIZES, 4)
    share = np.tile([0.0, 1.0, 0.5, 0.03], len(SIZES))
    successes = np.where(random.random(trials.size) < 0.5, np.round(trials * share), random.integers(0, trials + 1))
    told = chance_near_whole(successes.astype(float), trials.astype(float), within=float(within), every=float(every))
    wanted = [plain(int(k), int(n), within, every) for k, n in zip(successes, trials, strict=True)]
    np.testing.assert_allclose(told, wanted, rtol=1e-9, atol=1e-12)


def test_millions_of_trials_lie_near_a_whole_percentage_as_their_normal_limit_says() -> None:
    for trials in (2_000_003.0, 4e8):
        share, wanted = 0.30021, 0.0
        spread = np.sqrt(share * (1 - share) / trials)
        wanted = np.diff(stats.norm.cdf([0.2995, 0.3005], round(share * trials) / trials, spread))[0]
        told = chance_near_whole(np.array([np.round(share * trials)]), np.array([trials]))
        np.testing.assert_allclose(told, wanted, atol=1e-3)


@given(st.integers(1, 5000), st.data())
def test_a_share_and_its_complement_are_as_near(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    size, both = np.full(2, float(trials)), np.array([successes, trials - successes], dtype=float)
    first, second = chance_near_whole(both, size)
    assert 0 <= first <= 1 and first == pytest.approx(second, abs=1e-11)
    assert len(set(near_whole(both, size).tolist())) == 1


def test_both_edges_of_the_band_belong_to_it() -> None:
    successes = np.array([599.0, 601.0, 598.0, 602.0])
    assert near_whole(successes, np.full(4, 2000.0)).tolist() == [True, True, False, False]


def test_ten_trials_always_lie_at_a_whole_percentage() -> None:
    successes = np.arange(11.0)
    assert near_whole(successes, np.full(11, 10.0)).all()
    np.testing.assert_allclose(chance_near_whole(successes, np.full(11, 10.0)), 1.0, rtol=1e-12)


def test_the_missing_is_left_out_and_counted_nowhere() -> None:
    successes, trials = np.array([np.nan, 3.0, 0.0, 5.0]), np.array([10.0, np.nan, 0.0, 10.0])
    chances = chance_near_whole(successes, trials)
    assert np.isnan(chances[:3]).all()
    found = heaping(near_whole(successes, trials), chances)
    assert (found.units, found.observed) == (1, 1)
    assert np.isnan(heaping(np.zeros(0, dtype=bool), np.zeros(0)).z)


def test_honest_counts_exceed_the_nominal_level_no_more_often_than_it_says() -> None:
    random = np.random.default_rng(11)
    runs, units = 300, 150
    trials = random.integers(300, 3000, (runs, units)).astype(float)
    successes = random.binomial(trials.astype(int), random.beta(20, 4, (runs, units))).astype(float)
    near = near_whole(successes.ravel(), trials.ravel()).reshape(runs, units)
    chances = chance_near_whole(successes.ravel(), trials.ravel()).reshape(runs, units)
    z = np.array([heaping(near[at], chances[at]).z for at in range(runs)])
    assert stats.binom.sf((z > 1.645).sum() - 1, runs, 0.05) > 0.01
    assert abs(z.mean()) < 0.2


def test_invented_whole_percentages_are_found() -> None:
    random = np.random.default_rng(12)
    trials = random.integers(300, 3000, 150).astype(float)
    successes = random.binomial(trials.astype(int), 0.9).astype(float)
    successes[:30] = np.round(0.95 * trials[:30])
    kept = trials >= 1000
    found = heaping(near_whole(successes, trials), chance_near_whole(successes, trials))
    assert kept[:30].sum() > 10 and found.z > 4


def test_either_is_one_less_neither() -> None:
    one, other = np.array([0.0, 0.25, 1.0]), np.array([0.5, 0.5, 0.5])
    np.testing.assert_allclose(either(one, other), 1 - (1 - one) * (1 - other))


def test_bands_that_touch_and_impossible_counts_are_refused() -> None:
    one = np.ones(1)
    with pytest.raises(ValueError, match="2 × within < every"):
        near_whole(one, one, within=0.5)
    with pytest.raises(ValueError, match="between nought and the trials"):
        chance_near_whole(2 * one, one)
