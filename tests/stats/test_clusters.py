"""The intraclass correlation, against the analysis of variance written out."""

from __future__ import annotations

import numpy as np
import pytest

from minping.stats.clusters import intraclass


def written_out(values: np.ndarray, group: np.ndarray, stratum: np.ndarray) -> float:
    between = within = correction = 0.0
    for layer in np.unique(stratum):
        here = values[stratum == layer]
        for name in np.unique(group[stratum == layer]):
            mine = values[group == name]
            between += len(mine) * (mine.mean() - here.mean()) ** 2
            within += ((mine - mine.mean()) ** 2).sum()
            correction += len(mine) ** 2 / len(here)
    groups, strata = len(np.unique(group)), len(np.unique(stratum))
    msb, msw = between / (groups - strata), within / (len(values) - groups)
    return float((msb - msw) / (msb + ((len(values) - correction) / (groups - strata) - 1) * msw))


def test_it_is_the_analysis_of_variance_written_out() -> None:
    random = np.random.default_rng(1)
    group = np.repeat(np.arange(12), random.integers(2, 9, 12))
    stratum = group // 4
    values = random.normal(size=group.size) + random.normal(size=12)[group] + 5 * stratum
    assert intraclass(values, group, stratum) == pytest.approx(written_out(values, group, stratum), rel=1e-12)


def test_what_was_put_in_is_found() -> None:
    random = np.random.default_rng(2)
    group = np.repeat(np.arange(600), 8)
    values = random.normal(size=group.size) + 0.5 * random.normal(size=600)[group]
    assert intraclass(values, group, group // 3) == pytest.approx(0.2, abs=0.03)


def test_strata_of_one_group_each_have_nothing_to_compare() -> None:
    group = np.repeat(np.arange(3), 4)
    assert np.isnan(intraclass(np.arange(12.0), group, group))
    assert np.isnan(intraclass(np.empty(0), np.empty(0, dtype=int), np.empty(0, dtype=int)))
    assert np.isnan(intraclass(np.ones(12), group, np.zeros(12, dtype=int)))
