from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.stats.durations import Steps, finished_within, product_limit, survival_at, time_until

# Acute myelogenous leukaemia (Miller 1981; R's survival::aml), weeks to relapse: chemotherapy maintained or not
MAINTAINED = ([9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0])
NOT_MAINTAINED = ([5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45], [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1])

cases = st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.integers(0, 4)), max_size=60)


def aml() -> Steps:
    durations = np.array(MAINTAINED[0] + NOT_MAINTAINED[0], dtype=np.float64)
    finished = np.array(MAINTAINED[1] + NOT_MAINTAINED[1], dtype=bool)
    group = np.repeat([1, 0], [11, 12])
    mixed = np.random.default_rng(0).permutation(23)
    return product_limit(durations[mixed], finished[mixed], group[mixed], groups=2)


def table(rows: list[tuple[int, bool, int]]) -> Steps:
    durations, finished, group = (np.array([row[at] for row in rows]) for at in range(3))
    return product_limit(durations.astype(np.float64), finished.astype(bool), group.astype(np.int64), groups=6)


def by_hand(rows: list[tuple[int, bool, int]], group: int, time: float) -> tuple[float, float, int]:
    """A second implementation, in plain words: survival, Greenwood's variance, cases at risk."""
    own = [(lasted, done) for lasted, done, of in rows if of == group]
    at_risk = sum(lasted >= time for lasted, _ in own)
    share, terms = 1.0, 0.0
    for step in sorted({lasted for lasted, done in own if done and lasted <= time}):
        n = sum(lasted >= step for lasted, _ in own)
        d = sum(lasted == step and done for lasted, done in own)
        share *= 1 - d / n
        terms += d / (n * (n - d)) if n > d else math.inf
    if share > 0 and (not own or time > max(lasted for lasted, _ in own)):
        return math.nan, math.nan, at_risk
    return share, share**2 * terms if share > 0 else math.nan, at_risk


def test_the_leukaemia_data_are_as_in_the_textbooks() -> None:
    """Survival, standard errors and risk sets that R's summary(survfit(Surv(time, status) ~ x, aml)) prints."""
    times = np.array([9.0, 13, 18, 23, 31, 34, 48])
    found = survival_at(aml(), times)
    np.testing.assert_allclose(found.share[1], [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184], atol=5e-4)
    np.testing.assert_allclose(
        found.error[1], [0.0867, 0.1163, 0.1397, 0.1526, 0.1642, 0.1627, 0.1535], atol=5e-5, rtol=0
    )
    assert found.at_risk[1].tolist() == [11, 10, 8, 7, 5, 4, 2]
    other = survival_at(aml(), np.array([5.0, 8, 12, 23, 27, 30, 33, 43, 45]))
    np.testing.assert_allclose(
        other.share[0], [0.8333, 0.6667, 0.5833, 0.4861, 0.3889, 0.2917, 0.1944, 0.0972, 0], atol=5e-5
    )


def test_the_medians_of_the_leukaemia_data() -> None:
    assert time_until(aml()).tolist() == [23.0, 31.0]
    assert time_until(aml(), 0.9)[0] == 43.0 and np.isnan(time_until(aml(), 0.9)[1])
    assert time_until(aml(), 1.0)[0] == 45.0


def test_the_interval_is_the_log_log_one() -> None:
    """At week 9, ten of eleven: exp(-exp(log(-log S) ± 1.96 SE / (S log S)))."""
    found = survival_at(aml(), np.array([9.0]))
    share, error = 10 / 11, math.sqrt((10 / 11) ** 2 / (11 * 10))
    middle, apart = math.log(-math.log(share)), 1.959963984540054 * error / (share * math.log(share))
    np.testing.assert_allclose(
        [found.low[1, 0], found.high[1, 0]],
        [math.exp(-math.exp(middle - apart)), math.exp(-math.exp(middle + apart))],
        rtol=1e-12,
    )


@given(rows=cases, times=st.lists(st.sampled_from([0.0, 0.5, 1, 3, 5, 6.5, 9, 12, 13]), min_size=1, max_size=5))
def test_all_groups_at_once_are_each_group_by_hand(rows: list[tuple[int, bool, int]], times: list[float]) -> None:
    found = survival_at(table(rows), np.array(times))
    assert found.share.shape == (6, len(times))
    for group in range(6):
        for at, time in enumerate(times):
            share, variance, at_risk = by_hand(rows, group, time)
            np.testing.assert_allclose(found.share[group, at], share, rtol=1e-12)
            np.testing.assert_allclose(found.error[group, at], math.sqrt(variance), rtol=1e-9)
            assert found.at_risk[group, at] == at_risk


@given(rows=cases, share=st.sampled_from([0.1, 0.25, 0.5, 0.8, 1.0]))
def test_the_time_until_is_the_first_at_which_so_many_are_finished(
    rows: list[tuple[int, bool, int]], share: float
) -> None:
    found = time_until(table(rows), share)
    for group in range(6):
        steps = sorted({lasted for lasted, _, of in rows if of == group})
        there = [time for time in steps if by_hand(rows, group, time)[0] <= 1 - share + 1e-12]
        np.testing.assert_array_equal(found[group], there[0] if there else np.nan)


@given(rows=cases)
def test_survival_falls_and_lies_within_its_interval(rows: list[tuple[int, bool, int]]) -> None:
    steps = table(rows)
    found = survival_at(steps, np.arange(14.0))
    known = ~np.isnan(found.share)
    assert (np.diff(found.share, axis=1)[known[:, 1:] & known[:, :-1]] <= 1e-12).all()
    assert (np.diff(known.astype(int), axis=1) <= 0).all(), "once a group can't tell, it can't tell later"
    inside = known & (found.share > 0) & (found.share < 1)
    assert (~np.isnan(found.low) == inside).all()
    assert (found.low[inside] >= 0).all() and (found.low[inside] <= found.share[inside]).all()
    assert (found.share[inside] <= found.high[inside]).all() and (found.high[inside] <= 1).all()


