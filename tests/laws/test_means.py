"""Laws of every mean: a mean that is added to MEANS is tested by standing there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minping.model.arrays import Floats
from minping.scoring.aggregate import MEANS, Branch, combine, leaf, shares
from minping.scoring.plan import Inner

FEW = settings(max_examples=30)
EVERY = pytest.mark.parametrize(
    ("method", "exponent"),
    [(name, p) for name in MEANS if name != "none" for p in ([-2.0, 0.5, 3.0] if name == "power" else [None])],
)
columns = st.integers(2, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(st.floats(0.5, 100), min_size=3, max_size=3), min_size=n, max_size=n),
        st.lists(st.floats(0.05, 5), min_size=n, max_size=n),
    )
)


def inner(method: str, exponent: float | None, count: int) -> Inner:
    return Inner("total", tuple(f"i{at}" for at in range(count)), method, exponent)


def present(points: Sequence[float]) -> Branch:
    nowhere = np.zeros(len(points), dtype=np.bool_)
    return leaf(np.array(points), nowhere, nowhere)


def to_one(weights: Sequence[float]) -> list[float]:
    return [weight / sum(weights) for weight in weights]


def mean(method: str, exponent: float | None, points: list[list[float]], weights: Sequence[float]) -> Floats:
    return combine(inner(method, exponent, len(points)), [present(row) for row in points], to_one(weights)).points


def test_every_mean_but_none_is_under_these_laws() -> None:
    assert set(MEANS) == {"arithmetic", "geometric", "harmonic", "power", "none"}
    assert np.isnan(mean("none", None, [[1.0], [2.0]], [1, 1])).all()


@EVERY
@FEW
@given(case=columns)
def test_a_mean_lies_between_the_least_and_the_most(method: str, exponent: float | None, case: tuple) -> None:
    found = mean(method, exponent, *case)
    points = np.array(case[0])
    assert (found >= points.min(axis=0) * (1 - 1e-12)).all() and (found <= points.max(axis=0) * (1 + 1e-12)).all()


@EVERY
@FEW
@given(case=columns)
def test_equal_points_are_their_own_mean(method: str, exponent: float | None, case: tuple) -> None:
    same = [[50.0, 0.0, 100.0]] * len(case[1])
    np.testing.assert_allclose(mean(method, exponent, same, case[1]), [50.0, 0.0, 100.0], rtol=1e-12)


@EVERY
@FEW
@given(case=columns, at=st.integers(0, 1))
def test_a_mean_grows_with_each_of_its_parts(method: str, exponent: float | None, case: tuple, at: int) -> None:
    points, weights = case
    more = [list(row) for row in points]
    more[at] = [value * 1.5 for value in more[at]]
    assert (mean(method, exponent, more, weights) > mean(method, exponent, points, weights)).all()


@EVERY
@FEW
@given(case=columns)
def test_a_mean_of_points_times_ten_is_ten_times_the_mean(method: str, exponent: float | None, case: tuple) -> None:
    tenfold = [[10 * value for value in row] for row in case[0]]
    np.testing.assert_allclose(mean(method, exponent, tenfold, case[1]), 10 * mean(method, exponent, *case), rtol=1e-12)


@EVERY
@FEW
@given(case=columns)
def test_the_order_of_the_parts_changes_nothing(method: str, exponent: float | None, case: tuple) -> None:
    points, weights = case
    np.testing.assert_allclose(
        mean(method, exponent, points[::-1], weights[::-1]), mean(method, exponent, points, weights), rtol=1e-12
    )


@EVERY
@FEW
@given(case=columns)
def test_shares_of_weight_and_of_points_sum_to_one(method: str, exponent: float | None, case: tuple) -> None:
    points, weights = case
    node, branches = inner(method, exponent, len(points)), [present(row) for row in points]
    parts = shares(node, branches, to_one(weights), mean(method, exponent, points, weights))
    np.testing.assert_allclose(sum(part.weight for part in parts), 1.0, rtol=1e-12)
    np.testing.assert_allclose(sum(part.points for part in parts), 1.0, rtol=1e-12)


@EVERY
@FEW
@given(case=columns)
def test_a_share_of_points_is_what_the_mean_loses_when_the_part_shrinks(
    method: str, exponent: float | None, case: tuple
) -> None:
    """Euler: share × mean = points × slope, here by a difference quotient."""
    points, weights = case
    node, step = inner(method, exponent, len(points)), 1e-6
    whole = mean(method, exponent, points, weights)
    parts = shares(node, [present(row) for row in points], to_one(weights), whole)
    for at in range(len(points)):
        up, down = ([list(row) for row in points] for _ in range(2))
        up[at] = [value * (1 + step) for value in points[at]]
        down[at] = [value * (1 - step) for value in points[at]]
        slope = (mean(method, exponent, up, weights) - mean(method, exponent, down, weights)) / (2 * step)
        np.testing.assert_allclose(parts[at].points * whole, slope, rtol=1e-4, atol=1e-5)


@EVERY
@pytest.mark.parametrize("globally", [False, True])
@FEW
@given(case=columns)
def test_a_missing_part_is_as_if_it_were_not_there(
    method: str, exponent: float | None, globally: bool, case: tuple
) -> None:
    points, weights = case
    nowhere, here = np.zeros(3, dtype=np.bool_), np.array([True, False, False])
    gone = leaf(np.array([np.nan, *points[0][1:]]), nowhere if globally else here, here if globally else nowhere)
    branches = [gone, *(present(row) for row in points[1:])]
    found = combine(inner(method, exponent, len(points)), branches, to_one(weights))
    np.testing.assert_allclose(found.points[0], mean(method, exponent, points[1:], weights[1:])[0], rtol=1e-12)
    np.testing.assert_allclose(found.points[1:], mean(method, exponent, points, weights)[1:], rtol=1e-12)


@EVERY
def test_a_part_that_weighs_nothing_counts_for_nothing_even_where_it_is_missing(
    method: str, exponent: float | None
) -> None:
    absent = leaf(np.array([np.nan, 3.0]), np.array([True, False]), np.array([False, False]))
    found = combine(inner(method, exponent, 2), [absent, present([40.0, 60.0])], [0.0, 1.0])
    np.testing.assert_allclose(found.points, [40.0, 60.0], rtol=1e-12)
    assert found.present is None


@EVERY
def test_a_zero_pulls_every_mean_but_the_arithmetic_and_positive_powers_to_zero(
    method: str, exponent: float | None
) -> None:
    found = mean(method, exponent, [[0.0], [80.0]], [1, 1])[0]
    to_zero = method in ("geometric", "harmonic") or (method == "power" and exponent is not None and exponent < 0)
    assert (found == 0.0) == to_zero


@FEW
@given(case=columns)
def test_the_means_stand_in_their_known_order(case: tuple) -> None:
    ordered = [mean("harmonic", None, *case), mean("geometric", None, *case), mean("power", 0.5, *case)]
    ordered += [mean("arithmetic", None, *case), mean("power", 3.0, *case)]
    for less, more in pairwise(ordered):
        assert (less <= more * (1 + 1e-12)).all()
