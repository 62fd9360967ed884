"""tables.xlsx, read back with openpyxl: sheets, figures, links, marks; nothing runs; the same twice."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from minping.publication import workbook as pages
from minping.publication.sheet_words import SHEETS
from minping.publication.tables_xlsx import xlsx_bytes
from minping.publication.workbook import HEADER_ROW
from minping.scoring.evaluation import Evaluation
from minping.words import Lang
from tests.publication.evaluations import evaluation_in

FIRST = HEADER_ROW + 2  #: row of the first body, as a spreadsheet counts


def _opened(evaluation: Evaluation, lang: Lang = "zh") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(evaluation, lang)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheets_stand_in_order_under_their_names(evaluation: Evaluation, lang: Lang) -> None:
    book = _opened(evaluation, lang)
    assert book.sheetnames == [name.say(lang) for name, _ in SHEETS.values()]
    assert book.active is not None
    assert book.active.title == SHEETS["ranks"][0].say(lang)


def test_the_figures_are_those_of_the_evaluation(evaluation: Evaluation) -> None:
    sheet, table = _opened(evaluation)["位次"], evaluation.table("ranks").to_pylist()
    for at, row in enumerate(table):
        found = [cell.value for cell in sheet[FIRST + at]]
        assert found[0] == row["rank"]
        assert found[2] == pytest.approx(row["score"], rel=1e-15)
        assert found[5:8] == [row["rank_lo"], row["rank_hi"], row["tier"]]
        assert sheet.cell(FIRST + at, 3).number_format == "0.00"


def test_a_name_leads_to_its_own_row_of_scores(evaluation: Evaluation) -> None:
    book = _opened(evaluation)
    for at in range(5):
        cell = book["位次"].cell(FIRST + at, 2)
        assert cell.hyperlink is not None
        sheet, _, place = str(cell.hyperlink.location).partition("!")
        assert book[sheet.strip("'")][place].value == cell.value


def test_a_name_that_looks_like_a_formula_stays_a_text(evaluation: Evaluation) -> None:
    names = ("=1+1", "http://example.org", "{=1}", "12", "东区")
    evidence = replace(evaluation.evidence, bodies=replace(evaluation.evidence.bodies, names=names))
    book = _opened(replace(evaluation, evidence=evidence))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in book["得分"]["A"][FIRST - 1 :]} == set(names)
    assert all(cell.data_type != "f" for cell in cells)


def test_headers_are_frozen_filtered_and_repeated_in_print(evaluation: Evaluation) -> None:
    book = _opened(evaluation)
    for name in ("位次", "得分", "贡献", "指标值", "有效权重"):
        sheet = book[name]
        assert sheet.freeze_panes == f"C{HEADER_ROW + 2}"
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows == f"${HEADER_ROW + 1}:${HEADER_ROW + 1}"
        assert sheet.page_setup.paperSize == 9


def test_a_scheme_without_grades_has_no_columns_for_them(evaluation: Evaluation) -> None:
    header = [cell.value for cell in _opened(evaluation)["位次"][HEADER_ROW + 1]]
    without = [cell.value for cell in _opened(replace(evaluation, grades=()))["位次"][HEADER_ROW + 1]]
    assert header == [*without, "建议等次", "概率"]


def test_what_was_not_observed_is_marked(tmp_path: Path) -> None:
    sheet = _opened(evaluation_in(tmp_path, missing=("b02", "2016", "growth")))["指标值"]
    header = [cell.value for cell in sheet[HEADER_ROW + 1]]
    column = header.index("增长\n%") + 1
    marked = [row for row in range(FIRST, FIRST + 5) if sheet.cell(row, column).fill.fgColor.rgb == "FFFFF2CC"]
    assert [sheet.cell(row, 2).value for row in marked] == ["b02"]
    assert sheet.cell(marked[0], column).value is None


def test_two_workbooks_of_one_evaluation_are_the_same_bytes(evaluation: Evaluation) -> None:
    assert xlsx_bytes(evaluation, "zh") == xlsx_bytes(evaluation, "zh")
    dated = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(evaluation, "zh", on=date(2017, 3, 1))))
    assert dated.properties.created is not None
    assert dated.properties.created.date() == date(2017, 3, 1)


def test_a_table_too_large_for_a_sheet_is_left_out_and_said(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_CELLS", 10)
    sheet = _opened(evaluation)["得分"]
    assert sheet.max_row == HEADER_ROW + 1
    assert "CSV" in str(sheet.cell(HEADER_ROW + 1, 1).value)
