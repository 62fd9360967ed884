"""Findings: what the audit asks somebody to check. Never an accusation, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minping.words import Text

Grade = Literal["E1", "E2", "E3"]  #: arithmetic; at least two independent sources; one source, for internal use only
NEEDS_CHECKING = Text("与下列来源不一致，待核实", "does not agree with the sources below; needs checking")


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


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A test that could not be made: it is no pass."""

    suspicion: str
    title: Text
    because: Text


@dataclass(frozen=True, slots=True)
class Findings:
    """What the audit of a period found, what it could not look at, and how many bodies each test compared."""

    period: str
    findings: tuple[Finding, ...]
    skipped: tuple[NotApplicable, ...]
    compared: dict[str, int]  #: suspicion -> bodies in the family
