"""Ratings weighed to a log, against plain code body by body and against designs that are checked with R's `survey`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minping.indicators.calibrated import WORTH
from minping.indicators.ratings import MEASURES
from minping.indicators.weighing import Log, Told, Way, Weighed, weigh
from minping.model.calibration import Outcome
from minping.stats.calibration import Margin, rake, regress
from minping.stats.calibration import columns_of as indicators_of
from minping.stats.designs import Design, Stage
from minping.stats.estimates import mean

RAKE = Way("rake", None, 1, False)
CHANNELS, SERVICES = 3, 4


def sample(seed: int, groups: int = 5, size: int = 400) -> dict[str, np.ndarray]:
    """Ratings, one row each: group, window, channel, service, level; channels differ in level and in who answers."""
    random = np.random.default_rng(seed)
    count = groups * size
    group, channel = random.integers(0, groups, count), random.integers(0, CHANNELS, count)
    service, window = random.integers(0, SERVICES, count), random.integers(0, 8, count)
    level = np.clip(np.round(random.normal(3.6, 1.2, count) + 0.8 * (channel == 0) - 0.6 * (service == 1)), 1, 5)
    return {"group": group, "window": window, "channel": channel, "service": service, "level": level.astype(int)}


def log_of(seed: int, groups: int = 5) -> Log:
    """Every combination has some cases."""
    random = np.random.default_rng(seed + 1)
    group, channel, service = (axis.ravel() for axis in np.indices((groups, CHANNELS, SERVICES)))
    return Log(groups, group, (channel, service), random.integers(50, 900, len(group)).astype(float))


def told_of(rows: dict[str, np.ndarray], log: Log) -> Told:
    """The same ratings as counts."""
    cell = np.ravel_multi_index((rows["group"], rows["channel"], rows["service"]), (log.groups, CHANNELS, SERVICES))
    cluster = np.unique(rows["group"] * 100 + rows["window"], return_inverse=True)[1].ravel()
    keys, at = np.unique(np.stack([cluster, cell]), axis=1, return_inverse=True)
    levels = np.zeros((keys.shape[1], 5))
    np.add.at(levels, (at.ravel(), rows["level"] - 1), 1)
    return Told(keys[1], keys[0], levels)


def by_hand(rows: dict[str, np.ndarray], log: Log, at: int, way: Way, worth: np.ndarray) -> tuple[float, float]:
    """Estimate and clustered error of one body, one row per rating, by weights and regression written out."""
    mine = rows["group"] == at
    y, window = worth[rows["level"][mine] - 1], rows["window"][mine]
    channel, service = rows["channel"][mine], rows["service"][mine]
    issued = log.issued[log.group == at].reshape(CHANNELS, SERVICES)
    if way.method == "post":
        columns = np.eye(CHANNELS * SERVICES)[channel * SERVICES + service]
        totals = issued.ravel()
    else:
        columns = np.hstack([np.eye(CHANNELS)[channel], np.eye(SERVICES)[service]])
        totals = np.concatenate([issued.sum(axis=1), issued.sum(axis=0)])
    weight = np.ones(len(y))
    if way.method in ("post", "rake"):
        for _ in range(500):
            for part in np.split(np.arange(columns.shape[1]), [] if way.method == "post" else [CHANNELS]):
                held = columns[:, part].T @ weight
                weight = weight * (columns[:, part] @ (totals[part] / held))
    else:
        start = totals.sum() / (2 * len(y))
        gram = columns.T @ columns * start
        weight = start * (1 + columns @ (np.linalg.pinv(gram) @ (totals - start * columns.sum(axis=0))))
    estimate = weight @ y / weight.sum()
    linear = (y - estimate) / weight.sum()
    slope = np.linalg.lstsq(columns, linear, rcond=None)[0]
    scores = weight * (linear - columns @ slope)
    clusters = np.array([scores[window == one].sum() for one in np.unique(window)])
    many = len(clusters)
    return float(estimate), float(np.sqrt(many / (many - 1) * ((clusters - clusters.mean()) ** 2).sum()))


@pytest.mark.parametrize("method", ["post", "rake", "greg"])
def test_every_body_is_as_by_hand(method: str) -> None:
    rows, log, way = sample(1), log_of(1), Way(method, None, 1, False)  # type: ignore[arg-type]
    found = weigh(log, told_of(rows, log), WORTH, way)
    assert (found.outcome == Outcome.WEIGHED).all()
    clustered = 0
    for at in range(log.groups):
        for measure, worth in enumerate(MEASURES.values()):
            estimate, se = by_hand(rows, log, at, way, worth)
            assert found.estimate[at, measure] == pytest.approx(estimate, rel=1e-9)
            assert found.se[at, measure] >= se * (1 - 1e-9)
            if found.se[at, measure] <= se * (1 + 1e-9):
                clustered += 1
    assert clustered >= 5  # where windows differ, theirs is the error


@pytest.mark.parametrize("method", ["rake", "greg"])
def test_the_error_is_that_of_the_design_checked_against_r(method: str) -> None:
    rows, log = sample(2, size=900), log_of(2)
    rows["level"] = np.clip(rows["level"] - 2 * (rows["window"] == rows["group"]), 1, 5)  # windows that differ
    found = weigh(log, told_of(rows, log), WORTH, Way(method, None, 1, False))  # type: ignore[arg-type]
    for at in range(log.groups):
        mine = rows["group"] == at
        issued = log.issued[log.group == at].reshape(CHANNELS, SERVICES)
        margins = [Margin(rows["channel"][mine], issued.sum(axis=1)), Margin(rows["service"][mine], issued.sum(axis=0))]
        base = np.full(mine.sum(), issued.sum() / mine.sum())
        totals = np.concatenate([margins[0].total, margins[1].total[1:]])
        weighting = rake(base, margins) if method == "rake" else regress(base, indicators_of(margins), totals)
        stage = Stage(np.zeros(mine.sum(), dtype=np.int64), rows["window"][mine])
        design = Design(weighting.weight, (stage,), weighting.calibrated)
        expected = mean(design, MEASURES["mean_points"][rows["level"][mine] - 1])
        assert found.estimate[at, 3] == pytest.approx(expected.value[0], rel=1e-9)
        assert found.se[at, 3] == pytest.approx(expected.se[0], rel=1e-8)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from(["post", "rake", "greg", "bounded"]))
def test_a_log_with_the_ratings_own_margins_changes_nothing(seed: int, method: str) -> None:
    rows, log = sample(seed, 3, 60), log_of(seed, 3)
    told = told_of(rows, log)
    own = np.zeros(len(log.group))
    np.add.at(own, told.cell, told.levels.sum(axis=1))
    bounds = (0.5, 2.0) if method == "bounded" else None
    found = weigh(Log(3, log.group, log.code, 7 * own), told, WORTH, Way(method, bounds, 1, False))  # type: ignore[arg-type]
    plain = [WORTH[rows["level"][rows["group"] == at] - 1].mean(axis=0) for at in range(3)]
    np.testing.assert_allclose(found.estimate, plain, rtol=1e-10)
    np.testing.assert_allclose(found.factor[own > 0], 1.0, rtol=1e-9)
    np.testing.assert_allclose(found.spread, 1.0)


def one_body(issued: list[float], rated: list[list[float]], way: Way = RAKE) -> Weighed:
    """One column; a cluster for each rating, of the levels of each category."""
    size = len(issued)
    log = Log(1, np.zeros(size, dtype=np.int64), (np.arange(size),), np.array(issued))
    levels = np.array(rated)
    each = np.repeat(np.arange(size), levels.sum(axis=1).astype(int))
    single = np.concatenate([np.repeat(np.eye(5), row.astype(int), axis=0) for row in levels])
    return weigh(log, Told(each, np.arange(len(each)), single), WORTH, way)


def test_the_share_of_all_served_is_that_of_each_channel_by_its_cases() -> None:
    found = one_body([100, 300], [[0, 0, 0, 0, 80], [10, 0, 0, 0, 10]])
    assert found.estimate[0, 0] == pytest.approx(25 * 1.0 + 75 * 0.5)
    np.testing.assert_allclose(found.factor, [0.25 * 100 / 80, 0.75 * 100 / 20])


def test_a_calibration_that_explains_makes_the_error_smaller_and_unequal_weights_larger() -> None:
    explained = one_body([500, 500], [[0, 0, 0, 0, 50], [50, 0, 0, 0, 0]])
    assert explained.se[0, 0] < 0.3 * 100 * np.sqrt(0.25 / 100)
    unequal = one_body([10, 990], [[5, 0, 0, 0, 85], [1, 0, 0, 0, 9]])
    assert unequal.se[0, 0] > 100 * np.sqrt(0.1 * 0.9 / 10) * 0.9 and unequal.spread[0] > 5


def test_where_all_are_satisfied_the_share_is_a_hundred_and_its_error_is_not_nought() -> None:
    few, many = (one_body([31, 7, 62], [[0, 0, 0, 0, size]] * 3) for size in (3, 300))
    assert few.estimate[0, 0] == many.estimate[0, 0] == 100.0
    assert few.se[0, 0] > 5 > 1 > many.se[0, 0] > 0


def test_a_category_with_cases_and_no_rating_is_told() -> None:
    found = one_body([10, 20, 30], [[0, 0, 0, 0, 9], [0, 0, 0, 0, 0], [3, 0, 0, 0, 9]])
    assert found.outcome[0] == Outcome.TOO_FEW and np.isnan(found.estimate).all() and np.isnan(found.factor).all()
    assert found.short[0].tolist() == [False, True, False]


def test_few_are_pooled_with_the_next_smallest_where_the_scheme_says_so() -> None:
    way = Way("post", None, 5, True)
    found = one_body([10, 20, 30, 40], [[0, 0, 0, 0, 9], [2, 0, 0, 0, 0], [3, 0, 0, 0, 9], [1, 0, 0, 0, 60]], way)
    assert found.outcome[0] == Outcome.WEIGHED and found.pooled[0].tolist() == [True, True, False, False]
    together = 100 * 9 / 11
    assert found.estimate[0, 0] == pytest.approx(0.3 * together + 0.3 * 75 + 0.4 * 100 * 60 / 61)


def test_several_that_are_short_are_one_category_and_need_no_other() -> None:
    way = Way("post", None, 5, True)
    found = one_body([10, 20, 30], [[0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [3, 0, 0, 0, 9]], way)
    assert found.pooled[0].tolist() == [True, True, False]
    assert found.estimate[0, 0] == pytest.approx(50 * 0.6 + 50 * 0.75)


def test_where_all_together_are_too_few_there_is_no_figure() -> None:
    found = one_body([10, 20], [[0, 0, 0, 0, 1], [1, 0, 0, 0, 0]], Way("post", None, 5, True))
    assert found.outcome[0] == Outcome.TOO_FEW and np.isnan(found.estimate).all()


def test_ratings_of_a_category_that_the_log_does_not_know_have_no_weight_and_are_told() -> None:
    found = one_body([10, 0, 30], [[0, 0, 0, 0, 9], [50, 0, 0, 0, 0], [3, 0, 0, 0, 9]])
    assert found.unknown.tolist() == [False, True, False] and found.n[0] == 21
    assert found.estimate[0, 0] == pytest.approx(25 + 75 * 0.75) and found.factor[1] == 0


def test_a_body_without_offers_and_one_without_ratings_are_told_apart() -> None:
    log = Log(2, np.array([0, 1]), (np.array([0, 0]),), np.array([0.0, 5.0]))
    found = weigh(log, Told(np.array([0]), np.array([0]), np.array([[0, 0, 0, 0, 7.0]])), WORTH, RAKE)
    assert found.outcome.tolist() == [Outcome.NO_LOG, Outcome.NO_RATINGS] and np.isnan(found.estimate).all()


def test_margins_that_no_weights_can_give_are_told() -> None:
    # by the log the hall also served what nobody rated there, and only there is it missing from the ratings
    code = (np.array([0, 1, 0]), np.array([0, 1, 1]))
    log = Log(1, np.zeros(3, dtype=np.int64), code, np.array([5.0, 5.0, 5.0]))
    levels = np.array([[1, 0, 0, 0, 8], [0, 0, 0, 0, 9], [0, 0, 0, 0, 0.0]])
    found = weigh(log, Told(np.arange(3), np.arange(3), levels), WORTH, RAKE)
    assert found.outcome[0] == Outcome.UNATTAINABLE and np.isnan(found.estimate).all()
    narrow = one_body([100, 300], [[0, 0, 0, 0, 80], [10, 0, 0, 0, 10]], Way("bounded", (0.9, 1.1), 1, False))
    assert narrow.outcome[0] == Outcome.UNATTAINABLE and np.isnan(narrow.estimate).all()


def test_the_error_covers_the_truth_where_channels_answer_unequally() -> None:
    """800 bodies of one kind: the phone is content in half of its cases and hardly answers; 95 % intervals."""
    random = np.random.default_rng(12)
    groups, windows = 800, 20
    cases, response, content = np.array([600, 300, 100]), np.array([0.3, 0.25, 0.1]), np.array([0.95, 0.85, 0.5])
    group, window, channel = (axis.ravel() for axis in np.indices((groups, windows, 3)))
    spread = random.normal(0, 0.04, groups * windows)[group * windows + window]
    rated = random.binomial((cases / windows).astype(int)[channel], response[channel])
    happy = random.binomial(rated, np.clip(content[channel] + spread, 0, 1))
    levels = np.zeros((len(group), 5))
    levels[:, 0], levels[:, 4] = rated - happy, happy
    at = np.arange(groups * 3)
    log = Log(groups, at // 3, (at % 3,), cases[at % 3].astype(float))
    found = weigh(log, Told(group * 3 + channel, group * windows + window, levels), WORTH, RAKE)
    truth = 100 * float(content @ cases) / cases.sum()
    inside = np.abs(found.estimate[:, 0] - truth) <= 1.96 * found.se[:, 0]
    assert 0.93 <= inside.mean() <= 0.97
    plain = 100 * levels[:, 4].reshape(groups, -1).sum(axis=1) / levels.reshape(groups, -1).sum(axis=1)
    assert plain.mean() - truth > 1.5 > 0.2 > abs(found.estimate[:, 0].mean() - truth)
