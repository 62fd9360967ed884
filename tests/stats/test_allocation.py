"""Draws split over strata: whole numbers that add up, by size or by Neyman's optimum."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.stats.allocation import allocate


@given(
    st.integers(0, 3000),
    st.lists(st.tuples(st.integers(0, 400), st.floats(0, 50)), min_size=1, max_size=30),
    st.integers(0, 3),
)
def test_draws_add_up_and_keep_their_bounds(size: int, strata: list[tuple[int, float]], least: int) -> None:
    most = np.array([there for there, _ in strata])
    found = allocate(size, np.array([share for _, share in strata]), most, least)
    assert found.sum() == min(size, most.sum())
    assert (found >= 0).all() and (found <= most).all()
    if np.minimum(least, most).sum() <= size:
        assert (found >= np.minimum(least, most)).all()


def test_proportional_draws_follow_the_sizes() -> None:
    assert allocate(100, np.array([600.0, 300.0, 100.0]), np.array([600, 300, 100])).tolist() == [60, 30, 10]


def test_what_a_small_stratum_can_not_give_goes_to_the_others() -> None:
    assert allocate(100, np.array([500.0, 500.0, 10.0]), np.array([10, 400, 400])).tolist() == [10, 88, 2]


def test_neymans_optimum_has_the_least_variance_of_all_splits() -> None:
    sizes, sd = np.array([400.0, 250.0, 150.0]), np.array([10.0, 30.0, 20.0])
    most = sizes.astype(np.int64)

    def variance(draws: np.ndarray) -> float:
        return float((sizes**2 * sd**2 / draws).sum())

    best = min(
        variance(np.array([one, other, 60 - one - other])) for one in range(2, 57) for other in range(2, 59 - one)
    )
    assert variance(allocate(60, sizes * sd, most)) == pytest.approx(best, rel=1e-3)


def test_nothing_is_drawn_from_nothing() -> None:
    assert allocate(5, np.array([1.0, 1.0]), np.array([0, 9])).tolist() == [0, 5]
    assert allocate(0, np.array([1.0]), np.array([9]), 0).tolist() == [0]
    with pytest.raises(ValueError, match="not negative"):
        allocate(-1, np.array([1.0]), np.array([9]))
