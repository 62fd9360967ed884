"""Holidays: in a scheme and its evidence, out a note where working days fall into years without known holidays."""

from __future__ import annotations

from minping.errors import Place, Problem
from minping.indicators.events import years_in
from minping.indicators.working_days import uncharted
from minping.model.evidence import Evidence
from minping.scheme.shape import TIMED, From, Scheme
from minping.words import Text, both

COLUMNS = {"ratings": ("rated_on", "rectified_on"), "requests": ("opened_at", "closed_at")}


def unknown_holidays(scheme: Scheme, evidence: Evidence) -> tuple[Problem, ...]:
    """A note for each table whose days lie in years for which only weekends are known."""
    tables = dict.fromkeys(table for part in scheme.indicators for table in _counted(part.evidence))
    return tuple(note for table in tables for note in _note(table, evidence))


def _counted(how: From) -> tuple[str, ...]:
    """The table in which an indicator counts working days."""
    timed = how.requests in TIMED or how.ratings in TIMED
    return tuple(table for table in how.tables if table in COLUMNS) if timed and how.in_working_days else ()


def _note(table: str, evidence: Evidence) -> tuple[Problem, ...]:
    years = uncharted(year for column in COLUMNS[table] for year in years_in(evidence.records[table], column))
    if not years:
        return ()
    listed = ", ".join(str(year) for year in years)
    found = Text(
        f"{listed} 年的法定节假日安排尚不在日历中，工作日只扣除周末",
        f"the public holidays of {listed} are not in the calendar: only weekends are taken out of working days",
    )
    fix = Text("更新 chinesecalendar 后重算", "update chinesecalendar and run again")
    return (Problem("unknown-holidays", Place(table), found, both(""), fix, "note"),)
