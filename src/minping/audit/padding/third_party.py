"""Third party: what a body reports beside what another reporter tells of the same thing.

Where most bodies' two figures agree, one that is better than the other reporter's is named as it stands. Where scopes
differ throughout, a body is named whose gap lies above that of the others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, figures_at
from minping.audit.opened import Opened
from minping.audit.precision import decimals_of
from minping.model.arrays import Floats, Ints
from minping.model.evidence import NO_DATE, REPORTERS
from minping.stats.groups import codes
from minping.stats.robust import above_middle
from minping.words import Text

MOST = 0.5  #: of the pairs of figures, from which agreement is the rule
NO_PAIRS = Text(
    "没有同一单位、同一期、同一指标由另一方报出的数（reporter），也没有声明的对照数列（source.check）",
    "no figure of a body, period and indicator comes from another reporter too, nor is a series declared to check it by",
)


class Pairs(NamedTuple):
    """R figures of one series told by the body and by another."""

    series: str
    body: Ints  #: (R,)
    own: Ints  #: (R,) position in `Official`
    other: Ints  #: (R,)
    gap: Floats  #: (R,) logarithm of own over other, in the direction that flatters
    agrees: Floats  #: (R,) 1: the same but for rounding


def above_third_party(opened: Opened) -> Cases | Text:
    """Figures that are better than what another reporter tells."""
    found = [one for one in (pairs(opened, name) for name in opened.declared) if one.body.size]
    if not found:
        return NO_PAIRS
    bodies, official = opened.bodies, opened.history.official
    judged = [judge(one.body, one.gap, one.agrees, bodies) for one in found]

    def say(case: int) -> Text:
        which, body = divmod(case, bodies)
        one, title = found[which], opened.declared[found[which].series].title
        mine = np.flatnonzero(one.body == body)
        at = int(mine[np.argmax(one.gap[mine])])
        own, other = official.value[one.own[at]], official.value[one.other[at]]
        agree = float(one.agrees.mean())
        return Text(
            f"{title.zh}：本单位报 {own:.6g}，另一方报 {other:.6g}；各单位两方一致的占 {agree:.0%}",
            f"{title.en}: the body reports {own:.6g}, another reporter {other:.6g}; {agree:.0%} of such pairs agree in all bodies",
        )

    case = np.concatenate([one.body + number * bodies for number, one in enumerate(found)])
    own, other = (np.concatenate([getattr(one, name) for one in found]) for name in ("own", "other"))
    return Cases(
        body=np.tile(np.arange(bodies), len(found)),
        about=[one.series for one in found for _ in range(bodies)],
        observed=np.concatenate([gap for gap, _ in judged]),
        expected=np.zeros(bodies * len(found)),
        n=np.concatenate([np.bincount(one.body, minlength=bodies) for one in found]).astype(np.float64),
        p=np.concatenate([p for _, p in judged]),
        say=say,
        places=figures_at(official, case, own),
        beside=figures_at(official, case, other),
    )


def judge(body: Ints, gap: Floats, agrees: Floats, bodies: int) -> tuple[Floats, Floats]:
    """Mean gap of each body, and p: 0 or 1 where agreement is the rule, else of a gap so far above the others'; (N,)."""
    n = np.bincount(body, minlength=bodies).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(body, gap, minlength=bodies) / n
    if agrees.mean() >= MOST:
        apart = np.bincount(body, (agrees < 1) & (gap > 0), minlength=bodies) > 0
        return mean, np.where(n > 0, np.where(apart & (mean > 0), 0.0, 1.0), np.nan)
    return mean, np.where(mean > 0, above_middle(mean), np.where(n > 0, 1.0, np.nan))


def pairs(opened: Opened, series: str) -> Pairs:
    """The figures of the audited period (and those within it) told by the body and by another reporter or series."""
    history, official = opened.history, opened.history.official
    one = opened.declared[series]
    inside = history.inside(opened.period)
    if one.checked_by in opened.declared and history.at(one.checked_by) >= 0:
        own, other = (history.rows(name)[inside].ravel() for name in (series, one.checked_by))
    else:
        own, other = _by_reporter(opened, series)
    there = (own >= 0) & (other >= 0)
    own, other = own[there], other[there]
    mine, theirs = official.value[own], official.value[other]
    sign = -1.0 if one.direction == "lower" else 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = sign * np.where((mine > 0) & (theirs > 0), np.log(mine / theirs), np.nan)
    places = decimals_of(np.concatenate([mine, theirs]), one.decimals) if mine.size else None
    slack = 1e-9 * np.abs(mine) if places is None else np.full(mine.size, 10.0**-places * (1 + 1e-9))
    known = np.isfinite(gap)
    agrees = (np.abs(mine - theirs) <= slack).astype(np.float64)
    return Pairs(
        series, official.body[own[known]].astype(np.int64), own[known], other[known], gap[known], agrees[known]
    )


def _by_reporter(opened: Opened, series: str) -> tuple[Ints, Ints]:
    """The latest rows of the body itself and of others for the same cell, side by side."""
    history, official = opened.history, opened.history.official
    nothing: Ints = np.zeros(0, dtype=np.int64)
    if official.reporter is None or history.at(series) < 0:
        return nothing, nothing
    inside = history.inside(opened.period)[official.period] & (official.indicator == history.at(series))
    at = np.flatnonzero(inside & (official.reporter >= 0) & np.isfinite(official.value))
    day = np.full(at.size, NO_DATE) if official.released_on is None else official.released_on[at]
    at = at[np.lexsort((at, day))[::-1]]  # the latest first
    cell = codes(official.period[at].astype(np.int64), official.body[at].astype(np.int64))
    cells = int(cell.max(initial=-1)) + 1
    own = official.reporter[at] == REPORTERS.index("self")
    sides = []
    for which in (own, ~own):
        row = np.full(cells, -1, dtype=np.int64)
        row[cell[which][::-1]] = at[which][::-1]
        sides.append(row)
    return sides[0], sides[1]
