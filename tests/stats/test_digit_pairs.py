"""Pairs of last digits against scipy and plain text; honest figures, and figures that people would make up."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.stats.digit_pairs import last_pairs


def test_every_group_is_as_scipy_and_the_written_digits_have_it() -> None:
    random = np.random.default_rng(1)
    written, group = random.integers(-20_000, 20_000, 3000), random.integers(-1, 5, 3000)
    found = last_pairs(written, group, 5)
    for at in range(5):
        ends = [str(abs(one))[-2:] for one in written[group == at].tolist() if abs(one) >= 1000]
        repeated = sum(a == b for a, b in ends)
        neighbours = sum((int(a) - int(b)) % 10 in {1, 9} for a, b in ends)
        assert (found.figures[at], found.repeated[at], found.neighbours[at]) == (len(ends), repeated, neighbours)
        for p, count, chance, tail in (
            (found.p_few_repeated, repeated, 0.1, "less"),
            (found.p_many_repeated, repeated, 0.1, "greater"),
            (found.p_many_neighbours, neighbours, 0.2, "greater"),
        ):
            wanted = stats.binomtest(count, len(ends), chance, alternative=tail).pvalue  # type: ignore[arg-type]
            assert p[at] == pytest.approx(wanted, rel=1e-9)


def test_honest_figures_are_rejected_no_more_often_than_the_level() -> None:
    written = np.exp(np.random.default_rng(2).normal(9, 1, 100_000)).astype(np.int64)
    found = last_pairs(written, np.repeat(np.arange(500), 200), 500)
    for p in (found.p_few_repeated, found.p_many_repeated, found.p_many_neighbours):
        assert stats.binom.sf(int((p <= 0.05).sum()) - 1, 500, 0.05) > 0.005


def test_figures_without_repeats_are_found() -> None:
    written = np.random.default_rng(3).integers(1000, 99_999, 400)
    made_up = np.where(written % 10 == written // 10 % 10, written + 1, written)
    assert last_pairs(made_up, np.zeros(400, dtype=np.int64), 1).p_few_repeated[0] < 1e-10


def test_small_figures_are_left_out() -> None:
    found = last_pairs(np.array([999, 1000, 12]), np.zeros(3, dtype=np.int64), 2)
    assert found.figures.tolist() == [1, 0] and np.isnan(found.p_few_repeated[1])
