"""Parquet: in a file, out its header and blocks of rows. Numbers stay numbers, dates become ISO text.

Rows are numbered as if the file were a sheet: the first record is row 2. A column of lists or structures is named and
not read; so is a file that says it holds more rows than any evidence does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from minping.evidence.blocks import Block, Sheet
from minping.evidence.faults import NOTHING, Fault, Remark, fault
from minping.evidence.survey import Survey
from minping.words import Text

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 100_000_000
MOST_BYTES = 16 << 30  #: of the columns, uncompressed
BATCH = 250_000


def open_parquet(path: Path, file: str, table: str, known: Survey, faults: list[Fault]) -> Sheet | None:
    """Open a Parquet file; None (and a fault) where it is broken or too large."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as opened:
            meta, schema = opened.metadata, opened.schema_arrow
            size = sum(meta.row_group(at).total_byte_size for at in range(meta.num_row_groups))
    except (pa.ArrowException, OSError, ValueError):
        found = Text("不是可读的 Parquet 文件，或已损坏", "no readable Parquet file: it is damaged")
        faults.append(fault(Remark("corrupt-file", found, NOTHING, Text("重新导出", "export it again"))))
        return None
    if meta.num_rows > MOST_ROWS or size > MOST_BYTES:
        found = Text(f"{meta.num_rows} 行，展开后 {size} 字节", f"{meta.num_rows} rows, {size} bytes uncompressed")
        allowed = Text(f"最多 {MOST_ROWS} 行", f"at most {MOST_ROWS} rows")
        faults.append(fault(Remark("too-large", found, allowed, Text("拆分文件", "split the file"))))
        return None
    headers = ["" if name.startswith("__index_level_") else name.strip() for name in schema.names]
    for header, field in zip(headers, schema, strict=True):
        if pa.types.is_nested(field.type):
            found = Text(f"列 {header} 的类型是 {field.type}", f"the column {header} is of type {field.type}")
            allowed = Text("数字、日期或文字", "numbers, dates or text")
            faults.append(
                fault(Remark("column-type", found, allowed, Text("展开或删去", "flatten or drop it")), header)
            )
    if any(found.remark.code == "column-type" for found in faults):
        return None
    read = partial(_blocks, path, faults)
    return Sheet(file, table, known.sha256, tuple(headers), read, meta.num_rows)


def _blocks(path: Path, faults: list[Fault], words: Collection[int], numbers: Collection[int]) -> Iterator[Block]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    row, wanted = 2, sorted({*words, *numbers})
    try:
        with pq.ParquetFile(path) as opened:
            names = opened.schema_arrow.names
            batches = opened.iter_batches(BATCH, columns=[names[at] for at in wanted], use_threads=False)
            for batch in batches:
                rows = np.arange(row, row + batch.num_rows, dtype=np.int64)
                columns = {at: _plain(batch.column(index)) for index, at in enumerate(wanted)}
                row += batch.num_rows
                yield Block(rows, columns, (), row - 2)
    except (pa.ArrowException, OSError, ValueError) as error:
        why = str(error).splitlines()[0][:120]
        found = Text(f"从第 {row} 行起无法读取：{why}", f"can't be read from row {row} on: {why}")
        faults.append(fault(Remark("corrupt-file", found, NOTHING, Text("重新导出", "export it again")), "", row))


def _plain(column: pa.Array) -> pa.Array:
    """Text or numbers.

    Raises:
        ArrowInvalid: the text is no UTF-8.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_decimal(kind):
        return column.cast(pa.float64())
    if pa.types.is_floating(kind) or pa.types.is_integer(kind):
        return column
    if pa.types.is_timestamp(kind):
        column = pc.if_else(
            pc.equal(column, pc.floor_temporal(column, unit="day")),
            column.cast(pa.date32(), safe=False).cast(pa.string()),
            column.cast(pa.string()),
        )
    text = column if pa.types.is_string(column.type) else column.cast(pa.string())
    text.validate(full=True)
    return text
