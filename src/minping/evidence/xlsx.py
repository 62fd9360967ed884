"""XLSX: in a workbook, out its sheets that hold tables, each with its header and its rows.

Values come from calamine; what it doesn't tell (merged ranges, failed formulas, numbers shown as per cent) from
`marks`. A cell is given as the person sees it. Blank rows and columns at the end don't count. Hidden sheets are named.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.errors import Severity
from minping.evidence.archive import unsafe
from minping.evidence.blocks import Block, Opened, Sheet, number_text
from minping.evidence.faults import NOTHING, Fault, Remark, fault, short
from minping.evidence.files import Found, table_named
from minping.evidence.headers import understand
from minping.evidence.marks import MOST_MARKED, Marks, marks_of, position, reference, sheet_parts
from minping.evidence.survey import survey
from minping.evidence.tables import TABLES
from minping.words import Text, both

if TYPE_CHECKING:
    import pyarrow as pa

MOST_TITLE_ROWS = 10  #: rows above the column names that are looked through to say where these are
MOST_CELLS = 20_000_000  #: rows × columns of one sheet; larger tables are for CSV or Parquet
BATCH = 100_000
README = ("readme", "read me", "说明", "填表说明", "填报说明", "lists")  #: sheets of a template that hold no table
Cells = list[list[Any]]


def open_xlsx(found: Found) -> list[Opened]:
    """The tables of a workbook; a fault where it can't be opened.

    Raises:
        OSError: the file can't be read.
    """
    import python_calamine

    if (remark := unsafe(found.path)) is not None:
        return [Opened(found.file, found.table, None, [fault(remark)])]
    known = survey(found.path, is_text=False)
    try:
        with zipfile.ZipFile(found.path) as archive, python_calamine.load_workbook(str(found.path)) as workbook:
            parts = sheet_parts(archive)
            visible = [sheet.name for sheet in workbook.sheets_metadata if "Visible" in str(sheet.visible)]
            chosen, faults = _tables(found, [name for name in workbook.sheet_names if name in parts], visible)
            opened = [
                _open(found, name, table, known.sha256, workbook, marks_of(archive, parts[name]))
                for name, table in chosen.items()
            ]
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError, KeyError) as error:
        why = str(error)[:120]
        said = Text(f"工作簿已损坏：{why}", f"the workbook is damaged: {why}")
        fix = Text("用 Excel 或 WPS 打开并另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx")
        return [Opened(found.file, found.table, None, [fault(Remark("corrupt-file", said, NOTHING, fix))])]
    return opened + ([Opened(found.file, None, None, faults)] if faults else [])


def _tables(found: Found, names: Sequence[str], visible: Sequence[str]) -> tuple[dict[str, str], list[Fault]]:
    """Sheet -> table, and what must be said of the other sheets."""
    chosen = {name: table for name in names if (table := table_named(name)) is not None}
    others = [name for name in names if name not in chosen and not name.lower().startswith(README)]
    if not chosen and found.table is not None:
        first = next((name for name in others if name in visible), "")
        chosen = {first: found.table} if first else {}
    faults = []
    for name in others:
        if name not in chosen:
            said = Text(
                f"工作表 {short(name)} 不以任何一张表命名，未读取",
                f"the sheet {short(name)} is named after no table, not read",
            )
            faults.append(fault(Remark("unread-sheet", said, both(", ".join(TABLES)), NOTHING, "warning")))
    if not chosen:
        said = Text("没有以表命名的工作表", "no sheet is named after a table")
        faults.append(fault(Remark("no-table-sheet", said, both(", ".join(TABLES)), NOTHING, "warning")))
    return chosen, faults


def _open(found: Found, name: str, table: str, sha256: str, workbook: Any, marks: Marks) -> Opened:
    faults: list[Fault] = []
    failed = Opened(found.file, table, None, faults, name)
    if marks.last_row * marks.last_column > MOST_CELLS or len(marks.shown) >= MOST_MARKED:
        far = reference(marks.last_row, marks.last_column)
        said = Text(f"工作表一直用到 {far}", f"the sheet is used as far as {far}")
        fix = Text(
            "删去远处的单元格；大表请用 CSV 或 Parquet", "clear far-off cells; use CSV or Parquet for a large table"
        )
        faults.append(
            fault(Remark("too-large", said, Text(f"最多 {MOST_CELLS} 个单元格", f"at most {MOST_CELLS} cells"), fix))
        )
        return failed
    cells = _cells(workbook.get_sheet_by_name(name), marks)
    if not cells:
        severity: Severity = "error" if table in ("bodies", "official") else "note"
        said = Text("工作表是空的", "the sheet is empty")
        faults.append(fault(Remark("empty-sheet", said, NOTHING, Text("填入数据", "fill it in"), severity)))
        return failed
    headers = tuple(_text(cell).strip() for cell in cells[0])
    if not any(headers):
        said = Text("第 1 行是空的", "row 1 is empty")
        faults.append(
            fault(Remark("no-header", said, Text("第 1 行是列名", "row 1 holds the column names"), NOTHING), "", 1)
        )
        return failed
    if (lower := _lower_header(cells, table)) is not None:
        faults.append(lower)
        return failed
    faults += _merged(marks, cells, headers)
    width = max(at for at, header in enumerate(headers) if header) + 1
    faults += _beyond(cells, width)
    sheet = Sheet(found.file, table, sha256, headers[:width], partial(_blocks, cells), len(cells), name)
    return Opened(found.file, table, sheet, faults, name)


def _lower_header(cells: Cells, table: str) -> Fault | None:
    """A fault where the column names stand below row 1, under a title."""
    for row, line in enumerate(cells[:MOST_TITLE_ROWS], 1):
        header = understand([_text(cell).strip() for cell in line], table)
        if all(name in header.positions for name in TABLES[table].required):
            said = Text(f"列名在第 {row} 行", f"the column names stand in row {row}")
            fix = Text("删去上面的标题行", "delete the rows above them")
            remark = Remark("header-below", said, Text("第 1 行是列名", "row 1 holds the column names"), fix)
            return fault(remark, "", row) if row > 1 else None
    return None


def _cells(sheet: Any, marks: Marks) -> Cells:
    """All cells up to the last that holds anything, odd ones as they are shown."""
    cells: Cells = sheet.to_python(skip_empty_area=False)
    width = max((len(row) for row in cells), default=0)
    for (row, column), shown in marks.shown.items():
        while len(cells) < row:
            cells.append([""] * width)
        line = cells[row - 1]
        line.extend([""] * (column - len(line)))
        line[column - 1] = shown
    width = max((len(row) for row in cells), default=0)
    for line in cells:
        line.extend([""] * (width - len(line)))
    while cells and not any(_is_filled(cell) for cell in cells[-1]):
        cells.pop()
    return cells


def _is_filled(cell: Any) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _merged(marks: Marks, cells: Cells, headers: Sequence[str]) -> Iterator[Fault]:
    """Faults of merged ranges; the range is filled, so that only the merging is named."""
    for merged in marks.merged:
        first, _, last = merged.partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        if not top or top > len(cells):
            continue
        value = cells[top - 1][left - 1] if left <= len(headers) else ""
        for row in range(top, min(bottom, len(cells)) + 1):
            for column in range(left, min(right, len(headers)) + 1):
                cells[row - 1][column - 1] = value
        said = Text(f"合并单元格 {merged}", f"the cells {merged} are merged")
        fix = Text("取消合并，每行填写完整", "unmerge them and fill in every row")
        header = headers[left - 1] if left <= len(headers) else ""
        yield fault(Remark("merged-cells", said, Text("一格一值", "one value in one cell"), fix), header, top)


def _beyond(cells: Cells, width: int) -> Iterator[Fault]:
    """Faults of cells to the right of the last header."""
    for number, row in enumerate(cells[1:], 2):
        for column, cell in enumerate(row[width:], width + 1):
            if _is_filled(cell):
                said = Text(
                    f"{reference(number, column)} 有 {short(_text(cell))}，而该列没有列名",
                    f"{reference(number, column)} holds {short(_text(cell))} in a column without a header",
                )
                fix = Text("加上列名，或清除", "give the column a header, or clear the cell")
                yield fault(Remark("extra-field", said, NOTHING, fix), "", number)
                break


def _blocks(cells: Cells, words: Collection[int], numbers: Collection[int]) -> Iterator[Block]:
    wanted = sorted({*words, *numbers})
    for start in range(1, len(cells), BATCH):
        lines = cells[start : start + BATCH]
        columns = {at: _column([line[at] for line in lines]) for at in wanted}
        yield Block(np.arange(start + 1, start + 1 + len(lines), dtype=np.int64), columns, (), start + len(lines))


def _column(cells: list[Any]) -> pa.Array:
    """A column as numbers where it holds nothing else, as text otherwise."""
    import pyarrow as pa

    if {type(cell) for cell in cells} <= {int, float}:
        return pa.array(cells, pa.float64())
    return pa.array([cell if isinstance(cell, str) else _text(cell) for cell in cells], pa.string())


def _text(cell: Any) -> str:
    """A cell as a person would write it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
