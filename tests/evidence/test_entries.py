"""Entries: rows of a small table with the place each came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pyarrow as pa

from minping.evidence.blocks import Block, Sheet
from minping.evidence.entries import Entry, check_cells, check_repeats, read_entries, reporter
from minping.evidence.faults import Fault, Remark, fault
from minping.words import both

HEADERS = ("单位代码", "Name", "area", "")


def _sheet(rows: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS, table: str = "bodies") -> Sheet:
    def read(words: Collection[int], _: Collection[int]) -> Iterator[Block]:
        for first in range(0, len(rows), 2):
            part = rows[first : first + 2]
            columns = {at: pa.array([row[at] for row in part], pa.string()) for at in words}
            yield Block(np.arange(first + 2, first + 2 + len(part)), columns, (), first + len(part))

    return Sheet(f"evidence/{table}.csv", table, "0", tuple(headers), read, len(rows))


def _read(sheet: Sheet) -> tuple[list[Entry], list[Fault], list[int]]:
    faults: list[Fault] = []
    told: list[int] = []
    return read_entries(sheet, 4, faults, told.append), faults, told


def test_rows_keep_their_numbers_across_blocks_and_blank_ones_are_left_out() -> None:
    rows = [["a", "甲", "1", "lost"], [" ", "", "", ""], ["", "", "", ""], ["b", " 乙 ", "", ""]]
    entries, faults, told = _read(_sheet(rows))
    assert faults == [] and told == [2, 4]
    assert [(entry.file, entry.row, entry.cells["body"], entry.cells["name"]) for entry in entries] == [
        (4, 2, "a", "甲"),
        (4, 5, "b", "乙"),
    ]


def test_columns_that_the_table_does_not_know_are_kept_and_absent_ones_are_empty() -> None:
    (entry,), _, _ = _read(_sheet([["a", "甲", "1", "x"]]))
    assert entry.extra == {"area": "1"} and entry.cells["population"] == ""
    assert entry.headers == {"body": "单位代码", "name": "Name"}


def test_a_row_that_holds_only_an_extra_cell_is_a_row() -> None:
    (entry,), _, _ = _read(_sheet([["", "", "7", ""]]))
    assert entry.row == 2 and entry.cells["body"] == ""


def test_without_a_required_column_no_row_is_read_and_the_column_is_named() -> None:
    entries, faults, told = _read(_sheet([["a", "甲"]], ["body", "nmae"]))
    assert entries == [] and told == []
    assert [(one.remark.code, one.remark.fix.en) for one in faults] == [("missing-column", "is nmae meant to be name?")]


def test_a_column_that_is_not_used_is_said_and_a_misspelt_one_is_a_warning() -> None:
    headers = ["term", "body", "role", "start_on", "end_onn", "colour"]
    _, faults, _ = _read(_sheet([["t", "a", "mayor", "2013-01-30", "", ""]], headers, "terms"))
    assert [(one.column, one.remark.code, one.remark.severity) for one in faults] == [
        ("end_onn", "unused-column", "warning"),
        ("colour", "unused-column", "note"),
    ]
    assert faults[0].remark.fix.en == "did you mean end_on?"


def test_what_is_reported_stands_in_the_file_under_its_own_header() -> None:
    entries, _, _ = _read(_sheet([["a", "甲", "", ""]]))
    faults: list[list[Fault]] = [[] for _ in range(5)]
    reporter(faults)(entries[0], "body", Remark("odd", both("odd")))
    reporter(faults)(entries[0], "area", Remark("odd", both("odd")))
    assert [len(found) for found in faults] == [0, 0, 0, 0, 2]
    assert [(one.column, one.rows.tolist()) for one in faults[4] if one.rows is not None] == [
        ("单位代码", [2]),
        ("area", [2]),
    ]


def test_empty_required_cells_failed_formulas_and_endless_texts_are_reported() -> None:
    rows = [["", "甲", "", ""], ["b", "#REF!", "", ""], ["c", "", "", ""], ["d", "丁" * 40_000, "", ""]]
    entries, _, _ = _read(_sheet(rows))
    said: list[tuple[int, str, str]] = []
    check_cells(entries, "bodies", lambda entry, column, remark: said.append((entry.row, column, remark.code)))
    assert said == [
        (2, "body", "empty-cell"),
        (3, "name", "excel-error"),
        (4, "name", "empty-cell"),
        (5, "name", "huge-cell"),
    ]


def test_every_repeat_names_the_first_row_and_empty_ids_are_no_repeats() -> None:
    entries, _, _ = _read(_sheet([[text, "x", "", ""] for text in ("a", "b", "a", "", "", "a")]))
    said: list[tuple[int, str]] = []
    check_repeats(entries, "body", lambda entry, _, remark: said.append((entry.row, remark.found.en)))
    assert said == [(4, "“a” stands in row 2 already"), (7, "“a” stands in row 2 already")]
    assert fault(Remark("x", both("x"))).rows is None
