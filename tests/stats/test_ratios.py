"""Ratios of totals from sums, against the same pair by pair."""

from __future__ import annotations

import math

import numpy as np
import pytest

from minping.stats.ratios import PairSums, ratio_of_sums


def summed(pairs: list[list[tuple[float, float]]]) -> PairSums:
    rows = [np.array(group, dtype=float).reshape(-1, 2) for group in pairs]
    x, y = [row[:, 0] for row in rows], [row[:, 1] for row in rows]
    return PairSums(
        np.array([float(len(row)) for row in rows]),
        np.array([one.sum() for one in x]),
        np.array([one.sum() for one in y]),
        np.array([(one * one).sum() for one in x]),
        np.array([(one * other).sum() for one, other in zip(x, y, strict=True)]),
        np.array([(one * one).sum() for one in y]),
    )


def test_ratio_and_error_are_those_of_the_pairs_one_by_one() -> None:
    rng = np.random.default_rng(7)
    pairs = [[(float(x), float(x * rng.uniform(0.2, 1.4))) for x in rng.uniform(1, 9, n)] for n in (5, 12, 2)]
    found = ratio_of_sums(summed(pairs))
    for at, group in enumerate(pairs):
        whole = sum(x for x, _ in group)
        ratio = sum(y for _, y in group) / whole
        n = len(group)
        variance = n / (n - 1) * sum((y - ratio * x) ** 2 for x, y in group) / whole**2
        assert found.value[at] == pytest.approx(ratio, rel=1e-12)
        assert found.se[at] == pytest.approx(math.sqrt(variance), rel=1e-9)
        assert found.degrees[at] == n - 1


def test_a_single_pair_gets_the_spread_of_all_and_none_at_all_gets_nothing() -> None:
    pairs = [[(4.0, 2.0)], [(1.0, 1.0), (3.0, 1.0)], []]
    found = ratio_of_sums(summed(pairs))
    every = [pair for group in pairs for pair in group]
    ratio = sum(y for _, y in every) / sum(x for x, _ in every)
    spread = sum((y - ratio * x) ** 2 for x, y in every) / (len(every) - 1)
    assert found.se[0] == pytest.approx(math.sqrt(spread) / 4.0) and found.degrees[0] == 2
    assert np.isnan(found.value[2]) and np.isnan(found.se[2])
    alone = ratio_of_sums(summed([[(4.0, 2.0)]]))
    assert alone.value[0] == 0.5 and np.isnan(alone.se[0])


def test_unit_of_x_and_of_y_only_scale_the_ratio() -> None:
    pairs = [[(4.0, 2.0), (2.0, 3.0), (5.0, 5.0)]]
    one, other = (ratio_of_sums(summed([[(x * a, y) for x, y in pairs[0]]])) for a in (1.0, 1000.0))
    assert other.value[0] * 1000 == pytest.approx(one.value[0]) and other.se[0] * 1000 == pytest.approx(one.se[0])
