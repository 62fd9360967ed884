"""Signs and means of changes against scipy, group by group."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from minping.stats.signs import signs


def test_every_group_is_as_scipy_has_it() -> None:
    random = np.random.default_rng(1)
    change, group = np.round(random.normal(-0.3, 1, 300), 1), random.integers(-1, 8, 300)
    change[::17] = np.nan
    found = signs(change, group, 8)
    for at in range(8):
        mine = change[(group == at) & np.isfinite(change)]
        up, down = int((mine > 0).sum()), int((mine < 0).sum())
        assert (found.up[at], found.down[at]) == (up, down)
        for p, count in ((found.p_up, up), (found.p_down, down)):
            assert p[at] == pytest.approx(stats.binomtest(count, up + down, alternative="greater").pvalue, rel=1e-10)
        wanted = stats.ttest_1samp(mine, 0.0)
        assert (found.t[at], found.p_mean[at]) == pytest.approx((wanted.statistic, wanted.pvalue), rel=1e-10)


def test_groups_without_changes_or_with_one_say_what_can_be_said() -> None:
    found = signs(np.array([0.0, 2.0, np.nan]), np.array([0, 1, 2]), 4)
    assert np.isnan(found.p_up[[0, 2, 3]]).all() and found.p_up[1] == 0.5
    assert np.isnan(found.p_mean).all()
    assert found.mean[:2].tolist() == [0.0, 2.0] and np.isnan(found.mean[2:]).all()


def test_changes_of_either_sign_are_rejected_no_more_often_than_the_level() -> None:
    change = np.random.default_rng(2).normal(0, 1, 12_000)
    found = signs(change, np.repeat(np.arange(1000), 12), 1000)
    for p in (found.p_up, found.p_down, found.p_mean):
        assert stats.binom.sf(int((p <= 0.05).sum()) - 1, 1000, 0.05) > 0.005
