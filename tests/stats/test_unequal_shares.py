"""Shares from unequal draws: right on average and covered as often as said, over many draws of made populations."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.model.arrays import Floats, Ints
from minping.stats.unequal_draws import inclusion, unequal_draw, working_chances
from minping.stats.unequal_shares import Shares, unequal_shares

UNITS, DRAWS, RUNS = 400, 60, 300


def population(seed: int, rate: float) -> tuple[Floats, Floats, Ints]:
    """Risk scores, what is wrong (more often where the risk is high), and groups."""
    random = np.random.default_rng(seed)
    risk = random.lognormal(0, 0.8, UNITS)
    wrong = (random.random(UNITS) < np.clip(rate * risk / risk.mean(), 0, 1)).astype(np.float64)
    return risk, wrong, random.integers(0, 2, UNITS)


def drawn_often(seed: int, rate: float, known: bool) -> tuple[list[Shares], Floats, Floats]:
    """Estimates from many draws, of the whole and of two groups; and the true shares."""
    risk, wrong, group = population(seed, rate)
    probability = inclusion(risk, DRAWS, 0.3 * DRAWS / UNITS)
    whole = np.bincount(group, minlength=2).astype(np.float64)
    true = np.bincount(group, wrong, minlength=2) / whole
    found, together = [], []
    for run in range(RUNS):
        mine = unequal_draw(probability, run)
        found.append(unequal_shares(wrong[mine], probability[mine], group[mine], 2, whole if known else None))
        size = np.array([float(UNITS)]) if known else None
        nobody = np.zeros(DRAWS, dtype=np.int64)
        one = unequal_shares(wrong[mine], probability[mine], nobody, 1, size)
        together.append([one.share[0], one.error[0], one.low[0], one.high[0]])
    return found, np.array(together), np.array([wrong.mean(), *true])


@pytest.mark.parametrize(("seed", "rate", "known"), [(1, 0.3, True), (2, 0.1, False)])
def test_estimates_are_right_on_average_and_intervals_cover(seed: int, rate: float, known: bool) -> None:
    found, together, true = drawn_often(seed, rate, known)
    share, error, low, high = together.T
    sure = 4 * share.std() / np.sqrt(RUNS)
    assert share.mean() == pytest.approx(true[0], abs=sure + (0 if known else 0.01))  # a ratio is off by order 1/n
    assert np.sqrt((error**2).mean()) == pytest.approx(share.std(), rel=0.15)
    covered = int(((low <= true[0]) & (true[0] <= high)).sum())
    assert stats.binom.cdf(covered, RUNS, 0.95) > 0.001
    for group in range(2):
        shares = np.array([one.share[group] for one in found])
        covered = sum(one.low[group] <= true[1 + group] <= one.high[group] for one in found)
        assert shares.mean() == pytest.approx(true[1 + group], abs=4 * shares.std() / np.sqrt(RUNS) + 0.01)
        assert stats.binom.cdf(covered, RUNS, 0.95) > 0.001


def test_a_mean_without_weights_would_be_wrong_by_far() -> None:
    risk, wrong, _ = population(1, 0.3)
    probability = inclusion(risk, DRAWS, 0.3 * DRAWS / UNITS)
    plain = np.mean([wrong[unequal_draw(probability, run)].mean() for run in range(50)])
    assert plain > wrong.mean() + 0.1


def test_equal_probabilities_give_the_textbook_error() -> None:
    wrong = np.array([1.0, 0, 0, 1, 0, 0, 1, 0])
    found = unequal_shares(wrong, np.full(8, 0.25), np.zeros(8, dtype=np.int64), 1, np.array([32.0]))
    assert found.share[0] == wrong.mean()
    assert found.error[0] == pytest.approx(np.sqrt((1 - 0.25) * wrong.var(ddof=1) / 8))


def test_the_error_is_near_that_of_sen_yates_and_grundy() -> None:
    probability = np.array([0.2, 0.4, 0.5, 0.6, 0.6, 0.7])
    odds = working_chances(probability, 3)
    odds = odds / (1 - odds)
    joint, told, whole = np.zeros((6, 6)), 0.0, 0.0
    value = np.array([0.1, 0.9, 0.4, 0.8, 0.2, 1.0])
    for code in range(64):
        mine = np.flatnonzero(code >> np.arange(6) & 1)
        if mine.size == 3:
            chance = float(np.prod(odds[mine]))
            whole += chance
            joint[np.ix_(mine, mine)] += chance
            one = unequal_shares(value[mine], probability[mine], np.zeros(3, dtype=np.int64), 1, np.array([6.0]))
            told += chance * float(one.error[0]) ** 2
    joint /= whole
    assert np.diag(joint) == pytest.approx(probability, rel=1e-8)
    apart = (value / probability)[:, None] - value / probability
    exact = ((np.outer(probability, probability) - joint) * apart**2).sum() / 2 / 36
    assert told / whole == pytest.approx(exact, rel=0.15)


def test_certain_units_have_no_error_and_a_group_nobody_was_drawn_of_has_no_share() -> None:
    found = unequal_shares(np.array([1.0, 0.0]), np.ones(2), np.zeros(2, dtype=np.int64), 2)
    assert (found.share[0], found.error[0], found.low[0], found.high[0]) == (0.5, 0.0, 0.5, 0.5)
    assert np.isnan([found.share[1], found.error[1], found.low[1], found.high[1]]).all()
    assert found.drawn.tolist() == [2, 0]


def test_where_nothing_wrong_was_found_the_interval_still_has_a_width() -> None:
    found = unequal_shares(np.zeros(20), np.full(20, 0.1), np.zeros(20, dtype=np.int64), 1)
    assert found.share[0] == 0.0 and found.low[0] == 0.0
    assert 0.08 < found.high[0] < 0.2


def test_a_single_open_unit_has_no_error() -> None:
    found = unequal_shares(np.array([1.0]), np.array([0.5]), np.zeros(1, dtype=np.int64), 1, np.array([2.0]))
    assert found.share[0] == 1.0 and np.isnan(found.error[0])


@pytest.mark.parametrize(
    ("wrong", "probability", "match"),
    [([0.5], [0.0], "probability"), ([2.0], [0.5], "found"), ([np.nan], [1.0], "found")],
)
def test_what_is_out_of_range_is_refused(wrong: list[float], probability: list[float], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        unequal_shares(np.array(wrong), np.array(probability), np.zeros(1, dtype=np.int64), 1)
