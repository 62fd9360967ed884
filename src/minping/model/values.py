"""Values: what evidence says of each body and indicator in each period, with standard errors and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from minping.errors import Problem
from minping.model.arrays import Bytes, Floats, Ints
from minping.model.calibration import Calibration
from minping.model.callbacks import Called
from minping.model.courses import Pictures
from minping.model.surveys import SurveyFigures


@dataclass(frozen=True, slots=True)
class Values:
    """A cube of P periods × N bodies × M indicators, in each indicator's own unit (after conversion).

    `trace` is the position of the row of `Evidence.official` that a value rests on (-1: none); the value before
    conversion (per capita, growth, real terms), or before it was weighed, adjusted or shrunk, stays in `raw`.
    """

    periods: tuple[str, ...]
    bodies: tuple[str, ...]
    indicators: tuple[str, ...]
    estimate: Floats  #: (P, N, M), NaN where there is none
    se: Floats  #: (P, N, M), 0 where none is known
    raw: Floats  #: (P, N, M), as it stands in the evidence
    trace: Ints  #: (P, N, M)
    state: Bytes  #: (P, N, M), flags of `model.cells.State`
    n: Floats | None = None  #: (P, N, M) answers that a value rests on, NaN where it rests on none; None: no such value
    heard: Floats | None = None  #: (P, N, 7) ratings of level 1–5, defaulted, removed; None where there are no ratings
    silent: Floats | None = None  #: (P, N, M, 2) asked in a survey, but did not know, refused; NaN: of no survey
    calibrations: Mapping[str, Calibration] = field(default_factory=dict)  #: of the indicators weighed to a log
    ends: Floats | None = None  #: (P, N, M, 2) of the 95 % interval, NaN where no error is known
    called: Mapping[str, Called] = field(default_factory=dict)  #: of the indicators with call-backs of non-raters
    surveys: SurveyFigures | None = None  #: what is told of surveys beside their values
    pictures: Pictures = field(default_factory=Pictures)  #: what reports show beside the values
    vintages: int = 0  #: rows superseded by a later release (kept in the evidence, not used)
    raw_se: Floats | None = None  #: (P, N, M) of `raw`; NaN where none is known
    problems: tuple[Problem, ...] = ()  #: warnings and notes that came up on the way
    of_period: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)  #: those that concern one period only

    def at(self, period: str) -> int:
        """Position of `period` on the first axis."""
        return self.periods.index(period)

    def problems_of(self, period: str) -> tuple[Problem, ...]:
        """What came up on the way and concerns a period."""
        return self.problems + self.of_period.get(period, ())