@given(rows=cases.filter(bool), limit=st.integers(0, 12))
def test_with_no_case_unfinished_the_share_is_the_plain_share(rows: list[tuple[int, bool, int]], limit: int) -> None:
    rows = [(lasted, True, of) for lasted, _, of in rows]
    found = finished_within(table(rows), float(limit))
    for group in range(6):
        own = [lasted <= limit for lasted, _, of in rows if of == group]
        np.testing.assert_allclose(found.share[group], np.mean(own) if own else np.nan, atol=1e-12)
        if own and not all(own):
            p = np.mean(own)
            np.testing.assert_allclose(found.error[group], math.sqrt(p * (1 - p) / len(own)), atol=1e-12)


def test_a_limit_may_be_one_per_group() -> None:
    steps = aml()
    found = finished_within(steps, np.array([8.0, 34.0]))
    np.testing.assert_allclose(found.share, [1 / 3, 1 - 0.36818], atol=5e-6)
    one, survival = finished_within(steps, 34.0), survival_at(steps, np.array([34.0]))
    np.testing.assert_allclose(one.low, 1 - survival.high[:, 0])
    np.testing.assert_allclose(one.high, 1 - survival.low[:, 0])
    assert (one.low <= one.share).all() and (one.share <= one.high).all()
    narrower = finished_within(steps, 34.0, level=0.8)
    assert (narrower.low > one.low).all() and (narrower.high < one.high).all()


def test_other_groups_change_nothing_not_even_by_rounding() -> None:
    draw = np.random.default_rng(1)
    n, groups = 60_000, 3_000
    durations, finished = np.round(draw.exponential(30, n)), draw.random(n) < 0.8
    group = draw.integers(0, groups, n)
    steps = product_limit(durations, finished, group, groups=groups)
    for code in (0, 1500, groups - 1):
        own = group == code
        alone = product_limit(durations[own], finished[own], np.zeros(own.sum(), dtype=np.int64), groups=1)
        rows = steps.group == code
        np.testing.assert_allclose(steps.survival[rows], alone.survival, rtol=1e-13)
        np.testing.assert_allclose(steps.hazard_variance[rows], alone.hazard_variance, rtol=1e-12)


def test_groups_without_cases_and_times_never_seen_are_unknown() -> None:
    steps = product_limit(np.array([3.0, 5.0]), np.array([True, False]), np.array([2, 2]), groups=4)
    found = survival_at(steps, np.array([0.0, 3.0, 5.0, 6.0, np.nan]))
    np.testing.assert_array_equal(found.share[2], [1.0, 0.5, 0.5, np.nan, np.nan])
    assert np.isnan(np.delete(found.share, 2, axis=0)).all() and (np.delete(found.at_risk, 2, axis=0) == 0).all()
    assert time_until(steps)[2] == 3.0 and np.isnan(np.delete(time_until(steps), 2)).all()
    empty = product_limit(np.zeros(0), np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64), groups=2)
    assert np.isnan(survival_at(empty, np.array([1.0])).share).all() and np.isnan(time_until(empty)).all()
    none = product_limit(np.zeros(0), np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64), groups=0)
    assert survival_at(none, np.array([1.0])).share.shape == (0, 1) and time_until(none).shape == (0,)
    never = product_limit(np.array([3.0, 5.0]), np.array([False, False]), np.array([0, 0]), groups=1)
    assert np.isnan(time_until(never)).all() and finished_within(never, 4.0).share.tolist() == [0.0]
    assert np.isnan(finished_within(never, 4.0).high).all()


def test_a_case_may_be_finished_at_once() -> None:
    steps = product_limit(np.array([0.0, 4.0]), np.array([True, True]), np.array([0, 0]), groups=1)
    assert finished_within(steps, 0.0).share.tolist() == [pytest.approx(0.5)]


@pytest.mark.parametrize(
    ("durations", "finished", "group", "told"),
    [
        ([1.0, -0.5], [True, True], [0, 0], "negative"),
        ([1.0, math.nan], [True, True], [0, 0], "missing"),
        ([1.0, math.inf], [True, False], [0, 0], "infinite"),
        ([1.0, 2.0], [1, 2], [0, 0], "yes or no"),
        ([1.0, 2.0], [1.0, math.nan], [0, 0], "yes or no"),
        ([1.0, 2.0], [True, True], [0, 1], "groups"),
        ([1.0, 2.0], [True, True], [-1, 0], "groups"),
        ([1.0, 2.0], [True, True], [0.0, 0.0], "groups"),
        ([1.0, 2.0], [True], [0, 0], "one length"),
    ],
)
def test_impossible_cases_are_refused(
    durations: list[float], finished: list[bool], group: list[int], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        product_limit(np.array(durations), np.array(finished), np.array(group), groups=1)


def test_impossible_questions_are_refused() -> None:
    steps = aml()
    with pytest.raises(ValueError, match="negative"):
        survival_at(steps, np.array([-1.0]))
    with pytest.raises(ValueError, match="level"):
        survival_at(steps, np.array([1.0]), level=95)
    with pytest.raises(ValueError, match="one row"):
        survival_at(steps, np.array([[1.0]]))
    with pytest.raises(ValueError, match="one per group"):
        finished_within(steps, np.array([1.0, 2.0, 3.0]))
    for share in (0.0, 1.1, math.nan):
        with pytest.raises(ValueError, match="share"):
            time_until(steps, share)
