"""Shares of counted cases."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minping.indicators.rates import share_of


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_lies_within_and_is_never_certain(part: int, more: int) -> None:
    found = share_of(np.array([float(part)]), np.array([float(part + more)]))
    assert 0 <= found.estimate[0] < 100 and found.se[0] > 0
    mirrored = share_of(np.array([float(more)]), np.array([float(part + more)]))
    np.testing.assert_allclose(mirrored.estimate + found.estimate, 100)
    np.testing.assert_allclose(mirrored.se, found.se)


def test_where_nobody_was_there_is_no_share() -> None:
    found = share_of(np.zeros(1), np.zeros(1))
    assert np.isnan(found.estimate[0]) and np.isnan(found.se[0]) and found.n[0] == 0
