"""A table that is filled in part and goes out to be completed: as CSV, or as a workbook whose cells check themselves.

What comes back loads as evidence. Text is written as text, so that a name that begins with "=" can't become a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from minping.evidence.tables import TABLES
from minping.evidence.template import print_on_one_page_width, write_table, write_text
from minping.model.evidence import Codebook

LISTS = "lists"
Cell = str | float | None


def prefilled_csv(table: str, rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """The rows under the columns of a table; numbers as exactly as they are held."""
    names = [column.name for column in TABLES[table].columns]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_said(row.get(name)) for name in names] for row in rows)
    return out.getvalue().encode()


def prefilled_xlsx(table: str, rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """The same as a workbook; columns of choices offer them."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = table
    columns, lists = TABLES[table].columns, workbook.create_sheet(LISTS)
    sources = {}
    for at, column in enumerate((one for one in columns if one.choices), 1):
        for place, option in enumerate(column.choices, 1):
            write_text(lists.cell(place, at), option)
        letter = lists.cell(1, at).column_letter
        sources[table, column.name] = f"{LISTS}!${letter}$1:${letter}${len(column.choices)}"
    lists.sheet_state = "hidden"
    write_table(sheet, columns, sources, Codebook({}))
    for number, row in enumerate(rows, 2):
        for at, column in enumerate(columns, 1):
            cell, content = sheet.cell(number, at), row.get(column.name)
            if isinstance(content, str):
                write_text(cell, content)
                cell.alignment = Alignment(wrap_text=column.kind == "text", vertical="top")
            elif content is not None:
                cell.value = content
    print_on_one_page_width(sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _said(content: Cell) -> str:
    """A cell as text; a float by the fewest digits that give it again."""
    if content is None:
        return ""
    return content if isinstance(content, str) else f"{content!r}".removesuffix(".0")
