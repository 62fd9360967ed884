"""Templates: in a codebook, out an Excel workbook to fill in, which loads clean once it is filled.

Every cell that has a rule checks it while being filled in: ids come from lists, figures must be numbers, dates dates.
Text is written as text, so that a name that begins with "=" can never become a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minping.evidence.marks import reference
from minping.evidence.table import Column
from minping.evidence.tables import TABLES
from minping.model.evidence import Codebook, IndicatorNote
from minping.words import Text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

README, LISTS, WIDE = "readme 说明", "lists", "official-wide"
LAST_ROW = 1_048_576
_WIDTHS = {"id": 16, "name": 24, "number": 14, "whole": 10, "date": 14, "period": 12, "choice": 16, "text": 24}
_FORMATS = {"id": "@", "name": "@", "period": "@", "text": "@", "choice": "@", "date": "yyyy-mm-dd"}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_HEADER, _REQUIRED, _TITLE = "DDE7F3", "9CC2E5", 14
_MOST_PROMPT = 250

_STEPS = (
    Text("1. 先填 bodies：每行一个单位，代码不重复。", "1. Fill in bodies first: one body per row, each id once."),
    Text(
        "2. 再填 official：每行一个数（单位、考核期、指标、数值）；没有的数不要写行。",
        "2. Then official: one figure per row (body, period, indicator, value); leave out what there is no figure for.",
    ),
    Text(
        "3. 数值只填数字，按下表的计量单位，不写单位和百分号。",
        "3. Figures are digits only, in the unit listed below, without unit or per cent sign.",
    ),
    Text(
        "4. terms、incidents 没有就留空；事件须有认定机关，未经认定的指控不是事实。",
        "4. Leave terms and incidents empty if there are none; an incident needs who confirmed it: an accusation is no fact.",
    ),
    Text(
        "5. 同一个数重新发布时，另写一行并填 released_on。",
        "5. A figure released anew gets another row with its released_on.",
    ),
    Text("6. 填完后运行 minping check。", "6. When done, run minping check."),
)


def write_template(
    path: str | Path, codebook: Codebook, bodies: Sequence[str] = (), periods: Sequence[str] = ()
) -> Path:
    """Write a workbook to fill in.

    Args:
        path: where it goes; an existing file is replaced
        codebook: what the scheme expects
        bodies: ids to begin with; with `periods` a wide sheet of all bodies and periods is added
        periods: the periods to offer; by default those of the codebook

    Returns:
        The path.
    """
    from openpyxl import Workbook

    workbook, periods = Workbook(), tuple(periods) or codebook.periods
    readme = workbook.active
    assert readme is not None
    readme.title = README
    _write_readme(readme, codebook)
    sources = _write_lists(workbook, codebook, periods)
    for table in tables_of(codebook):
        write_table(workbook.create_sheet(table), TABLES[table].columns, sources, codebook)
    for row, body in enumerate(bodies, 2):
        write_text(workbook["bodies"].cell(row, 1), body)
    if bodies and periods:
        _write_wide(workbook.create_sheet(WIDE, 4), codebook, bodies, periods)
    for sheet in workbook.worksheets:
        print_on_one_page_width(sheet)
    workbook.move_sheet(LISTS, len(workbook.sheetnames))
    workbook[LISTS].sheet_state = "hidden"
    path = Path(path)
    workbook.save(path)
    return path


def tables_of(codebook: Codebook) -> tuple[str, ...]:
    """The tables that a template holds: official figures only where some are asked for, events where they are."""
    official = ("official",) if codebook.indicators or not codebook.records else ()
    return ("bodies", *official, *codebook.records, "terms", "incidents")


def write_text(cell: Any, text: str) -> None:
    """Put text into a cell as text, whatever it begins with; control characters are shown, not written."""
    plain = "".join(sign if sign >= " " or sign in "\n\t" else f"\\x{ord(sign):02x}" for sign in text)
    cell.value = plain
    if plain.startswith(_DANGEROUS):
        cell.data_type = "s"
        cell.quotePrefix = True


def print_on_one_page_width(sheet: Worksheet) -> None:
    """Print landscape, all columns on one page, the header on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _write_readme(sheet: Worksheet, codebook: Codebook) -> None:
    from openpyxl.styles import Alignment, Font

    write_text(sheet.cell(1, 1), "填报说明 · How to fill this in")
    sheet.cell(1, 1).font = Font(bold=True, size=_TITLE)
    row = 3
    for step in _STEPS:
        for words in (step.zh, step.en):
            write_text(sheet.cell(row, 1), words)
            row += 1
    row += 1
    titles = ("指标 indicator", "名称", "name", "计量单位 unit", "最小 least", "最大 most")
    for at, words in enumerate(titles, 1):
        write_text(sheet.cell(row, at), words)
        sheet.cell(row, at).font = Font(bold=True)
        sheet.cell(row, at).fill = _fill(_HEADER)
    for number, note in enumerate(codebook.indicators.values(), row + 1):
        for at, words in enumerate((note.id, note.title_zh, note.title_en, note.unit), 1):
            write_text(sheet.cell(number, at), words)
            sheet.cell(number, at).alignment = Alignment(wrap_text=at in (2, 3), vertical="top")
        for at, bound in ((5, note.low), (6, note.high)):
            sheet.cell(number, at).value = bound
    for at, width in enumerate((24, 36, 36, 16, 12, 12), 1):
        sheet.column_dimensions[_letter(at)].width = width
    sheet.sheet_view.showGridLines = False


