from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.stats.proportions import (
    _beta_quantile,
    _normal_cdf,
    _student,
    cluster_wilson,
    design_effect,
    expected_half_width,
    jeffreys,
    share_interval,
    two_proportion_power,
    two_proportion_size,
    wilson,
)

levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])
counts = st.tuples(st.integers(0, 400), st.integers(0, 400)).filter(any)  # successes, failures
clusters = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=25)


def test_wilson_is_that_of_newcombe() -> None:
    """Newcombe 1998 (Statistics in Medicine 17: 857), table I, method 3."""
    low, high = wilson(np.array([81.0, 15, 0, 1]), np.array([263.0, 148, 20, 29]))
    np.testing.assert_allclose(low, [0.2553, 0.0624, 0.0, 0.0061], atol=5e-5)
    np.testing.assert_allclose(high, [0.3662, 0.1605, 0.1611, 0.1718], atol=5e-5)


@given(found=counts, level=levels)
def test_wilson_is_that_of_scipy_and_holds_the_share(found: tuple[int, int], level: float) -> None:
    yes, no = found
    wanted = stats.binomtest(yes, yes + no).proportion_ci(level, method="wilson")
    low, high = wilson(float(yes), float(yes + no), level=level)
    np.testing.assert_allclose([low, high], [wanted.low, wanted.high], rtol=1e-10, atol=1e-14)
    assert 0 <= low <= yes / (yes + no) <= high <= 1
    assert (yes > 0 or low == 0) and (no > 0 or high == 1)


@given(found=counts, level=levels)
def test_jeffreys_is_that_of_the_beta_distribution(found: tuple[int, int], level: float) -> None:
    yes, no = found
    low, high = jeffreys(float(yes), float(yes + no), level=level)
    wanted = stats.beta(yes + 0.5, no + 0.5).ppf([(1 - level) / 2, (1 + level) / 2])
    assert 0 <= low <= high <= 1
    np.testing.assert_allclose(low, wanted[0] if yes else 0.0, rtol=1e-10)
    np.testing.assert_allclose(high, wanted[1] if no else 1.0, rtol=1e-10)


@given(found=counts, level=levels)
def test_intervals_mirror_when_success_and_failure_change_places(found: tuple[int, int], level: float) -> None:
    yes, no = map(float, found)
    for interval in (wilson, jeffreys):
        low, high = interval(yes, yes + no, level=level)
        np.testing.assert_allclose(interval(no, yes + no, level=level), [1 - high, 1 - low], atol=1e-12)


@given(trials=st.integers(1, 60))
def test_more_successes_move_both_ends_up(trials: int) -> None:
    for interval in (wilson, jeffreys):
        low, high = interval(np.arange(trials + 1.0), float(trials))
        assert (np.diff(low) > 0).all() and (np.diff(high) > 0).all()


def test_a_design_effect_divides_the_trials_and_a_census_leaves_no_doubt() -> None:
    np.testing.assert_allclose(wilson(40.0, 100.0, deff=2.0), wilson(20.0, 50.0), rtol=1e-12)
    np.testing.assert_allclose(wilson(40.0, 100.0, population=100.0), [0.4, 0.4], rtol=1e-12)
    part, endless = wilson(40.0, 100.0, population=200.0), wilson(40.0, 100.0)
    assert endless.low < part.low < part.high < endless.high


def test_a_missing_count_stays_missing_and_no_trials_tell_nothing() -> None:
    for interval in (wilson, jeffreys):
        low, high = interval(np.array([np.nan, 0.0, 3.0]), np.array([5.0, 0.0, np.nan]))
        assert np.isnan(low).all() and np.isnan(high).all()
        assert interval(np.zeros(0), np.zeros(0)).low.shape == (0,)
        assert interval(np.ones((2, 1)), np.array([3.0, 4.0, 5.0])).high.shape == (2, 3)


