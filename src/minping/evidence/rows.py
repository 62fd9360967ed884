"""Rows of a CSV or Parquet file as they stand in it, one by one, with the numbers a spreadsheet gives them.

For copies that people look at, not for loading: nothing is checked, and nothing is left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from minping.evidence.csv import sniff_delimiter
from minping.evidence.files import table_named
from minping.evidence.pieces import LONG_RECORD, MOST_RECORD, decoded, pieces
from minping.evidence.survey import survey
from minping.evidence.tables import TABLES

Row = tuple[int, Sequence[str]]


def rows_of(path: Path) -> tuple[Iterator[Row], int]:
    """The rows of a CSV or Parquet file, the header as row 1, and about how many there are (lines of a CSV)."""
    if path.suffix.lower() == ".parquet":
        return _parquet_rows(path), _parquet_count(path)
    with path.open("rb") as file:
        count = sum(1 for _ in file)
    return _csv_rows(path, survey(path, is_text=True).encoding), count


def _csv_rows(path: Path, encoding: str) -> Iterator[Row]:
    """Rows as the load numbers them: a torn one ends with its line. Bytes of no known encoding are shown as signs."""
    csv.field_size_limit(1 << 30)
    number, delimiter = 0, ""
    table = table_named(path.stem)
    most = LONG_RECORD if table is not None and TABLES[table].is_long else MOST_RECORD
    for piece in pieces(decoded(path, encoding or "latin-1"), most):
        text = piece.text.replace(b"\0", b"")
        delimiter = delimiter or sniff_delimiter(text.partition(b"\n")[0])
        shown = text.decode(errors="replace")
        torn = [shown.rstrip("\r\n").split(delimiter)]
        for cells in torn if piece.is_open else csv.reader(io.StringIO(shown, newline=""), delimiter=delimiter):
            number += 1
            yield number, cells


def _parquet_count(path: Path) -> int:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as opened:
        return int(opened.metadata.num_rows) + 1


def _parquet_rows(path: Path) -> Iterator[Row]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as opened:
        yield 1, opened.schema_arrow.names
        number = 2
        for batch in opened.iter_batches(50_000):
            columns = [column.to_pylist() for column in batch.columns]
            for cells in zip(*columns, strict=True):
                yield number, ["" if cell is None else str(cell) for cell in cells]
                number += 1
