"""Parquet files."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.evidence.folder import Folder

COLUMNS: dict[str, Any] = {
    "body": ["beijing", "tianjin", "hebei"],
    "period": [2016, 2016, 2016],
    "indicator": pa.array(["gdp", "gdp", "share"]).dictionary_encode(),
    "value": [1.5, 2.0, 97.3],
    "released_on": [dt.date(2017, 12, 31), None, dt.datetime(2017, 12, 31).date()],
}


def _parquet(folder: Folder, **changed: Any) -> Folder:
    pq.write_table(
        pa.table({**COLUMNS, **changed}), folder.remove("official.csv").path / "evidence" / "official.parquet"
    )
    return folder


def test_a_parquet_file_is_read_with_its_types(folder: Folder) -> None:
    evidence = _parquet(folder).load()
    official = evidence.official
    assert (
        evidence.problems == () and official.value.tolist() == [1.5, 2.0, 97.3] and official.row.tolist() == [2, 3, 4]
    )
    assert official.released_on is not None and official.released_on[0] == official.released_on[2] == 17531


def test_timestamps_at_midnight_are_dates(folder: Folder) -> None:
    stamps = pa.array([dt.datetime(2017, 12, 31)] * 2 + [dt.datetime(2017, 12, 31, 8)], pa.timestamp("us"))
    assert _parquet(folder, released_on=stamps).only("date-with-time").place.row == 4


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_values_that_are_not_finite_are_errors(folder: Folder, value: float) -> None:
    assert _parquet(folder, value=[1.0, value, 2.0]).only("not-finite").place.row == 3


def test_an_empty_value_is_an_error(folder: Folder) -> None:
    assert _parquet(folder, value=[1.0, None, 2.0]).only("empty-value").place.row == 3


def test_text_in_a_column_of_numbers_is_an_error(folder: Folder) -> None:
    assert _parquet(folder, value=["1", "x", "2"]).only("text-in-number").place.row == 3


def test_a_column_of_lists_is_an_error(folder: Folder) -> None:
    assert _parquet(folder, value=[[1.0], [2.0], [3.0]]).only("column-type").place.column == "value"


@pytest.mark.parametrize("keep", [0.0, 0.2, 0.6, 0.95])
def test_a_damaged_file_is_an_error(folder: Folder, keep: float) -> None:
    path = _parquet(folder).path / "evidence" / "official.parquet"
    good = path.read_bytes()
    path.write_bytes(good[: int(len(good) * keep)])
    assert folder.only("corrupt-file").place.file == "evidence/official.parquet"


def test_a_damaged_page_is_an_error(folder: Folder) -> None:
    path = _parquet(folder).path / "evidence" / "official.parquet"
    good = path.read_bytes()
    path.write_bytes(good[:4] + bytes(200) + good[204:])
    assert {problem.severity for problem in folder.problems()} == {"error"}


def test_text_that_is_no_utf8_is_an_error(folder: Folder) -> None:
    broken = pa.array([b"beijing", b"\xff\xfe", b"hebei"]).view(pa.string())
    assert _parquet(folder, body=broken).only("corrupt-file").place.file == "evidence/official.parquet"
