"""Events as tables of an engine: typed columns whatever the file holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from minping.indicators.events import engine, event_table, here, one_session, with_bodies, years_in
from minping.model.evidence import RecordFile, Records
from tests.made import bodies, table

DAY = dt.date(2024, 5, 4)


@pytest.fixture
def opened() -> Iterator[Any]:
    with engine() as found:
        yield found


def records(folder: Path, **columns: object) -> Records:
    path = folder / "t.parquet"
    pq.write_table(pa.table(columns), path)
    return Records("ratings", (RecordFile(str(path), 0, {name: name for name in columns}),), 1)


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-04",
        " 2024-05-04 ",
        "2024/05/04",
        "2024/5/4",
        "2024.05.04",
        "2024年5月4日",
        "20240504",
        "2024-05-04 23:59:00",
        DAY,
        dt.datetime(2024, 5, 4, 23, 59),
    ],
)
def test_a_day_is_read_from_any_form(tmp_path: Path, opened: Any, written: object) -> None:
    found = event_table(opened, records(tmp_path, rated_on=[written], body=["a"]), ("rated_on",)).to_pyarrow()
    assert found["rated_on"].to_pylist() == [DAY]


@pytest.mark.parametrize(
    ("written", "level"), [("5", 5), (" 4 ", 4), ("3.0", 3), (2, 2), (1.0, 1), ("", None), (None, None)]
)
def test_a_level_is_read_from_text_and_numbers(tmp_path: Path, opened: Any, written: object, level: int | None) -> None:
    found = event_table(opened, records(tmp_path, level=[written], body=["a"]), ("level", "window")).to_pyarrow()
    assert found["level"].to_pylist() == [level] and found["window"].to_pylist() == [None]


def test_bodies_are_known_by_id_and_by_name(tmp_path: Path, opened: Any) -> None:
    made = records(tmp_path, body=["x", "单位y", "body x", " y "])
    table = with_bodies(event_table(opened, made, ("body",)), bodies(["x", "y"]))
    assert sorted(table.to_pyarrow()["body"].to_pylist()) == [0, 0, 1, 1]


def test_several_files_are_one_table(tmp_path: Path, opened: Any) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    one, other = records(tmp_path / "one", body=["x"]), records(tmp_path / "other", body=["y", "x"])
    both = Records("ratings", (*one.files, *other.files), 3)
    assert event_table(opened, both, ("body",)).count().to_pyarrow().as_py() == 3


def test_what_memory_does_not_hold_goes_to_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with engine() as opened:
        opened.raw_sql("SET memory_limit = '60MB'")
        told = opened.raw_sql("SELECT current_setting('temp_directory')").fetchone()
        assert told is not None and Path(told[0]).is_dir() and Path(told[0]).stat().st_mode & 0o077 == 0
        opened.raw_sql("SELECT count(*) FROM (SELECT DISTINCT hash(i), i FROM range(4000000) t(i))").fetchone()
        assert not list(tmp_path.iterdir())
    assert not Path(told[0]).exists()


def test_all_who_look_share_a_session_and_leave_nothing_in_it(tmp_path: Path) -> None:
    made = {"ratings": records(tmp_path, body=["a"])}
    with one_session(replace(table({"a": [1.0]}), records=made)) as opened:
        shared = opened.records["ratings"]
        with engine(shared) as first:
            first.con.execute("CREATE TABLE seen AS SELECT 1; CREATE TEMP TABLE noted AS SELECT 1")
        with here(shared) as second:
            tables = {name for (name,) in second.con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            assert tables == {"seen"}
            assert event_table(second, shared, ("body",)).to_pyarrow()["body"].to_pylist() == ["a"]
    assert made["ratings"].session is None


def test_days_are_looked_at_here_whatever_engine_counts(tmp_path: Path) -> None:
    counted = replace(records(tmp_path, rated_on=["2024-05-04"]), engine="elsewhere")
    with engine(counted) as given, here(counted) as opened:
        assert given == "elsewhere" and opened.name == "duckdb"
    assert years_in(counted, "rated_on") == [2024]
