"""Breaks of series: a new definition, a slip of one unit, missing and impossible figures."""

from __future__ import annotations

import numpy as np
import pytest

from minping.stats.scope_breaks import scope_breaks


def series(seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    growth = 0.07 + random.normal(0, 0.02, (25, 9))
    return np.exp(np.cumsum(np.column_stack([random.normal(5, 1, 25), growth]), axis=1))


def test_steady_series_have_no_break() -> None:
    found = scope_breaks(series())
    assert (np.abs(found.sudden) < 0.05).all() and (found.together == 0).all()
    assert found.common == pytest.approx(np.full(9, 0.07), abs=0.02)


def test_a_new_definition_moves_all_and_nobody_stands_out() -> None:
    values = series()
    values[:, 6:] /= 6.9
    found = scope_breaks(values)
    assert np.exp(found.sudden[5]) == pytest.approx(1 / 6.9, rel=0.05)
    assert found.together[5] == 1 and np.delete(found.together, 5).max() == 0
    assert np.nanmax(np.abs(found.own)) < 0.15


def test_a_slip_of_one_unit_is_that_unit_there_and_back() -> None:
    values = series()
    values[3, 4] *= 10
    found = scope_breaks(values)
    assert np.abs(found.sudden).max() < 0.05
    assert np.exp(found.own[3, 3]) == pytest.approx(10, rel=0.1)
    assert found.z[3, 3] > 20 and found.z[3, 4] < -20
    assert found.together[3] < 0.1


def test_own_and_common_make_up_each_ratio() -> None:
    values = series()
    found = scope_breaks(values)
    assert found.own + found.common == pytest.approx(np.diff(np.log(values), axis=1))
    assert np.median(found.own, axis=0) == pytest.approx(np.zeros(9), abs=1e-12)


def test_figures_missing_nought_or_below_have_no_ratio() -> None:
    values = series()
    values[0, 2], values[1, 2], values[2, 2], values[:, 7] = np.nan, 0.0, -5.0, np.nan
    found = scope_breaks(values)
    assert np.isnan(found.own[:3, 1:3]).all() and np.isfinite(found.own[3:, 1]).all()
    assert np.isnan(found.common[6:8]).all() and np.isnan(found.together[6:8]).all()
    none = scope_breaks(np.zeros((3, 4)))
    assert np.isnan(none.common).all()


def test_a_jump_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="more than nought"):
        scope_breaks(series(), jump=0.0)
