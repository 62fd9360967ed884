"""Open tables: an evaluation's tables as CSV for people and machines, and as Parquet.

CSV is UTF-8 without a byte-order mark, comma-separated, one line per row; numbers are written with the fewest
digits that read back as the same number, an absent one as an empty cell. A text that a spreadsheet would take for a
formula gets an apostrophe before it; numbers are never touched. Parquet holds the same columns, texts as they are.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

FORMULA = "=+-@\t\r＝＋－＠"  #: a spreadsheet may run a text that begins with one of these
_HARMLESS = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?%?|-+")


def csv_bytes(table: pa.Table) -> bytes:
    r"""A table as CSV.

    >>> import pyarrow
    >>> csv_bytes(pyarrow.table({"body": ["=1+1"], "points": [0.1], "rank": [None]}))
    b"body,points,rank\n'=1+1,0.1,\n"
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([plain(name) for name in table.column_names])
    writer.writerows(zip(*(_cells(column) for column in table.columns), strict=True))
    return buffer.getvalue().encode()


def plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula, its lines ended alike.

    >>> plain("=HYPERLINK(1)"), plain("-3.5"), plain("北京")
    ("'=HYPERLINK(1)", '-3.5', '北京')
    """
    risky = text[:1] in FORMULA and text and not _HARMLESS.fullmatch(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{lines}" if risky else lines


def write_parquet(table: pa.Table, path: Path) -> None:
    """A table as Parquet, columns without a type as text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    typed = [pa.field(at.name, pa.string() if pa.types.is_null(at.type) else at.type) for at in table.schema]
    pq.write_table(table.cast(pa.schema(typed)), path, compression="zstd", write_statistics=True)


def _cells(column: pa.ChunkedArray) -> list[Any]:
    """A column as what the csv module writes: numbers as they are, nothing as an empty text."""
    import pyarrow.types as kinds

    if kinds.is_floating(column.type):
        numbers = column.to_numpy() + 0.0  # no negative zero
        cells = numbers.astype(object)
        cells[np.isnan(numbers)] = ""
        return list(cells)
    if kinds.is_boolean(column.type):
        return [{True: "true", False: "false", None: ""}[cell] for cell in column.to_pylist()]
    if kinds.is_string(column.type) or kinds.is_large_string(column.type):
        safe = {word: plain(word or "") for word in column.unique().to_pylist()}
        return [safe[word] for word in column.to_pylist()]
    return ["" if cell is None else cell for cell in column.to_pylist()]
