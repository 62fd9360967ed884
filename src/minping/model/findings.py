"""Findings: what the audit asks somebody to check, and what has been decided of it. Never an accusation, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from minping.model.arrays import Bools, Ints
from minping.words import Text

Grade = Literal["E1", "E2", "E3"]  #: arithmetic; at least two independent sources; one source, for internal use only
State = Literal["open", "replied", "confirmed", "dismissed"]
STATES: tuple[State, ...] = ("open", "replied", "confirmed", "dismissed")
NEEDS_CHECKING = Text("与下列来源不一致，待核实", "does not agree with the sources below; needs checking")


@dataclass(frozen=True, slots=True)
class Decision:
    """One step in the life of a finding: a reply, or what an authorised body decided of it, by a document."""

    finding: str  #: id of the finding
    state: State
    decided_by: str  #: an office or a post, no person
    decided_on: str  #: ISO date
    document: str = ""
    reason: str = ""
    file: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One inconsistency of one body in one period."""

    suspicion: str  #: key of the audit's table of suspicions
    title: Text
    body: str
    period: str
    test: Text  #: what was compared with what
    observed: float  #: the statistic
    expected: float  #: the same if the body were like the others
    n: int  #: out of how many
    p: float
    q: float  #: adjusted within the family: this suspicion, all bodies of the period
    grade: Grade
    rows: int  #: rows that it concerns; 0 where it is about rows that are not there
    sample: tuple[str, ...]  #: some of them, as file:line
    innocent: Text  #: explanations that accuse nobody
    check: Text  #: how to find out
    about: str = ""  #: the indicator, project, task or report; empty: the body as a whole
    said: Text | None = None  #: what was found, in words and figures
    beside: tuple[str, ...] = ()  #: some of the rows that it was compared with
    steps: tuple[Decision, ...] = ()  #: by date; the last one counts

    @property
    def id(self) -> str:
        """The same whenever the same is found again: `2025:copied:S03`, `2025:sums:S03:output`."""
        return ":".join(filter(None, (self.period, self.suspicion, self.body, self.about)))

    @property
    def state(self) -> State:
        """What the last step says."""
        return self.steps[-1].state if self.steps else "open"


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A test that could not be made: it is no pass."""

    suspicion: str
    title: Text
    because: Text


@dataclass(frozen=True, slots=True)
class Places:
    """Rows of evidence that findings concern, (R,) each; internal."""

    finding: Ints  #: position of the finding
    file: Ints  #: position in Evidence.files
    row: Ints  #: as a spreadsheet shows it
    figure: Ints | None = None  #: position in `Official`, −1 for rows of events: a row of a wide sheet holds several

    def of(self, finding: int) -> Places:
        """Those of one finding; the findings are in order."""
        first, last = np.searchsorted(self.finding, (finding, finding + 1)).tolist()
        return self.only(np.arange(first, last))

    def only(self, kept: Ints | Bools) -> Places:
        """Some of them."""
        return Places(self.finding[kept], self.file[kept], self.row[kept], self.figures[kept])

    @property
    def figures(self) -> Ints:
        """`figure` of every place, (R,)."""
        return np.full(self.row.shape, -1, dtype=np.int64) if self.figure is None else self.figure


@dataclass(frozen=True, slots=True)
class Spread:
    """How much of the answers of a survey goes with who asked."""

    interviewers: int
    interviews: int
    share: float  #: intraclass correlation of interviewers within bodies; may be just below nought
    design_effect: float  #: by how much the variance of a mean grows for it (Kish 1962)


def _nothing() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the audit of a period found, what it could not look at, and how many bodies each test compared."""

    period: str
    findings: tuple[Finding, ...]
    skipped: tuple[NotApplicable, ...]
    compared: Mapping[str, int]  #: suspicion -> bodies (or figures, projects, tasks …) in the family
    interviewers: Spread | None = None  #: None where no survey tells its interviewers
    places: Places = field(default_factory=lambda: Places(_nothing(), _nothing(), _nothing()), repr=False)
    beside: Places = field(
        default_factory=lambda: Places(_nothing(), _nothing(), _nothing()), repr=False
    )  #: compared with

    def count(self, suspicion: str, *states: State) -> int:
        """How many findings of a suspicion are in one of these states."""
        return sum(one.suspicion == suspicion and one.state in states for one in self.findings)
