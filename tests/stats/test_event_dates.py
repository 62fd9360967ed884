"""Dates before given days against scipy and plain counting; Rayleigh's test by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.stats.event_dates import around_cycle, before_days


def test_every_group_is_as_scipy_and_a_plain_count_have_it() -> None:
    random = np.random.default_rng(1)
    days, group = random.integers(-50, 1200, 500), random.integers(-1, 6, 500)
    ahead_of = np.array([300, 310, 700, 1005, 2000])
    found = before_days(days, group, 6, ahead_of, within=30, start=0, end=1000)
    hurried = {day for one in ahead_of.tolist() for day in range(one - 30, one) if 0 <= day < 1000}
    assert (found.share == len(hurried) / 1000).all()
    for at in range(6):
        mine = [day for day in days[group == at].tolist() if 0 <= day < 1000]
        inside = sum(day in hurried for day in mine)
        assert (found.inside[at], found.events[at]) == (inside, len(mine))
        wanted = stats.binomtest(inside, len(mine), len(hurried) / 1000, alternative="greater").pvalue
        assert found.p[at] == pytest.approx(wanted, rel=1e-10)


def test_the_day_itself_is_not_before_it_and_no_event_has_no_p() -> None:
    found = before_days(
        np.array([99, 100, 89, 90]), np.array([0, 0, 1, 1]), 3, np.array([100]), within=10, start=0, end=200
    )
    assert found.inside.tolist() == [1, 1, 0]
    assert np.isnan(found.p[2])


def test_where_every_day_is_before_one_nothing_is_told() -> None:
    found = before_days(np.array([3]), np.zeros(1, dtype=np.int64), 1, np.array([10]), within=10, start=0, end=10)
    assert found.share[0] == 1 and found.p[0] == 1


def test_days_of_one_group_are_no_days_of_another() -> None:
    random = np.random.default_rng(2)
    days, group = random.integers(0, 1000, 300), random.integers(0, 4, 300)
    ahead_of, owner = random.integers(0, 1100, 9), np.array([-1, 0, 0, 1, 1, 2, -1, 2, 1])
    found = before_days(days, group, 4, ahead_of, within=40, start=0, end=1000, owner=owner)
    for at in range(4):
        mine = ahead_of[(owner == at) | (owner == -1)]
        alone = before_days(
            days[group == at], np.zeros((group == at).sum(), int), 1, mine, within=40, start=0, end=1000
        )
        assert (found.inside[at], found.share[at], found.p[at]) == (alone.inside[0], alone.share[0], alone.p[0])


@pytest.mark.parametrize(("within", "end"), [(0, 10), (5, 0)])
def test_empty_stretches_are_refused(within: int, end: int) -> None:
    with pytest.raises(ValueError, match="at least a day"):
        before_days(
            np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), 1, np.array([1]), within=within, start=0, end=end
        )


@pytest.mark.parametrize("events", [5, 20, 200])
def test_events_at_any_time_of_the_cycle_are_rejected_as_often_as_the_level_says(events: int) -> None:
    times = np.random.default_rng(events).random(4000 * events)
    p = around_cycle(times, np.repeat(np.arange(4000), events), 4000).p
    for level in (0.01, 0.05, 0.5):
        assert (p <= level).mean() == pytest.approx(level, abs=4 * np.sqrt(level * (1 - level) / 4000) + 0.002)


def test_small_probabilities_of_few_events_are_right() -> None:
    p = around_cycle(np.random.default_rng(6).random(1_000_000), np.repeat(np.arange(200_000), 5), 200_000).p
    assert (p <= 0.01).mean() == pytest.approx(0.01, rel=0.1)


def test_direction_and_length_are_those_of_the_mean_of_arrows() -> None:
    random = np.random.default_rng(2)
    times, group = random.normal(0.95, 0.1, 200), random.integers(-1, 3, 200)
    times[::11] = np.nan
    found = around_cycle(times, group, 4)
    for at in range(3):
        mean = np.exp(2j * np.pi * times[(group == at) & np.isfinite(times)]).mean()
        assert found.length[at] == pytest.approx(abs(mean))
        assert np.exp(2j * np.pi * found.direction[at]) == pytest.approx(mean / abs(mean))
    assert found.p[0] < 1e-6
    assert np.isnan([found.length[3], found.direction[3], found.p[3]]).all()


def test_whole_cycles_are_nothing() -> None:
    times, group = np.array([0.1, 0.2, 0.9]), np.zeros(3, dtype=np.int64)
    one, other = around_cycle(times, group, 1), around_cycle(times + np.array([1, -2, 7]), group, 1)
    assert other.length == pytest.approx(one.length) and other.direction == pytest.approx(one.direction)
