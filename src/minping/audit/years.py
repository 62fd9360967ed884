"""Years: which one the audit looks at where nobody says."""

from __future__ import annotations

import numpy as np

from minping.audit.citizens.sources import columns
from minping.indicators.events import event_table, here
from minping.model.evidence import Evidence


def busiest_year(evidence: Evidence) -> str:
    """The year with most ratings, or without any with most answers to surveys; or else the last of official figures.

    Empty where there is none.
    """
    for name, day in (("ratings", "rated_on"), ("surveys", "asked_on")):
        if name in evidence.records:
            with here(evidence.records[name]) as opened:
                table = event_table(opened, evidence.records[name], (day,))
                found = columns(table.group_by(year=table[day].year()).aggregate(n=table.count()))
            if found["n"].size:
                return f"{found['year'][np.argmax(found['n'])]:.0f}"
    years = [period for period in evidence.official.periods if period.isdigit()]
    return max(years, default=evidence.official.periods[-1] if evidence.official.periods else "")
