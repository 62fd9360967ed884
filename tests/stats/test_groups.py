from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.stats import groups
from minping.stats.groups import codes, column_sums, counts, distinct, first_rows, sums


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-50, 50)), max_size=40))
def test_sums_and_counts_are_those_of_a_loop(rows: list[tuple[int, int]]) -> None:
    group = np.array([row[0] for row in rows], dtype=np.int64)
    values = np.array([float(row[1]) for row in rows])
    wanted = [sum(value for at, value in rows if at == number) for number in range(6)]
    assert sums(group, values, 6).tolist() == wanted
    assert column_sums(group, np.column_stack([values, -values]), 6)[:, 1].tolist() == [-one for one in wanted]
    assert counts(group, 6).tolist() == [sum(at == number for at, _ in rows) for number in range(6)]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_a_code_stands_for_one_combination(rows: list[tuple[int, int]]) -> None:
    found = codes(np.array([row[0] for row in rows]), np.array([row[1] for row in rows]))
    assert {
        (one == other) == (found[at] == found[beside])
        for at, one in enumerate(rows)
        for beside, other in enumerate(rows)
    } == {True}
    assert set(found.tolist()) == set(range(len(set(rows))))


@pytest.mark.parametrize("most", [0, 1000], ids=["sorted", "in a table"])
@pytest.mark.parametrize("code", [[], [0], [90, 3, 3, 90, 41], [1, 0, 2, 0]])
def test_codes_that_occur_are_found_with_and_without_sorting(
    code: list[int], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "_MOST_CODES", most)
    found, place = distinct(np.array(code, dtype=np.int32))
    assert found.tolist() == sorted(set(code)) and found[place].tolist() == code
    assert [code[at] for at in first_rows(place, len(found))] == sorted(set(code))
    assert first_rows(place, len(found)).tolist() == [code.index(one) for one in found.tolist()]
