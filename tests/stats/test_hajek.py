"""Hájek's mean and its error, against loops over groups and strata; how it covers in simulated samples."""

from __future__ import annotations

import math

import numpy as np
import pytest

from minping.stats.hajek import hajek_mean


def by_loops(y: list[float], w: list[float], stratum: list[int]) -> tuple[float, float]:
    whole = sum(w)
    mean = sum(a * b for a, b in zip(w, y, strict=True)) / whole
    variance = 0.0
    for name in set(stratum):
        z = [w[at] * (y[at] - mean) / whole for at, one in enumerate(stratum) if one == name]
        if len(z) == 1:
            variance += z[0] ** 2
            continue
        middle = sum(z) / len(z)
        variance += len(z) / (len(z) - 1) * sum((one - middle) ** 2 for one in z)
    return mean, math.sqrt(variance)


def test_means_and_errors_are_those_of_loops() -> None:
    rng = np.random.default_rng(3)
    n = 60
    y, w = rng.normal(size=n), 1 / rng.uniform(0.1, 1, n)
    group, stratum = rng.integers(0, 4, n), rng.integers(0, 3, n)
    found = hajek_mean(y, w, group, stratum, 5)
    for one in range(4):
        here = np.flatnonzero(group == one)
        mean, se = by_loops(y[here].tolist(), w[here].tolist(), stratum[here].tolist())
        assert found.value[one] == pytest.approx(mean) and found.se[one] == pytest.approx(se)
        assert found.rows[one] == len(here) and found.degrees[one] == len(here) - len(set(stratum[here].tolist()))
    assert np.isnan(found.value[4]) and np.isnan(found.se[4]) and found.rows[4] == 0


def test_equal_weights_without_strata_give_the_mean_and_its_usual_error() -> None:
    y = np.array([1.0, 4.0, 2.0, 9.0])
    found = hajek_mean(y, np.full(4, 3.0), np.zeros(4, dtype=np.int64), np.zeros(4, dtype=np.int64), 1)
    assert found.value[0] == pytest.approx(y.mean()) and found.se[0] == pytest.approx(y.std(ddof=1) / 2)


def test_a_single_row_gets_the_spread_of_all_rows_and_the_only_one_none() -> None:
    y, group = np.array([1.0, 4.0, 2.0]), np.array([0, 0, 1])
    found = hajek_mean(y, np.ones(3), group, np.zeros(3, dtype=np.int64), 2)
    assert found.se[1] == pytest.approx(y.std(ddof=1))
    alone = hajek_mean(y[:1], np.ones(1), group[:1], group[:1], 1)
    assert alone.value[0] == 1.0 and np.isnan(alone.se[0])


def test_errors_are_the_spread_of_estimates_over_samples() -> None:
    rng = np.random.default_rng(11)
    stratum = np.repeat([0, 1], [300, 100])
    y = rng.normal(stratum * 3.0, 1.0)
    p = np.where(stratum == 0, 0.1, 0.4)
    told = []
    for _ in range(400):
        drawn = np.concatenate(
            [rng.choice(np.flatnonzero(stratum == 0), 30), rng.choice(np.flatnonzero(stratum == 1), 40)]
        )
        none = np.zeros(len(drawn), dtype=np.int64)
        found = hajek_mean(y[drawn], 1 / p[drawn], none, stratum[drawn], 1)
        told.append((found.value[0], found.se[0]))
    value, se = np.array(told).T
    assert value.mean() == pytest.approx(y.mean(), abs=4 * value.std() / 20)
    assert se.mean() == pytest.approx(value.std(), rel=0.12)


@pytest.mark.parametrize("times", [0.5, 100.0])
def test_the_scale_of_weights_does_not_matter(times: float) -> None:
    y, w, none = np.array([1.0, 4.0, 2.0]), np.array([1.0, 2.0, 3.0]), np.zeros(3, dtype=np.int64)
    one, other = hajek_mean(y, w, none, none, 1), hajek_mean(y, times * w, none, none, 1)
    assert one.value[0] == pytest.approx(other.value[0]) and one.se[0] == pytest.approx(other.se[0])
