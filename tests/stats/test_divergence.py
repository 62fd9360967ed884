"""How far counts lie from shares: bias, coverage, and what chance alone shows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minping.stats.divergence import apart, total_variation

SHARES = st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any).map(lambda found: np.array(found) / sum(found))
ASKED = np.array([0.4, 0.3, 0.2, 0.1])
DONE = np.array([0.1, 0.2, 0.3, 0.4])


@given(SHARES, SHARES, SHARES)
@settings(deadline=None, max_examples=60)
def test_it_is_a_distance_from_nought_to_one(one: np.ndarray, two: np.ndarray, three: np.ndarray) -> None:
    assert 0 <= total_variation(one, two) <= 1 + 1e-12 and total_variation(one, one) == 0
    assert total_variation(one, two) == total_variation(two, one)
    assert total_variation(one, three) <= total_variation(one, two) + total_variation(two, three) + 1e-12
    most = max(abs(one[list(at)].sum() - two[list(at)].sum()) for at in ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2)))
    assert total_variation(one, two) == pytest.approx(most)  # the largest difference of any set


@pytest.mark.parametrize("asked", [ASKED, DONE, 0.8 * DONE + 0.2 * ASKED])
@pytest.mark.parametrize("size", [40, 200])
def test_intervals_cover_the_truth_near_and_far(asked: np.ndarray, size: int) -> None:
    random = np.random.default_rng(4)
    counts = random.multinomial(size, asked, 600).astype(np.float64)
    estimate, low, high, by_chance = apart(counts, np.tile(DONE, (600, 1)), random)
    truth = float(total_variation(asked, DONE))
    plain = total_variation(counts / size, DONE)
    assert np.mean((low <= truth) & (truth <= high)) > 0.93
    assert abs(estimate.mean() - truth) <= abs(plain.mean() - truth) + 0.01
    if truth == 0:
        assert by_chance.mean() == pytest.approx(plain.mean(), rel=0.05)  # what chance shows, told beside
        assert estimate.mean() < 0.7 * plain.mean()


def test_nothing_is_said_of_bodies_without_requests_or_effort() -> None:
    counts = np.array([[0.0, 0], [5, 5], [5, 5]])
    shares = np.array([[0.5, 0.5], [np.nan, np.nan], [0.5, 0.5]])
    found = np.array(apart(counts, shares, np.random.default_rng(1)))
    assert np.isnan(found[:, :2]).all() and np.isfinite(found[:, 2]).all() and found[0, 2] == 0
    assert np.isnan(np.array(apart(counts[:1], shares[:1], np.random.default_rng(1)))).all()


def test_many_bodies_at_once_are_as_one_by_one_in_size() -> None:
    counts = np.tile([30.0, 10, 0], (3000, 1))
    estimate, low, high, _ = apart(counts, np.tile([0.25, 0.25, 0.5], (3000, 1)), np.random.default_rng(2))
    assert estimate == pytest.approx(np.full(3000, 0.5), abs=0.05)
    assert (low < estimate).all() and (estimate < high).all()
