"""Sheets and blocks: one table in one file, opened, with its header; its rows come as blocks of Arrow columns.

Readers (CSV, XLSX, Parquet) give text as it stands in the cell, empty text for an empty cell; numbers may come as
numbers. Rows are numbered as a spreadsheet shows them: the header is row 1. No reader judges what a cell means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from minping.evidence.faults import Fault
from minping.model.arrays import Ints

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Block:
    """Some consecutive rows of a sheet."""

    rows: Ints  #: (R,) row numbers
    columns: Mapping[int, pa.Array]  #: position in the header -> column: text, dictionary of text, or numbers
    faults: tuple[Fault, ...] = ()  #: what the reader found wrong, e.g. rows with too many fields
    done: int = 0  #: bytes (or rows) read so far, for the progress


#: positions of columns read as words (few distinct ones) and as numbers -> the blocks
ReadBlocks = Callable[[Collection[int], Collection[int]], Iterator[Block]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table in one file."""

    file: str  #: path relative to the folder
    table: str
    sha256: str
    headers: tuple[str, ...]  #: trimmed; "" for a column without one
    read: ReadBlocks
    total: int  #: bytes (or rows) in all, for the progress
    sheet: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet that could be opened, or why it could not."""

    file: str
    table: str | None
    sheet: Sheet | None
    faults: list[Fault] = field(default_factory=list)
    sheet_name: str = ""


def as_dictionary(column: pa.Array) -> pa.DictionaryArray:
    """A column as codes into distinct texts; numbers are written as a person would write them.

    >>> import pyarrow as pa
    >>> as_dictionary(pa.array([2016.0, 2016.0])).dictionary.to_pylist()
    ['2016']
    """
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        return column
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        encoded = column.dictionary_encode()
        words = pa.array([number_text(number) for number in encoded.dictionary.to_pylist()], pa.string())
        return pa.DictionaryArray.from_arrays(encoded.indices, words)
    return column.dictionary_encode()


def codes_and_words(column: pa.Array) -> tuple[Ints, list[str]]:
    """Positions into distinct texts, shape (R,), the last text being "" for cells without a value."""
    encoded = as_dictionary(column)
    words = [word if word is not None else "" for word in encoded.dictionary.to_pylist()]
    indices = encoded.indices
    if indices.null_count:
        indices = indices.fill_null(len(words))
    return np.asarray(indices.to_numpy(zero_copy_only=False)), [*words, ""]


def texts(column: pa.Array) -> list[str]:
    """A column as one text per row."""
    codes, words = codes_and_words(column)
    return [words[code] for code in codes.tolist()]


def number_text(number: float | int | str) -> str:
    """A number as a person would write it: whole ones without a point.

    >>> number_text(2016.0), number_text(0.1), number_text(7)
    ('2016', '0.1', '7')
    """
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number) if isinstance(number, float) else str(number)
