"""Deadlines: what is closed just before the deadline (突击办结), far more than elsewhere.

Tasks: within a few days before they are due. Requests: within the last twentieth of the time allowed.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, places_of
from minping.audit.frames import Frame
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.stats.exceedance import marked_in_groups
from minping.words import Text

FEWEST = 8  #: closed before the deadline, of a body
LAST_PART = 0.05  #: of the time that a request has
NO_DEADLINES = Text("没有按时办结且有时限的事项", "nothing with a deadline was closed in time")


def rushed_tasks(opened: Opened) -> Cases | Text:
    """Tasks closed in the last days before they were due, among those closed in time."""
    frame = opened.frame("tasks")
    left = (frame.day("due_on") - frame.day("closed_on")).astype(np.float64)
    left = np.where(np.isnat(frame.day("due_on")) | np.isnat(frame.day("closed_on")), np.nan, left)
    days = opened.rules.targets.deadline_days
    in_time = (left >= 0) & opened.inside(frame.day("due_on"))
    words = Text(f"期限前 {days:g} 天内", f"in the last {days:g} days")
    return _cases(opened, frame, in_time, left < days, words)


def rushed_requests(opened: Opened) -> Cases | Text:
    """Requests closed in the last twentieth of the time allowed, among those closed in time."""
    frame = opened.frame("requests")
    start, due, closed = (frame.day(name) for name in ("opened_at", "due_at", "closed_at"))
    with np.errstate(divide="ignore", invalid="ignore"):
        spent, given = (
            np.where(np.isnat(one) | np.isnat(start), np.nan, (one - start).astype(np.float64)) for one in (closed, due)
        )
        share = np.where(given > 0, spent / given, np.nan)
    in_time = (share <= 1) & opened.inside(due)
    words = Text("时限的最后二十分之一内", "in the last twentieth of the time allowed")
    return _cases(opened, frame, in_time, share > 1 - LAST_PART, words)


def _cases(opened: Opened, frame: Frame, in_time: Bools, late: Bools, words: Text) -> Cases | Text:
    kept = np.flatnonzero(in_time)
    if not kept.size:
        return NO_DEADLINES
    body, rushed = frame.body[kept], late[kept]
    found, size, p = judged(body, rushed, opened.bodies)
    usual = size * found.sum() / max(size.sum(), 1.0)
    at = kept[rushed]

    def say(at: int) -> Text:
        return Text(
            f"按时办结的 {size[at]:.0f} 件中 {found[at]:.0f} 件在{words.zh}办结，各单位平均约 {usual[at]:.1f} 件",
            f"of {size[at]:.0f} closed in time {found[at]:.0f} were closed {words.en}; about {usual[at]:.1f} would, as elsewhere",
        )

    places = places_of(frame.body[at], frame.file[at], frame.row[at])
    return Cases(np.arange(opened.bodies), [""] * opened.bodies, found, usual, size, p, say, places)


def judged(body: Ints, rushed: Bools, bodies: int) -> tuple[Floats, Floats, Floats]:
    """Rushed ones, all, and P(so many or more) were they dealt at random (Fisher); (N,) each."""
    return marked_in_groups(rushed, body, bodies, FEWEST)
