"""Quantiles of domains: those of one domain after another."""

from __future__ import annotations

import numpy as np
import pytest

from minping.stats.designs import Design, Stage
from minping.stats.estimates import interval, mean, quantiles
from minping.stats.quantiles import domain_quantiles


def sample(seed: int) -> tuple[Design, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    rows = 900
    stages = (Stage(random.integers(0, 3, rows), random.integers(0, 20, rows)),)
    y = np.where(random.random(rows) < 0.05, np.nan, random.integers(0, 11, rows) * 10.0)
    return Design(random.uniform(0.5, 3, rows), stages), y, random.integers(0, 6, rows)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("seed", range(2))
def test_of_all_rows_they_are_the_quantiles_of_the_whole_sample(seed: int, share: float) -> None:
    design, y, _ = sample(seed)
    found = domain_quantiles(design, y, share, np.zeros(len(y), dtype=np.int64), 1)
    wanted = quantiles(design, y, np.array([share]))
    for one, other in zip((found.value, found.se, found.low, found.high), wanted, strict=True):
        np.testing.assert_allclose(one, other)


@pytest.mark.parametrize("share", [0.25, 0.5])
def test_each_domain_is_read_back_from_its_own_answers(share: float) -> None:
    design, y, domain = sample(7)
    domain[domain == 4] = 5  # a domain without rows
    found = domain_quantiles(design, y, share, domain, 6)
    for at in range(6):
        here = (domain == at) & ~np.isnan(y)
        assert found.rows[at] == here.sum()
        if not here.any():
            assert np.isnan([found.value[at], found.se[at], found.low[at]]).all()
            continue
        order = np.argsort(y[here], kind="stable")
        ordered, summed = y[here][order], np.cumsum(design.weight[here][order]) / design.weight[here].sum()

        def read(part: float) -> float:
            return float(ordered[np.searchsorted(summed, part - 1e-12)])  # noqa: B023 - used in this round only

        assert found.value[at] == read(share)
        below = mean(design, np.where(here, (y <= found.value[at]) * 1.0, np.nan), np.where(here, 0, -1), 1)
        low, high = (float(end[0]) for end in interval(below))
        assert (found.low[at], found.high[at]) == (read(low), read(high))
