"""Unused: projects that were completed and never opened, or opened and never used (已建未用)."""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, broken, places_of
from minping.audit.opened import Opened
from minping.audit.vanity.uses import open_uses
from minping.model.arrays import Bools, Floats
from minping.stats.groups import sums
from minping.words import Text

NOTHING_BUILT = Text("没有考核期末以前完工或投用的项目", "no project was completed or opened by the end of the period")


def built_not_used(opened: Opened) -> Cases | Text:
    """Projects without opening so many days after completion, or without any use so many days after opening."""
    frame, limit = opened.frame("projects"), opened.rules.projects.unused_days
    completed, begun = (
        np.where(day <= opened.end, (opened.end - day).astype("timedelta64[D]").astype(np.float64), np.nan)
        for day in (frame.day("completed_on"), frame.day("opened_on"))
    )
    if not np.isfinite(np.fmax(completed, begun)).any():
        return NOTHING_BUILT
    uses = open_uses(opened, frame)
    observed = sums(uses.project, np.ones(uses.used.size), len(frame)) > 0
    most = np.where(observed, sums(uses.project, uses.used, len(frame)), frame.number("used_capacity"))
    found, known, days = unused(completed, begun, most, limit)
    rows = np.flatnonzero(known & (frame.body >= 0))
    names = frame.text("project")

    def say(at: int) -> Text:
        row = rows[at]
        if np.isnan(begun[row]):
            return Text(
                f"完工 {completed[row]:.0f} 天，没有投用", f"completed {completed[row]:.0f} days ago and not opened"
            )
        return Text(
            f"投用 {begun[row]:.0f} 天，记录的使用为零",
            f"opened {begun[row]:.0f} days ago, and its recorded use is nought",
        )

    places = places_of(np.arange(rows.size), frame.file[rows], frame.row[rows])
    about, limits, n = [names[row] for row in rows.tolist()], np.full(rows.size, limit), np.ones(rows.size)
    return Cases(frame.body[rows], about, days[rows], limits, n, broken(found[rows]), say, places)


def unused(completed: Floats, begun: Floats, used: Floats, limit: float) -> tuple[Bools, Bools, Floats]:
    """Whether each project lies unused, whether that can be told, and for how many days it has stood; (R,) each.

    Args:
        completed: days since it was completed; NaN where it is not
        begun: days since it was opened; NaN where it is not
        used: all its use that was recorded; NaN where nothing is
        limit: days
    """
    closed = np.isnan(begun)
    known = np.where(closed, np.isfinite(completed), np.isfinite(used) | (begun <= limit))
    days = np.where(closed, completed, begun)
    found = known & (days > limit) & (closed | (used <= 0))
    return np.asarray(found, dtype=np.bool_), np.asarray(known, dtype=np.bool_), days
