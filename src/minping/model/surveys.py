"""Surveys: what a scheme expects of them, and what is known of the public that they were drawn from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """What the weighting of a scheme expects of `surveys` and `margins`."""

    margins: tuple[str, ...] = ()  #: names in `margins`
    covariates: tuple[str, ...] = ()  #: further columns that `surveys` must have
    needs_pairs: bool = False  #: a stratum with a single cluster is an error


@dataclass(frozen=True, slots=True)
class Margin:
    """How many people of the public are of one level, or the sum of a numeric column over the public."""

    name: str  #: a column of `surveys`, or several joined by +
    level: str  #: empty: of a numeric column
    total: float
    body: str  #: empty: of all bodies together
    period: str  #: empty: of every period
    file: int
    row: int
