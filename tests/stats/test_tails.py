"""Tails of counts against scipy's, over small and large counts, near and far from the mean."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.stats.tails import binomial, hypergeometric

CLOSE = 1e-11


def drawn(random: np.random.Generator, largest: float, cells: int = 800) -> tuple[np.ndarray, ...]:
    whole = np.floor(np.exp(random.uniform(0, np.log(largest), cells))) + 1
    marked, size = (np.floor(random.uniform(0, 1, cells) ** 3 * (whole + 1)) for _ in range(2))
    mean, spread = size * marked / whole, np.sqrt(size * marked / whole + 1)
    found = np.clip(np.round(mean + random.normal(0, 2.5, cells) * spread), 0, np.minimum(size, marked))
    return found, size, marked, whole


@pytest.mark.parametrize("largest", [30.0, 1e4, 1e7])
def test_the_hypergeometric_is_that_of_scipy(largest: float) -> None:
    found, size, marked, whole = drawn(np.random.default_rng(5), largest)
    for fewer, other in ((False, stats.hypergeom.sf(found - 1, whole, marked, size)),
                         (True, stats.hypergeom.cdf(found, whole, marked, size))):  # fmt: skip
        told = hypergeometric(found, size, marked, whole, fewer=fewer)
        there = other > 1e-200
        np.testing.assert_allclose(told[there], other[there], rtol=3e-8 if largest > 1e6 else CLOSE, atol=1e-300)


@pytest.mark.parametrize("largest", [30.0, 1e4, 1e7])
def test_the_binomial_is_that_of_scipy(largest: float) -> None:
    random = np.random.default_rng(6)
    found, size, _, _ = drawn(random, largest)
    chance = np.where(random.random(size.size) < 0.1, 0.0, random.random(size.size) ** 3)
    chance[random.random(size.size) < 0.05] = 1.0
    found = np.where(random.random(size.size) < 0.5, found, np.round(size * chance))
    for fewer, other in (
        (False, stats.binom.sf(found - 1, size, chance)),
        (True, stats.binom.cdf(found, size, chance)),
    ):
        there = other > 1e-200
        np.testing.assert_allclose(binomial(found, size, chance, fewer=fewer)[there], other[there], rtol=1e-9)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 60), st.integers(-3, 70))
def test_both_tails_share_one_count_and_leave_nothing_out(size: int, marked: int, whole: int, found: int) -> None:
    size, marked = min(size, whole), min(marked, whole)
    at, others = np.array([float(found)]), [np.array([float(one)]) for one in (size, marked, whole)]
    upper, below = hypergeometric(at, *others), hypergeometric(at - 1, *others, fewer=True)
    np.testing.assert_allclose(upper + below, 1.0, rtol=1e-12)
    chance = np.array([marked / whole])
    upper, below = binomial(at, others[0], chance), binomial(at - 1, others[0], chance, fewer=True)
    np.testing.assert_allclose(upper + below, 1.0, rtol=1e-12)


def test_far_tails_keep_their_digits() -> None:
    given = [np.array([one]) for one in (500.0, 1000.0, 20_000.0, 100_000.0)]
    wanted = stats.hypergeom.logsf(499, 100_000, 20_000, 1000)
    np.testing.assert_allclose(np.log(hypergeometric(*given)), wanted, rtol=1e-11)
    assert wanted < -200


def test_of_nothing_there_is_surely_none() -> None:
    nothing = np.zeros(1)
    assert hypergeometric(nothing, nothing, nothing, nothing)[0] == 1
    assert binomial(nothing, nothing, np.array([0.3]))[0] == 1
