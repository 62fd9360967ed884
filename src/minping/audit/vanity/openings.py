"""Openings: projects opened in the days before an assessment or a change of office, more than such days are."""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, places_of
from minping.audit.frames import Days
from minping.audit.opened import Opened
from minping.model.arrays import Ints
from minping.stats.event_dates import Clustered, before_days
from minping.words import Text

NO_OPENINGS = Text("没有考核期末以前投用的项目", "no project was opened by the end of the period")


def openings(opened: Opened) -> Cases | Text:
    """Bodies whose openings of all years until the end of the period cluster before such days; exact binomial."""
    frame, within = opened.frame("projects"), round(opened.rules.projects.opening_days)
    day = frame.day("opened_on")
    there = np.flatnonzero((day <= opened.end) & (frame.body >= 0))
    if not there.size:
        return NO_OPENINGS
    start = day[there].min().astype("datetime64[Y]").astype("datetime64[D]")
    ahead_of, owner = marked_days(opened, start)
    found = clustered(day[there], frame.body[there], opened.bodies, (ahead_of, owner), within, (start, opened.end))
    inside, events = found.inside.sum(), found.events.sum()
    usual = float((found.share * found.events).sum() / events)

    def say(body: int) -> Text:
        return Text(
            f"投用 {found.events[body]:.0f} 个，{found.inside[body]:.0f} 个在考核或换届前 {within} 天内；这些天占 {found.share[body]:.0%}。"
            f"各单位合计 {events:.0f} 个中 {inside:.0f} 个（{inside / events:.0%}），这些天占 {usual:.0%}",
            f"{found.inside[body]:.0f} of {found.events[body]:.0f} openings lie within {within} days before an assessment or "
            f"a change of office; such days are {found.share[body]:.0%} of all. In all bodies {inside:.0f} of {events:.0f} "
            f"({inside / events:.0%}), such days being {usual:.0%}",
        )

    places = places_of(frame.body[there], frame.file[there], frame.row[there])
    expected = found.share * found.events
    bodies = np.arange(opened.bodies)
    return Cases(bodies, [""] * opened.bodies, found.inside, expected, found.events, found.p, say, places)


def clustered(
    day: Days,
    body: Ints,
    bodies: int,
    marked: tuple[Days, Ints],
    within: int,
    span: tuple[np.datetime64, np.datetime64],
) -> Clustered:
    """How many openings of each body lie before the marked days, which are a body's own or (−1) all bodies', (N,)."""
    ahead_of, owner = marked
    start, end = (int(one.astype("datetime64[D]").astype(np.int64)) for one in span)
    at = day.astype("datetime64[D]").astype(np.int64), ahead_of.astype("datetime64[D]").astype(np.int64)
    return before_days(at[0], body, bodies, at[1], within=within, start=start, end=end + 1, owner=owner)


def marked_days(opened: Opened, start: np.datetime64) -> tuple[Days, Ints]:
    """Days of assessments, or else the ends of years; and the ends of terms, each of its body."""
    if opened.rules.assessed_on:
        assessed = np.array(opened.rules.assessed_on, dtype="datetime64[D]")
    else:
        years = np.arange(start.astype("datetime64[Y]"), opened.end.astype("datetime64[Y]") + 1)
        assessed = (years + 1).astype("datetime64[D]") - 1
    terms, position = opened.evidence.terms, opened.evidence.bodies.position()
    told = [
        (day, position[body]) for day, body in zip(terms.end_on, terms.bodies, strict=True) if day and body in position
    ]
    ends = np.array([day for day, _ in told], dtype="datetime64[D]")
    owner = np.array([body for _, body in told], dtype=np.int64)
    return np.concatenate([assessed, ends]), np.concatenate([np.full(assessed.size, -1), owner])
