"""Annotation: in the problems of a folder, out a marked copy of each file they stand in; the files stay as they are.

The first sheet lists every problem; each offending cell is filled and commented. A CSV or Parquet file becomes a
workbook, all cells as the text they are; of a long one only the rows with problems, since Excel ends at 1,048,576.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minping.errors import Problem
from minping.evidence.archive import unsafe
from minping.evidence.marks import reference
from minping.evidence.rows import rows_of
from minping.evidence.template import print_on_one_page_width, write_text
from minping.words import Text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LIST_SHEET = "问题 problems"
MOST_COPIED = 100_000  #: rows of a CSV or Parquet file that are copied whole
MOST_LISTED = 1_000_000
MOST_COMMENTS = 5_000  #: per sheet; more make Excel slow, the fill stays
MOST_LINES = 12  #: that a row of the list is high
_WIDTHS = (16, 26, 14, 9, 16, 34, 34, 26, 26, 30, 30, 22)
_FILLS = {"error": "FF9999", "warning": "FFD966", "note": "BDD7EE"}
_SEVERITY = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "note": Text("提示", "note")}
_HEADERS = ("级别 severity", "文件 file", "工作表 sheet", "行 row", "列 column", "发现", "found", "应为", "allowed", "处理", "what to do", "代码 code")  # fmt: skip


def annotate(folder: str | Path, problems: Sequence[Problem], out: str | Path) -> list[Path]:
    """Write marked copies of the files in which problems stand.

    Args:
        folder: the folder that was loaded
        problems: as the load gave them
        out: the folder the copies go to; made if missing

    Returns:
        The workbooks that were written; `problems.xlsx` for what stands in no file that can be copied.
    """
    folder, out = Path(folder), Path(out)
    out.mkdir(parents=True, exist_ok=True)
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.place.file, []).append(problem)
    written, rest = [], list[Problem]()
    for file, found in by_file.items():
        path = folder / file
        workbook = _copy(path, found) if file and path.is_file() else None
        if workbook is None:
            rest += found
            continue
        _list_problems(workbook, found)
        target = out / f"{path.stem}.{path.suffix[1:]}.annotated.xlsx"
        workbook.save(target)
        written.append(target)
    if rest:
        from openpyxl import Workbook

        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        _list_problems(workbook, rest)
        workbook.save(out / "problems.xlsx")
        written.append(out / "problems.xlsx")
    return written


def _copy(path: Path, problems: Sequence[Problem]) -> Workbook | None:
    """The file as a marked workbook; None where it can't be opened."""
    if path.suffix.lower() != ".xlsx":
        return _copy_of_rows(path, problems)
    if unsafe(path) is not None:
        return None
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        workbook = load_workbook(path)
    except (BadZipFile, ValueError, KeyError, TypeError, OSError):
        return None
    for name in workbook.sheetnames:
        sheet = workbook[name]
        if hasattr(sheet, "iter_rows"):
            header = next(sheet.iter_rows(max_row=1, values_only=True), ())
            columns = {str(word).strip(): at for at, word in reversed(list(enumerate(header, 1))) if word is not None}
            _mark(sheet, columns, [problem for problem in problems if problem.place.sheet == name])
    return workbook


def _copy_of_rows(path: Path, problems: Sequence[Problem]) -> Workbook | None:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = path.stem[:31].translate(str.maketrans("[]:*?/\\", "_______")) or "rows"
    rows, count = rows_of(path)
    named = {problem.place.row for problem in problems}
    header: Sequence[str] = ()
    at, places = 0, dict[int, int]()
    for number, cells in rows:
        if number == 1:
            header = cells
        elif count > MOST_COPIED and number not in named:
            continue
        at += 1
        places[number] = at
        _write_row(sheet, at, cells)
    if not at:
        return None
    if at < count:
        said = Text(f"共 {count} 行，只列出有问题的行", f"{count} rows; only those with problems are shown")
        write_text(sheet.cell(at + 2, 1), f"{said.zh} · {said.en}")
    columns = {word.strip(): place for place, word in reversed(list(enumerate(header, 1)))}
    _mark(sheet, columns, problems, places)
    for place in range(1, len(header) + 1):
        sheet.column_dimensions[reference(1, place)[:-1]].width = 16
    sheet.freeze_panes = "A2"
    return workbook


