"""Inspected: reported figures that inspections found to be lower than reported, again and again.

An inspection by somebody else that differs beyond its tolerance may do so either way; and it may differ as often as
elsewhere. What counts is a body whose figures are better than what was found, and that two inspectors saw it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, figures_at, places_of
from minping.audit.frames import Frame
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import Official
from minping.stats.exceedance import more_than_elsewhere
from minping.stats.groups import codes, counts
from minping.stats.tails import binomial
from minping.words import Text

NO_VISITS = Text(
    "本期没有上级或第三方的核查，或没有同时写明上报数和核实数",
    "no inspection of the period by a body above or a third party tells both what was reported and what was found",
)
ALONE = Text("没有一个单位由两名以上核查员核过", "no body was inspected by two inspectors")


class Visits(NamedTuple):
    """R inspections by others of the period."""

    frame: Frame
    row: Ints  #: (R,) row of the frame
    body: Ints  #: (R,)
    better: Floats  #: (R,) reported less found in the direction that flatters; 0 within tolerance
    inspector: Ints  #: (R,) a number for each


class Counted(NamedTuple):
    """Of each of N bodies, (N,) each."""

    visits: Floats
    better: Floats  #: reported better than found, beyond tolerance
    worse: Floats
    seen_by: Floats  #: inspectors who found so
    inspectors: Floats


def found_below(opened: Opened) -> Cases | Text:
    """Bodies whose reports were better than what others found."""
    visits = open_visits(opened)
    if not visits.row.size:
        return NO_VISITS
    n = opened.bodies
    told = count(visits.body, visits.better, visits.inspector, n)
    if not (told.inspectors >= 2).any():
        return ALONE
    share = float(told.better.sum() / told.visits.sum())
    flagged = visits.better > 0
    at = visits.row[flagged]
    frame = visits.frame
    case, row = reported_rows(opened.history.official, frame, at)
    official = opened.history.official

    def say(body: int) -> Text:
        mine = (visits.body == body) & flagged
        rows = visits.row[mine]
        ratio = float(np.median(frame.number("found_value")[rows] / frame.number("reported_value")[rows]))
        counted = int(told.better[body]), int(told.visits[body]), int(told.worse[body]), int(told.seen_by[body])
        return Text(
            f"他人核查 {counted[1]} 次，{counted[0]} 次上报好于核实（{counted[3]} 名核查员），{counted[2]} 次相反；核实数中位为上报数的 {ratio:.0%}；各单位合计 {share:.0%} 好于核实",
            f"{counted[0]} of {counted[1]} inspections by others found less than was reported ({counted[3]} inspectors), {counted[2]} the opposite; what was found is {ratio:.0%} of what was reported in the middle; {share:.0%} in all bodies",
        )

    return Cases(
        body=np.arange(n),
        about=[""] * n,
        observed=told.better,
        expected=told.visits * share,
        n=told.visits,
        p=chance(told),
        say=say,
        places=figures_at(official, case, row),
        beside=places_of(frame.body[at], frame.file[at], frame.row[at]),
    )


def open_visits(opened: Opened) -> Visits:
    """The inspections of the period that a body did not make itself."""
    frame = opened.frame("inspections")
    reported, found = frame.number("reported_value"), frame.number("found_value")
    others = frame.text("inspected_by") != "self"
    kept = opened.inside(frame.day("visited_on")) & others & np.isfinite(reported + found) & (frame.body >= 0)
    at = np.flatnonzero(kept)
    lower = {name for name, one in opened.declared.items() if one.direction == "lower"}
    sign = np.where(np.isin(frame.text("indicator")[at], list(lower)), -1.0, 1.0)
    apart = reported[at] - found[at]
    tolerance = np.nan_to_num(frame.number("tolerance")[at])
    who = np.where(frame.text("inspector") != "", frame.text("inspector"), frame.text("inspected_by"))[at]
    number = np.unique(who.astype(str), return_inverse=True)[1].astype(np.int64)
    beyond = np.abs(apart) > tolerance * (1 + 1e-9)
    return Visits(frame, at, frame.body[at], np.where(beyond, sign * apart, 0.0), number)


def count(body: Ints, better: Floats, inspector: Ints, bodies: int) -> Counted:
    """Counts by body of visits, of those that found less and more, and of inspectors."""

    def each(which: Bools) -> Floats:
        return counts(body[which], bodies).astype(np.float64)

    def inspectors(which: Bools) -> Floats:
        pair = np.unique(np.stack([body[which], inspector[which]], axis=1), axis=0)
        return counts(pair[:, 0], bodies).astype(np.float64)

    every = np.ones(body.size, dtype=np.bool_)
    return Counted(each(every), each(better > 0), each(better < 0), inspectors(better > 0), inspectors(every))


def chance(told: Counted) -> Floats:
    """P of so many visits that found less than was reported, (N,).

    The lesser of two exact p-values, twice: were errors of either sign alike (sign test), and were such visits dealt at
    random among those of all bodies (Fisher). 1 where fewer than two inspectors saw it; NaN for a body that fewer than two inspectors visited.
    """
    apart = told.better + told.worse
    sign = np.where(apart > 0, binomial(told.better, apart, np.full(apart.shape, 0.5)), 1.0)
    peers = more_than_elsewhere(told.better, told.visits)
    p = np.minimum(1.0, 2 * np.fmin(sign, peers))
    p = np.where((told.seen_by >= 2) & (told.better > told.worse), p, 1.0)
    return np.where(told.inspectors >= 2, p, np.nan)


def reported_rows(official: Official, frame: Frame, at: Ints) -> tuple[Ints, Ints]:
    """The official rows that hold the reported values of some inspections: the body of each, and its position."""
    known = {name: number for number, name in enumerate(official.indicators)}
    names = frame.text("indicator")[at]
    series = np.array([known.get(name, -1) for name in names.tolist()], dtype=np.int64)
    there = series >= 0
    asked = int(there.sum())
    values = np.concatenate([frame.number("reported_value")[at][there], official.value])
    one = codes(
        np.concatenate([frame.body[at][there], official.body.astype(np.int64)]),
        np.concatenate([series[there], official.indicator.astype(np.int64)]),
        np.unique(values, return_inverse=True)[1].astype(np.int64),
    )
    row = np.flatnonzero(np.isin(one[asked:], one[:asked]))
    return official.body[row].astype(np.int64), row
