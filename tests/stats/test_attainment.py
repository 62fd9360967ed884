"""Chances of attainment: calibrated over made units, between own history and peers, the textbook case of equal numbers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.stats.attainment import Attainment, attainment


def made(seed: int, level_sd: float, lengths: tuple[int, int]) -> tuple[Attainment, np.ndarray]:
    """Units with levels of their own, and the chance that their true next result was given beforehand."""
    random = np.random.default_rng(seed)
    levels = random.normal(7, level_sd, 40)
    n = random.integers(*lengths, 40)
    group = np.repeat(np.arange(40), n)
    future = levels + random.normal(0, 1, 40)
    return attainment(levels[group] + random.normal(0, 1, group.size), group, 40, future), n


@pytest.mark.parametrize("level_sd", [0.0, 0.5, 3.0])
@pytest.mark.parametrize("lengths", [(2, 4), (4, 9)])
def test_the_chance_is_even_over_what_happens(level_sd: float, lengths: tuple[int, int]) -> None:
    chances = np.concatenate([made(seed, level_sd, lengths)[0].chance for seed in range(60)])
    seen = np.concatenate([made(seed, level_sd, lengths)[0].seen for seed in range(60)])
    for level in (0.05, 0.5, 0.95):
        assert (chances <= level).mean() == pytest.approx(level, abs=0.025)
        assert (seen <= level).mean() == pytest.approx(level, abs=0.035)


def test_with_equal_numbers_it_is_the_textbook_predictor() -> None:
    random = np.random.default_rng(3)
    values = random.normal(5, 2, (12, 1)) + random.normal(0, 1, (12, 5))
    target = np.full(12, 6.0)
    found = attainment(values.ravel(), np.repeat(np.arange(12), 5), 12, target)
    between, within = 5 * values.mean(axis=1).var(ddof=1), values.var(axis=1, ddof=1).mean()
    trust = 1 - within / between
    assert found.forecast == pytest.approx(values.mean() + trust * (values.mean(axis=1) - values.mean()))
    level = (between - within) / 5
    sd = np.sqrt(within + level * (1 - trust) + (1 - trust) ** 2 * (level + within / 5) / 12)
    assert found.sd == pytest.approx(np.full(12, sd))
    assert found.chance == pytest.approx(stats.t.sf((6.0 - found.forecast) / sd, 48))
    assert found.degrees == 48


def test_a_unit_without_a_past_is_forecast_by_its_peers_with_less_certainty() -> None:
    values = np.array([5.0, 5.2, 7.0, 7.1, 6.0, 6.3])
    found = attainment(values, np.repeat(np.arange(3), 2), 4, np.full(4, 6.1))
    assert found.forecast[3] == pytest.approx(6.1, abs=1e-9)
    assert found.sd[3] > 2 * found.sd[0]
    assert found.chance[3] == pytest.approx(0.5)


def test_units_that_are_all_alike_are_forecast_by_the_common_mean() -> None:
    values = np.tile([4.0, 6.0, 5.0], 5)
    found = attainment(values, np.repeat(np.arange(5), 3), 5, np.full(5, 5.0))
    assert found.forecast == pytest.approx(np.full(5, 5.0))


def test_missing_targets_results_and_pasts_that_tell_nothing_give_no_chance() -> None:
    found = attainment(np.array([1.0, 2.0, 3.0, 4.0, np.nan]), np.array([0, 0, 1, 1, 1]), 2, np.array([np.nan, 2.0]))
    assert np.isnan(found.chance[0]) and np.isnan(found.seen[0]) and 0 < found.chance[1] < 1
    for values, group in (([1.0, 2.0, 3.0], [0, 0, 0]), ([1.0, 2.0], [0, 1]), ([3.0] * 4, [0, 0, 1, 1]), ([], [])):
        none = attainment(np.array(values), np.array(group, dtype=np.int64), 2, np.full(2, 3.0))
        assert np.isnan(none.chance).all() and np.isnan(none.z).all()
