"""Sample sizes against statsmodels, textbooks, each other and simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from minping.stats.sample_sizes import (
    clustered_deff,
    difference_power,
    difference_size,
    margin_size,
    mean_reliability,
    reached_margin,
    second_group_size,
    share_sd,
    tail_agreement,
)

#: statsmodels 0.15.0: samplesize_confint_proportion(share, margin, alpha)
MARGINS = [
    (0.5, 0.05, 0.95, 384.14588206941266),
    (0.9, 0.02, 0.95, 864.3282346561784),
    (0.5, 0.02, 0.99, 4146.81037563826),
]
#: statsmodels 0.15.0: NormalIndPower().solve_power(effect, alpha=…, power=…)
SIZES = [
    (0.08, 0.95, 0.8, 2452.7689091746124),
    (0.08, 0.99, 0.9, 4649.808489457861),
    (0.2, 0.95, 0.8, 392.4430232577885),
    (0.2, 0.99, 0.9, 743.9693583258843),
    (0.5, 0.95, 0.8, 62.79088416571135),
]
#: statsmodels 0.15.0: NormalIndPower().power(0.2, n, 0.05)
POWERS = [(50, 0.17007504575308746), (100, 0.2929889364479872), (393, 0.8005559137898353), (1000, 0.9940004700489502)]


@pytest.mark.parametrize(("share", "margin", "level", "size"), MARGINS)
def test_a_margin_needs_as_many_as_statsmodels_says(share: float, margin: float, level: float, size: float) -> None:
    assert margin_size(share_sd(share), margin, level=level) == math.ceil(size)


@pytest.mark.parametrize(("effect", "level", "power", "size"), SIZES)
def test_a_difference_needs_as_many_as_statsmodels_says(effect: float, level: float, power: float, size: float) -> None:
    assert difference_size(1.0, effect, level=level, power=power) == math.ceil(size)


@pytest.mark.parametrize(("size", "power"), POWERS)
def test_power_is_that_of_statsmodels(size: int, power: float) -> None:
    # statsmodels counts differences told the wrong way round too: at 50 each those are 0.2 %
    assert difference_power(1.0, 0.2, size) == pytest.approx(power, abs=0.0021 if size == 50 else 4e-4)


@pytest.mark.parametrize(
    ("population", "size"), [(100, 80), (500, 218), (1000, 278), (10_000, 370), (100_000, 383), (1_000_000, 384)]
)
def test_a_finite_population_needs_what_krejcie_and_morgan_tabulate(population: float, size: int) -> None:
    """Krejcie & Morgan (1970), Table: share 0.5, ± 5 points, 95 %; their χ² is rounded to 3.841, ours goes up."""
    assert abs(float(margin_size(share_sd(0.5, population), 0.05, population=population)) - size) <= 1


def test_cochrans_own_example_of_a_mean() -> None:
    """Cochran (1977), chapter 4, silver maple seedlings: N = 430, S² = 85.6, 10 % of a mean of 19, t = 2: 95, then 78."""
    level = math.erf(2 / math.sqrt(2))
    size = margin_size(math.sqrt(85.6), 1.9, level=level, population=np.array([math.inf, 430.0]))
    assert size.tolist() == [95.0, 78.0]


@given(
    st.floats(1, 40),
    st.floats(0.5, 20),
    st.floats(0.6, 0.999),
    st.floats(1, 5),
    st.sampled_from([math.inf, 200.0, 5e3, 1e6]),
)
def test_the_size_gives_the_margin_and_one_fewer_does_not(
    sd: float, margin: float, level: float, deff: float, population: float
) -> None:
    size = float(margin_size(sd, margin, level=level, deff=deff, population=population))
    assert 1 <= size <= population
    # with the design effect the population is met a little sooner than without (Cochran's correction of the whole)
    if deff == 1 or math.isinf(population):
        assert reached_margin(sd, size, level=level, deff=deff, population=population) <= margin * (1 + 1e-6)
        if size > 1:
            assert reached_margin(sd, size - 1, level=level, deff=deff, population=population) > margin * (1 - 1e-6)


@given(st.floats(1, 40), st.floats(0.5, 20), st.floats(0.6, 0.999), st.floats(0.55, 0.99), st.floats(1, 5))
def test_the_size_gives_the_power_and_one_fewer_does_not(
    sd: float, difference: float, level: float, power: float, deff: float
) -> None:
    size = float(difference_size(sd, difference, level=level, power=power, deff=deff))
    assert difference_power(sd, difference, size, level=level, deff=deff) >= power - 1e-6
    if size > 1:
        assert difference_power(sd, difference, size - 1, level=level, deff=deff) < power + 1e-6


def test_power_is_what_simulation_gives() -> None:
    rng = np.random.default_rng(5)
    size, sd, apart = 120, 25.0, 8.0
    one, other = (rng.normal(mean, sd, (4000, size)).mean(axis=1) for mean in (70.0, 70.0 + apart))
    told = (other - one) / (sd * math.sqrt(2 / size)) > 1.959964
    assert told.mean() == pytest.approx(float(difference_power(sd, apart, size)), abs=0.025)


def test_a_second_group_gives_the_power_with_the_first_groups_error() -> None:
    rng = np.random.default_rng(6)
    size = int(second_group_size(1.2, 30.0, 6.0))
    first, second = rng.normal(70, 1.2, 4000), rng.normal(64, 30.0, (4000, size)).mean(axis=1)
    told = (first - second) / math.hypot(1.2, 30.0 / math.sqrt(size)) > 1.959964
    assert told.mean() == pytest.approx(0.8, abs=0.025)
    assert second_group_size(0.0, 25.0, 5.0) == math.ceil(25.0**2 * (1.959964 + 0.841621) ** 2 / 25)
    assert second_group_size(0.0, 25.0, 5.0, population=100.0) == 67


def test_clusters_cost_what_kish_says_and_simulation_shows() -> None:
    rng = np.random.default_rng(7)
    clusters, each, icc = 40, 10, 0.1
    of_cluster = rng.normal(0, math.sqrt(icc), (3000, clusters, 1))
    answers = of_cluster + rng.normal(0, math.sqrt(1 - icc), (3000, clusters, each))
    spread = answers.mean(axis=(1, 2)).var() * clusters * each
    assert spread == pytest.approx(float(clustered_deff(icc, each)), rel=0.06)
    assert clustered_deff(0.0, 50.0) == 1.0


@pytest.mark.parametrize("reliability", [0.05, 0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("share", [0.1, 0.25])
def test_the_true_bottom_is_that_of_the_bivariate_normal(reliability: float, share: float) -> None:
    from scipy.special import ndtri

    rho, cut = math.sqrt(reliability), float(ndtri(share))
    both = multivariate_normal([0, 0], [[1, rho], [rho, 1]]).cdf([cut, cut])
    assert tail_agreement(reliability, share) == pytest.approx(both / share, abs=1e-5)


def test_small_samples_name_the_wrong_bottom_as_the_simulated_city_shows() -> None:
    """343 units, mean 97 %, true sd 1 point: of the bottom tenth reported at n = 50, a third is right; at 1000, most."""
    rng, units, runs = np.random.default_rng(8), 343, 60
    for size in (50, 200, 1000):
        right = []
        for _ in range(runs):
            true = rng.normal(70, 1.0, units)
            told = true + rng.normal(0, 17.0 / math.sqrt(size), units)
            bottom = set(np.argsort(told)[:34].tolist())
            right.append(len(bottom & set(np.argsort(true)[:34].tolist())) / 34)
        reliability = mean_reliability(17.0, size, 1.0)
        assert np.mean(right) == pytest.approx(float(tail_agreement(reliability)), abs=0.03)


def test_shapes_broadcast_and_missing_stays_missing() -> None:
    size = margin_size(np.array([10.0, np.nan]), np.array([[1.0], [2.0]]))
    assert size.shape == (2, 2) and np.isnan(size[:, 1]).all() and not np.isnan(size[:, 0]).any()


@pytest.mark.parametrize(
    "call",
    [
        lambda: margin_size(0.0, 1.0),
        lambda: margin_size(1.0, -1.0),
        lambda: margin_size(1.0, 1.0, level=95),
        lambda: margin_size(1.0, 1.0, deff=0.5),
        lambda: difference_size(1.0, 1.0, power=1.0),
        lambda: reached_margin(1.0, 11.0, population=10.0),
        lambda: share_sd(1.5),
        lambda: clustered_deff(1.5, 10.0),
        lambda: clustered_deff(0.5, 0.0),
        lambda: tail_agreement(1.2),
        lambda: tail_agreement(0.5, 1.0),
    ],
)
def test_what_cannot_be_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        call()  # type: ignore[operator]
