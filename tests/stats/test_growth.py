"""Growth of counts: by hand, and how often chance is called growth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import t

from minping.stats.growth import last_growth, log_changes, unrest
from minping.stats.multiplicity import benjamini_hochberg

DAYS = np.full(12, 30.0)


def test_a_ratio_and_its_interval_are_those_by_hand() -> None:
    counts = np.array([[8.0, 12, 10, 30]] * 6)
    ratio, low, high, p, spread = last_growth(counts, np.array([31.0, 28, 31, 15]), 2)
    rate = math.log(30.5 / 15) - math.log(22.5 / 59)
    squares = [(math.log(12.5 / 28) - math.log(8.5 / 31)) ** 2 / (1 / 12.5 + 1 / 8.5), (math.log(10.5 / 31) - math.log(12.5 / 28)) ** 2 / (1 / 10.5 + 1 / 12.5)]  # fmt: skip
    assert spread == pytest.approx(max(1, np.mean(squares) / 0.4549364231195724))
    error = math.sqrt(spread * (1 / 30.5 + 1 / 22.5))
    assert ratio == pytest.approx(np.full(6, math.exp(rate)))
    assert low == pytest.approx(np.full(6, math.exp(rate - t.ppf(0.975, 12) * error)))
    assert high == pytest.approx(np.full(6, math.exp(rate + t.ppf(0.975, 12) * error)))
    assert p == pytest.approx(np.full(6, t.sf(rate / error, 12)))


def test_longer_months_are_no_growth() -> None:
    change, _ = log_changes(np.array([[2799.5, 3099.5]]), np.array([28.0, 31.0]))
    assert change == pytest.approx(0, abs=1e-12)


def test_without_a_past_nothing_is_called_growth() -> None:
    ratio, low, high, p, spread = last_growth(np.array([[5.0, 50.0], [9.0, 9.0]]), DAYS[:2], 3)
    assert np.isfinite(ratio).all() and np.isnan([*low, *high, *p]).all() and math.isnan(spread)
    assert math.isnan(unrest(np.zeros((50, 12)), DAYS)[0])


@pytest.mark.parametrize(("restless", "expected"), [(1.0, 1.0), (3.0, 3.0)])
def test_unrest_is_that_of_the_counts_and_a_theme_that_soars_does_not_hide_it(restless: float, expected: float) -> None:
    counts = drawn(np.random.default_rng(1), 400, restless)
    assert unrest(counts, DAYS)[0] == pytest.approx(expected, rel=0.15)
    counts[:40, 6:] *= 5
    assert unrest(counts, DAYS)[0] == pytest.approx(expected, rel=0.2)


@pytest.mark.parametrize("restless", [1.0, 3.0])
def test_chance_is_seldom_called_growth_and_intervals_cover(restless: float) -> None:
    random = np.random.default_rng(7)
    called, covered = [], []
    for _ in range(400):
        _, low, high, p, _ = last_growth(drawn(random, 12, restless), DAYS, 3)
        called.append((benjamini_hochberg(p) <= 0.05).any())
        covered.append(np.mean((low <= 1) & (high >= 1)))
    assert np.mean(called) < 0.08
    assert 0.93 < np.mean(covered) < 0.975


def drawn(random: np.random.Generator, themes: int, restless: float) -> np.ndarray:
    """Counts of 60 a month on average whose variance is so many times theirs."""
    mean = np.full((themes, 12), 60.0)
    if restless > 1:
        mean = random.gamma(60 / (restless - 1), restless - 1, mean.shape)
    return random.poisson(mean).astype(np.float64)
