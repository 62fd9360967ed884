"""Revisions: first releases that later ones take back, one-signed, by body and series.

A first release above the later one is what padding leaves behind. Where five bodies or more have revisions of a period,
what all of them share (a new base, a census) is taken off. Figures revised on one day count as one revision.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, figures_at
from minping.audit.opened import Opened
from minping.model.arrays import Floats, Ints
from minping.model.evidence import NO_DATE
from minping.stats.groups import codes, counts, distinct, first_rows, sums
from minping.stats.robust import above_middle
from minping.stats.signs import signs
from minping.words import Text

SHARED_FROM = 5  #: bodies from which what they share is told
ONE_VINTAGE = Text(
    "没有修订前后的两版数：缺少各次发布（released_on）",
    "no figure has two releases: missing vintages (released_on)",
)


class Revised(NamedTuple):
    """R revisions of one series."""

    series: str
    body: Ints  #: (R,)
    change: Floats  #: (R,) logarithm of first over latest, in the direction that flatters, less what all share
    event: Ints  #: (R,) a number for each body and day of the latest release
    first: Ints  #: (R,) position in `Official`
    latest: Ints  #: (R,)


def one_signed(opened: Opened) -> Cases | Text:
    """Bodies whose first releases are taken back again and again."""
    found = [one for one in (revised(opened, name) for name in _series(opened)) if one.body.size]
    if not found:
        return ONE_VINTAGE
    bodies, official = opened.bodies, opened.history.official
    judged = [judge(one.body, one.change, one.event, bodies) for one in found]
    titles = [opened.declared[one.series].title for one in found]

    def say(case: int) -> Text:
        which, body = divmod(case, bodies)
        told, title = judged[which], titles[which]
        up, down, mean = int(told.up[body]), int(told.down[body]), np.expm1(told.mean[body])
        return Text(
            f"{title.zh}修订 {up + down} 次，{up} 次是初次发布偏高；扣除各单位共同的修订，初次发布平均偏高 {mean:.1%}",
            f"{title.en} was revised {up + down} times, {up} of the first releases too high; beyond what all bodies share, first releases were {mean:.1%} too high on average",
        )

    case = np.concatenate([one.body + number * bodies for number, one in enumerate(found)])
    first, latest = (np.concatenate([getattr(one, name) for one in found]) for name in ("first", "latest"))
    return Cases(
        body=np.tile(np.arange(bodies), len(found)),
        about=[one.series for one in found for _ in range(bodies)],
        observed=np.concatenate([one.mean for one in judged]),
        expected=np.zeros(bodies * len(found)),
        n=np.concatenate([one.up + one.down for one in judged]),
        p=np.concatenate([one.p for one in judged]),
        say=say,
        places=figures_at(official, case, first),
        beside=figures_at(official, case, latest),
    )


def _series(opened: Opened) -> list[str]:
    """Levels, and indicators with a direction; no parts of them."""
    wanted = [name for name, one in opened.declared.items() if name in opened.rules.levels or one.direction]
    return [name for name in wanted if opened.history.at(name) >= 0 and not opened.declared[name].part_of]


def revised(opened: Opened, series: str) -> Revised:
    """The revisions of a series, of periods as long as the audited one and not after it."""
    history, official = opened.history, opened.history.official
    like, at = history.like(opened.period), history.at(series)
    first, latest, releases = (cube[like, :, at] for cube in (history.first, history.row, history.releases))
    before, after = history.taken(official.value, first), history.taken(official.value, latest)
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where((releases > 1) & (before > 0) & (after > 0), np.log(before / after), np.nan)
    change *= -1.0 if opened.declared[series].direction == "lower" else 1.0
    period, body = np.nonzero(np.isfinite(change))
    shared = _shared(change)
    first, latest = first[period, body], latest[period, body]
    day = np.full(body.size, NO_DATE) if official.released_on is None else official.released_on[latest]
    return Revised(series, body, change[period, body] - shared[period], codes(body, distinct(day)[1]), first, latest)


def _shared(change: Floats) -> Floats:
    """The median revision of each period, (P,); nought where few bodies have one."""
    many = np.isfinite(change).sum(axis=1) >= SHARED_FROM
    shared = np.zeros(len(change))
    if many.any():
        shared[many] = np.nanmedian(change[many], axis=1)
    return shared


class Told(NamedTuple):
    """Of each of N bodies, (N,) each."""

    up: Floats  #: revisions whose first release was too high
    down: Floats
    mean: Floats
    p: Floats


def judge(body: Ints, change: Floats, event: Ints, bodies: int) -> Told:
    """P of first releases so often or so far too high, (N,).

    The lesser of two p-values, twice: of so many first releases too high (exact sign test), and of a mean so far above
    those of the others (`above_middle`). NaN for a body with fewer than three revisions, or whose revisions are all nought.
    """
    events = int(event.max(initial=-1)) + 1
    mean, home = sums(event, change, events) / counts(event, events), body[first_rows(event, events)]
    found, n = signs(mean, home, bodies), counts(home, bodies)
    usual = above_middle(np.where(n > 2, found.mean, np.nan))
    p = np.minimum(1.0, 2 * np.fmin(found.p_up, usual))
    p = np.where(found.mean > 0, p, 1.0)
    return Told(found.up, found.down, found.mean, np.where((n > 2) & (found.up + found.down > 0), p, np.nan))
