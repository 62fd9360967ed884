"""One row of a table of tests: the function, what it needs, when it applies, and what must be said beside a finding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from minping.audit.cases import Cases, Outcome
from minping.model.findings import Grade
from minping.words import Text

Taken = Literal["ratings", "surveys", "all"]


class Suspicion(NamedTuple):
    """One test."""

    test: Callable[[Any], Outcome | Cases | Text]  #: of what `table` names; a text says why it is not applicable
    title: Text
    compared: Text  #: what is compared with what
    innocent: Text
    check: Text
    grade: Grade = "E3"
    table: Taken = "ratings"  #: what the test is given; `all`: everything opened
    puts_back: bool = False  #: the rows were taken out: once confirmed they count again; any others are set apart
    stands: bool = False  #: its rows tell what is so: they count even once it is confirmed
    inside: bool = False  #: its words quote what was written or tell of one person: they are never published
    after: tuple[str, ...] = ()  #: a body found under one of these is not named again
    needs: tuple[str, ...] = ()  #: tables of evidence without which it can't be made
    applies: Text = Text("", "")  #: when it applies, beyond the tables
    source: str = ""  #: where the method comes from
    overlapping: bool = False  #: its cases share rows in ways that pull p-values either way: Benjamini–Yekutieli
    fewest: int = 3  #: cases that can be compared; 1 for arithmetic
