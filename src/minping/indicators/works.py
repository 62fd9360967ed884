"""Works: values of projects, tasks and inspections, as far as a scheme asks for them. In evidence, out measures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minping.indicators.events import years_in
from minping.indicators.inspections import Visits, measure_inspections, read_visits
from minping.indicators.projects import Built, follow_projects, measure_projects
from minping.indicators.ratings import Measured
from minping.indicators.tasks import Done, follow_tasks, measure_tasks
from minping.model.evidence import Evidence
from minping.scheme.shape import From, Scheme

#: table -> columns whose years are periods, where a scheme asks for the table
YEARS = {
    "projects": ("completed_on", "opened_on"),
    "tasks": ("decided_on", "closed_on"),
    "inspections": ("visited_on",),
}


@dataclass(frozen=True, slots=True)
class Works:
    """What was counted of each table that a scheme asks for."""

    periods: tuple[str, ...]
    built: Built | None
    done: Done | None
    visits: Visits | None

    def measured(self, how: From) -> Measured | None:
        """A measure of projects, tasks or inspections; None where it is of something else."""
        if how.projects is not None and self.built is not None:
            return measure_projects(self.built, how.projects)
        if how.tasks is not None and self.done is not None:
            return measure_tasks(self.done, self.periods, how.tasks, as_ruled=how.as_ruled)
        if how.inspections is not None and self.visits is not None:
            return measure_inspections(self.visits, self.periods, how.inspections)
        return None


def count_works(scheme: Scheme, evidence: Evidence, periods: tuple[str, ...]) -> Works | None:
    """Count the tables that indicators ask for; None where they ask for none of them."""
    ways = [part.evidence for part in scheme.indicators if part.evidence.is_work]
    if not ways:
        return None
    told, bodies = evidence.records, evidence.bodies
    names = tuple(dict.fromkeys(how.projects for how in ways if how.projects is not None))
    built = follow_projects(told["projects"], told.get("uses"), bodies, periods, names) if names else None
    done = follow_tasks(told["tasks"], bodies) if any(how.tasks is not None for how in ways) else None
    visits = read_visits(told["inspections"], bodies) if any(how.inspections is not None for how in ways) else None
    return Works(periods, built, done, visits)


def work_years(scheme: Scheme, evidence: Evidence) -> set[int]:
    """The years in which something was done that the scheme's indicators count."""
    tables = {table for part in scheme.indicators if part.evidence.is_work for table in part.evidence.tables}
    asked = [(table, column) for table in sorted(tables & set(evidence.records)) for column in YEARS[table]]
    return {year for table, column in asked for year in years_in(evidence.records[table], column)}


def few_left_out(found: Measured, least: int) -> Measured:
    """The same without figures of fewer than `least`: these are no people, so that `publish.k` does not count."""
    few = found.n < least
    hidden = [np.where(few, np.nan, one) for one in (found.estimate, found.se)]
    return Measured(hidden[0], hidden[1], found.n, found.degrees, ends=found.ends)
