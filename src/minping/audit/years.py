"""Years: which one the audit looks at where nobody says."""

from __future__ import annotations

import numpy as np

from minping.audit.citizens.sources import columns
from minping.indicators.events import event_table, here
from minping.model.evidence import Evidence


def busiest_year(evidence: Evidence) -> str:
    """The year with most ratings, or without any with most answers to surveys; or else the last of official figures.

    Without any of these, the year in which most tasks were due, or most of what DAYS names happened; empty where there
    is none.
    """
    periods = evidence.official.periods
    last = max((period for period in periods if period.isdigit()), default=periods[-1] if periods else "")
    return _most(evidence, VOICES) or last or _most(evidence, DAYS)


def _most(evidence: Evidence, days: dict[str, str]) -> str:
    """The year with most rows of the first of some tables that is there."""
    for name, day in days.items():
        if name in evidence.records:
            with here(evidence.records[name]) as opened:
                table = event_table(opened, evidence.records[name], (day,))
                table = table.filter(table[day].notnull())
                found = columns(table.group_by(year=table[day].year()).aggregate(n=table.count()))
            if found["n"].size:
                return f"{found['year'][np.argmax(found['n'])]:04.0f}"
    return ""


VOICES = {"ratings": "rated_on", "surveys": "asked_on"}
DAYS = {
    "tasks": "due_on",
    "inspections": "visited_on",
    "payments": "paid_on",
    "reports": "submitted_on",
    "projects": "approved_on",
}
