"""Layout of a sheet of official figures: long (one figure per row) or wide (one column per indicator).

In a sheet's header, out where each column stands. A wide sheet has columns for body and period and a column for each
indicator, headed by its id or its title; every figure keeps its row and column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from minping.errors import nearest, one_of
from minping.evidence.blocks import Sheet
from minping.evidence.faults import NOTHING, Fault, Remark, fault, short
from minping.evidence.headers import Header, folded, missing_columns, near_column, understand
from minping.evidence.tables import BODIES
from minping.evidence.words import unique_names
from minping.model.evidence import Codebook
from minping.words import Text

WORDS = ("body", "period", "indicator", "released_on", "reporter", "source", "note")
NUMBERS = ("value", "se", "sd", "n", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a sheet stand."""

    positions: Mapping[str, int]  #: column of `official` -> position
    indicators: Mapping[int, str]  #: of a wide sheet: position -> indicator; empty for a long one

    @property
    def words(self) -> list[int]:
        """Positions read as words."""
        return [at for name, at in self.positions.items() if name in WORDS]

    @property
    def numbers(self) -> list[int]:
        """Positions read as numbers."""
        return [at for name, at in self.positions.items() if name in NUMBERS] + list(self.indicators)


def layout_of(sheet: Sheet, codebook: Codebook, faults: list[Fault]) -> Layout | None:
    """The layout of a sheet; None (and faults) where its rows can't be checked."""
    header = understand(sheet.headers, "official")
    is_wide = "indicator" not in header.positions and "value" not in header.positions
    found = _indicators_in(header, codebook) if is_wide else {}
    missing = missing_columns(header, "official")
    if found:
        here = header.faults + _misfits_of_wide(header, found, codebook)
        here += [gone for gone in missing if gone.column in ("body", "period")]
    else:
        here = header.faults + (missing or _unread(header))
    faults += here
    if any(entry.remark.severity == "error" for entry in here):
        return None
    return Layout(header.positions, found)


def _indicators_in(header: Header, codebook: Codebook) -> dict[int, str]:
    notes = codebook.indicators.values()
    titles = [(folded(title), note.id) for note in notes for title in (note.title_zh, note.title_en)]
    titles += [(folded(f"{title}({note.unit})"), note.id) for note in notes for title in (note.title_zh, note.title_en)]
    known = {folded(note.id): note.id for note in notes}
    known = unique_names(titles) | known
    return {at: known[folded(text)] for at, text in header.unknown.items() if folded(text) in known}


def _misfits_of_wide(header: Header, found: Mapping[int, str], codebook: Codebook) -> list[Fault]:
    """Columns of a wide sheet that are no indicator: names of bodies are fine, everything else is an error."""
    faults = []
    names = {folded(word) for column in BODIES.columns for word in (column.name, column.title.zh, *column.aliases)}
    twice = {name for name in found.values() if list(found.values()).count(name) > 1}
    for at, text in header.unknown.items():
        if not text or folded(text) in names:
            continue
        if at not in found:
            near = nearest(text, codebook.indicators)
            fix = (
                Text(f"是否应为 {near}？", f"did you mean {near}?")
                if near
                else Text("改名或删去", "rename or delete it")
            )
            said = Text(f"没有指标 {short(text)}", f"no indicator {short(text)}")
            faults.append(fault(Remark("unknown-indicator", said, one_of(list(codebook.indicators)), fix), text, 1))
        elif found[at] in twice:
            said = Text(f"指标 {found[at]} 有两列", f"the indicator {found[at]} has two columns")
            faults.append(fault(Remark("repeated-column", said, NOTHING, Text("只留一列", "keep one")), text, 1))
    return faults


def _unread(header: Header) -> list[Fault]:
    """Columns that official figures have no place for: they stay in the file, and that is said."""
    faults = []
    for text in header.unknown.values():
        if not text:
            continue
        near = near_column(text, "official")
        said = Text(
            f"列 {short(text)} 不属于本表，未使用", f"the column {short(text)} is no column of this table, not used"
        )
        fix = Text(f"是否应为 {near}？", f"did you mean {near}?") if near else NOTHING
        remark = Remark("unused-column", said, NOTHING, fix, "warning" if near else "note")
        faults.append(fault(remark, text, 1))
    return faults
