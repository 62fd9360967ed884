"""Rows as they stand in a file, with the numbers that the load gives them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from minping.evidence.rows import rows_of
from tests.evidence.folder import Folder


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    return [(number, list(cells)) for number, cells in rows_of(path)[0]]


def test_every_row_comes_with_its_number_nothing_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"x\ny"\n\n2, z ,extra\n', encoding="utf-8")
    assert _rows(path) == [(1, ["a", "b"]), (2, ["1", "x\ny"]), (3, []), (4, ["2", " z ", "extra"])]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_separator_are_found_out(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"单位{delimiter}值\n北京{delimiter}1\n".encode(encoding))
    assert _rows(path) == [(1, ["单位", "值"]), (2, ["北京", "1"])]


def test_bytes_of_no_known_encoding_are_shown_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n\xff\xff\xff,1\n")
    assert _rows(path) == [(1, ["a", "b"]), (2, ["ÿÿÿ", "1"])]


def test_a_torn_row_ends_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"x\n2,y\n', encoding="utf-8")
    assert _rows(path) == [(1, ["a", "b"]), (2, ["1", '"x']), (3, ["2", "y"])]


def test_a_problem_stands_in_the_row_that_is_shown(folder: Folder) -> None:
    folder.rows(
        'beijing,2016,gdp,1,"two\nlines"',
        "",
        "tianjin,2016,gdp,bad,",
        'hebei,2016,gdp,"1,',
        "hebei,2016,gdp,worse,",
        header="body,period,indicator,value,note",
    )
    shown = dict(_rows(folder.path / "evidence" / "official.csv"))
    found = {problem.place.row: problem.code for problem in folder.problems() if problem.severity == "error"}
    assert {shown[row or 0][3] for row, code in found.items() if code == "text-in-number"} == {"bad", "worse"}
    assert set(found.values()) == {"text-in-number", "unclosed-quote"}


def test_the_count_is_that_of_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a\n1\n2\n", encoding="utf-8")
    assert rows_of(path)[1] == 3


def test_rows_of_parquet_are_numbered_as_a_sheet_would_be_and_nothing_is_empty_text(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": ["x", None], "b": [1.5, None], "c": [dt.date(2017, 12, 31), None]}), path)
    assert _rows(path) == [(1, ["a", "b", "c"]), (2, ["x", "1.5", "2017-12-31"]), (3, ["", "", ""])]
    assert rows_of(path)[1] == 3