def _write_row(sheet: Worksheet, row: int, cells: Iterable[str]) -> None:
    for column, text in enumerate(cells, 1):
        if text:
            write_text(sheet.cell(row, column), text[:32_000])


def _mark(
    sheet: Worksheet, columns: dict[str, int], problems: Sequence[Problem], places: dict[int, int] | None = None
) -> None:
    """Fill and comment the cells of the problems; `places` says where a row of the file stands in the sheet."""
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cells: dict[tuple[int, int], list[Problem]] = {}
    for problem in problems:
        row = problem.place.row
        at = (places.get(row) if places is not None else row) if row is not None else None
        if at is not None:
            cells.setdefault((at, columns.get(problem.place.column, 1)), []).append(problem)
    for count, ((row, column), found) in enumerate(cells.items()):
        cell = sheet.cell(row, column)
        severity = min((problem.severity for problem in found), key=list(_FILLS).index)
        cell.fill = PatternFill("solid", start_color=_FILLS[severity])
        if count < MOST_COMMENTS and not isinstance(cell, MergedCell):
            said = "\n\n".join(f"{_in_words(problem, 'zh')}\n{_in_words(problem, 'en')}" for problem in found[:5])
            cell.comment = Comment(said[:2000], "minping", width=360, height=160)


def _in_words(problem: Problem, lang: Any) -> str:
    parts = (problem.found.say(lang), problem.allowed.say(lang), problem.fix.say(lang))
    return ("；" if lang == "zh" else "; ").join(part for part in parts if part)


def _list_problems(workbook: Workbook, problems: Sequence[Problem]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet = workbook.create_sheet(_free_name(workbook), 0)
    for column, words in enumerate(_HEADERS, 1):
        sheet.cell(1, column).value = words
        sheet.cell(1, column).font = Font(bold=True)
    for row, problem in enumerate(problems[:MOST_LISTED], 2):
        for column, words in enumerate(_line(problem), 1):
            write_text(sheet.cell(row, column), words[:32_000])
            sheet.cell(row, column).alignment = Alignment(wrap_text=column > 5, vertical="top")
        sheet.row_dimensions[row].height = 15 * max(_lines(problem))
        sheet.cell(row, 1).fill = PatternFill("solid", start_color=_FILLS[problem.severity])
        if problem.place.row is not None:
            sheet.cell(row, 4).value = problem.place.row
    if len(problems) > MOST_LISTED:
        more = len(problems) - MOST_LISTED
        sheet.cell(MOST_LISTED + 2, 1).value = f"另有 {more} 项 · {more} more"
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[reference(1, column)[:-1]].width = width
    print_on_one_page_width(sheet)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{reference(max(len(problems), 1) + 1, len(_HEADERS))}"
    workbook.active = 0


def _lines(problem: Problem) -> Iterator[int]:
    """How many lines each cell of a problem's row needs, full-width signs counted twice."""
    for words, width in zip(_line(problem), _WIDTHS, strict=True):
        room = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)
        yield min(max(1, -(-room // (width - 2))), MOST_LINES)


def _free_name(workbook: Workbook) -> str:
    names = (LIST_SHEET, *(f"{LIST_SHEET} {number}" for number in range(2, 100)))
    return next(name for name in names if name not in workbook.sheetnames)


def _line(problem: Problem) -> Iterator[str]:
    severity, place = _SEVERITY[problem.severity], problem.place
    yield f"{severity.zh} {severity.en}"
    yield from (place.file, place.sheet, "", place.column)
    for words in (problem.found, problem.allowed, problem.fix):
        yield from (words.zh, words.en)
    yield problem.code
