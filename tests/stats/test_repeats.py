"""Repeats against plain loops over rows, series and texts."""

from __future__ import annotations

from itertools import pairwise, takewhile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minping.stats.repeats import copied_forward, precision_switches, same_rows, shared_digits

SMALL = st.integers(0, 2)
WHOLE = st.integers(-(10**6), 10**6)


@given(arrays(np.int64, st.tuples(st.integers(0, 12), st.integers(1, 3)), elements=SMALL))
def test_each_row_is_led_to_the_first_like_it(table: np.ndarray) -> None:
    rows = table.tolist()
    assert same_rows(table).tolist() == [rows.index(row) for row in rows]


@given(arrays(np.float64, (3, 5, 4), elements=st.sampled_from([0.0, 1.5, np.nan])), st.integers(1, 6))
def test_figures_copied_forward_are_counted_by_series(figures: np.ndarray, lag: int) -> None:
    expected = [[sum(body[t][m] == body[t - lag][m] for m in range(4)) if t >= lag else 0 for t in range(5)]
                for body in figures]  # fmt: skip
    assert copied_forward(figures, lag).tolist() == expected


def test_a_lag_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="lag"):
        copied_forward(np.zeros((1, 2, 1)), 0)


@given(WHOLE, WHOLE | st.integers(0, 99), st.booleans())
def test_shared_digits_are_those_of_the_texts(first: int, second: int, near: bool) -> None:
    other = first + second % 100 if near else second
    one, two = str(abs(first)), str(abs(other))
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))))
    alike = first * other > 0 and len(one) == len(two)
    assert shared_digits(np.array([first]), np.array([other])).tolist() == [same * alike]


@given(arrays(np.int64, (3, 6), elements=SMALL), arrays(np.bool_, (3, 6)))
def test_switches_of_precision_skip_what_is_missing(places: np.ndarray, there: np.ndarray) -> None:
    for row, kept, found in zip(places, there, precision_switches(places, there), strict=True):
        at = np.flatnonzero(kept)
        expected = [now for before, now in pairwise(at) if row[before] != row[now]]
        assert np.flatnonzero(found).tolist() == expected


def test_integers_in_the_middle_of_four_decimals_are_seen_twice() -> None:
    places = np.array([[4] * 6 + [0, 0] + [4] * 4])
    assert np.flatnonzero(precision_switches(places, np.ones((1, 12), dtype=bool))).tolist() == [6, 8]
