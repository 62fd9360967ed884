"""Drill: what one figure of citizens' words rests on. Counts and places of rows; never what anybody said.

For readers of the evidence folder, which is not published: counts are whole, however small.
"""

from __future__ import annotations

from dataclasses import dataclass

from minping.words import Text


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of something."""

    name: Text
    count: float


@dataclass(frozen=True, slots=True)
class Removal:
    """So many rows that the rules leave out, for one reason, approved by one office."""

    reason: str
    approved_by: str
    count: int


@dataclass(frozen=True, slots=True)
class CellWeight:
    """One cell of a calibration."""

    words: tuple[str, ...]  #: of its columns, e.g. (hall, 社保登记)
    issued: float  #: cases served
    rated: float
    factor: float | None  #: what each rating counts for, 1 being the body's mean; None: nothing was weighed
    note: Text  #: empty, or what became of the cell


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows of one kind stand."""

    kind: Text
    file: str
    sheet: str
    sha256: str
    rows: int  #: of the whole file
    count: int  #: of this figure
    first: tuple[int, ...]  #: rows as a spreadsheet shows them, the first few


@dataclass(frozen=True, slots=True)
class Drill:
    """Everything that a figure rests on."""

    tallies: tuple[tuple[Tally, ...], ...]  #: in groups: levels, clusters, the log …
    removals: tuple[Removal, ...]
    weights: tuple[CellWeight, ...]
    outcome: Text  #: of the calibration; empty where there is none
    places: tuple[Place, ...]
