"""Met: targets beside what became of them, one entry for each target with an actual figure.

How far a target was met is counted in the direction that is meant: with `at_most` (以内), or an indicator of which less is
better, below the target is more than met. A range counts by its nearer edge. Targets in other units than the figures
(fifty times as large, or as small) are left out: the loader names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from minping.audit.cases import places_of
from minping.audit.frames import Frame, Words
from minping.audit.matching import positions
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.model.findings import Places
from minping.stats.groups import codes
from minping.words import Text

COLUMNS = ("body", "period", "series", "target", "actual", "over", "lower")
WHOLE = 100.0  #: a percentage that can't be exceeded: to reach it exactly is no sign
FAR = 50.0  #: times, from which units differ
NO_TARGETS = Text("没有可与完成数对照的目标", "no target stands beside an actual figure in the same unit")


@dataclass(frozen=True, slots=True)
class Met:
    """C targets."""

    body: Ints  #: (C,)
    period: Ints  #: (C,) position in the history
    series: Ints  #: (C,) position in the history
    target: Floats  #: (C,) above nought
    actual: Floats  #: (C,) NaN where there is none yet
    over: (
        Floats  #: (C,) (actual / target − 1), above nought where the target is more than met; NaN also for 100 per cent
    )
    lower: Bools  #: (C,) less is better
    places: Places  #: (C,) one row each

    def only(self, kept: Bools) -> Met:
        """Some of them."""
        at = np.flatnonzero(kept)
        parts = {name: getattr(self, name)[at] for name in COLUMNS}
        return replace(self, **parts, places=Places(np.arange(at.size), self.places.file[at], self.places.row[at]))


def met(opened: Opened, *, inside: bool = True) -> Met:
    """The targets that can be set beside figures; `inside`: those of the audited period and the periods within it only."""
    history = opened.history
    frame = in_force(opened)
    period, series = (
        positions(frame.text(column), np.array(known, dtype=object))
        for column, known in (("period", history.periods), ("indicator", history.names))
    )
    target, body = frame.number("target"), frame.body
    usable = (period >= 0) & (series >= 0) & (target > 0)
    if inside:
        usable &= np.where(period >= 0, history.inside(opened.period)[np.maximum(period, 0)], False)
    at = np.flatnonzero(usable)
    period, series, target, body = period[at], series[at], target[at], body[at]
    actual = history.taken(history.official.value, history.row[period, body, series])
    lower = less_is_better(opened, frame.text("qualifier")[at], history.names, series)
    high = frame.number("target_high")[at]
    edge = np.where(lower & np.isfinite(high), high, target)
    over = np.where(lower, 1.0, -1.0) * (1.0 - actual / edge)
    over = np.where(~lower & (edge >= WHOLE) & _is_share(opened)[series], np.nan, over)
    places = places_of(np.arange(at.size), frame.file[at], frame.row[at])
    found = Met(body, period, series, edge, actual, over, lower, places)
    return found.only(~_other_unit(found))


def in_force(opened: Opened) -> Frame:
    """The targets, of several of one body, period and figure only the one set last by the end of the audited period.

    One without a day gives way to one with; of those set later the first stands where there is no other.
    """
    frame = opened.frame("targets")
    if not len(frame):
        return frame
    period, figure = (
        np.unique(frame.text(name).astype(str), return_inverse=True)[1] for name in ("period", "indicator")
    )
    day = frame.day("set_on")
    told = np.where(np.isnat(day), 0, day.astype(np.int64))
    turn = np.where(day > opened.end, -told, told)
    cell = codes(frame.body, period.astype(np.int64), figure.astype(np.int64))
    order = np.lexsort((turn, cell))
    last = np.r_[np.diff(cell[order]) != 0, True]
    return frame.only(np.sort(order[last]))


def _is_share(opened: Opened) -> Bools:
    """Which series are percentages, (L,)."""
    names = opened.history.names
    return np.array([name in opened.declared and opened.declared[name].kind == "share" for name in names], np.bool_)


def less_is_better(opened: Opened, qualifier: Words, names: Sequence[str], series: Ints) -> Bools:
    """Where less is better: by the direction of the figure (a position in `names`), or else by `at_most`; (R,)."""
    declared = [opened.declared[name].direction if name in opened.declared else None for name in names]
    less = np.array([one == "lower" for one in declared], dtype=np.bool_)
    told = np.array([one in ("lower", "higher") for one in declared], dtype=np.bool_)
    return np.asarray(np.where(told[series], less[series], qualifier == "at_most"), dtype=np.bool_)


def _other_unit(found: Met) -> Bools:
    """Targets of a series in a body whose ratio to the figures is beyond FAR in the median; (C,)."""
    if not found.body.size:
        return np.zeros(0, dtype=np.bool_)
    cell = codes(found.body, found.series)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.abs(np.log(np.where(found.actual > 0, found.actual, np.nan) / found.target))
    far = np.bincount(cell, ratio > np.log(FAR)) * 2 > np.maximum(np.bincount(cell, np.isfinite(ratio)), 1)
    return np.asarray(far[cell])
