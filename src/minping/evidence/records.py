"""Records: tables of events of any size. In opened sheets, out Parquet files that an engine scans, and their faults.

A Parquet file is scanned where it lies; a CSV or workbook is copied once into Parquet, text as it stands, so that
encodings, quotes and headers are dealt with by the same readers as everywhere. What is wrong is found by the engine
(DuckDB) in one pass, and every row is named; memory doesn't grow with the rows.
"""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

import numpy as np

from minping.evidence.blocks import Sheet, as_dictionary
from minping.evidence.choice_words import CHOICE_WORDS, OWN_WORDS
from minping.evidence.faults import Fault, Remark, fault
from minping.evidence.headers import missing_columns, understand
from minping.evidence.table import Column
from minping.evidence.tables import TABLES
from minping.model.evidence import Bodies, RecordFile, Records

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MEMORY = "700MB"  #: what DuckDB may hold; the rest it keeps on disk
MOST_LISTED = 200_000  #: faulty rows of one kind that are listed one by one; the count is always whole
FIRST_ROW = 2
BLANKS = "E' \\t\\n\\r\\f'"  #: (SQL) what is no part of a cell at its ends, as in `indicators.events`


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of a table of events."""

    code: str
    column: str
    where: str  #: SQL over the table's columns as trimmed text (NULL where empty)
    say: Callable[[str], Remark]  #: of the cell's text


class Copies:
    """A folder of copies, gone when nobody holds it any more."""

    def __init__(self) -> None:
        """Make the folder."""
        self.path = Path(mkdtemp(prefix="minping-records-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def stage(
    sheets: Sequence[tuple[int, Sheet]], folder: Path, faults: Sequence[list[Fault]], also: Sequence[str] = ()
) -> Records | None:
    """The files of one table, ready to be scanned; None where there is none that can be used.

    `also` names columns that are kept beside those of the table, as their headers write them.
    """
    if not sheets:
        return None
    held: Copies | None = None
    files: list[RecordFile] = []
    rows = 0
    for at, sheet in sheets:
        header = understand(sheet.headers, sheet.table)
        here = header.faults + missing_columns(header, sheet.table)
        faults[at].extend(here)
        if any(found.remark.severity == "error" for found in here):
            continue
        positions = header.positions | {name: place for place, name in header.unknown.items() if name in also}
        path = folder / sheet.file
        if path.suffix.lower() == ".parquet":
            columns = {name: sheet.headers[position] for name, position in positions.items()}
            files.append(RecordFile(str(path.resolve()), at, columns))
            rows += sheet.total
            continue
        held = held or Copies()
        copy = held.path / f"{at}.parquet"
        rows += _copy(sheet, positions, copy, faults[at])
        files.append(RecordFile(str(copy), at, {name: name for name in positions}, is_copy=True))
    return Records(sheets[0][1].table, tuple(files), rows, held)


def _copy(sheet: Sheet, positions: dict[str, int], path: Path, faults: list[Fault]) -> int:
    """Write the columns of a table, text as it stands, with the row each record stands in; how many there are."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {column.name: column for column in TABLES[sheet.table].columns}
    schema = pa.schema([*((name, pa.string()) for name in positions), ("_row", pa.int64())])
    written = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for block in sheet.read(list(positions.values()), ()):
            faults += block.faults
            texts = [_text(block.columns[at], columns.get(name)) for name, at in positions.items()]
            filled = np.zeros(len(block.rows), dtype=np.bool_)
            for column in texts:
                filled |= np.asarray(
                    pa.compute.fill_null(pa.compute.not_equal(pa.compute.utf8_trim_whitespace(column), ""), False)
                )
            table = pa.table([*texts, pa.array(block.rows)], schema=schema).filter(pa.array(filled))
            writer.write_table(table)
            written += table.num_rows
    return written


def _text(cells: pa.Array, column: Column | None) -> pa.Array:
    """Cells as text; a Chinese word for a choice as the choice."""
    import pyarrow as pa

    coded = as_dictionary(cells)
    words = coded.dictionary.cast(pa.string())
    if column is not None and column.choices:
        known = CHOICE_WORDS | OWN_WORDS.get(column.name, {})
        meant = [known.get((word or "").strip(), word) for word in words.to_pylist()]
        words = pa.array(
            [word if word in column.choices else given for word, given in zip(meant, words.to_pylist(), strict=True)],
            pa.string(),
        )
    return words.take(coded.indices)


def relation(files: Sequence[RecordFile], columns: Sequence[str]) -> str:
    """SQL for all files as one table: every column as trimmed text, NULL where empty; `_file` and `_row`."""
    parts = []
    for one in files:
        path = one.path.replace("'", "''")
        row = "_row" if one.is_copy else f"file_row_number + {FIRST_ROW}"
        cells = ", ".join(
            f"""NULLIF(TRIM(CAST("{one.columns[name].replace('"', '""')}" AS VARCHAR), {BLANKS}), '') AS "{name}\""""
            if name in one.columns
            else f'CAST(NULL AS VARCHAR) AS "{name}"'
            for name in columns
        )
        parts.append(
            f"SELECT {one.file} AS _file, {row} AS _row, {cells} FROM read_parquet('{path}', file_row_number = true)"
        )
    return "(" + " UNION ALL ".join(parts) + ")"


@contextmanager
def connect(*records: Records) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB in memory, with a limit; what goes to disk is for this user only, and gone at the end of the block.

    Where records have a session it is that one: then temporary tables alone are gone at the end of the block.
    """
    import duckdb

    for one in records:
        if isinstance(one.session, duckdb.DuckDBPyConnection):
            with one.session.cursor() as opened:
                yield opened
            return
    with TemporaryDirectory(prefix="minping-", ignore_cleanup_errors=True) as aside:
        settings = {"memory_limit": MEMORY, "temp_directory": aside, "preserve_insertion_order": "false"}
        with duckdb.connect(":memory:", config={**settings}) as opened:
            yield opened


def put_words(engine: duckdb.DuckDBPyConnection, bodies: Bodies) -> None:
    """The words that a body may be called by, as table `known_bodies(word)`."""
    words = {*bodies.ids, *bodies.names, *bodies.names_en} - {""}
    engine.execute("CREATE TEMP TABLE known_bodies AS SELECT UNNEST(?::VARCHAR[]) AS word", [sorted(words)])


def find_faults(
    engine: duckdb.DuckDBPyConnection,
    table: str,
    rules: Sequence[Rule],
    headers: Sequence[dict[str, str]],
    faults: Sequence[list[Fault]],
) -> None:
    """Count what breaks each rule in one pass over `table`; list the rows where there are any."""
    counted = ", ".join(f"COUNT(*) FILTER (WHERE {rule.where})" for rule in rules)
    counts = engine.execute(f"SELECT {counted} FROM {table}").fetchone() or ()
    for rule, count in zip(rules, counts, strict=True):
        if not count:
            continue
        listed = engine.execute(
            f"SELECT _file, COALESCE(\"{rule.column}\", ''), LIST(_row ORDER BY _row) FROM "
            f"(SELECT * FROM {table} WHERE {rule.where} LIMIT {MOST_LISTED}) GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        for file, text, rows in listed:
            faults[file].append(fault(rule.say(text), headers[file].get(rule.column, rule.column), *rows))
