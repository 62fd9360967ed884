"""Faults: what is wrong in some rows of one column, gathered cheaply; out come the `Problem`s that the user sees.

Checks work on columns, so a fault carries an array of rows. Every row is named in the end: as a problem of its own,
or, where one kind of fault fills a column (`MOST_ALONE` rows and more), in one problem whose words list the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from minping.errors import Place, Problem, Severity
from minping.model.arrays import Ints
from minping.words import Text, both

MOST_ALONE = 10_000  #: errors and warnings of one kind in one column, above which they share one problem
MOST_NOTES = 20  #: the same for notes
MOST_SHOWN = 40  #: characters of a cell that are quoted
NOTHING = both("")


class Remark(NamedTuple):
    """What must be said of a cell."""

    code: str
    found: Text
    allowed: Text = NOTHING
    fix: Text = NOTHING
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Fault:
    """A remark on some rows of one column of one sheet; no rows: on the sheet itself."""

    remark: Remark
    column: str = ""  #: the header as it stands in the file
    rows: Ints | None = None


def fault(remark: Remark, column: str = "", *rows: int) -> Fault:
    """A fault in the given rows."""
    return Fault(remark, column, np.array(rows, dtype=np.int64) if rows else None)


def short(text: str) -> str:
    """A cell as it is quoted in a message.

    >>> short("97.3%")
    '“97.3%”'
    """
    shown = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text[:MOST_SHOWN])
    return f"“{shown}”" if len(text) <= MOST_SHOWN else f"“{shown}…”"


def row_ranges(rows: Ints) -> str:
    """Rows in words, runs as ranges.

    >>> row_ranges(np.array([7, 2, 3, 4]))
    '2–4, 7'
    """
    rows = np.unique(rows)
    breaks = np.flatnonzero(np.diff(rows) != 1) + 1
    runs = zip(rows[np.r_[0, breaks]].tolist(), rows[np.r_[breaks - 1, len(rows) - 1]].tolist(), strict=True)
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def fold(faults: Sequence[Fault], most: int = 1000) -> Sequence[Fault]:
    """The same faults; above `most` of them, those of one kind and column become one, with examples."""
    if len(faults) <= most:
        return faults
    groups: dict[tuple[str, str], list[Fault]] = {}
    for found in faults:
        groups.setdefault((found.column, found.remark.code), []).append(found)
    return [group[0] if len(group) == 1 else _merged(group) for group in groups.values()]


def problems(file: str, sheet: str, faults: Iterable[Fault]) -> list[Problem]:
    """The faults of one sheet as problems, in the order of rows."""
    groups: dict[tuple[str, str], list[Fault]] = {}
    found: list[Problem] = []
    for entry in faults:
        if entry.rows is None:
            found.append(_problem(entry.remark, Place(file, sheet, None, entry.column)))
        else:
            groups.setdefault((entry.column, entry.remark.code), []).append(entry)
    for (column, _), group in groups.items():
        found += _spread(group, file, sheet, column)
    return sorted(found, key=lambda problem: problem.place.row or 0)


def _spread(group: list[Fault], file: str, sheet: str, column: str) -> Iterator[Problem]:
    count = sum(len(_rows(entry)) for entry in group)
    if count <= (MOST_NOTES if group[0].remark.severity == "note" else MOST_ALONE):
        for entry in group:
            for row in _rows(entry).tolist():
                yield _problem(entry.remark, Place(file, sheet, row, column))
        return
    alike: dict[Remark, list[Fault]] = {}
    for entry in group:
        alike.setdefault(entry.remark, []).append(entry)
    kept = [_merged(entries) for entries in alike.values()] if len(alike) <= MOST_NOTES else [_merged(group)]
    for entry in kept:
        rows = _rows(entry)
        said = row_ranges(rows)
        found = entry.remark.found
        words = Text(f"{found.zh}；共 {len(rows)} 行：{said}", f"{found.en}; {len(rows)} rows: {said}")
        yield _problem(entry.remark._replace(found=words), Place(file, sheet, int(rows.min()), column))


def _merged(group: Sequence[Fault]) -> Fault:
    """One fault for many of a kind, quoting the first ones."""
    examples = list(dict.fromkeys(entry.remark.found for entry in group))
    more = Text(" 等", " and more") if len(examples) > 3 else NOTHING
    words = Text(
        "、".join(text.zh for text in examples[:3]) + more.zh, ", ".join(text.en for text in examples[:3]) + more.en
    )
    rows = np.concatenate([_rows(entry) for entry in group])
    return Fault(group[0].remark._replace(found=words), group[0].column, rows)


def _rows(entry: Fault) -> Ints:
    return entry.rows if entry.rows is not None else np.empty(0, dtype=np.int64)


def _problem(remark: Remark, place: Place) -> Problem:
    return Problem(remark.code, place, remark.found, remark.allowed, remark.fix, remark.severity)
