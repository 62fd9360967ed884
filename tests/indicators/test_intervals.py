"""Intervals of values hold the truth as often as they say; the documented run has 500 years of the whole county."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from benchmarks.coverage import Case, years
from minping.indicators.intervals import around, interval, of_figure
from minping.indicators.ratings import Measured

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

RUNS, BODIES = 60, 8


@pytest.fixture(scope="module")
def simulated() -> list[Case]:
    return years(RUNS, bodies=BODIES, services=4_000)


def test_intervals_hold_the_truth_in_93_to_97_of_100_years(simulated: list[Case]) -> None:
    assert len(simulated) == 18
    trials = RUNS * BODIES
    low, high = binom.ppf(0.001, trials, 0.93) / trials, binom.ppf(0.999, trials, 0.97) / trials
    outside = {case.name: case.held.mean() for case in simulated if not low <= case.held.mean() / 100 <= high}
    assert not outside
    assert 93 <= np.mean([case.held.mean() for case in simulated]) <= 97


def test_estimates_have_no_bias_of_their_own(simulated: list[Case]) -> None:
    for case in simulated:
        off = case.estimate - case.truth
        off = off[np.isfinite(off)]
        assert off.size > 0.95 * case.n.size and abs(off.mean()) < 4 * off.std() / np.sqrt(off.size), case.name


def test_where_the_content_rate_sooner_only_call_backs_help() -> None:
    cases = {case.name: case for case in years(25, bodies=4, services=8_000, selective=True)}
    alone, called = cases["ratings mean_points"], cases["with call-backs mean_points"]
    assert (alone.estimate - alone.truth).mean() > 1 and alone.held.mean() < 90
    assert abs((called.estimate - called.truth).mean()) < 0.7 and called.held.mean() >= 90


def test_ends_stay_within_what_can_be_and_around_the_estimate() -> None:
    share = Measured(
        np.array([0.0, 100.0, 50.0, np.nan]), np.array([5.0, 5.0, 10.0, np.nan]), np.array([10.0, 10, 25, 0])
    )
    low, high = interval(share, "share_satisfied")
    assert low[0] == 0 < high[0] and low[1] < 100 == high[1] and low[2] < 50 < high[2] and np.isnan(low[3])
    days = interval(Measured(np.array([1.0]), np.array([3.0]), np.array([9.0])), "median_days")
    assert days[0][0] == 0 and days[1][0] == pytest.approx(1 + 1.959964 * 3)


def test_few_clusters_widen_an_interval() -> None:
    few, many = (
        Measured(np.array([80.0]), np.array([4.0]), np.array([100.0]), degrees) for degrees in (np.array([3.0]), None)
    )
    for name in ("share_satisfied", "mean_points"):
        wide, narrow = (ends[1][0] - ends[0][0] for ends in (interval(few, name), interval(many, name)))
        assert wide > 1.3 * narrow


def test_a_figure_without_an_error_has_no_interval() -> None:
    low, high = of_figure(np.array([98.0, 50.0]), np.array([2.0, 0.0]), (0.0, 100.0))
    assert low[0] == pytest.approx(94.08, abs=0.001) and high[0] == 100 and np.isnan([low[1], high[1]]).all()
    assert of_figure(np.array([5.0]), np.array([10.0]))[0][0] < 0
    assert around(np.array([50.0]), np.array([1.0]), 1.0, (0, 100))[1][0] == pytest.approx(62.706, abs=0.001)
