"""Breaks: jumps of a series from one period to the next, those of all bodies told from those of one.

Where nearly all jump together, what is counted (口径) or the unit has changed and nobody said so: the document is asked
for, and nothing is compared across it once it is declared (`scope_changes`). Where one jumps alone, its figure is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, broken, figures_at
from minping.audit.opened import Opened
from minping.audit.padding.drift import same_scope
from minping.model.arrays import Floats, Ints
from minping.stats.robust import above_middle
from minping.stats.scope_breaks import Breaks, scope_breaks
from minping.words import Text

TOGETHER = 0.9  #: of the bodies, from which all jump
STEPS = 3  #: earlier steps, from which what is usual is told
FEWEST = 5  #: bodies with a ratio
NO_STEPS = Text(
    "没有可比的前后两期：数列少于三期，或口径在此期变更",
    "there are no two periods to compare: series of fewer than three periods, or scopes that changed in this one",
)


class Jump(NamedTuple):
    """The last step of one series, and the steps before it."""

    series: str
    before: str  #: the period that the step starts from
    ratio: Floats  #: (N,)
    usual: float  #: ratio of a usual step
    found: Breaks
    row: Ints  #: (N,) of the audited period in `Official`
    row_before: Ints  #: (N,)


def all_together(opened: Opened) -> Cases | Text:
    """Series that jump for nearly all bodies at once, with no change of scope declared."""
    jumps = open_jumps(opened)
    if not jumps:
        return NO_STEPS
    limit = math.log(opened.rules.padding.jump)
    p = [np.where(np.isfinite(one.ratio), broken(np.array(together(one.found, limit))), np.nan) for one in jumps]

    def say(one: Jump, body: int) -> Text:
        title, share = opened.declared[one.series].title, one.found.together[-1]
        common = float(np.exp(one.found.common[-1]))
        return Text(
            f"{title.zh}：{one.before} 到 {opened.period}，{share:.0%} 的单位一起跳变，中位为 {common:.2f} 倍（常年 {one.usual:.2f} 倍），本单位 {one.ratio[body]:.2f} 倍；没有声明口径变更",
            f"{title.en}: from {one.before} to {opened.period} {share:.0%} of the bodies jump together, by {common:.2f} in the middle (usually {one.usual:.2f}), this one by {one.ratio[body]:.2f}; no change of scope is declared",
        )

    return _cases(opened, jumps, p, say)


def one_alone(opened: Opened) -> Cases | Text:
    """Bodies whose figure jumps where the others' do not."""
    jumps = open_jumps(opened)
    if not jumps:
        return NO_STEPS
    limit = math.log(opened.rules.padding.jump)
    p = [alone(one.found, limit) for one in jumps]

    def say(one: Jump, body: int) -> Text:
        title, common = opened.declared[one.series].title, float(np.exp(one.found.common[-1]))
        return Text(
            f"{title.zh}：{one.before} 到 {opened.period} 变为 {one.ratio[body]:.2f} 倍，各单位中位 {common:.2f} 倍；本单位以往与各单位最多相差 {_most(one, body):.2f} 倍",
            f"{title.en}: from {one.before} to {opened.period} by {one.ratio[body]:.2f}, bodies by {common:.2f} in the middle; so far this one was {_most(one, body):.2f} times off the others at most",
        )

    return _cases(opened, jumps, p, say)


def together(found: Breaks, limit: float) -> bool:
    """Whether the last step is a jump of nearly all, in one direction."""
    return bool(abs(found.sudden[-1]) >= limit and found.together[-1] >= TOGETHER)


def alone(found: Breaks, limit: float) -> Floats:
    """P of a body's own last step so far from those of the others, either way, (N,).

    1 where it is smaller than `limit` or than one of the body's own earlier steps; NaN where all jump together, with
    fewer than five bodies, or without earlier steps.
    """
    own = found.own[:, -1]
    nothing = np.full(own.shape, np.nan)
    if together(found, limit) or np.count_nonzero(np.isfinite(own)) < FEWEST:
        return nothing
    p = np.minimum(1.0, 2 * np.fmin(above_middle(own), above_middle(-own)))
    earlier = np.abs(found.own[:, :-1])
    told = np.isfinite(earlier).sum(axis=1) >= STEPS
    most = np.where(np.isfinite(earlier), earlier, 0.0).max(axis=1, initial=0.0)
    far = np.abs(own) >= np.maximum(limit, most)
    return np.where(told & np.isfinite(own), np.where(far, p, 1.0), np.nan)


def open_jumps(opened: Opened) -> list[Jump]:
    """The last step of each declared series of amounts, within one scope."""
    history = opened.history
    like = history.run(opened.period)
    if len(like) < 2 or history.periods[like[-1]] != opened.period:
        return []
    found = []
    for name, one in opened.declared.items():
        if one.kind in ("share", "index") or history.at(name) < 0:
            continue
        kept = [at for at in like if same_scope(one, history.periods[at], opened.period)]
        value = history.value(name)[kept].T
        if len(kept) < 3 or not np.isfinite(value[:, -2:]).all(axis=1).any():
            continue
        breaks = scope_breaks(value, math.log(opened.rules.padding.jump))
        if not np.isfinite(breaks.common[-1]):
            continue
        usual = float(np.exp(np.nanmedian(breaks.common)))
        ratio = np.exp(breaks.own[:, -1] + breaks.common[-1])
        rows = history.rows(name)
        found.append(Jump(name, history.periods[kept[-2]], ratio, usual, breaks, rows[kept[-1]], rows[kept[-2]]))
    return found


def _most(one: Jump, body: int) -> float:
    return float(np.exp(np.nanmax(np.abs(one.found.own[body, :-1]))))


def _cases(opened: Opened, jumps: Sequence[Jump], p: Sequence[Floats], say: Callable[[Jump, int], Text]) -> Cases:
    """One case for each series and body, with this period's row, and that of the one before beside it."""
    official, bodies = opened.history.official, opened.bodies
    row, before = (np.concatenate([getattr(one, name) for one in jumps]) for name in ("row", "row_before"))
    sides = [(np.flatnonzero(rows >= 0), rows[rows >= 0]) for rows in (row, before)]
    places, beside = (figures_at(official, case, at) for case, at in sides)
    return Cases(
        body=np.tile(np.arange(bodies), len(jumps)),
        about=[one.series for one in jumps for _ in range(bodies)],
        observed=np.concatenate([one.ratio for one in jumps]),
        expected=np.concatenate([np.full(bodies, np.exp(one.found.common[-1])) for one in jumps]),
        n=np.concatenate([np.isfinite(one.found.own).sum(axis=1) for one in jumps]).astype(np.float64),
        p=np.concatenate(p),
        say=lambda case: say(jumps[case // bodies], case % bodies),
        places=places,
        beside=beside,
    )
