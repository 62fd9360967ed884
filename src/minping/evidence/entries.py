"""Entries: the rows of a small table (bodies, terms, incidents) as texts, with the place each came from.

In a sheet, out one `Entry` per row that holds anything. Only what every table asks is checked here: required columns
and cells, cells that are no words; the rest is the table's own module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from minping.evidence.blocks import Sheet, texts
from minping.evidence.faults import NOTHING, Fault, Remark, fault, short
from minping.evidence.headers import missing_columns, near_column, understand
from minping.evidence.readings import too_long, unusable
from minping.evidence.tables import TABLES
from minping.words import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a small table."""

    file: int
    row: int
    cells: Mapping[str, str]  #: column of the table -> trimmed text, "" where empty or absent
    extra: Mapping[str, str]  #: header of another column -> trimmed text
    headers: Mapping[str, str]  #: column of the table -> header as it stands in the file


#: an entry, a column (or extra header) and what must be said of that cell
Report = Callable[[Entry, str, Remark], None]


def reporter(faults: Sequence[list[Fault]]) -> Report:
    """A report that puts faults to the file that an entry came from."""

    def report(entry: Entry, column: str, remark: Remark) -> None:
        faults[entry.file].append(fault(remark, entry.headers.get(column, column), entry.row))

    return report


def read_entries(sheet: Sheet, at: int, faults: list[Fault], advance: Callable[[int], None]) -> list[Entry]:
    """The rows of a sheet; none where a required column is missing (named in `faults`).

    Args:
        sheet: the opened sheet
        at: its position among all files
        faults: what is wrong is added here
        advance: called with how much of the sheet is read
    """
    header = understand(sheet.headers, sheet.table)
    here = header.faults + missing_columns(header, sheet.table)
    faults += here
    if any(found.remark.severity == "error" for found in here):
        return []
    if sheet.table != "bodies":
        faults += [_unused(text, sheet.table) for text in header.unknown.values() if text]
    names = {position: name for name, position in header.positions.items()}
    headers = {name: sheet.headers[position] for name, position in header.positions.items()}
    extra = {position: text for position, text in header.unknown.items() if text}
    blank = {**dict.fromkeys((column.name for column in TABLES[sheet.table].columns), "")}
    entries: list[Entry] = []
    for block in sheet.read([*names, *extra], ()):
        faults += block.faults
        columns = {position: texts(column) for position, column in block.columns.items()}
        for index, row in enumerate(block.rows.tolist()):
            cells = {name: columns[position][index].strip() for position, name in names.items()}
            others = {text: columns[position][index].strip() for position, text in extra.items()}
            if any(cells.values()) or any(others.values()):
                entries.append(Entry(at, row, {**blank, **cells}, others, headers))
        advance(block.done)
    return entries


def check_cells(entries: Sequence[Entry], table: str, report: Report) -> None:
    """Report empty required cells and cells that are no words."""
    columns = TABLES[table].columns
    for entry in entries:
        for column in columns:
            text = entry.cells[column.name]
            if not text and column.required:
                found = Text(f"{column.name} 为空", f"{column.name} is empty")
                report(entry, column.name, Remark("empty-cell", found, column.about, Text("填写", "give it")))
            elif text and column.kind in ("id", "name", "choice") and (broken := unusable(text)) is not None:
                report(entry, column.name, broken)
            elif text and (long := too_long(text)) is not None:
                report(entry, column.name, long)


def check_repeats(entries: Sequence[Entry], column: str, report: Report) -> None:
    """Report ids that stand in more than one row."""
    first: dict[str, Entry] = {}
    for entry in entries:
        word = entry.cells[column]
        if not word:
            continue
        before = first.setdefault(word, entry)
        if before is not entry:
            found = Text(f"{short(word)} 已见于第 {before.row} 行", f"{short(word)} stands in row {before.row} already")
            report(
                entry,
                column,
                Remark("duplicate-id", found, NOTHING, Text("改用另一编号，或删去", "use another id, or delete it")),
            )


def _unused(header: str, table: str) -> Fault:
    near = near_column(header, table)
    found = Text(
        f"列 {short(header)} 不属于本表，未使用", f"the column {short(header)} is no column of this table, not used"
    )
    fix = Text(f"是否应为 {near}？", f"did you mean {near}?") if near else NOTHING
    return fault(Remark("unused-column", found, NOTHING, fix, "warning" if near else "note"), header, 1)
