"""Idleness: how soon projects fall idle after they were opened; those still in use are censored, not left out."""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, places_of
from minping.audit.matching import kinds
from minping.audit.opened import Opened
from minping.audit.vanity.uses import open_uses
from minping.stats.durations import finished_within, product_limit
from minping.stats.stretches import first_stretch, more_begun
from minping.words import Text

QUARTER = 3.0  #: months of an interval of time
SHOWN = 36.0  #: months within which the share that falls idle is told
NO_USES = Text("没有观测到足够久的利用", "the use of no project was observed for long enough")
NO_IDLE = Text(
    "没有闲置满规定月数的项目，无从比较", "no project has been idle for so many months: there is nothing to compare"
)


def time_to_idle(opened: Opened) -> Cases | Text:
    """Bodies more of whose projects fall idle, at the same time since opening as others of their kind; log-rank."""
    frame, limits = opened.frame("projects"), opened.rules.projects
    uses, capacity = open_uses(opened, frame), frame.number("design_capacity")
    low = uses.used < limits.idle_below * capacity[uses.project]
    known = capacity[uses.project] > 0
    waits = first_stretch(np.where(known, uses.project, -1), uses.months, low, len(frame), limits.idle_months)
    watched = np.isfinite(waits.time) & (frame.body >= 0)
    if not watched.any():
        return NO_USES
    if not waits.begun[watched].any():
        return NO_IDLE
    found, expected, p = more_begun(waits, frame.body, opened.bodies, kinds(frame.text("kind")), QUARTER)
    at = np.flatnonzero(watched)
    body, bodies = frame.body[at], opened.bodies
    size = np.bincount(body, minlength=bodies).astype(np.float64)
    curves = [
        finished_within(product_limit(waits.time[at], waits.begun[at], group, groups=groups), SHOWN).share
        for group, groups in ((body, bodies), (np.zeros_like(body), 1))
    ]

    def say(one: int) -> Text:
        mine, all_of_them = (_pct(float(curve[at])) for curve, at in zip(curves, (one, 0), strict=True))
        return Text(
            f"观测 {size[one]:.0f} 个项目，{found[one]:.0f} 个闲置满 {limits.idle_months:g} 个月（利用不足设计的 {limits.idle_below:.0%}），"
            f"按同类同龄应为 {expected[one]:.1f} 个；三年内闲置的比例 {mine}，各单位 {all_of_them}",
            f"{found[one]:.0f} of {size[one]:.0f} projects observed were idle for {limits.idle_months:g} months (below "
            f"{limits.idle_below:.0%} of design), {expected[one]:.1f} would be as with others of their kind and age; idle "
            f"within three years {mine}, in all bodies {all_of_them}",
        )

    rows = np.flatnonzero(watched & waits.begun)
    places = places_of(frame.body[rows], frame.file[rows], frame.row[rows])
    return Cases(np.arange(bodies), [""] * bodies, found, expected, size, p, say, places)


def _pct(share: float) -> str:
    return "—" if np.isnan(share) else f"{share:.0%}"
