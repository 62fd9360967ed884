"""Events: tables of events as portable expressions. In checked records, out Ibis tables that an engine computes.

One expression serves every engine; DuckDB over the files is the one that needs nothing else. Cells are read without
looking whether they can be: the checks let nothing through that one engine would read and another not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import reduce
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.postgres import sent
from minping.indicators.spark import put, scan
from minping.model.arrays import Floats, Ints
from minping.model.evidence import Bodies, Evidence, Quarantine, RecordFile, Records

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

AUDITED_DAYS = (
    "approved_on started_on planned_on opened_on last_progress_on observed_on borrowed_on due_on decided_on "
    "submitted_on verified_on closed_on reopened_on lookback_on visited_on set_on paid_on"
).split()
AUDITED_NUMBERS = (
    "feasibility_cny budget_cny cost_cny debt_cny design_capacity used_capacity forecast_use beneficiaries support_share "
    "support_n om_need_cny om_budget_cny facade_cny advance_cny progress amount_cny principal_cny interest_cny "
    "baseline_value outcome_value outcome_target documents meetings check_ins process_score reported_value found_value "
    "tolerance target target_high score"
).split()
#: column of a table -> type it is read as; all others are text
TYPES = {
    "rated_on": "date",
    "completed_on": "date",
    "rectified_on": "date",
    "called_back_on": "date",
    "called_on": "date",
    "level": "int8",
    "rerated_level": "int8",
    "issued": "int64",
    "offered": "int64",
    "answered": "int64",
    "opened_at": "timestamp",
    "due_at": "timestamp",
    "responded_at": "timestamp",
    "closed_at": "timestamp",
    "reopened_at": "timestamp",
    "seconds": "float64",
    "asked_on": "date",
    "weight": "float64",
    "probability": "float64",
    "fpc": "float64",
    "fpc2": "float64",
    "minutes": "float64",
    **dict.fromkeys(AUDITED_DAYS, "date"),
    **dict.fromkeys(AUDITED_NUMBERS, "float64"),
}
MEMORY = "700MB"
CLOCK = r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?"  #: day and time, without a zone


@contextmanager
def engine(records: Records | None = None) -> Iterator[Any]:
    """The engine that `on_engine` gave the records, or else `here` until the end of the block."""
    if records is not None and records.engine is not None:
        yield records.engine
        return
    with here(records) as opened:
        yield opened


@contextmanager
def here(records: Records | None = None) -> Iterator[Any]:
    """DuckDB in memory until the end of the block, whatever engine counts the records: their session where they have one.

    What memory does not hold goes to a folder that only this user can read, and that is gone afterwards. Of a session,
    temporary tables are gone at the end of the block.
    """
    import ibis

    if records is not None and records.session is not None:
        with records.session.cursor() as opened:  # type: ignore[attr-defined]
            yield ibis.duckdb.from_connection(opened)
        return
    with TemporaryDirectory(prefix="minping-", ignore_cleanup_errors=True) as aside:
        opened = ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=aside)
        try:
            yield opened
        finally:
            opened.disconnect()


@contextmanager
def one_session(evidence: Evidence) -> Iterator[Evidence]:
    """The evidence with one DuckDB for all who look at it until the end of the block; to open one costs more than to ask."""
    if not evidence.records:
        yield evidence
        return
    with here() as opened:
        records = {name: replace(one, session=opened.con) for name, one in evidence.records.items()}
        yield replace(evidence, records=records)


def event_table(
    opened: Any, records: Records, columns: tuple[str, ...], *, placed: bool = False, raw: tuple[str, ...] = ()
) -> ibis.Table:
    """The records as one table with these columns, typed; a column that no file has is empty.

    `raw` names columns of text left as they stand: a large table is counted faster before `trimmed` than after.
    `placed` adds where each record stands: `file`, its position in Evidence.files, and `row` as a spreadsheet shows it;
    DuckDB alone knows that. Records in quarantine are left out, or (`put_back`) lose their status.
    """
    if opened.name == "postgres":
        with here(records) as reader:
            return sent(opened, reader.con.sql(reader.compile(event_table(reader, records, columns, raw=raw))))
    parts, numbered = [], placed or records.quarantine is not None
    for one in records.files:
        scanned = scan(opened, one.path) if opened.name == "pyspark" else _scanned(opened, one.path, numbered)
        chosen = {name: _column(scanned, one.columns.get(name), name, name in raw) for name in columns}
        parts.append(scanned.select(**chosen, **(_place(scanned, one) if numbered else {})))
    table = reduce(lambda one, other: one.union(other), parts)
    if records.quarantine is not None:
        table = _without(table, records.quarantine)
    return table if placed or not numbered else table.drop("file", "row")


def _without(table: ibis.Table, quarantine: Quarantine) -> ibis.Table:
    """The expression: the table without the rows in quarantine; two joins at most, however many they are."""
    import ibis

    apart, back = (_listed(quarantine, back) for back in (False, True))
    if len(apart):
        table = table.anti_join(ibis.memtable(apart), ["file", "row"])
    if len(back) and "status" in table.columns:
        named = ibis.memtable(back).rename(back_file="file", back_row="row")
        joined = table.left_join(named, [table.file == named.back_file, table.row == named.back_row])
        status = ibis.ifelse(joined.back_row.isnull(), joined.status, ibis.null().cast("string"))
        table = joined.mutate(status=status).drop("back_file", "back_row")
    return table


def _listed(quarantine: Quarantine, back: bool) -> Any:
    import pyarrow as pa

    kept = quarantine.put_back == back
    return pa.table({"file": pa.array(quarantine.file[kept]), "row": pa.array(quarantine.row[kept])})


def with_bodies(table: ibis.Table, bodies: Bodies) -> ibis.Table:
    """The same with `body` as the row of the body, whatever name it bears."""
    import pyarrow as pa

    words = {name: at for names in (bodies.names_en, bodies.names, bodies.ids) for at, name in enumerate(names) if name}
    known = small_table(table, pa.table({"word": list(words), "at": pa.array(list(words.values()), pa.int32())}))
    joined = table.inner_join(known, table.body == known.word)
    return joined.mutate(body=joined["at"]).drop("word", "at")


def in_blocks(opened: Any, name: str, table: ibis.Table, size: int, order_by: tuple[str, ...] = ()) -> Iterator[Any]:
    """A table's rows as Arrow tables of at most `size`: numbered once in a table `name`, then fetched by their number.

    Without `order_by` the rows of a block are any.
    """
    import ibis

    numbered = ibis.row_number().over(ibis.window(order_by=list(order_by)) if order_by else ibis.window())
    kept = opened.create_table(name, table.mutate(at=numbered), temp=True)
    at = kept["at"]
    for first in range(0, kept.count().to_pyarrow().as_py(), size):
        yield kept.filter(at >= first, at < first + size).to_pyarrow().sort_by("at")
    opened.raw_sql(f"DROP TABLE {name}")


def small_table(beside: ibis.Table, rows: pa.Table) -> ibis.Table:
    """A few rows as a table of the engine that another table is of."""
    import ibis

    opened = beside.get_backend()
    if opened.name == "duckdb":
        return ibis.memtable(rows)
    return sent(opened, rows) if opened.name == "postgres" else put(opened, rows)


def years_in(records: Records, column: str) -> list[int]:
    """The years of a column of days or times."""
    with here(records) as opened:
        table = event_table(opened, records, (column,))
        found = table.mutate(year=table[column].year()).select("year").distinct().to_pyarrow()
    return sorted(year for year in found["year"].to_pylist() if year is not None)


def month_of(moment: Any) -> Any:
    """The expression: the month of a day or time, counted from year 0 as in `lags.months_of`."""
    return moment.year().cast("int64") * 12 + moment.month().cast("int64") - 1


def kept(opened: Any, table: ibis.Table) -> ibis.Table:
    """The same, computed once and kept by the engine until it is closed."""
    from ibis.util import gen_name

    # Spark has no temporary tables, and its cache needs none; the cache of the others is dropped by a faulty statement
    return table.cache() if opened.name == "pyspark" else opened.create_table(gen_name("kept"), table, temp=True)


def flag_of(condition: Any) -> Any:
    """The expression: 1 where it holds, 0 elsewhere."""
    import ibis

    return ibis.ifelse(condition, 1, 0).cast("int8")


def whole_numbers(column: Any) -> Ints:
    """A column of whole numbers, none of them missing, as an array."""
    return np.asarray(column.to_numpy(), dtype=np.int64)


def numbers(column: Any) -> Floats:
    """A column of numbers as an array, NaN where there is none."""
    return np.asarray(column.cast("float64").to_numpy(), dtype=np.float64)


def _scanned(opened: Any, path: str, placed: bool) -> Any:
    return opened.read_parquet(path, file_row_number=True) if placed else opened.read_parquet(path)


def _place(table: Any, one: RecordFile) -> dict[str, Any]:
    import ibis

    row = table["_row"] if one.is_copy else table["file_row_number"] + 2
    return {"file": ibis.literal(one.file, "int64"), "row": row.cast("int64")}


def trimmed(text: Any) -> Any:
    """Text without blanks around it; nothing where there is no more."""
    return text.strip().nullif("")


def _column(table: Any, source: str | None, name: str, raw: bool = False) -> Any:
    import ibis

    kind = TYPES.get(name, "string")
    if source is None:
        return ibis.null().cast(kind)
    column = table[source]
    if kind != "string" and str(column.type()) == kind:
        return column
    if kind == "date":
        return _day(column)
    if kind == "timestamp":
        return _clock(column)
    text = column.cast("string") if raw else trimmed(column.cast("string"))
    if kind == "string":
        return text
    return text.try_cast("float64").try_cast(kind)


def _clock(column: Any) -> Any:
    """The time on the clock of the place, whatever its zone: the checks let only one zone through."""
    if column.type().is_timestamp():
        return column.cast("timestamp")
    text = trimmed(column.cast("string")).re_extract(CLOCK, 0)
    return text.replace("/", "-").replace("T", " ").nullif("").try_cast("timestamp")


def _day(column: Any) -> Any:
    """A day from a timestamp, or from text in any form that the checks let through."""
    import ibis

    if column.type().is_timestamp():
        return column.date()
    text = trimmed(column.cast("string"))
    plain = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    compact = text.re_search(r"^\d{8}$")
    dashed = text.substr(0, 4).concat("-").concat(text.substr(4, 2)).concat("-").concat(text.substr(6, 2))
    return ibis.coalesce(
        text.try_cast("date"), ibis.ifelse(compact, dashed, plain.re_extract(r"^[^T ]*", 0).nullif("")).try_cast("date")
    )
