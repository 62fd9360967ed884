"""Repeats against plain loops over rows and pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minping.stats.repeats import chance_of, pairs, same_rows, significant

SMALL = st.integers(0, 2)


@given(arrays(np.int64, st.tuples(st.integers(0, 12), st.integers(1, 3)), elements=SMALL))
def test_each_row_is_led_to_the_first_like_it(table: np.ndarray) -> None:
    rows = table.tolist()
    assert same_rows(table).tolist() == [rows.index(row) for row in rows]


def test_digits_beyond_the_first_two_of_long_figures_count() -> None:
    assert significant(np.array([12345.0, 1230.0, 12300.0, 0.012345, 7.0, np.nan, 1 / 3])).tolist() == [
        3,
        0,
        0,
        3,
        0,
        0,
        0,
    ]
    same = np.array([[True, True], [False, False]])
    assert chance_of(same, np.array([[3, 2], [3, 2]]), 1.0).tolist() == [pytest.approx(1e-5), 1.0]


def test_pairs_are_those_of_comparing_everyone_with_everyone() -> None:
    random = np.random.default_rng(5)
    value = random.integers(1000, 1040, (30, 6)).astype(float)
    digits = np.full(value.shape, 2)
    found = set(zip(*(part.tolist() for part in pairs(value, digits)), strict=True))
    common = {(at, figure) for at in range(6) for figure in value[:, at] if (value[:, at] == figure).sum() > 5}
    expected = {
        (one, other, at)
        for at in range(6)
        for one in range(30)
        for other in range(one + 1, 30)
        if value[one, at] == value[other, at] and (at, value[one, at]) not in common
    }
    assert found == expected and expected
