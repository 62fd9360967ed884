from __future__ import annotations

import numpy as np
import pytest

from minping.indicators.convert import GrowthAs, divided, growth
from minping.model.arrays import Floats


def arrays(*numbers: float) -> list[Floats]:
    return [np.array([number]) for number in numbers]


def test_a_missing_or_zero_divisor_leaves_nothing() -> None:
    value, se = divided(np.array([5.0, 5.0]), np.array([1.0, 1.0]), np.array([0.0, np.nan]))
    assert np.isnan(value).all() and np.isnan(se).all()


def test_a_standard_error_is_never_negative() -> None:
    value, se = divided(*arrays(10.0, 2.0, -5.0), times=100)
    assert (value[0], se[0]) == (-200.0, 40.0)


@pytest.mark.parametrize(
    ("how", "steps", "wanted"),
    [("percent", 2, 10.0), ("percent", 1, 21.0), ("difference", 2, 10.5), ("log", 2, 50 * np.log(1.21))],
)
def test_growth_is_per_period(how: GrowthAs, steps: int, wanted: float) -> None:
    found, _ = growth(*arrays(121, 0, 100, 0), steps=steps, growth_as=how)
    np.testing.assert_allclose(found, wanted, rtol=1e-12)


@pytest.mark.parametrize("how", ["percent", "difference", "log"])
@pytest.mark.parametrize("steps", [1, 3])
def test_the_delta_method_agrees_with_simulation(how: GrowthAs, steps: int) -> None:
    now, se_now, before, se_before = 130.0, 1.5, 100.0, 2.0
    _, se = growth(*arrays(now, se_now, before, se_before), steps=steps, growth_as=how)
    random = np.random.default_rng(5)
    drawn_now, drawn_before = random.normal(now, se_now, 100_000), random.normal(before, se_before, 100_000)
    nothing = np.zeros(100_000)
    drawn, _ = growth(drawn_now, nothing, drawn_before, nothing, steps, how)
    np.testing.assert_allclose(se[0], drawn.std(), rtol=0.02)


def test_the_delta_method_of_a_ratio_agrees_with_simulation() -> None:
    _, se = divided(*arrays(50.0, 4.0, 200.0), times=10_000)
    drawn, _ = divided(np.random.default_rng(6).normal(50, 4, 100_000), np.zeros(100_000), np.full(100_000, 200.0), 1e4)
    np.testing.assert_allclose(se[0], drawn.std(), rtol=0.02)


def test_what_shrinks_to_nothing_grows_by_minus_a_hundred_per_cent() -> None:
    found, se = growth(*arrays(0, 3, 100, 0), steps=1)
    np.testing.assert_allclose((found[0], se[0]), (-100.0, 3.0))


@pytest.mark.parametrize("how", ["percent", "log"])
@pytest.mark.parametrize(("now", "before"), [(5, 0), (5, -2), (-5, 3), (np.nan, 3), (3, np.nan)])
def test_from_nothing_or_between_signs_there_is_no_rate(how: GrowthAs, now: float, before: float) -> None:
    found, _ = growth(*arrays(now, 0, before, 0), steps=1, growth_as=how)
    assert np.isnan(found).all()


def test_one_standard_error_alone_is_kept_and_none_stays_none() -> None:
    _, one = growth(*arrays(110, 2, 100, np.nan), steps=1)
    _, none = growth(*arrays(110, np.nan, 100, np.nan), steps=1)
    np.testing.assert_allclose(one, 2.0)
    assert np.isnan(none).all()
