"""Effort of the simulated county: shares as they are true, amounts that follow them."""

from __future__ import annotations

import numpy as np
import pytest

from minping.simulation.county import found
from minping.simulation.effort import apart_shares, done_shares, effort_table, follow
from minping.simulation.requests import CATEGORIES, category_shares


def test_who_follows_fully_does_what_is_asked_and_who_does_not_what_is_seen() -> None:
    county = found(np.random.default_rng(1), 8, 12)
    assert category_shares(county).sum(axis=1) == pytest.approx(np.ones(8))
    assert apart_shares(county, np.ones(8)) == pytest.approx(np.zeros(8), abs=1e-12)
    half, none = (apart_shares(county, np.full(8, share)) for share in (0.5, 0.0))
    assert half == pytest.approx(none / 2) and (none > 0.4).all()


def test_spending_has_the_true_shares_and_each_quarter_its_rows() -> None:
    county = found(np.random.default_rng(2), 6, 12)
    following = follow(np.random.default_rng(3), county)
    table = effort_table(np.random.default_rng(4), county, following)
    assert sorted(set(table["period"].to_pylist())) == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    spent = np.array(table["spending_cny"].to_pylist()).reshape(6, 4, len(CATEGORIES)).sum(axis=1)
    assert spent / spent.sum(axis=1, keepdims=True) == pytest.approx(done_shares(county, following), abs=1e-3)
    assert min(table["tasks"].to_pylist()) >= 0
