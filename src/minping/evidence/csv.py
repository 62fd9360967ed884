"""CSV: in a file of any size and common encoding, out its header and blocks of rows.

The stream is cut where records end and every piece is parsed on its own by pyarrow, so that row numbers are known
whatever is wrong with a row: one with too many or too few fields is named and the others are still read. On 1e6 rows
of 7 columns (56 MB) pyarrow's parser with dictionary columns took 0.35 CPU s and DuckDB's read_csv (all_varchar, one
thread) 0.97 s and three times the memory, and DuckDB gives no row numbers; hence pyarrow.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from minping.evidence.blocks import Block, Sheet
from minping.evidence.faults import NOTHING, Fault, Remark, fault, short
from minping.evidence.pieces import LONG_RECORD, MOST_RECORD, Piece, cut_record, decoded, pieces
from minping.evidence.quotes import open_quote, torn_quotes
from minping.evidence.survey import Survey, first_bad_line
from minping.evidence.tables import TABLES
from minping.model.arrays import Ints
from minping.words import Text, both

if TYPE_CHECKING:
    import pyarrow.csv

MOST_NULS = 1000  #: rows with NUL bytes that are named in one piece
_QUOTE, _NL = b'"', b"\n"


def open_csv(path: Path, file: str, table: str, known: Survey, faults: list[Fault]) -> Sheet | None:
    """Open a CSV file; None (and a fault) where not even its header can be read.

    Args:
        path: the file
        file: its path as shown to people
        table: which table it holds
        known: the first pass over it
        faults: what is wrong with the file as a whole is added here
    """
    if not known.encoding:
        faults.append(_unknown_encoding(path))
        return None
    if not known.encoding.startswith("utf-8"):
        faults.append(fault(_encoding_note(known.encoding)))
    is_long = table in TABLES and TABLES[table].is_long
    head = next(_pieces(path, known.encoding, is_long), Piece(b""))
    line, _ = cut_record(head.text.replace(b"\0", b"")) if not head.is_open else (head.text, b"")
    delimiter = sniff_delimiter(line)
    headers = next(csv.reader(io.StringIO(line.decode(), newline=""), delimiter=delimiter), [])
    if not any(header.strip() for header in headers):
        faults.append(_empty_file() if known.size <= 3 or not head.text.strip() else _blank_header())
        return None
    if delimiter != ",":
        faults.append(fault(_delimiter_note(delimiter)))
    headers = [header.strip() for header in headers]
    read = partial(_blocks, path, known, is_long, delimiter, len(headers))
    return Sheet(file, table, known.sha256, tuple(headers), read, known.size, encoding=known.encoding)


def sniff_delimiter(line: bytes) -> str:
    """The sign between the fields of a header: a comma, unless there is none."""
    counts = {sign: line.count(sign.encode()) for sign in (",", "\t", ";", "|")}
    return "," if counts[","] or not any(counts.values()) else max(counts, key=lambda sign: counts[sign])


def _pieces(path: Path, encoding: str, is_long: bool) -> Iterator[Piece]:
    return pieces(decoded(path, encoding), LONG_RECORD if is_long else MOST_RECORD)


def _blocks(
    path: Path,
    known: Survey,
    is_long: bool,
    delimiter: str,
    width: int,
    words: Collection[int],
    numbers: Collection[int],
) -> Iterator[Block]:
    """Blocks of the file, the columns in `words` as dictionaries of text and those in `numbers` as text."""
    row, done, is_first = 1, 0, True
    for piece in _pieces(path, known.encoding, is_long):
        done += len(piece.text)
        if piece.is_open:
            yield Block(np.empty(0, dtype=np.int64), {}, (open_quote(row, piece.text),), done)
            row, is_first = row + 1, False
            continue
        text, faults = piece.text, list[Fault]()
        if is_first:
            _, text = cut_record(text)
            row, is_first = row + 1, False
        if known.has_nul and b"\0" in text:
            faults += _nul_bytes(text, row)
            text = text.replace(b"\0", b"")
        if text:
            block, row = _parsed(text, row, delimiter, width, words, numbers, faults, is_long)
            yield Block(block.rows, block.columns, block.faults, done)


def _parsed(
    text: bytes,
    row: int,
    delimiter: str,
    width: int,
    words: Collection[int],
    numbers: Collection[int],
    faults: list[Fault],
    is_long: bool,
) -> tuple[Block, int]:
    """Parse whole records whose first one is row `row`; the block and the row after it."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    skipped: list[int] = []

    def skip(bad: pyarrow.csv.InvalidRow) -> str:
        skipped.append(bad.number - 1)
        faults.append(_wrong_width(row + bad.number - 1, bad.actual_columns, width, bad.text))
        return "skip"

    names = [str(at) for at in range(width)]
    kinds = {str(at): pa.dictionary(pa.int32(), pa.string()) for at in words} | {str(at): pa.string() for at in numbers}
    parsed = arrow.read_csv(
        pa.BufferReader(text),
        read_options=arrow.ReadOptions(use_threads=False, block_size=len(text) + 64, column_names=names),
        parse_options=arrow.ParseOptions(
            delimiter=delimiter, newlines_in_values=_QUOTE in text, ignore_empty_lines=False, invalid_row_handler=skip
        ),
        convert_options=arrow.ConvertOptions(
            check_utf8=False,
            column_types=kinds,
            include_columns=list(kinds),
            null_values=[],
            strings_can_be_null=False,
        ),
    )
    count = parsed.num_rows + len(skipped)
    if _QUOTE in text and text.count(_NL) > count:
        faults += torn_quotes(text, row, delimiter, width, is_long=is_long)
    rows: Ints = np.arange(row, row + count, dtype=np.int64)
    if skipped:
        rows = np.delete(rows, skipped)
    columns = {int(name): _one_chunk(parsed.column(name)) for name in kinds}
    return Block(rows, columns, tuple(faults)), row + count


