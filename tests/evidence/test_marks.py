"""Places in a sheet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minping.evidence.marks import position, reference


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_a_cell_name_and_its_place_are_the_same_thing(row: int, column: int) -> None:
    assert position(reference(row, column)) == (row, column)


def test_the_last_cell_of_a_sheet_is_xfd1048576() -> None:
    assert reference(1_048_576, 16_384) == "XFD1048576"
    assert position("no cell") == (0, 0)