def _write_lists(workbook: Workbook, codebook: Codebook, periods: Sequence[str]) -> dict[tuple[str, str], str]:
    """The lists that cells are chosen from; (table, column) -> range."""
    sheet = workbook.create_sheet(LISTS)
    lists: list[tuple[tuple[str, ...], Sequence[str]]] = [
        (("official.indicator", "targets.indicator"), tuple(codebook.indicators)),
        (("official.period",), tuple(periods)),
        (("bodies.body_type",), codebook.body_types),
        (("incidents.kind",), codebook.incident_kinds),
        (("official.reporter",), TABLES["official"].column("reporter").choices),
    ]
    lists += [
        ((f"{table}.{column.name}",), column.choices)
        for table in codebook.records
        for column in TABLES[table].columns
        if column.choices
    ]
    sources = {(table, "body"): f"bodies!$A$2:$A${LAST_ROW}" for table in tables_of(codebook) if table != "bodies"}
    sources["bodies", "parent"] = f"bodies!$A$2:$A${LAST_ROW}"
    for at, (places, options) in enumerate(lists, 1):
        for row, option in enumerate(options, 1):
            write_text(sheet.cell(row, at), option)
        for place in places if options else ():
            table, _, column = place.partition(".")
            sources[table, column] = f"{LISTS}!${_letter(at)}$1:${_letter(at)}${len(options)}"
    return sources


def write_table(
    sheet: Worksheet, columns: Iterable[Column], sources: dict[tuple[str, str], str], codebook: Codebook
) -> None:
    """Write the header of a table, with what each column is for, and rules for its cells; `sources` hold their lists."""
    for at, column in enumerate(columns, 1):
        _write_header(sheet, at, f"{column.title.zh} {column.name}", _help(column, codebook), column.required)
        letter = _letter(at)
        sheet.column_dimensions[letter].width = max(
            _WIDTHS[column.kind], 2 * len(column.title.zh) + len(column.name) + 3
        )
        if column.kind in _FORMATS:
            sheet.column_dimensions[letter].number_format = _FORMATS[column.kind]
        _validate(sheet, letter, column, sources.get((sheet.title, column.name)))
    sheet.freeze_panes = "B2"


def _write_wide(sheet: Worksheet, codebook: Codebook, bodies: Sequence[str], periods: Sequence[str]) -> None:
    """One row per body and period, one column per indicator; cells without a figure stay empty."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, name in enumerate(("body", "period"), 1):
        column = TABLES["official"].column(name)
        _write_header(sheet, at, f"{column.title.zh} {name}", _both_lines(column.about), True)
        sheet.column_dimensions[_letter(at)].number_format = "@"
        sheet.column_dimensions[_letter(at)].width = 16
    notes = list(codebook.indicators.values())
    for at, note in enumerate(notes, 3):
        _write_header(sheet, at, note.id, _about(note), False)
        sheet.column_dimensions[_letter(at)].width = max(12, len(note.id) + 2)
    pairs = [(body, period) for period in periods for body in bodies]
    for row, pair in enumerate(pairs, 2):
        for at, word in enumerate(pair, 1):
            write_text(sheet.cell(row, at), word)
            sheet.cell(row, at).number_format = "@"
    if notes:
        rule = DataValidation("decimal", operator="between", formula1="-1E+300", formula2="1E+300", allow_blank=True)
        _explain(rule, Text("只填数字；没有数据留空", "a number; leave it empty where there is none"))
        rule.add(f"C2:{_letter(len(notes) + 2)}{len(pairs) + 1}")
        sheet.add_data_validation(rule)
    sheet.freeze_panes = "C2"


def _write_header(sheet: Worksheet, at: int, words: str, about: str, is_required: bool) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(1, at)
    write_text(cell, words)
    cell.font = Font(bold=True)
    cell.fill = _fill(_REQUIRED if is_required else _HEADER)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.number_format = "@"
    cell.comment = Comment(about, "minping", width=320, height=140)


def _validate(sheet: Worksheet, letter: str, column: Column, source: str | None) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if source is not None:
        rule = DataValidation("list", formula1=source, allow_blank=not column.required)
    elif column.kind == "number":
        low = "-1E+300" if column.low is None else f"{column.low:g}"
        rule = DataValidation("decimal", operator="between", formula1=low, formula2="1E+300", allow_blank=True)
    elif column.kind == "whole":
        rule = DataValidation("whole", operator="greaterThanOrEqual", formula1=f"{column.low or 0:g}", allow_blank=True)
    elif column.kind == "date":
        rule = DataValidation("date", operator="between", formula1="1", formula2="73050", allow_blank=True)
    else:
        return
    _explain(rule, column.about)
    rule.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _explain(rule: Any, about: Text) -> None:
    rule.showErrorMessage = rule.showInputMessage = True
    rule.prompt = rule.error = _both_lines(about)[:_MOST_PROMPT]
    rule.promptTitle, rule.errorTitle = "填写 fill in", "请检查 check"


def _help(column: Column, codebook: Codebook) -> str:
    must = Text("必填", "required") if column.required else Text("可空", "optional")
    said = f"{must.zh} {must.en}\n{_both_lines(column.about)}"
    if column.name == "indicator":
        units = [
            f"{note.id}: {note.title_zh or note.title_en} ({note.unit or '—'})" for note in codebook.indicators.values()
        ]
        said += "\n" + "\n".join(units[:30]) + ("\n…" if len(units) > 30 else "")
    return said


def _about(note: IndicatorNote) -> str:
    low = "" if note.low is None else f" ≥ {note.low:g}"
    high = "" if note.high is None else f" ≤ {note.high:g}"
    return f"{note.title_zh}\n{note.title_en}\n计量单位 unit: {note.unit or '—'}{low}{high}"


def _both_lines(words: Text) -> str:
    return f"{words.zh}\n{words.en}"


def _letter(column: int) -> str:
    return reference(1, column)[:-1]


def _fill(colour: str) -> Any:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", start_color=colour)
