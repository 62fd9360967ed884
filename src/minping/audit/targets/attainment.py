"""Attainment: targets that the past makes hardly attainable, and targets that hardly anybody would miss.

What a body and its peers grew by before gives a forecast and its error (random effects); the chance to reach the target
is that of Student's t. A target of hardly any chance is unrealistic, one that can hardly be missed is easy (留有余地).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases
from minping.audit.opened import Opened
from minping.audit.targets.met import NO_TARGETS, Met, met
from minping.model.arrays import Bools, Floats, Ints
from minping.stats.attainment import attainment
from minping.words import Text

FEWEST = 3  #: past changes of a series, over all bodies, for each body that has one
NO_PAST = Text("没有足够的历年数据可以推算", "the past has too few figures to forecast from")


class Outlook(NamedTuple):
    """Targets with their chance, C of them."""

    found: Met
    before: Floats  #: (C,) the figure of the period before
    forecast: Floats  #: (C,) change in per cent
    asked: Floats  #: (C,) change in per cent that the target asks for
    chance: Floats  #: (C,) to meet the target


def unrealistic(opened: Opened) -> Cases | Text:
    """Targets with a small chance of attainment."""
    return _cases(opened, hard=True)


def easy(opened: Opened) -> Cases | Text:
    """Targets with a small chance of being missed."""
    return _cases(opened, hard=False)


def _cases(opened: Opened, *, hard: bool) -> Cases | Text:
    told = outlook(opened)
    if isinstance(told, Text):
        return told
    found, names = told.found, opened.history.names
    p = told.chance if hard else 1 - told.chance

    def say(at: int) -> Text:
        grow, asked = f"{told.forecast[at]:+.1f} %", f"{told.asked[at]:+.1f} %"
        chance = f"{100 * told.chance[at]:.1f} %"
        return Text(
            f"目标 {found.target[at]:.6g}，上期 {told.before[at]:.6g}（{asked}）；按历年与同类推算 {grow}，完成的机会约 {chance}",
            f"target {found.target[at]:.6g} after {told.before[at]:.6g} ({asked}); the past of the body and its peers suggests "
            f"{grow}, with a chance of about {chance} to meet it",
        )

    about = [names[at] for at in found.series.tolist()]
    n = np.ones(found.body.size)
    return Cases(found.body, about, told.asked, told.forecast, n, p, say, found.places)


def outlook(opened: Opened) -> Outlook | Text:
    """The chance of every target of the audited period itself, from the changes of the periods before."""
    history = opened.history
    found = met(opened)
    found = found.only(np.array([history.periods[at] == opened.period for at in found.period.tolist()], dtype=np.bool_))
    if not found.body.size:
        return NO_TARGETS
    like = history.run(opened.period)
    if len(like) < 2 + FEWEST or history.periods[like[-1]] != opened.period:
        return NO_PAST
    before, forecast, asked, chance = (np.full(found.body.size, np.nan) for _ in range(4))
    for series in np.unique(found.series).tolist():
        here = np.flatnonzero(found.series == series)
        value = history.taken(history.official.value, history.row[..., series])[like]
        value = np.where(value > 0, value, np.nan)
        body = found.body[here]
        before[here] = value[-2][body]
        change = np.log(found.target[here] / before[here])
        told = chance_of(np.diff(np.log(value[:-1]), axis=0), body, change, found.lower[here])
        forecast[here], chance[here] = 100 * np.expm1(told[0]), told[1]
        asked[here] = 100 * np.expm1(change)
    return Outlook(found, before, forecast, asked, chance) if np.isfinite(chance).any() else NO_PAST


def chance_of(past: Floats, body: Ints, change: Floats, lower: Bools) -> tuple[Floats, Floats]:
    """Forecast change (logarithm) and the chance of the asked one, (C,), from (T, N) past changes.

    Targets of bodies that have no past have no chance (NaN).
    """
    bodies = past.shape[1]
    group = np.broadcast_to(np.arange(bodies), past.shape).ravel()
    asked = np.full(bodies, np.nan)
    asked[body] = change
    told = attainment(past.ravel(), group, bodies, asked)
    known = np.isfinite(past).sum(axis=0) > 0
    chance = np.where(known, told.chance, np.nan)[body]
    return told.forecast[body], np.where(lower, 1 - chance, chance)
