"""Ratchet: a body whose next target rises with what it achieved beyond the last one, more than elsewhere (鞭打快牛).

The slope of the change of its target on how far the last target was exceeded, both as logarithms, is set against the
slope of the other bodies: honest targets that follow the level of a figure have a slope too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases
from minping.audit.opened import Opened
from minping.audit.targets.met import NO_TARGETS, Met, met
from minping.model.arrays import Floats, Ints
from minping.model.findings import Places
from minping.stats.groups import codes, distinct, sums
from minping.words import Text

FEWEST = 6  #: changes of a target, of a body and series
BODIES = 5  #: of a series, that can be compared
NO_SERIES = Text(
    f"没有单位有 {FEWEST} 年以上的目标和完成数", f"no body has targets and figures of more than {FEWEST} years"
)


class Slopes(NamedTuple):
    """One row per group, (G,); NaN where it can't be told."""

    slope: Floats
    elsewhere: Floats  #: of all other groups together
    n: Floats
    p: Floats  #: of a slope so far above theirs


def ratchet(opened: Opened) -> Cases | Text:
    """Targets of periods as long as the audited one, up to it."""
    found = met(opened, inside=False)
    like = opened.history.like(opened.period)
    found = found.only(np.isin(found.period, like) & (found.actual > 0))
    if not found.body.size:
        return NO_TARGETS
    cell, change, beyond, later = _changes(found, like)
    if not cell.size:
        return NO_SERIES
    code, group = distinct(cell)
    told = slopes(change, beyond, group, code.size)
    order = np.lexsort((found.period[later], group))
    row = later[order[np.searchsorted(group[order], np.arange(code.size), side="right") - 1]]  # the latest target
    if not np.isfinite(told.p).sum() >= BODIES:
        return NO_SERIES
    names = opened.history.names

    def say(at: int) -> Text:
        slope, other = f"{told.slope[at]:.2f}", f"{told.elsewhere[at]:.2f}"
        return Text(
            f"上期每超额 1 %，下期目标约多加 {slope} %；其他单位约 {other} %（{told.n[at]:.0f} 次调整）",
            f"for each per cent beyond the last target the next one rises by about {slope} %; elsewhere by {other} % "
            f"({told.n[at]:.0f} changes)",
        )

    about = [names[at] for at in found.series[row].tolist()]
    places = Places(np.arange(row.size), found.places.file[row], found.places.row[row])
    return Cases(found.body[row], about, told.slope, told.elsewhere, told.n, told.p, say, places)


def _changes(found: Met, like: list[int]) -> tuple[Ints, Floats, Floats, Ints]:
    """Group of body and series, change of the target, how far the last one was exceeded, row of the later target."""
    turn = {at: place for place, at in enumerate(like)}
    when = np.array([turn[at] for at in found.period.tolist()], dtype=np.int64)
    cell = codes(found.body, found.series)
    order = np.lexsort((when, cell))
    now, before = order[1:], order[:-1]
    follows = (cell[now] == cell[before]) & (when[now] == when[before] + 1)
    now, before = now[follows], before[follows]
    change = np.log(found.target[now] / found.target[before])
    return cell[now], change, np.log(found.actual[before] / found.target[before]), now


def slopes(change: Floats, beyond: Floats, group: Ints, groups: int) -> Slopes:
    """Least-squares slope of each group and of all others together, each group with an intercept of its own.

    The p-value is of Student's t with n − 2 degrees of freedom, one-sided; the error is the group's, with what the other
    groups' slope adds.
    """
    from scipy.special import stdtr

    n = sums(group, np.ones(group.size), groups)
    x, y = (figures - (sums(group, figures, groups) / np.maximum(n, 1))[group] for figures in (beyond, change))
    xx, xy, yy = (sums(group, part, groups) for part in (x * x, x * y, y * y))
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = xy / xx
        rest = yy - slope * xy
        other_xx, other_xy, other_yy = xx.sum() - xx, xy.sum() - xy, yy.sum() - yy
        elsewhere = other_xy / other_xx
        freedom = n - 2
        other_freedom = np.maximum((n.sum() - n) - (n > 0).sum(), 1)
        variance = rest / freedom / xx + (other_yy - elsewhere * other_xy) / other_freedom / other_xx
        t = (slope - elsewhere) / np.sqrt(variance)
    told = (n >= FEWEST) & np.isfinite(t)
    p = np.where(told, stdtr(np.maximum(freedom, 1), -t), np.nan)
    return Slopes(slope, elsewhere, n, p)
