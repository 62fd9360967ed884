"""Columns of a block, read as a whole: words cost one look per distinct word, numbers none unless they are odd.

In an Arrow column, out a numpy array and the faults of its cells. A bad cell never stops the others: it becomes -1 or
NaN, and its row is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from minping.evidence.blocks import codes_and_words
from minping.evidence.faults import Fault, Remark, fold
from minping.evidence.numbers import LARGEST, PLAIN, read_number
from minping.evidence.readings import Reading
from minping.model.arrays import Bools, Floats, Ints
from minping.words import Text

if TYPE_CHECKING:
    import pyarrow as pa

EMPTY, BAD = -1, -2  #: codes of words: the cell is empty, or can't be read
Known = dict[str, Reading[int]]


class Words(NamedTuple):
    """A column of words as codes."""

    codes: Ints  #: (R,); EMPTY or BAD where there is none
    faults: Sequence[Fault]


class Numbers(NamedTuple):
    """A column of numbers."""

    values: Floats  #: (R,), NaN where empty or bad
    is_bad: Bools  #: (R,)
    faults: Sequence[Fault]


def read_words(
    column: pa.Array,
    rows: Ints,
    header: str,
    reader: Callable[[str], Reading[int]],
    known: Known,
    empty: int = EMPTY,
    bad: int = BAD,
) -> Words:
    """Read a column of words; `known` remembers the words of earlier blocks, `empty` and `bad` stand for no code."""
    codes, words = codes_and_words(column)
    table = np.empty(len(words), dtype=np.int64)
    remarked: dict[int, Remark] = {}
    for at, word in enumerate(words):
        reading = known.get(word)
        if reading is None:
            reading = known[word] = reader(word)
        if reading.remark is not None:
            remarked[at] = reading.remark
        missing = bad if reading.remark is not None else empty
        table[at] = missing if reading.value is None else reading.value
    faults = _faults_of_words(codes, rows, header, remarked) if remarked else ()
    return Words(table[codes], faults)


def _faults_of_words(codes: Ints, rows: Ints, header: str, remarked: dict[int, Remark]) -> Sequence[Fault]:
    is_remarked = np.zeros(int(codes.max(initial=0)) + 2 + max(remarked), dtype=np.bool_)
    is_remarked[list(remarked)] = True
    at = np.flatnonzero(is_remarked[codes])
    return fold([Fault(remarked[code], header, rows[where]) for code, where in _grouped(codes[at], at)])


def _grouped(keys: Ints, at: Ints) -> Iterator[tuple[int, Ints]]:
    """Each distinct key with its positions."""
    if not len(at):
        return
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    cuts = np.flatnonzero(np.diff(ordered)) + 1
    for part in np.split(order, cuts):
        yield int(keys[part[0]]), at[part]


def read_numbers(
    column: pa.Array,
    rows: Ints,
    header: str,
    is_percent: Bools | None = None,
    unit_of: Callable[[int], str] | None = None,
) -> Numbers:
    """Read a column of numbers; `is_percent` says where the unit is per cent, `unit_of(position)` names the unit."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        values = _floats(column.cast(pa.float64()))
        odd = np.flatnonzero(~(np.abs(values) <= LARGEST) & _is_given(column))
        return _with_odd(values, odd, [str(values[at]) for at in odd.tolist()], rows, header, is_percent, unit_of)
    try:
        values = _floats(pc.cast(column, pa.float64()))
        odd = np.flatnonzero(~(np.abs(values) <= LARGEST) & _is_given(column))
    except pa.ArrowInvalid:
        is_plain = pc.match_substring_regex(column, PLAIN)
        values = _floats(pc.cast(pc.if_else(is_plain, column, None), pa.float64()))
        is_odd = pc.and_(pc.invert(is_plain), pc.not_equal(column, "")).fill_null(False)
        odd = np.flatnonzero(is_odd.to_numpy(zero_copy_only=False) | (np.abs(values) > LARGEST))
    return _with_odd(values, odd, column.take(pa.array(odd)).to_pylist(), rows, header, is_percent, unit_of)


def _floats(column: pa.Array) -> Floats:
    values: Floats = column.to_numpy(zero_copy_only=False)
    return values if values.flags.writeable else values.copy()


def _is_given(column: pa.Array) -> Bools:
    return np.asarray(column.is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)


def _with_odd(
    values: Floats,
    odd: Ints,
    texts: list[str],
    rows: Ints,
    header: str,
    is_percent: Bools | None,
    unit_of: Callable[[int], str] | None,
) -> Numbers:
    """The numbers, the odd ones read one by one (each distinct text once)."""
    is_bad = np.zeros(len(values), dtype=np.bool_)
    remarks: dict[tuple[str, bool, str], tuple[Reading[float], list[int]]] = {}
    for at, text in zip(odd.tolist(), texts, strict=True):
        unit = unit_of(at) if unit_of is not None else ""
        asked = (text, bool(is_percent is not None and is_percent[at]), unit)
        if asked not in remarks:
            remarks[asked] = (read_number(*asked), [])
        reading, places = remarks[asked]
        values[at] = np.nan if reading.value is None else reading.value
        is_bad[at] = reading.value is None and reading.remark is not None
        places.append(at)
    found = [
        Fault(reading.remark, header, rows[np.array(places)])
        for reading, places in remarks.values()
        if reading.remark is not None
    ]
    return Numbers(values, is_bad, fold(found))


def below(values: Floats, low: float, rows: Ints, header: str, strictly_whole: bool = False) -> Sequence[Fault]:
    """Faults of numbers below what is possible, or not whole where they must be."""
    found: list[Fault] = []
    at = np.flatnonzero(values < low)
    allowed = Text(f"不小于 {low:g}", f"{low:g} or more")
    found += _each(values, at, rows, header, "below-possible", Text("{0} 过小", "{0} is too low"), allowed)
    if strictly_whole:
        at = np.flatnonzero((values != np.floor(values)) & (values >= low))
        found += _each(
            values,
            at,
            rows,
            header,
            "not-whole",
            Text("{0} 不是整数", "{0} is not whole"),
            Text("整数", "a whole number"),
        )
    return fold(found)


def _each(values: Floats, at: Ints, rows: Ints, header: str, code: str, words: Text, allowed: Text) -> Iterator[Fault]:
    fix = Text("核对数值", "check the figure")
    distinct, group = np.unique(values[at], return_inverse=True)
    for key, places in _grouped(group, at):
        shown = f"{distinct[key]:.15g}"
        found = Text(words.zh.format(shown), words.en.format(shown))
        yield Fault(Remark(code, found, allowed, fix), header, rows[places])
