"""Columns: plain cells cost nothing, odd ones are named with their rows, and none stops the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from minping.evidence.columns import BAD, EMPTY, below, read_numbers, read_words
from minping.evidence.faults import NOTHING, Fault, Remark
from minping.evidence.readings import Reading

ROWS = np.array([2, 3, 5, 8])


def _rows_of_each(faults: Sequence[Fault]) -> list[list[int]]:
    return [fault.rows.tolist() for fault in faults if fault.rows is not None]


def _rows(faults: Sequence[Fault]) -> dict[str, list[int]]:
    codes = [fault.remark.code for fault in faults]
    return dict(zip(codes, _rows_of_each(faults), strict=True))


def _reader(text: str) -> Reading[int]:
    known = {"a": 0, "b": 1, "noted": 1}
    if text == "":
        return Reading(None)
    if text == "noted":
        return Reading(1, Remark("noted", NOTHING, severity="note"))
    return Reading(known[text]) if text in known else Reading(None, Remark("unknown", NOTHING))


def test_words_become_codes_and_empty_and_bad_ones_are_told_apart() -> None:
    found = read_words(pa.array(["a", "", "x", "b"]), ROWS, "body", _reader, {})
    assert found.codes.tolist() == [0, EMPTY, BAD, 1]
    assert _rows(found.faults) == {"unknown": [5]} and found.faults[0].column == "body"


def test_a_noted_word_keeps_its_code_and_names_every_row() -> None:
    found = read_words(pa.array(["noted", "a", None, "noted"]), ROWS, "body", _reader, {})
    assert found.codes.tolist() == [1, 0, EMPTY, 1]
    assert _rows(found.faults) == {"noted": [2, 8]}


def test_a_word_of_an_earlier_block_is_not_looked_up_again() -> None:
    asked: list[str] = []

    def reader(text: str) -> Reading[int]:
        asked.append(text)
        return _reader(text)

    known: dict[str, Reading[int]] = {}
    for _ in range(3):
        found = read_words(pa.array(["a", "x", "a", "x"]), ROWS, "body", reader, known)
        assert _rows(found.faults) == {"unknown": [3, 8]}
    assert sorted(asked) == ["", "a", "x"]


@pytest.mark.parametrize("held", [pa.string(), pa.dictionary(pa.int32(), pa.string())])
def test_one_odd_number_leaves_the_others_as_they_are(held: pa.DataType) -> None:
    found = read_numbers(pa.array(["1.5", "x", "", "1e3"]).cast(held), ROWS, "value")
    assert found.values[[0, 3]].tolist() == [1.5, 1000] and np.isnan(found.values[[1, 2]]).all()
    assert found.is_bad.tolist() == [False, True, False, False]
    assert _rows(found.faults) == {"text-in-number": [3]}


@pytest.mark.parametrize(
    "column",
    [
        pa.array([1.0, np.nan, np.inf, None]),
        pa.array(["1", "nan", "inf", ""]),
        pa.array(["1", "NaN", "-Infinity", " "]),
        pa.array(["1", "nan", "1e999", ""]),
    ],
)
def test_what_is_not_finite_is_bad_however_it_is_held(column: pa.Array) -> None:
    found = read_numbers(column, ROWS, "value")
    assert found.values[0] == 1 and np.isnan(found.values[1:]).all()
    assert found.is_bad.tolist() == [False, True, True, False]
    assert sorted(row for rows in _rows_of_each(found.faults) for row in rows) == [3, 5]


def test_a_per_cent_sign_is_read_only_where_the_unit_is_per_cent() -> None:
    cells = pa.array(["97.3%", "97.3%", "1", "2"])
    found = read_numbers(cells, ROWS, "value", np.array([True, False, True, True]), lambda at: f"unit{at}")
    assert found.values[0] == 97.3 and np.isnan(found.values[1])
    assert [fault.remark.severity for fault in found.faults] == ["note", "error"]
    assert "unit1" in found.faults[1].remark.allowed.en


def test_equal_odd_texts_share_one_fault_with_all_their_rows() -> None:
    found = read_numbers(pa.array(["x", "1", "x", "y"]), ROWS, "value")
    assert _rows_of_each(found.faults) == [[2, 5], [8]]


def test_figures_below_what_is_possible_and_parts_of_a_whole_are_named() -> None:
    faults = below(np.array([0.0, 1.5, np.nan, 2.0]), 1.0, ROWS, "n", strictly_whole=True)
    assert _rows(faults) == {"below-possible": [2], "not-whole": [3]}
    assert below(np.array([1.0, np.nan]), 1.0, ROWS[:2], "n", strictly_whole=True) == []
