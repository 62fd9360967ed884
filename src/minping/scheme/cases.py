"""Cases: the tests of a scheme as an official writes and reads them: these figures, therefore this result.

In a YAML file, out `Case` records or every problem of the file at once. Running them is `scoring.cases`' work.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from minping.errors import SchemeError
from minping.scheme.misfits import misfits
from minping.scheme.part import Part
from minping.scheme.read import text_of
from minping.scheme.shape import PeriodName
from minping.scheme.source import Source, read_source

WITHIN = 0.005  #: half a unit of the second decimal


class Expected(Part):
    """What a case expects of one body; what is not named is not looked at."""

    score: float | None = None
    rank: int | None = None
    grade: str | None = None  #: id of the grade proposed; empty: none
    points: dict[str, float] = Field(default_factory=dict)  #: node -> points
    weights: dict[str, float] = Field(default_factory=dict)  #: node -> effective share of the whole, in per cent
    state: dict[str, str] = Field(default_factory=dict)  #: node -> state as tables name it, e.g. `observed+capped`
    within: float = Field(default=WITHIN, ge=0)  #: how far a number may be off

    @model_validator(mode="after")
    def _something(self) -> Expected:
        if not self.model_fields_set - {"within"}:
            raise ValueError("something to expect: score, rank, grade, points, weights or state")
        return self


class Case(Part):
    """One test: figures, and what must follow."""

    name: str
    period: PeriodName
    evidence: Literal["example"] | None = None  #: the example's evidence, or the folder's own
    figures: dict[str, dict[str, float]] = Field(default_factory=dict)  #: body -> figure -> value, in place of evidence
    bodies: dict[str, dict[str, str | float]] = Field(
        default_factory=dict
    )  #: body -> column of `bodies` -> value, beside `figures`
    expect: dict[str, Expected] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_source(self) -> Case:
        if bool(self.evidence) == bool(self.figures):
            raise ValueError("either evidence: example, or figures")
        if self.bodies and not self.figures:
            raise ValueError("bodies stand beside figures only")
        return self


class Cases(Part):
    """A file of tests."""

    tests: tuple[Case, ...] = Field(min_length=1)


def read_cases(path: Path) -> tuple[tuple[Case, ...], Source]:
    """Read a file of tests, with the lines of its keys.

    Raises:
        SchemeError: with every problem of the file, each with its line.
    """
    source = read_source(text_of(path), str(path))
    try:
        cases = Cases.model_validate(source.values)
    except ValidationError as error:
        raise SchemeError(source.problems + misfits(error, source, Cases)) from None
    if source.problems:
        raise SchemeError(source.problems)
    return cases.tests, source