def _one_chunk(column: pyarrow.ChunkedArray) -> pyarrow.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _wrong_width(row: int, fields: int, width: int, text: str) -> Fault:
    if "\n" in text or "\r" in text.rstrip("\r\n"):
        return open_quote(row, text.encode())
    found = Text(f"有 {fields} 个字段：{short(text)}", f"{fields} fields: {short(text)}")
    allowed = Text(f"{width} 个字段，与第 1 行相同", f"{width} fields, as in row 1")
    if fields > width:
        fix = Text("含逗号的内容要加双引号；删去多余的逗号", "quote a text that holds a comma; delete extra commas")
        return fault(Remark("extra-field", found, allowed, fix), "", row)
    fix = Text("补齐字段；没有内容的字段保留逗号", "give the missing fields; keep the comma of an empty one")
    return fault(Remark("missing-field", found, allowed, fix), "", row)


def _nul_bytes(text: bytes, row: int) -> Iterator[Fault]:
    """The rows with NUL bytes; quoted line ends are counted as a reader of CSV does."""
    has_quotes, before, done, seen = _QUOTE in text, row, 0, 0
    while (at := text.find(b"\0", done)) >= 0 and seen < MOST_NULS:
        start = text.rfind(_NL, 0, at) + 1
        passed = text[done:start]
        lines = io.StringIO(passed.replace(b"\0", b"").decode(errors="replace"), newline="")
        before += sum(1 for _ in csv.reader(lines)) if has_quotes else passed.count(_NL)
        found = Text("含 NUL 字节", "holds a NUL byte")
        fix = Text("用表格软件重新导出", "export the file again")
        yield fault(Remark("nul-byte", found, NOTHING, fix), "", before)
        end = text.find(_NL, at) + 1
        done, seen, before = (end or len(text)), seen + 1, before + 1


def _unknown_encoding(path: Path) -> Fault:
    found = Text("既不是 UTF-8 也不是 GB18030 文本", "neither UTF-8 nor GB18030 text")
    return fault(
        Remark(
            "unknown-encoding", found, both("UTF-8, UTF-16, GB18030"), Text("另存为 UTF-8 CSV", "save it as UTF-8 CSV")
        ),
        "",
        first_bad_line(path),
    )


def _encoding_note(encoding: str) -> Remark:
    name = encoding.upper()
    found = Text(f"文件编码为 {name}，已按此读取", f"the file is {name} text, read as such")
    return Remark("encoding", found, both("UTF-8"), Text("建议另存为 UTF-8", "better saved as UTF-8"), "note")


def _delimiter_note(delimiter: str) -> Remark:
    shown = {"\t": Text("制表符", "tabs"), ";": Text("分号", "semicolons"), "|": Text("竖线", "bars")}[delimiter]
    found = Text(f"以{shown.zh}分隔，已按此读取", f"fields are separated by {shown.en}, read as such")
    return Remark(
        "delimiter", found, Text("逗号", "commas"), Text("建议用逗号分隔", "better separated by commas"), "note"
    )


def _empty_file() -> Fault:
    fix = Text("填入数据，或删去此文件", "fill it in, or delete the file")
    return fault(Remark("empty-file", Text("文件是空的", "the file is empty"), NOTHING, fix))


def _blank_header() -> Fault:
    found = Text("第 1 行是空的", "row 1 is empty")
    return fault(Remark("no-header", found, Text("第 1 行是列名", "row 1 holds the column names"), NOTHING), "", 1)
