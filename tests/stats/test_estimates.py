from __future__ import annotations

import numpy as np
import pytest

from minping.stats.designs import Design, Stage
from minping.stats.estimates import Estimate, design_effects, interval, mean, quantiles, ratio, total


def simple(rows: int, weight: float = 1.0, fraction: float | None = None) -> Design:
    known = None if fraction is None else np.full(rows, fraction)
    return Design(np.full(rows, weight), (Stage(np.zeros(rows, dtype=np.int64), np.arange(rows), known),))


Y = np.array([1.0, 4.0, 2.0, 8.0, 5.0, 7.0])


def test_a_simple_random_sample_has_the_errors_of_the_textbook() -> None:
    found = mean(simple(6, 10.0, 0.1), Y)
    assert found.value[0] == Y.mean() and found.degrees == 5
    np.testing.assert_allclose(found.se[0], np.sqrt(0.9 * Y.var(ddof=1) / 6))
    np.testing.assert_allclose(total(simple(6, 10.0, 0.1), Y).se[0], 60 * found.se[0])


def test_missing_answers_are_left_out_and_counted() -> None:
    found = mean(simple(6), np.where(Y == 8.0, np.nan, Y))
    assert found.rows.tolist() == [5] and found.value[0] == np.mean([1, 4, 2, 5, 7])


def test_a_domain_without_a_row_has_no_value_and_no_error() -> None:
    found = mean(simple(6), Y, np.array([0, 0, 2, 2, -1, -1]), 3)
    assert found.rows.tolist() == [2, 0, 2] and np.isnan(found.value[1]) and np.isnan(found.se[1])
    assert found.value[[0, 2]].tolist() == [2.5, 5.0]


def test_a_mean_is_the_ratio_to_ones_and_a_ratio_of_equals_has_no_error() -> None:
    assert mean(simple(6), Y).se == ratio(simple(6), Y, np.ones(6)).se
    same = ratio(simple(6), 3 * Y, Y)
    assert same.value[0] == pytest.approx(3.0) and same.se[0] == pytest.approx(0.0, abs=1e-12)


def test_the_errors_cover_the_truth_as_often_as_they_say() -> None:
    random, covered = np.random.default_rng(11), 0
    for _ in range(1500):
        unit = np.repeat(np.arange(40), 5)
        y = random.normal(size=40)[unit] + random.normal(size=200)
        design = Design(np.ones(200), (Stage(np.zeros(200, dtype=np.int64), unit),))
        low, high = interval(mean(design, y))
        covered += bool(low[0] <= 0.0 <= high[0])
    assert 0.935 <= covered / 1500 <= 0.965


@pytest.mark.parametrize("shape", ["logit", "asin", "beta"])
def test_intervals_of_shares_stay_between_nought_and_one(shape: str) -> None:
    share = np.array([1.0, 0, 0, 0, 0, 0])
    low, high = interval(mean(simple(6), share), shape=shape, design=simple(6))  # type: ignore[arg-type]
    assert 0 <= low[0] < 1 / 6 < high[0] <= 1


def test_a_share_of_one_keeps_its_logit_interval_at_one() -> None:
    low, high = interval(Estimate(np.array([1.0]), np.array([0.0]), np.array([5]), 4), shape="logit")
    assert (low[0], high[0]) == (1.0, 1.0)


def test_quantiles_of_equal_weights_are_those_of_the_values() -> None:
    values = np.arange(1.0, 101.0)
    assert quantiles(simple(100), values, np.array([0.25, 0.5, 0.9]))[0].tolist() == [25.0, 50.0, 90.0]
    np.testing.assert_allclose(
        quantiles(simple(100), values, np.array([0.1, 0.5]), "hf7")[0], np.quantile(values, [0.1, 0.5])
    )


def test_quantiles_know_weights() -> None:
    design = Design(np.array([1.0, 1.0, 8.0]), simple(3).stages)
    assert quantiles(design, np.array([1.0, 2.0, 3.0]), np.array([0.5]))[0][0] == 3.0


def test_design_effects_of_domains_compare_with_as_many_independent_rows() -> None:
    random = np.random.default_rng(3)
    y, domain = random.normal(size=400), random.integers(0, 3, 400)
    y[:20] = np.nan
    design = Design(random.uniform(1, 2, 400), (Stage(np.zeros(400, dtype=np.int64), random.integers(0, 30, 400)),))
    found = mean(design, y, domain, 4)
    effects = design_effects(design, y, found, domain, 4)
    for at in range(3):
        here = (domain == at) & ~np.isnan(y)
        weight, values = design.weight[here], y[here]
        middle = np.average(values, weights=weight)
        plain = np.average((values - middle) ** 2, weights=weight) / (here.sum() - 1)
        np.testing.assert_allclose(effects[at], found.se[at] ** 2 / plain)
    assert np.isnan(effects[3]) and 0.5 < effects[0] < 3


def test_the_ends_of_the_likelihood_lie_where_it_has_fallen() -> None:
    found = Estimate(np.array([0.2, 0.9, 0.0]), np.array([0.05, 0.02, 0.0]), np.array([9, 9, 9]), 40)
    low, high = interval(found, shape="likelihood")
    t = 2.0210753903062715  # Student's t with 40 degrees, 97.5 %
    for at in range(2):
        p, size = found.value[at], found.value[at] * (1 - found.value[at]) / found.se[at] ** 2
        for end in (low[at], high[at]):
            fallen = 2 * size * (p * np.log(p / end) + (1 - p) * np.log((1 - p) / (1 - end)))
            np.testing.assert_allclose(fallen, t**2)
        assert low[at] < p < high[at]
    assert low[2] == high[2] == 0
