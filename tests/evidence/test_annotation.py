"""Marked copies of files with problems."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from minping.evidence import annotate, annotation
from minping.evidence.annotation import LIST_SHEET
from tests.evidence.folder import CODEBOOK, Folder

RED, AMBER, BLUE = "00FF9999", "00FFD966", "00BDD7EE"


def test_the_offending_cell_of_a_workbook_is_filled_and_commented(folder: Folder, tmp_path: Path) -> None:
    rows = [["body", "period", "indicator", "value"], ["beijing", "2016", "gdp", "x"], ["tianjin", "2016", "gdp", 1]]
    folder.remove("official.csv").sheets("official.xlsx", {"official": rows})
    (path,) = annotate(folder.path, folder.problems(), tmp_path / "out")
    sheet = load_workbook(path)["official"]
    assert sheet["D2"].fill.start_color.rgb == RED
    assert "not a number" in sheet["D2"].comment.text and "不是数字" in sheet["D2"].comment.text
    assert [cell.fill.start_color.rgb for cell in (sheet["A2"], sheet["D3"])] == ["00000000"] * 2
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == rows


def test_the_first_sheet_lists_all_problems(folder: Folder, tmp_path: Path) -> None:
    folder.rows("bejing,2016,gdp,x", "tianjin,2016,gdp,1%")
    problems = folder.problems()
    (path,) = annotate(folder.path, problems, tmp_path / "out")
    workbook = load_workbook(path)
    assert workbook.sheetnames[0] == LIST_SHEET
    lines = list(workbook[LIST_SHEET].iter_rows(min_row=2, values_only=True))
    assert [(line[1], line[3], line[4], line[11]) for line in lines] == [
        (problem.place.file, problem.place.row, problem.place.column, problem.code) for problem in problems
    ]


def test_a_csv_file_becomes_a_workbook_with_its_cells_as_text(folder: Folder, tmp_path: Path) -> None:
    folder.write("official.csv", "单位,考核期,指标,数值,备注\nbeijing,2016,gdp,x,=1+1\n".encode("gb18030"))
    (path,) = [
        path for path in annotate(folder.path, folder.problems(), tmp_path / "out") if path.name.startswith("official")
    ]
    sheet = load_workbook(path)["official"]
    assert [cell.value for cell in sheet[1]] == ["单位", "考核期", "指标", "数值", "备注"]
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=1+1", "s")
    assert sheet["D2"].fill.start_color.rgb == RED


@pytest.mark.parametrize(("cell", "colour"), [("x", RED), ('"1,234"', AMBER), ('"1,234.5"', BLUE)])
def test_the_colour_says_how_bad_it_is(folder: Folder, tmp_path: Path, cell: str, colour: str) -> None:
    folder.rows(f"beijing,2016,gdp,{cell}", "tianjin,2016,gdp,1", "hebei,2016,gdp,1")
    (path,) = annotate(folder.path, folder.problems(), tmp_path / "out")
    assert load_workbook(path)["official"]["D2"].fill.start_color.rgb == colour


def test_blank_lines_and_line_breaks_do_not_shift_the_marks(folder: Folder, tmp_path: Path) -> None:
    folder.rows('beijing,2016,gdp,1,"a\nb"', "", "tianjin,2016,gdp,x,", header="body,period,indicator,value,note")
    (path,) = annotate(folder.path, folder.problems(), tmp_path / "out")
    assert load_workbook(path)["official"]["D4"].fill.start_color.rgb == RED


def test_the_marks_of_a_torn_csv_file_stand_in_the_right_rows(folder: Folder, tmp_path: Path) -> None:
    rows = ('beijing,2016,gdp,"1,000.5","a\nb"', "", 'tianjin,2016,gdp,1,"open', "hebei,2016,gdp,x,")
    folder.rows(*rows, header="body,period,indicator,value,note")
    (path,) = annotate(folder.path, folder.problems(), tmp_path / "out")
    sheet = load_workbook(path)["official"]
    assert (sheet["A4"].value, sheet["D5"].value) == ("tianjin", "x")
    assert sheet["A4"].fill.start_color.rgb == RED and sheet["D5"].fill.start_color.rgb == RED


def test_a_file_of_no_known_encoding_is_copied_too(folder: Folder, tmp_path: Path) -> None:
    folder.write("official.csv", b"body,period,indicator,value\nbeijing,2016,gdp,1\xff\xff\n")
    (path,) = annotate(folder.path, folder.problems(), tmp_path / "out")
    assert load_workbook(path)["official"]["A2"].fill.start_color.rgb == RED


def test_of_a_long_file_only_the_rows_with_problems_are_copied(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(annotation, "MOST_COPIED", 3)
    folder.rows("beijing,2016,gdp,1", "tianjin,2016,gdp,1", "hebei,2016,gdp,x", "hebei,2017,gdp,1")
    (path,) = annotate(folder.path, folder.problems(), tmp_path / "out")
    sheet = load_workbook(path)["official"]
    assert [cell.value for cell in sheet[2]] == ["hebei", "2016", "gdp", "x"]
    assert sheet["D2"].fill.start_color.rgb == RED and "5 rows" in str(sheet["A4"].value)


def test_a_parquet_file_is_copied_too(folder: Folder, tmp_path: Path) -> None:
    table = pa.table({"body": ["beijing"], "period": [2016], "indicator": ["gdp"], "value": [float("inf")]})
    pq.write_table(table, folder.remove("official.csv").path / "evidence" / "official.parquet")
    (path,) = annotate(folder.path, folder.problems(), tmp_path / "out")
    assert load_workbook(path)["official"]["D2"].fill.start_color.rgb == RED


def test_what_can_not_be_opened_is_listed_on_its_own(folder: Folder, tmp_path: Path) -> None:
    folder.remove("official.csv").write("official.xlsx", b"no workbook")
    (path,) = annotate(folder.path, folder.problems(), tmp_path / "out")
    assert path.name == "problems.xlsx"
    assert load_workbook(path)[LIST_SHEET]["L2"].value == "corrupt-file"


def test_the_files_stay_as_they_are(folder: Folder, tmp_path: Path) -> None:
    folder.rows("beijing,2016,gdp,x")
    folder.sheets("official-2.xlsx", {"official": [["body", "period", "indicator", "value"], ["x", "2016", "gdp", 1]]})
    home = folder.path / "evidence"

    def hashes() -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in home.iterdir()}

    before = hashes()
    assert len(annotate(folder.path, folder.problems(CODEBOOK), tmp_path / "out")) == 2
    assert hashes() == before
