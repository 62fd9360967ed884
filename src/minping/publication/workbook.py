"""A workbook as an office makes one: in titled tables, out xlsx bytes, the same for the same tables.

Each sheet: a title and a line of explanation, a frozen header with filters, columns wide enough for their words,
numbers as numbers, A4 landscape with repeated header and page numbers. Nothing is ever written as a formula.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

import xlsxwriter

from minping.publication.archive import EPOCH
from minping.words import Lang, Text

HEADER_ROW = 2  #: rows above: title and explanation
MOST_LETTERS = 32_767  #: of a cell, by the format
PRINTED_COLUMNS = 18  #: of a page; wider tables go over several
MOST_CELLS = 2_000_000  #: a sheet with more is left out: no office program would open it
Shade = Literal["", "band", "marked", "grey"]


class Link(NamedTuple):
    """A cell that leads to another cell of the workbook."""

    text: str
    sheet: str
    row: int  #: from 0


class Shaded(NamedTuple):
    """A cell with a background."""

    value: object
    shade: Shade


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    width: float = 12
    number: str = "General"  #: Excel's number format
    wrap: bool = False
    level: Literal[0, 1] = 0  #: 1: in an outline group that can be folded away
    strong: bool = False  #: header of a total or a dimension
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a table with its words."""

    name: str
    title: str
    about: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    frozen: int = 1  #: columns that stay when scrolled
    filtered: bool = True
    portrait: bool = False


def workbook_bytes(sheets: Iterable[Sheet], title: str, lang: Lang, on: date | None, open_at: int = 0) -> bytes:
    """Sheets as an xlsx file that opens on the sheet at position `open_at`."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    stamp = datetime(*(on or date(*EPOCH[:3])).timetuple()[:3])
    book.set_properties({"title": title, "created": stamp, "comments": "Minping (民评)"})
    styles = _Styles(book, lang)
    for at, sheet in enumerate(sheets):
        _write(book.add_worksheet(sheet.name), sheet, styles, lang)
        if at == open_at:
            book.get_worksheet_by_name(sheet.name).activate()
    book.close()
    return buffer.getvalue()


class _Styles:
    """Cell formats, made once each."""

    def __init__(self, book: Any, lang: Lang) -> None:
        self.book = book
        self.made: dict[tuple[object, ...], Any] = {}
        self.face = {"font_name": "宋体" if lang == "zh" else "Calibri", "font_size": 11, "valign": "vcenter"}
        self.title = book.add_format(self.face | {"bold": True, "font_size": 16, "font_color": "#1F3864"})
        self.about = book.add_format(self.face | {"italic": lang == "en", "font_color": "#595959"})

    def header(self, column: Column) -> Any:
        """The format of a column's header."""
        fill = "#1F3864" if column.strong else "#44618F"
        return self._made(
            bold=True,
            font_color="#FFFFFF",
            bg_color=fill,
            border=1,
            border_color="#FFFFFF",
            text_wrap=True,
            align="center",
        )

    def cells(self, column: Column) -> dict[tuple[Shade, bool], Any]:
        """The formats of a column's cells, by shade and whether they lead elsewhere."""
        return {(shade, linked): self._cell(column, shade, linked) for shade in SHADES for linked in (False, True)}

    def _cell(self, column: Column, shade: Shade, linked: bool) -> Any:
        said: dict[str, object] = {"num_format": column.number, "bottom": 1, "bottom_color": "#D9D9D9"}
        if column.wrap:
            said |= {"text_wrap": True, "valign": "top"}
        if column.centred:
            said["align"] = "center"
        if colour := SHADES[shade]:
            said["bg_color"] = colour
        if linked:
            said |= {"font_color": "#1F4E9E", "underline": 1}
        return self._made(**said)

    def _made(self, **said: object) -> Any:
        key = tuple(said.items())
        if key not in self.made:
            self.made[key] = self.book.add_format(self.face | said)
        return self.made[key]


def _write(page: Any, sheet: Sheet, styles: _Styles, lang: Lang) -> None:
    page.write_string(0, 0, sheet.title, styles.title)
    page.write_string(1, 0, sheet.about, styles.about)
    page.set_row(0, 26)
    rows = sheet.rows
    if len(rows) * len(sheet.columns) > MOST_CELLS:
        page.write_string(HEADER_ROW, 0, TOO_LARGE.say(lang), styles.about)
        return
    longest = max((_lines(column.title, column.width) for column in sheet.columns), default=1)
    page.set_row(HEADER_ROW, 8 + 15 * longest)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width, None, {"level": column.level})
        page.write_string(HEADER_ROW, at, column.title, styles.header(column))
    wrapped = [at for at, column in enumerate(sheet.columns) if column.wrap]
    formats = [styles.cells(column) for column in sheet.columns]
    for down, row in enumerate(rows, HEADER_ROW + 1):
        for at, value in enumerate(row):
            _put(page, (down, at), value, formats[at])
        needed = max((_lines(row[at], sheet.columns[at].width) for at in wrapped), default=1)
        if needed > 1:
            page.set_row(down, 3 + 15 * needed)
    _print_setup(page, sheet, lang)


def _put(page: Any, at: tuple[int, int], value: object, formats: Mapping[tuple[Shade, bool], Any]) -> None:
    shade: Shade = ""
    if isinstance(value, Shaded):
        value, shade = value
    style = formats[shade, False]
    if isinstance(value, Link):
        page.write_url(*at, f"internal:'{value.sheet}'!A{value.row + 1}", formats[shade, True], value.text)
    elif isinstance(value, str):
        page.write_string(*at, value[:MOST_LETTERS], style)
    elif value is None or (isinstance(value, float) and not math.isfinite(value)):
        page.write_blank(*at, None, style)
    else:
        page.write_number(*at, value, style)


def _print_setup(page: Any, sheet: Sheet, lang: Lang) -> None:
    last = HEADER_ROW + len(sheet.rows)
    page.freeze_panes(HEADER_ROW + 1, sheet.frozen)
    if sheet.filtered and sheet.rows:
        page.autofilter(HEADER_ROW, 0, last, len(sheet.columns) - 1)
    page.set_paper(9)
    if not sheet.portrait:
        page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    page.fit_to_pages(math.ceil(len(sheet.columns) / PRINTED_COLUMNS), 0)
    page.repeat_rows(HEADER_ROW)
    if len(sheet.columns) > PRINTED_COLUMNS:
        page.repeat_columns(0, sheet.frozen - 1)
    page.set_footer("&L" + _printable(sheet.title) + ("&R第 &P 页，共 &N 页" if lang == "zh" else "&RPage &P of &N"))
    page.hide_gridlines(2)


def _printable(title: str) -> str:
    """A title for a footer: `&` begins a code there, and the whole may have 255 characters."""
    return title[:100].replace("&", "&&")


def _lines(words: object, width: float) -> int:
    """How many lines a text takes in a column; a Chinese character is about two letters wide."""
    words = words.value if isinstance(words, Shaded) else words
    if not isinstance(words, str) or not words:
        return 1
    wide = [sum(2.2 if ord(letter) > 0x2E7F else 1.1 for letter in part) for part in words.split("\n")]
    return sum(max(1, math.ceil((one + 1) / width)) for one in wide)


SHADES: Mapping[Shade, str] = {"": "", "band": "#EEF3FA", "marked": "#FFF2CC", "grey": "#EDEDED"}
TOO_LARGE = Text(
    "此表过大，见成果包中同名的 CSV 与 Parquet 文件。", "Too large for a sheet: see the CSV and Parquet files."
)
