"""Stretches that begin, against looking at one group after another; the log-rank test by hand and by Fisher."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.stats.stretches import Waits, first_stretch, more_begun


def plain(times: list[float], held: list[bool], least: float) -> tuple[float, bool]:
    """The same for one group, observation by observation."""
    begin: float | None = None
    for at, (time, low) in enumerate(sorted(zip(times, held, strict=True))):
        if not low:
            begin = None
            continue
        begin = (0.0 if at == 0 else time) if begin is None else begin
        if time - begin >= least:
            return begin, True
    free = max(times, default=-np.inf) - least
    return (free, False) if free >= 0 else (np.nan, False)


def test_every_group_is_as_looking_at_it_one_by_one() -> None:
    random = np.random.default_rng(3)
    group = random.integers(-1, 40, 300)
    time, held = np.round(random.uniform(0, 60, 300), 1), random.random(300) < 0.6
    found = first_stretch(group, time, held, 40, 12.0)
    for at in range(40):
        wanted = plain(time[group == at].tolist(), held[group == at].tolist(), 12.0)
        np.testing.assert_allclose(found.time[at], wanted[0])
        assert found.begun[at] == wanted[1]


def test_a_group_that_was_watched_for_too_short_a_time_tells_nothing() -> None:
    found = first_stretch(np.array([0, 1]), np.array([11.0, 12.0]), np.array([True, True]), 3, 12.0)
    np.testing.assert_array_equal(found.time, [np.nan, 0.0, np.nan])
    assert found.begun.tolist() == [False, True, False]


def test_no_observation_at_all() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    found = first_stretch(nothing, np.zeros(0), np.zeros(0, dtype=np.bool_), 2, 12.0)
    assert np.isnan(found.time).all() and np.isnan(more_begun(found, np.arange(2), 2, np.arange(2), 3.0)[2]).all()


def test_one_time_and_one_kind_is_fishers_test() -> None:
    begun = np.array([True, True, True, False, False, False, True, False])
    owner = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    waits = Waits(np.zeros(8), begun)
    found, expected, p = more_begun(waits, owner, 2, np.zeros(8, dtype=np.int64), 3.0)
    wanted = stats.fisher_exact([[3, 1], [1, 3]], alternative="greater").pvalue
    assert found.tolist() == [3, 1] and expected.tolist() == [2, 2] and p[0] == pytest.approx(wanted)


def test_those_who_began_before_wait_no_longer_and_kinds_are_apart() -> None:
    waits = Waits(np.array([0.0, 6.0, 6.0, 30.0, 6.0, 6.0]), np.array([True, True, False, False, True, True]))
    owner, kind = np.array([0, 0, 1, 1, 0, -1]), np.array([0, 0, 0, 0, -1, 1])
    found, expected, p = more_begun(waits, owner, 3, kind, 3.0)
    # of kind 0: 1 of 4 at once, then 1 of 3, of which owner 0 has 2 and 1; the only one of no kind is sure to begin
    assert found.tolist() == [3, 0, 0] and expected == pytest.approx([0.5 + 1 / 3 + 1, 0.5 + 2 / 3, 0])
    assert p[0] == pytest.approx(0.5 / 3) and p[1] == pytest.approx(1) and np.isnan(p[2])
