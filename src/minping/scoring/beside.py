"""Beside: the same scores with other rows of evidence: all of them, or without those that findings concern.

Only what rests on the rows in question is computed again; figures of other sources stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from minping.indicators.compute import compute, figures_for
from minping.indicators.official import Figures
from minping.model.arrays import Bools
from minping.model.evidence import Bodies, Evidence
from minping.model.scores import Intervals, Scores
from minping.model.values import Values
from minping.scheme.shape import From, Scheme
from minping.scoring.adjust import Adjusted
from minping.scoring.admissible import unscorable
from minping.scoring.basis import line_up
from minping.scoring.companions import companions
from minping.scoring.plan import Plan
from minping.scoring.score import score

CUBES = ("estimate", "se", "raw", "state", "n", "silent")  #: of Values, by indicator
MOVED = 1e-9  #: points; a smaller difference is that of adding up


@dataclass(frozen=True, slots=True)
class Beside:
    """Scores of the period with other rows; None where they would be the same."""

    with_all: Scores | None = None  #: nothing set apart, as if no finding had been confirmed
    without_flagged: Scores | None = None  #: the rows of open findings set apart too; internal


class Told(NamedTuple):
    """What some evidence says."""

    values: Values
    figures: Figures  #: the official figures behind them


@dataclass(frozen=True, slots=True)
class Rescoring:
    """Everything but the values."""

    plan: Plan
    figures: Figures
    bodies: Bodies
    period: str
    adjusted: Adjusted
    scores: Scores  #: as published

    def beside(self, values: Values, as_heard: Told, unflagged: Told) -> Beside:
        """Both comparisons with the scores by `values`."""
        return Beside(*(None if one.values is values else self.with_values(one) for one in (as_heard, unflagged)))

    def with_values(self, told: Told) -> Scores | None:
        """Scores by other values; None where no score moves, or these values can't be scored."""
        values = told.values
        basis = line_up(self.plan, values, told.figures, self.bodies, self.period)
        if unscorable(basis):
            return None
        found = score(basis, self.adjusted, companions(self.plan.scheme, values, self.period))
        return found if moved(self.scores, found).any() else None


def revised(scheme: Scheme, evidence: Evidence, told: Told, before: Evidence, *, scored: bool = False) -> Told:
    """Values anew where they rest on rows that are set apart; the others as they are in `told`, which is of `before`.

    `scored`: only those that make up the score, so that companions stay as they are.
    """
    values, figures = told.values, told.figures
    tables = {table for table, records in evidence.records.items() if records.quarantine is not None}
    if evidence.official is not before.official:
        tables, figures = {*tables, ""}, figures_for(scheme, evidence)
    parts = [(at, part) for at, part in enumerate(scheme.indicators) if part.counts or not scored]
    places = [
        at for at, part in parts if rests_on(part.evidence) in tables or ("uses" in tables and part.evidence.projects)
    ]
    if not places:
        return Told(values, figures)
    part = scheme.model_copy(update={"indicators": tuple(scheme.indicators[at] for at in places)})
    again = compute(part, evidence, figures)

    def put_in(old: Any, new: Any) -> Any:
        whole = old.copy()
        whole[:, :, places] = new
        return whole

    given = {
        name: put_in(getattr(values, name), getattr(again, name)) for name in CUBES if getattr(again, name) is not None
    }
    heard = values.heard if again.heard is None else again.heard
    return Told(replace(values, **given, heard=heard), figures)


def rests_on(how: From) -> str:
    """The table of events that a figure comes from; empty for official figures."""
    if how.ratings is not None:
        return "offers" if how.ratings in ("response_rate", "share_asked") else "ratings"
    if how.is_work:
        return how.tables[0]
    return "surveys" if how.surveys is not None else "requests" if how.requests is not None else ""


def moved(scores: Scores, other: Scores | None) -> Bools:
    """Which bodies have another score, (N,)."""
    if other is None:
        return np.zeros(len(scores.score), dtype=np.bool_)
    both = ~np.isnan(scores.score) & ~np.isnan(other.score)
    apart: Bools = (np.isnan(scores.score) != np.isnan(other.score)) | (
        both & (np.abs(np.where(both, scores.score - other.score, 0.0)) > MOVED)
    )
    return apart


def outside(intervals: Intervals | None, other: Scores | None) -> Bools | None:
    """Which bodies would rank outside their interval, (N,); None where there are no intervals."""
    if intervals is None or other is None:
        return None
    return np.asarray((other.rank < intervals.rank_lo) | (other.rank > intervals.rank_hi), dtype=np.bool_)
