"""Uses: observations of how far projects are used, by the time since they were opened."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.audit.frames import Frame
from minping.audit.matching import positions
from minping.audit.opened import Opened
from minping.audit.vanity.criteria import MONTH
from minping.model.arrays import Floats, Ints

AGES = (12.0, 24.0, 36.0)  #: months since opening at which projects are compared
NEAR = 3.0  #: months that an observation may be off


class Uses(NamedTuple):
    """U observations of opened projects by the end of the period."""

    project: Ints  #: (U,) position in the frame of projects
    months: Floats  #: (U,) since it was opened
    used: Floats  #: (U,) in its unit of capacity
    file: Ints  #: (U,)
    row: Ints  #: (U,)


def open_uses(opened: Opened, frame: Frame) -> Uses:
    """The observations; none where there is no such table."""
    if not opened.has("uses"):
        empty = np.zeros(0, dtype=np.int64)
        return Uses(empty, np.zeros(0), np.zeros(0), empty, empty)
    uses = opened.frame("uses")
    at, day, used = (
        positions(uses.text("project"), frame.text("project")),
        uses.day("observed_on"),
        uses.number("used_capacity"),
    )
    since = frame.day("opened_on")[at]
    there = np.flatnonzero((at >= 0) & (day <= opened.end) & (day >= since) & np.isfinite(used))
    months = (day[there] - since[there]).astype("timedelta64[D]").astype(np.float64) / MONTH
    return Uses(at[there], months, used[there], uses.file[there], uses.row[there])


def at_ages(uses: Uses, projects: int) -> Floats:
    """Use of each project at AGES, by the nearest observation within NEAR months of each, (R, 3); NaN without."""
    found = np.full((projects, len(AGES)), np.nan)
    for at, age in enumerate(AGES):
        off = np.abs(uses.months - age)
        order = np.lexsort((-off, uses.project))
        order = order[off[order] <= NEAR]
        found[uses.project[order], at] = uses.used[order]  # the nearest comes last and stays
    return found
