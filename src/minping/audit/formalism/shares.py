"""Shares: bodies where more tasks or inspections are of one kind than among all bodies (Fisher's exact test)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minping.audit.cases import Cases
from minping.audit.formalism.by_body import by_body
from minping.audit.formalism.closed import open_closed
from minping.audit.frames import Frame
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats
from minping.stats.exceedance import more_than_elsewhere
from minping.stats.groups import counts
from minping.words import Text

NO_LOOK_BACK = Text("本期没有对办结事项回头看", "no closed task was looked back at in the period")
NO_INSPECTIONS = Text("本期的核查没有写明由谁核查", "no inspection of the period tells who made it")


def without_outcome(opened: Opened) -> Cases | Text:
    """Tasks closed without the value of an outcome."""
    found = open_closed(opened)
    if isinstance(found, Text):
        return found
    if not (found.outcome & found.closed).any():
        return Text(
            "办结的事项都没有结果数值，无从比较", "no closed task tells an outcome: there is nothing to compare"
        )

    def say(found: int, of: int, share: float) -> Text:
        return Text(
            f"办结 {of} 件，{found} 件没有结果数值；各单位合计 {share:.0%}",
            f"{found} of {of} tasks closed without an outcome; {share:.0%} in all bodies",
        )

    return above_others(opened, found.frame, found.closed, ~found.outcome, say)


def unchecked(opened: Opened) -> Cases | Text:
    """Tasks closed without a check by others than the body: on site, unannounced, by call-back, by data."""
    found = open_closed(opened)
    if isinstance(found, Text):
        return found
    if not (found.checked & found.closed).any():
        return Text("办结的事项都没有核查，无从比较", "no closed task was checked: there is nothing to compare")

    def say(found: int, of: int, share: float) -> Text:
        return Text(
            f"办结 {of} 件，{found} 件没有他人现场、暗访、回访或数据核查，也没有问服务对象；各单位合计 {share:.0%}",
            f"{found} of {of} tasks closed without anybody else checking on site, unannounced, by call-back or by data, "
            f"nor asking the one served; {share:.0%} in all bodies",
        )

    return above_others(opened, found.frame, found.closed, ~found.checked, say)


def reopened(opened: Opened) -> Cases | Text:
    """Tasks taken up again when they were looked back at."""
    frame = opened.frame("tasks")
    looked = opened.inside(frame.day("lookback_on")) & (frame.body >= 0)
    if not looked.any():
        return NO_LOOK_BACK
    day = frame.day("reopened_on")
    back = (frame.text("state") == "reopened") | ~np.isnat(day)
    after = back & ~(day < frame.day("lookback_on"))

    def say(found: int, of: int, share: float) -> Text:
        return Text(
            f"回头看 {of} 件，{found} 件重开；各单位合计 {share:.0%}",
            f"{found} of {of} tasks looked back at were taken up again; {share:.0%} in all bodies",
        )

    return above_others(opened, frame, looked, after, say)


def inspected_by_itself(opened: Opened) -> Cases | Text:
    """Inspections that a body made of itself."""
    frame = opened.frame("inspections")
    told = opened.inside(frame.day("visited_on")) & (frame.text("inspected_by") != "") & (frame.body >= 0)
    if not told.any():
        return NO_INSPECTIONS

    def say(found: int, of: int, share: float) -> Text:
        return Text(
            f"核查 {of} 次，{found} 次是自查；各单位合计 {share:.0%}",
            f"{found} of {of} inspections were made by the body itself; {share:.0%} in all bodies",
        )

    return above_others(opened, frame, told, frame.text("inspected_by") == "self", say)


def above_others(
    opened: Opened, frame: Frame, among: Bools, marked: Bools, say: Callable[[int, int, float], Text]
) -> Cases:
    """One case for each body: how many `marked` rows it has `among` so many, were they drawn from those of all bodies.

    `say` is told how many were found, of how many, and the share in all bodies.
    """
    rows = among & marked
    size = counts(frame.body[among], opened.bodies).astype(np.float64)
    found = counts(frame.body[rows], opened.bodies).astype(np.float64)
    share = float(found.sum() / size.sum())
    return by_body(
        frame,
        rows,
        chance(found, size),
        lambda body: say(int(found[body]), int(size[body]), share),
        observed=found,
        expected=size * share,
        n=size,
    )


def chance(found: Floats, size: Floats) -> Floats:
    """P of so many marked rows or more among the `size` rows of each body, dealt at random among all; (N,)."""
    return more_than_elsewhere(found, size)
