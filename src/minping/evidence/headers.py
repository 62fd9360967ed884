"""Headers: which column of a sheet is which column of its table. In the header row, out positions by column name.

Case, blanks, full-width signs and Chinese names don't matter; a misspelt required column is an error with the nearest
header, a repeated one too. Columns that mean nothing here are returned, so that they are kept or named, never lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from minping.errors import nearest
from minping.evidence.faults import NOTHING, Fault, Remark, fault, short
from minping.evidence.table import Table
from minping.evidence.tables import TABLES
from minping.words import Text, both

_BLANK = re.compile(r"[\s_\-\u200b\ufeff*＊：:]+")
_IN_BRACKETS = re.compile(r"[(\[【].*?[)\]】]$")


class Header(NamedTuple):
    """A header, understood."""

    positions: dict[str, int]  #: column of the table -> position in the sheet
    unknown: dict[int, str]  #: position -> header that is no column of the table
    faults: list[Fault]


def folded(header: str) -> str:
    """A header without what doesn't matter.

    >>> folded(" Released_On "), folded("数值（％）")
    ('releasedon', '数值(%)')
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", header)).lower()


def understand(headers: Sequence[str], table: str) -> Header:
    """Match the headers of a sheet with the columns of a table."""
    spec = TABLES[table]
    meanings = _meanings(spec)
    positions: dict[str, int] = {}
    unknown: dict[int, str] = {}
    faults: list[Fault] = []
    for at, header in enumerate(headers):
        key = folded(header)
        name = meanings.get(key) or meanings.get(_IN_BRACKETS.sub("", key))
        if name is None:
            unknown[at] = header
        elif name in positions:
            faults.append(_repeated(header, name, headers[positions[name]]))
        else:
            positions[name] = at
    faults += _repeats([header for header in unknown.values() if header])
    return Header(positions, unknown, faults)


def missing_columns(header: Header, table: str) -> list[Fault]:
    """A fault for each required column that isn't there, with the nearest header."""
    spec, faults = TABLES[table], []
    for name in spec.required:
        if name in header.positions:
            continue
        column = spec.column(name)
        options = {folded(text): text for text in header.unknown.values() if text}
        near = next(
            (options[near] for word in (name, *column.aliases) if (near := nearest(folded(word), options))), None
        )
        found = Text(f"缺少必需的列 {name}（{column.title.zh}）", f"the required column {name} is missing")
        said = Text("、".join(options.values()), ", ".join(options.values())) if near is None else NOTHING
        fix = (
            Text(f"{near} 是否应为 {name}？", f"is {near} meant to be {name}?")
            if near
            else Text(f"在第 1 行加上 {name}", f"add {name} to row 1")
        )
        allowed = Text(
            "第 1 行是列名：" + "、".join(spec.required), "row 1 holds the names " + ", ".join(spec.required)
        )
        if said.en:
            found = Text(f"{found.zh}；有 {said.zh[:120]}", f"{found.en}; there are {said.en[:120]}")
        faults.append(fault(Remark("missing-column", found, allowed, fix), name, 1))
    return faults


def near_column(header: str, table: str) -> str | None:
    """The column of the table that an unknown header may be a misspelling of."""
    meanings = _meanings(TABLES[table])
    near = nearest(folded(header), meanings)
    return meanings[near] if near is not None and len(near) > 3 else None


def _meanings(spec: Table) -> dict[str, str]:
    meanings: dict[str, str] = {}
    for column in spec.columns:
        titles = (column.title.zh, column.title.en)
        for word in (column.name, *column.aliases, *titles, *(f"{title}{column.name}" for title in titles)):
            meanings.setdefault(folded(word), column.name)
    return meanings


def _repeated(header: str, name: str, first: str) -> Fault:
    found = Text(
        f"{short(header)} 与 {short(first)} 都表示 {name}", f"{short(header)} and {short(first)} both mean {name}"
    )
    return fault(Remark("repeated-column", found, both(""), Text("只留一列", "keep one of them")), header, 1)


def _repeats(headers: Sequence[str]) -> list[Fault]:
    twice = sorted({header for header in headers if headers.count(header) > 1})
    fix = Text("改名或删去一列", "rename or delete one")
    words = [Text(f"列名 {short(header)} 重复", f"the column {short(header)} stands twice") for header in twice]
    return [
        fault(Remark("repeated-column", said, NOTHING, fix), header, 1)
        for said, header in zip(words, twice, strict=True)
    ]
