"""Quotes of a CSV file that don't match: rows that they tore or swallowed are named, since no parser complains of them.

An opening quote without its end takes in the rows up to the next quote; what then follows that quote, or whole rows
within one cell, gives it away.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from minping.errors import Severity
from minping.evidence.faults import NOTHING, Fault, Remark, fault, short
from minping.words import Text


def open_quote(row: int, text: bytes) -> Fault:
    """The fault of a row whose quote is not closed."""
    first = text[:200].decode(errors="replace").splitlines()[:1]
    shown = Text(f"：{short(first[0])}", f": {short(first[0])}") if first else NOTHING
    found = Text(f"引号没有配对{shown.zh}", f"a quote is not closed{shown.en}")
    fix = Text("补上或删去双引号；内容中的引号写两个", "close or delete it; a quote within a text is written twice")
    return fault(Remark("unclosed-quote", found, NOTHING, fix), "", row)


def torn_quotes(text: bytes, row: int, delimiter: str, width: int, *, is_long: bool = False) -> Iterator[Fault]:
    """The faults of records with line ends within quotes, the first record being row `row`.

    Where a cell may be long (`is_long`), many lines with many commas are no error: they are only warned of.
    """
    csv.field_size_limit(1 << 30)
    lines = io.StringIO(text.decode(errors="replace"), newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    at = row - 1
    while True:
        at += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield open_quote(at, b"")
            continue
        if any("\n" in cell for cell in cells):
            yield from _swallowed(cells, at, delimiter, width, "warning" if is_long else "error")


def _swallowed(cells: Sequence[str], row: int, delimiter: str, width: int, severity: Severity) -> Iterator[Fault]:
    """The fault of a row in which one cell holds what looks like rows."""
    for column, cell in enumerate(cells):
        inner = cell.splitlines()[1:]
        signs = [line.count(delimiter) for line in inner]
        if signs and (signs[-1] >= max(column, 2) or max(signs) >= max(width - 1, 2)):
            found = Text(
                f"一个单元格有 {len(inner) + 1} 行，像是被吞的行：{short(cell)}",
                f"one cell holds {len(inner) + 1} lines that look like rows: {short(cell)}",
            )
            fix = Text(
                "补上引号；若确是文字，去掉换行", "close the quote; if it is meant as text, take out the line breaks"
            )
            yield fault(Remark("swallowed-rows", found, NOTHING, fix, severity), "", row)
            return
