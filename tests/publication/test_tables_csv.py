"""CSV: every number reads back as itself, no text runs as a formula, the same table gives the same bytes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as some

from minping.publication.tables_csv import csv_bytes, plain, write_parquet


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@given(some.lists(some.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_every_number_reads_back_as_itself(numbers: list[float]) -> None:
    rows = _read(csv_bytes(pa.table({"x": numbers, "y": numbers})))
    assert [float(row[0]) for row in rows[1:]] == numbers


def test_what_is_not_there_is_an_empty_cell() -> None:
    table = pa.table({"a": [float("nan"), None], "b": pa.array([1, None]), "c": ["", None], "d": [True, None]})
    assert csv_bytes(table) == b"a,b,c,d\n,1,,true\n,,,\n"


def test_zero_has_no_sign() -> None:
    assert csv_bytes(pa.table({"a": [-0.0], "b": [-1.5]})) == b"a,b\n0.0,-1.5\n"


def test_there_is_no_byte_order_mark_and_lines_end_alike() -> None:
    content = csv_bytes(pa.table({"单位": ["北京"]}))
    assert content == "单位\n北京\n".encode()


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", "＋A1", "－A1", "＠x"])
def test_a_text_that_would_run_as_a_formula_is_disarmed(text: str) -> None:
    assert plain(text) == f"'{text}"
    assert _read(csv_bytes(pa.table({"a": [text]})))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ["", "北京", "-3.5", "+2", "-1e-5", "-12%", "-", "--", "a=b", "'x"])
def test_a_harmless_text_is_left_alone(text: str) -> None:
    assert plain(text) == text


def test_a_bare_carriage_return_neither_breaks_a_row_nor_hides_a_formula() -> None:
    assert plain("\r=1") == "'\n=1"
    assert _read(csv_bytes(pa.table({"a": ["x\ry", "x\r\ny"], "b": [1, 2]})))[1:] == [["x\ny", "1"], ["x\ny", "2"]]


def test_texts_with_commas_quotes_and_line_ends_read_back() -> None:
    told = ['a,b "c"', "line\nend", "中、文"]
    assert [row[0] for row in _read(csv_bytes(pa.table({"a": told, "b": told})))[1:]] == told


def test_an_empty_table_keeps_its_header_in_csv_and_parquet(tmp_path: Path) -> None:
    table = pa.table({"factor": [], "alternative": []})
    assert csv_bytes(table) == b"factor,alternative\n"
    write_parquet(table, tmp_path / "x.parquet")
    assert pq.read_table(tmp_path / "x.parquet").schema.types == [pa.string(), pa.string()]


def test_parquet_holds_the_same_columns_texts_as_they_are(tmp_path: Path) -> None:
    table = pa.table({"body": ["=b"], "points": [0.1]})
    write_parquet(table, tmp_path / "x.parquet")
    assert pq.read_table(tmp_path / "x.parquet").to_pylist() == [{"body": "=b", "points": 0.1}]
