"""Workbooks: cells as people see them, and what must not be read quietly."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.evidence.folder import BODIES, Folder

HEADER = ["body", "period", "indicator", "value", "released_on"]
ROWS = [HEADER, ["beijing", 2016, "gdp", 1.5, dt.date(2017, 12, 31)], ["tianjin", "2016", "share", 20, None]]


@pytest.fixture
def book(folder: Folder) -> Folder:
    """A folder whose official figures stand in a workbook."""
    folder.remove("official.csv").sheets("official.xlsx", {"official": ROWS})
    return folder


def _changed(folder: Folder, **cells: object) -> Folder:
    path = folder.path / "evidence" / "official.xlsx"
    workbook = load_workbook(path)
    for cell, value in cells.items():
        workbook["official"][cell].value = value
    return folder.save(workbook, "official.xlsx")


def test_numbers_texts_and_dates_of_a_workbook_are_read(book: Folder) -> None:
    evidence = book.load()
    official = evidence.official
    assert official.value.tolist() == [1.5, 20] and official.periods == ("2016",) and official.row.tolist() == [2, 3]
    assert official.released_on is not None and official.released_on[0] == 17531
    assert [problem.code for problem in evidence.problems] == ["body-without-figures"]
    assert evidence.files[1].sheet == "official"


def test_one_workbook_may_hold_several_tables(folder: Folder) -> None:
    bodies = [line.split(",") for line in BODIES.split()]
    folder.remove("bodies.csv").remove("official.csv")
    folder.sheets(
        "evidence.xlsx",
        {"说明": [["hello"]], "单位": bodies, "official": ROWS, "official-2015": [HEADER, ["hebei", 2015, "gdp", 3]]},
    )
    evidence = folder.load()
    assert evidence.problems == () and [file.sheet for file in evidence.files] == ["单位", "official", "official-2015"]
    assert evidence.files[evidence.official.file[2]].sheet == "official-2015"


def test_a_sheet_named_after_no_table_is_named(book: Folder) -> None:
    book.sheets("evidence.xlsx", {"oficial": ROWS})
    codes = {
        (problem.code, problem.place.file) for problem in book.problems() if problem.code != "body-without-figures"
    }
    assert codes == {("unread-sheet", "evidence/evidence.xlsx"), ("no-table-sheet", "evidence/evidence.xlsx")}


def test_a_workbook_named_after_a_table_needs_no_sheet_of_that_name(folder: Folder) -> None:
    folder.remove("official.csv").sheets("official.xlsx", {"Sheet1": ROWS})
    assert len(folder.load().official.value) == 2


def test_blank_rows_and_columns_at_the_end_do_not_count(book: Folder) -> None:
    evidence = _changed(book, A400=" ", H2="  ").load()
    assert len(evidence.official.value) == 2


def test_formatted_but_empty_rows_do_not_count(book: Folder) -> None:
    path = book.path / "evidence" / "official.xlsx"
    workbook = load_workbook(path)
    for row in range(4, 2000):
        workbook["official"].cell(row, 4).number_format = "0.00"
    assert len(book.save(workbook, "official.xlsx").load().official.value) == 2


def test_merged_cells_are_an_error_that_names_the_range(book: Folder) -> None:
    path = book.path / "evidence" / "official.xlsx"
    workbook = load_workbook(path)
    workbook["official"]["B3"].value = None
    workbook["official"].merge_cells("B2:B3")
    problem = book.save(workbook, "official.xlsx").only("merged-cells")
    assert (problem.place.sheet, problem.place.row, problem.place.column) == ("official", 2, "period")
    assert "B2:B3" in problem.found.en


def test_an_excel_serial_in_a_date_column_is_understood_and_noted(book: Folder) -> None:
    _changed(book, E2=43100, E3=43101)
    path = book.path / "evidence" / "official.xlsx"
    workbook = load_workbook(path)
    workbook["official"]["E2"].number_format = "General"
    book.save(workbook, "official.xlsx")
    problems = [problem for problem in book.problems() if problem.code == "excel-serial"]
    assert [(problem.place.row, problem.severity) for problem in problems] == [(2, "note"), (3, "note")]


def test_a_number_shown_as_per_cent_is_read_as_it_is_shown(book: Folder) -> None:
    path = book.path / "evidence" / "official.xlsx"
    workbook = load_workbook(path)
    workbook["official"]["D3"].value = 0.973
    workbook["official"]["D3"].number_format = "0.0%"
    book.save(workbook, "official.xlsx")
    assert book.only("percent-sign").severity == "note"
    assert book.load().official.value[1] == 97.3


def test_a_number_shown_as_per_cent_is_an_error_where_the_unit_is_none(book: Folder) -> None:
    path = book.path / "evidence" / "official.xlsx"
    workbook = load_workbook(path)
    workbook["official"]["D2"].number_format = "0%"
    assert book.save(workbook, "official.xlsx").only("percent-sign").severity == "error"


def test_a_formula_without_a_saved_result_is_an_error_that_says_so(book: Folder) -> None:
    problem = _changed(book, D2="=1+1").only("formula-without-value")
    assert (problem.place.row, problem.place.column) == (2, "value") and "=1+1" in problem.found.en


def test_a_formula_that_failed_is_an_error(book: Folder) -> None:
    path = book.path / "evidence" / "official.xlsx"
    workbook = load_workbook(path)
    workbook["official"]["D3"].value, workbook["official"]["D3"].data_type = "#DIV/0!", "e"
    problem = book.save(workbook, "official.xlsx").only("excel-error")
    assert problem.place.row == 3


def test_a_failed_formula_below_the_last_row_is_not_lost(book: Folder) -> None:
    assert "formula-without-value" in {problem.code for problem in _changed(book, D9="=1+1").problems()}


def test_a_date_that_excel_made_of_a_month_is_an_error_with_the_month(book: Folder) -> None:
    problem = _changed(book, B2=dt.date(2016, 5, 1)).only("malformed-period")
    assert "2016-05" in problem.fix.en


def test_a_cell_beyond_the_header_is_an_error(book: Folder) -> None:
    problem = _changed(book, G3="oops").only("extra-field")
    assert problem.place.row == 3 and "G3" in problem.found.en


def test_a_sheet_whose_first_row_is_blank_is_an_error(folder: Folder) -> None:
    folder.remove("official.csv").sheets("official.xlsx", {"official": [[], *ROWS]})
    assert folder.only("no-header").place.row == 1


def test_column_names_under_a_title_are_an_error_that_says_where_they_are(folder: Folder) -> None:
    folder.remove("official.csv").sheets("official.xlsx", {"official": [["2016年官方数据"], ["单位：亿元"], *ROWS]})
    problem = folder.only("header-below")
    assert (problem.place.row, problem.fix.en) == (3, "delete the rows above them")


def test_an_entity_bomb_in_the_xml_is_an_error(book: Folder) -> None:
    entities = "".join(f"<!ENTITY e{at} '{f'&e{at - 1};' * 20}'>" for at in range(1, 12))
    bomb = f"<!DOCTYPE x [<!ENTITY e0 'ha'>{entities}]><worksheet><sheetData><row><c r='A1'><v>&e11;</v></c></row></sheetData></worksheet>"
    _replace_part(book.path / "evidence" / "official.xlsx", "xl/worksheets/sheet1.xml", bomb.encode())
    assert "error" in {problem.severity for problem in book.problems()}


def test_rows_are_still_checked_where_cells_are_merged_or_stand_beyond_the_header(book: Folder) -> None:
    path = book.path / "evidence" / "official.xlsx"
    workbook = load_workbook(path)
    workbook["official"].merge_cells("B2:B3")
    workbook["official"]["G3"].value, workbook["official"]["D3"].value = "oops", "x"
    found = {(problem.code, problem.place.row) for problem in book.save(workbook, "official.xlsx").problems()}
    assert found == {("merged-cells", 2), ("extra-field", 3), ("text-in-number", 3)}


def test_a_far_off_cell_does_not_fill_the_memory(book: Folder) -> None:
    problem = _changed(book, XFD1048576="x").only("too-large")
    assert "XFD1048576" in problem.found.en


def test_an_empty_sheet_is_an_error(folder: Folder) -> None:
    folder.remove("official.csv").sheets("official.xlsx", {"official": []})
    assert folder.only("empty-sheet").place.sheet == "official"


def test_a_corrupt_workbook_is_an_error(book: Folder) -> None:
    path = book.path / "evidence" / "official.xlsx"
    path.write_bytes(path.read_bytes()[:-200])
    assert book.only("corrupt-file").place.file == "evidence/official.xlsx"


@pytest.mark.parametrize("keep", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_damaged_byte_or_a_cut_never_ends_in_a_traceback(book: Folder, keep: float) -> None:
    path = book.path / "evidence" / "official.xlsx"
    good = path.read_bytes()
    at = int(len(good) * keep)
    for bad in (good[:at], good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :], good[at:]):
        path.write_bytes(bad)
        assert isinstance(book.problems(), tuple)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", b"<broken"),
        ("xl/worksheets/sheet1.xml", b""),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c r='A1'><v>1"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        ("xl/styles.xml", b"\xff\xfe"),
    ],
)
def test_a_workbook_with_a_broken_part_is_an_error(book: Folder, part: str, content: bytes) -> None:
    path = book.path / "evidence" / "official.xlsx"
    _replace_part(path, part, content)
    errors = [problem for problem in book.problems() if problem.severity == "error"]
    assert errors and errors[0].place.file == "evidence/official.xlsx"


def _replace_part(path: Path, part: str, content: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[part] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in members.items():
            archive.writestr(name, held)
