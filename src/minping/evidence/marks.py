"""Marks of a sheet: what a reader of values doesn't tell. In a workbook's XML, out merged ranges and odd cells.

A value reader sees 0.973 where the person sees 97.3%, and nothing where a formula failed or was never computed. One
pass over the sheet's XML finds such cells and gives them as they are shown; nothing is drawn in memory as a whole.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.parsers import expat

MOST_MARKED = 1_000_000  #: odd cells of one sheet; a sheet with more is not read
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_BUILTIN_PERCENT = {9, 10}


@dataclass(slots=True)
class Marks:
    """What was found in one sheet; rows and columns count from 1."""

    merged: list[str] = field(default_factory=list)  #: ranges such as A5:B6
    shown: dict[tuple[int, int], str] = field(default_factory=dict)  #: (row, column) -> what stands in an odd cell
    last_row: int = 0
    last_column: int = 0


def position(reference: str) -> tuple[int, int]:
    """Row and column of a cell.

    >>> position("AB12")
    (12, 28)
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def reference(row: int, column: int) -> str:
    """A cell's name.

    >>> reference(12, 28)
    'AB12'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> its part in the archive."""
    targets: dict[str, str] = {}
    names: dict[str, str] = {}

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[given["Id"]] = given["Target"]

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag == "sheet":
            names[given["name"]] = given.get("id", "")

    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", sheet)
    return {
        name: target.removeprefix("/") if (target := targets.get(at, "")).startswith("/") else f"xl/{target}"
        for name, at in names.items()
    }


def percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Numbers of the cell styles that show a number as per cent."""
    formats = set(_BUILTIN_PERCENT)
    styles: set[str] = set()
    inside: list[str] = []
    count = [0]

    def style(tag: str, given: dict[str, str]) -> None:
        inside.append(tag)
        if tag == "numFmt" and "%" in _QUOTED.sub("", given.get("formatCode", "")):
            formats.add(int(given.get("numFmtId", "0")))
        elif tag == "xf" and "cellXfs" in inside:
            if int(given.get("numFmtId", "0")) in formats:
                styles.add(str(count[0]))
            count[0] += 1

    if "xl/styles.xml" in archive.namelist():
        _parse(archive, "xl/styles.xml", style, lambda _: inside.pop())
    return styles


def marks_of(archive: zipfile.ZipFile, part: str) -> Marks:
    """The marks of one sheet."""
    scan = _Scan(percent_styles(archive))
    _parse(archive, part, scan.start, scan.end, scan.text)
    return scan.marks


class _Scan:
    """State of a pass over the cells of a sheet (expat wants callbacks)."""

    def __init__(self, percents: set[str]) -> None:
        self.marks, self.percents = Marks(), percents
        self.at, self.row, self.column = (0, 0), 0, 0
        self.kind = self.style = ""
        self.formula: str | None = None
        self.value = ""
        self.into = ""

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "c":
            named = position(given["r"]) if "r" in given else (0, 0)
            self.at = named if named[0] else (self.row, self.column + 1)
            self.column = self.at[1]
            self.kind, self.style = given.get("t", "n"), given.get("s", "0")
            self.formula, self.value = None, ""
        elif tag == "f":
            self.formula, self.into = "", "f"
        elif tag == "v" or (tag == "t" and self.kind == "inlineStr"):
            self.into = "v"
        elif tag == "row":
            self.row = int(given["r"]) if "r" in given else self.row + 1
            self.column = 0
        elif tag == "mergeCell" and len(self.marks.merged) < MOST_MARKED:
            self.marks.merged.append(given.get("ref", ""))

    def text(self, content: str) -> None:
        if self.into == "v":
            self.value += content
        elif self.into == "f" and self.formula is not None:
            self.formula += content

    def end(self, tag: str) -> None:
        if tag in ("f", "v", "t"):
            self.into = ""
        elif tag == "c" and (self.value or self.formula is not None):
            self.marks.last_row = max(self.marks.last_row, self.at[0])
            self.marks.last_column = max(self.marks.last_column, self.at[1])
            shown = self._odd()
            if shown and len(self.marks.shown) < MOST_MARKED:
                self.marks.shown[self.at] = shown

    def _odd(self) -> str:
        """What an odd cell shows; empty for a plain one."""
        if self.kind == "e":
            return self.value
        if self.formula is not None and not self.value and self.kind != "str":
            return f"={self.formula}"
        if self.style in self.percents and self.kind == "n" and self.value:
            return _percent(self.value)
        return ""


def _percent(value: str) -> str:
    try:
        number = Decimal(repr(float(value))) * 100
    except (InvalidOperation, ValueError):
        return ""
    return f"{number.normalize():f}%"


def _parse(archive: zipfile.ZipFile, part: str, start: Any, end: Any = None, text: Any = None) -> None:
    """Stream a part through expat, tags without their namespaces.

    Raises:
        ValueError: the part is missing or no XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, given: start(
        _local(tag), {_local(key): value for key, value in given.items()}
    )
    if end is not None:
        parser.EndElementHandler = lambda tag: end(_local(tag))
    parser.CharacterDataHandler = text
    try:
        with archive.open(part) as content:
            parser.ParseFile(content)
    except (expat.ExpatError, KeyError) as error:
        raise ValueError(f"{part}: {error}") from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
