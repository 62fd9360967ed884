"""Blocks: columns of any Arrow type as codes and texts."""

from __future__ import annotations

import pyarrow as pa
import pytest

from minping.evidence.blocks import as_dictionary, codes_and_words, number_text, texts

COLUMNS = {
    "text": pa.array(["a", "b", "a", ""]),
    "dictionary": pa.array(["a", "b", "a", ""]).dictionary_encode(),
    "text with nulls": pa.array(["a", "b", "a", None]),
    "dictionary with nulls": pa.array(["a", "b", "a", None]).dictionary_encode(),
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_texts_are_the_same_whatever_the_column_is_held_as(kind: str) -> None:
    assert texts(COLUMNS[kind]) == ["a", "b", "a", ""]


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_code_points_to_its_word_and_the_last_word_is_empty(kind: str) -> None:
    codes, words = codes_and_words(COLUMNS[kind])
    assert [words[code] for code in codes.tolist()] == ["a", "b", "a", ""]
    assert words[-1] == "" and codes[0] == codes[2] != codes[1]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([2016.0, 2016.5, None]), ["2016", "2016.5", ""]),
        (pa.array([110000, None, 7]), ["110000", "", "7"]),
        (pa.array([1.5, 2.0], pa.float32()), ["1.5", "2"]),
        (pa.array([], pa.string()), []),
    ],
)
def test_numbers_become_the_texts_that_a_person_would_write(column: pa.Array, expected: list[str]) -> None:
    assert texts(column) == expected


def test_a_dictionary_is_taken_as_it_is() -> None:
    column = pa.array(["x", "y"]).dictionary_encode()
    assert as_dictionary(column) is column


@pytest.mark.parametrize(
    ("number", "text"),
    [(-0.5, "-0.5"), (1e14, "100000000000000"), (1e16, "1e+16"), (-3.0, "-3"), (0.1 + 0.2, "0.30000000000000004")],
)
def test_a_number_is_written_without_losing_a_digit(number: float, text: str) -> None:
    assert number_text(number) == text and float(text) == number
