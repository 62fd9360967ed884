"""Met: targets beside what became of them, one entry for each target with an actual figure.

How far a target was met is counted in the direction that is meant: with `at_most` (以内), or an indicator of which less is
better, below the target is more than met. A range counts by its nearer edge. Targets in other units than the figures
(fifty times as large, or as small) are left out: the loader names them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from minping.audit.cases import places_of
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.model.findings import Places
from minping.stats.groups import codes
from minping.words import Text

COLUMNS = ("body", "period", "series", "target", "actual", "over", "lower")
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
    over: Floats  #: (C,) (actual / target − 1), above nought where the target is more than met
    lower: Bools  #: (C,) less is better
    places: Places  #: (C,) one row each

    def only(self, kept: Bools) -> Met:
        """Some of them."""
        at = np.flatnonzero(kept)
        parts = {name: getattr(self, name)[at] for name in COLUMNS}
        return replace(self, **parts, places=Places(np.arange(at.size), self.places.file[at], self.places.row[at]))


def met(opened: Opened, *, inside: bool = True) -> Met:
    """The targets that can be set beside figures; `inside`: those of the audited period and the periods within it only."""
    frame, history = opened.frame("targets"), opened.history
    period = _positions(frame.text("period"), history.periods)
    series = _positions(frame.text("indicator"), history.names)
    target, body = frame.number("target"), frame.body
    usable = (period >= 0) & (series >= 0) & (target > 0)
    if inside:
        usable &= np.where(period >= 0, history.inside(opened.period)[np.maximum(period, 0)], False)
    at = np.flatnonzero(usable)
    period, series, target, body = period[at], series[at], target[at], body[at]
    actual = history.taken(history.official.value, history.row[period, body, series])
    lower = _lower(opened, frame.text("qualifier")[at], series)
    high = frame.number("target_high")[at]
    edge = np.where(lower & np.isfinite(high), high, target)
    over = np.where(lower, 1.0, -1.0) * (1.0 - actual / edge)
    places = places_of(np.arange(at.size), frame.file[at], frame.row[at])
    found = Met(body, period, series, edge, actual, over, lower, places)
    return found.only(~_other_unit(found))


def _positions(words: np.ndarray[tuple[int], np.dtype[np.object_]], known: tuple[str, ...]) -> Ints:
    """Position of each word among the known ones, -1 for others; (R,)."""
    position = {word: at for at, word in enumerate(known)}
    distinct, place = np.unique(words.astype(str), return_inverse=True)
    return np.array([position.get(word, -1) for word in distinct.tolist()], dtype=np.int64)[place]


def _lower(opened: Opened, qualifier: np.ndarray[tuple[int], np.dtype[np.object_]], series: Ints) -> Bools:
    """Where less is better: by the indicator's direction, or else by `at_most`."""
    names = opened.history.names
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