@pytest.mark.parametrize("interval", [wilson, jeffreys])
@pytest.mark.parametrize(
    ("successes", "trials", "level", "told"),
    [
        (6.0, 5.0, 0.95, "more successes"),
        (-1.0, 5.0, 0.95, "negative"),
        (0.0, -5.0, 0.95, "negative"),
        (1.0, math.inf, 0.95, "infinite"),
        (1.0, 5.0, 95.0, "level"),
        (1.0, 5.0, 0.0, "level"),
        (1.0, 5.0, math.nan, "level"),
    ],
)
def test_impossible_counts_are_refused(
    interval: object, successes: float, trials: float, level: float, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        interval(np.array([1.0, successes]), np.array([2.0, trials]), level=level)  # type: ignore[operator]


@pytest.mark.parametrize(("name", "value"), [("deff", 0.5), ("deff", math.nan), ("population", 0.0)])
def test_impossible_designs_are_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        wilson(1.0, 5.0, **{name: value})
    with pytest.raises(ValueError, match="population"):
        wilson(1.0, 5.0, population=4.0)


@given(rows=clusters)
def test_the_design_effect_is_that_of_the_ratio_by_hand(rows: list[tuple[int, int, int]]) -> None:
    """A second implementation: one group at a time, in plain words (Rao & Scott 1992)."""
    yes, no, group = (np.array(column, dtype=np.float64) for column in zip(*rows, strict=True))
    found = design_effect(yes, yes + no, group.astype(np.int64), groups=5)
    for code in range(5):
        own = [(a, a + b) for a, b, of in rows if of == code and a + b]
        k, total, good = len(own), sum(n for _, n in own), sum(a for a, _ in own)
        assert (found.clusters[code], found.trials[code]) == (k, total)
        assert found.estimated[code] == (k > 1 and 0 < good < total)
        if not found.estimated[code]:
            assert np.isnan(found.deff[code])
            continue
        p = good / total
        variance = k / (k - 1) * sum((a - p * n) ** 2 for a, n in own) / total**2
        np.testing.assert_allclose(found.deff[code], max(variance / (p * (1 - p) / total), 1.0), rtol=1e-9)


def test_clusters_that_are_all_of_one_mind_count_as_one_trial_each() -> None:
    yes = np.tile([10.0, 0.0], 30)
    found = design_effect(yes, np.full(60, 10.0), np.zeros(60, dtype=np.int64), groups=1)
    np.testing.assert_allclose(found.deff, [10 * 60 / 59], rtol=1e-12)
    interval = cluster_wilson(yes, np.full(60, 10.0), np.zeros(60, dtype=np.int64), groups=1)
    t, z = stats.t.ppf(0.975, 59), stats.norm.ppf(0.975)
    np.testing.assert_allclose(interval.effective, [59 * (z / t) ** 2], rtol=1e-9)
    np.testing.assert_allclose(interval[1:3], np.array(wilson(interval.effective / 2, interval.effective)), rtol=1e-12)


@given(rows=clusters)
def test_clusters_never_make_an_interval_narrower(rows: list[tuple[int, int, int]]) -> None:
    yes, no, group = (np.array(column, dtype=np.float64) for column in zip(*rows, strict=True))
    found = cluster_wilson(yes, yes + no, group.astype(np.int64), groups=4)
    plain = wilson(np.bincount(group.astype(int), yes, 4), np.bincount(group.astype(int), yes + no, 4))
    there = ~np.isnan(found.share)
    assert (found.low[there] <= plain.low[there] + 1e-12).all() and (
        found.high[there] >= plain.high[there] - 1e-12
    ).all()
    assert ((found.low >= 0) & (found.low <= found.share) & (found.share <= found.high) & (found.high <= 1))[
        there
    ].all()
    assert np.isnan(found.low[~there]).all()


def test_where_no_spread_can_be_seen_it_is_said() -> None:
    yes, tried, group = np.array([4.0, 10, 10, 10]), np.full(4, 10.0), np.array([0, 1, 1, 1])
    found = cluster_wilson(yes, tried, group, groups=3)
    assert found.estimated.tolist() == [False] * 3 and found.degrees.tolist() == [0, 2, 0]
    assert found.effective.tolist() == [1, 3, 0] and np.isnan(found.low[2])
    supposed = cluster_wilson(yes, tried, group, groups=3, otherwise=2.0)
    np.testing.assert_allclose(supposed.low[:2], wilson(np.array([2.0, 15]), np.array([5.0, 15])).low, rtol=1e-12)
    with pytest.raises(ValueError, match="design effect"):
        cluster_wilson(yes, tried, group, groups=3, otherwise=0.5)


@pytest.mark.parametrize("group", [[0, 3], [-1, 0], [0.0, 1.0], [0]])
def test_impossible_groups_are_refused(group: list[int]) -> None:
    with pytest.raises(ValueError, match="group"):
        design_effect(np.ones(2), np.ones(2), np.array(group), groups=3)


def test_a_cluster_without_a_count_is_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        design_effect(np.array([np.nan, 1.0]), np.ones(2), np.zeros(2, dtype=np.int64), groups=1)


def test_power_and_size_are_those_of_r() -> None:
    """The examples of R's help page on power.prop.test: power = 0.740 and n = 76.7."""
    np.testing.assert_allclose(two_proportion_power(0.5, 0.75, 50, 50), 0.740, atol=5e-4)
    assert two_proportion_size(0.5, 0.25, power=0.9) == 77


@given(
    share=st.floats(0, 1),
    difference=st.floats(0.02, 0.5),
    power=st.floats(0.3, 0.99),
    deff=st.floats(1, 4),
    population=st.sampled_from([60.0, 3000.0, math.inf]),
)
def test_the_size_is_the_least_with_the_power(
    share: float, difference: float, power: float, deff: float, population: float
) -> None:
    design = {"deff": deff, "population": population}
    n = float(two_proportion_size(share, difference, power=power, **design))
    assert 1 <= n <= population
    others = np.array([q for q in (share - difference, share + difference) if 0 <= q <= 1])
    assert two_proportion_power(share, others, n, n, **design).min() >= power - 1e-7
    if n > 1:
        assert two_proportion_power(share, others, n - 1, n - 1, **design).min() < power + 1e-7


def test_power_grows_with_the_trials_and_the_difference() -> None:
    trials = np.arange(10.0, 2000, 10)
    assert (np.diff(two_proportion_power(0.5, 0.55, trials, trials)) > 0).all()
    assert (np.diff(two_proportion_power(0.5, np.linspace(0.5, 1, 30), 80, 90)) > 0).all()
    assert (np.diff(two_proportion_size(0.5, np.linspace(0.01, 0.5, 30))) < 0).all()
    assert two_proportion_power(0.5, 0.5, 80, 80) == pytest.approx(0.025)


def test_power_at_the_ends_is_certain() -> None:
    assert two_proportion_power(0.0, 1.0, 50, 50) == 1 and two_proportion_power(0.0, 0.0, 50, 50) == 0
    assert two_proportion_power(0.4, 0.41, 70, 70, population=70) == 1
    assert np.isnan(two_proportion_power(np.array([np.nan]), 0.5, 50, 50)).all()
    assert np.isnan(two_proportion_size(np.array([np.nan, 0.5]), 0.1)).tolist() == [True, False]


@pytest.mark.parametrize(
    ("share", "difference", "power", "told"),
    [
        (1.2, 0.1, 0.8, "share"),
        (0.5, 0.0, 0.8, "difference"),
        (0.5, -0.1, 0.8, "difference"),
        (0.5, 0.6, 0.8, "no share"),
        (0.5, 0.1, 1.0, "power"),
        (0.5, 0.1, 0.01, "chance"),
    ],
)
def test_impossible_plans_are_refused(share: float, difference: float, power: float, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        two_proportion_size(share, difference, power=power)


@given(share=st.integers(0, 20), trials=st.integers(1, 50))
def test_the_half_width_is_that_of_the_interval_to_come(share: int, trials: int) -> None:
    low, high = wilson(share * trials / 20, float(trials))
    np.testing.assert_allclose(expected_half_width(share / 20, float(trials)), (high - low) / 2, atol=1e-12)
    assert expected_half_width(share / 20, float(trials), deff=1.5) > (high - low) / 2
    assert expected_half_width(share / 20, float(trials), population=float(trials)) == 0


def test_the_private_distributions_are_those_of_scipy() -> None:
    draw = np.random.default_rng(3)
    a, b = np.exp(draw.uniform(np.log(0.5), np.log(5000), (2, 500)))
    for q in (1e-5, 0.025, 0.5, 0.9):
        np.testing.assert_allclose(_beta_quantile(q, a, b), stats.beta.ppf(q, a, b), rtol=1e-9)
    degrees = np.array([1.0, 2, 3, 30, 1e5, 1.0])
    np.testing.assert_allclose(_student(0.1, degrees), stats.t.ppf(0.55, degrees), rtol=1e-9)
    np.testing.assert_allclose(_student(0.95, degrees), stats.t.ppf(0.975, degrees), rtol=1e-9)
    x = np.linspace(-12, 12, 500)
    np.testing.assert_allclose(_normal_cdf(x), stats.norm.cdf(x), atol=1e-14)


@given(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.floats(1.0, 8.0),
)
def test_an_interval_from_an_error_is_jeffreys_on_the_effective_number(counts: tuple[int, int], deff: float) -> None:
    good, n = counts
    middle = (good + 0.5) / (n + 1)
    error = np.sqrt(deff * middle * (1 - middle) / (n + 2))
    found = share_interval(good / n, error, n)
    wanted = jeffreys(good / deff, n / deff)
    np.testing.assert_allclose(np.stack(found), np.stack(wanted), rtol=1e-7, atol=1e-9)


def test_few_degrees_widen_an_interval_and_no_error_closes_it() -> None:
    wide, narrow = share_interval(0.8, 0.05, 60, degrees=3), share_interval(0.8, 0.05, 60)
    assert wide.low < narrow.low < 0.8 < narrow.high < wide.high
    sure, none = share_interval(0.8, 0.0, 60), share_interval(np.nan, np.nan, 0)
    assert sure.low == sure.high == 0.8 and np.isnan(none.low) and np.isnan(none.high)
    whole = share_interval(1.0, 0.01, 50)
    assert whole.low < 1.0 == whole.high


def test_an_impossible_error_or_share_is_refused() -> None:
    for share, error in ((1.2, 0.1), (0.5, -0.1)):
        with pytest.raises(ValueError, match=r"outside 0 to 1|below 0"):
            share_interval(share, error, 10)
