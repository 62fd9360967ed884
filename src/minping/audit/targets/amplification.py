"""Amplification: what the bodies below are asked for, together, against what the body above was asked for (层层加码).

Amounts are added, shares and indices averaged. A qualifier changes what a target asks: of a range the lower edge counts
for the bodies below and the upper one above, so that nothing is called amplified that the words allow; where less is better it is the other way round.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases, broken, places_of
from minping.audit.frames import Frame
from minping.audit.opened import Opened
from minping.audit.targets.met import in_force, less_is_better
from minping.indicators.lags import periods_within
from minping.model.arrays import Bools, Floats, Ints
from minping.model.findings import Places
from minping.stats.groups import distinct, sums
from minping.words import Text

CLOSE = 1e-9  #: no more than floats lose
NO_LEVELS = Text(
    "没有上级与其全部下级对同一指标的目标", "no body above and all bodies below it have targets for the same figure"
)


def amplified(opened: Opened) -> Cases | Text:
    """Each target of a body above and the targets of all bodies below it, for the same figure and period."""
    frame, bodies = in_force(opened), opened.evidence.bodies
    position = bodies.position()
    parent = np.array([position.get(name, -1) for name in bodies.parents], dtype=np.int64)
    kept = _of_period(opened, frame)
    low, high = _edges(frame)
    what, names = _figures(frame)
    code, own = distinct(frame.body[kept] * (int(what.max(initial=0)) + 1) + what[kept])
    above = parent[frame.body[kept]]
    upper = np.where(above >= 0, above * (int(what.max(initial=0)) + 1) + what[kept], -1)
    place = np.searchsorted(code, upper)
    place = (
        np.where((upper >= 0) & (code[np.minimum(place, code.size - 1)] == upper), place, -1) if code.size else place
    )
    asked, less = np.full(code.size, np.nan), np.zeros(code.size, dtype=np.bool_)
    less[own] = less_is_better(
        opened, frame.text("qualifier")[kept], [name.split("@")[0] for name in names], what[kept]
    )
    asked[own] = np.where(less[own], low[kept], high[kept])
    each = np.where((place >= 0) & less[place], high[kept], low[kept])
    many, total = sums(place, np.ones(kept.size), code.size), sums(place, each, code.size)
    body = code // (int(what.max(initial=0)) + 1)
    children = np.bincount(parent[parent >= 0], minlength=opened.bodies).astype(np.float64)
    at = np.flatnonzero((many > 0) & (many == children[body]) & (asked > 0))
    if not at.size:
        return NO_LEVELS
    name_of = np.array(names, dtype=object)[code % (int(what.max(initial=0)) + 1)]
    averaged = np.array([_is_averaged(opened, str(name).split("@")[0]) for name in name_of], dtype=np.bool_)
    together = np.where(averaged, total / np.maximum(many, 1), total)
    ratio = np.where(less[at], asked[at] / together[at], together[at] / asked[at])

    def say(case: int) -> Text:
        way = Text("平均", "on average") if averaged[at[case]] else Text("合计", "together")
        if less[at[case]]:
            way = Text(f"{way.zh}（越少越好）", f"{way.en} (less is better)")
        figures = f"{asked[at[case]]:.6g}", f"{many[at[case]]:.0f}", f"{together[at[case]]:.6g}"
        return Text(
            f"本级目标 {figures[0]}，下级 {figures[1]} 个单位的目标{way.zh} {figures[2]}，要求为本级的 {ratio[case]:.2f} 倍",
            f"the target is {figures[0]}; those of the {figures[1]} bodies below are {figures[2]} {way.en}: {ratio[case]:.2f} times as much is asked",
        )

    number = np.full(code.size, -1, dtype=np.int64)
    number[at] = np.arange(at.size)
    mine, theirs = number[own], np.where(place >= 0, number[place], -1)
    about = [_about(str(name), opened.period) for name in name_of[at].tolist()]
    p = broken(ratio > opened.rules.targets.amplified_above * (1 + CLOSE))
    here, beside = (_places(frame, kept, one) for one in (mine, theirs))
    return Cases(body[at], about, ratio, np.ones(at.size), many[at], p, say, here, beside)


def _of_period(opened: Opened, frame: Frame) -> Ints:
    """Rows whose period lies in the audited one."""
    names, place = np.unique(frame.text("period").astype(str), return_inverse=True)
    inside: Bools = periods_within(opened.period, names.tolist())[place] & (frame.number("target") > 0)
    return np.flatnonzero(inside)


def _edges(frame: Frame) -> tuple[Floats, Floats]:
    """The least and the most that each target asks for."""
    target, high = frame.number("target"), frame.number("target_high")
    return target, np.where(np.isfinite(high), high, target)


def _figures(frame: Frame) -> tuple[Ints, list[str]]:
    """A code for each figure and period, and its name `figure@period`."""
    words = np.char.add(np.char.add(frame.text("indicator").astype(str), "@"), frame.text("period").astype(str))
    names, code = np.unique(words, return_inverse=True)
    return code.astype(np.int64), names.tolist()


def _about(name: str, period: str) -> str:
    figure, _, when = name.rpartition("@")
    return figure if when == period else name


def _is_averaged(opened: Opened, name: str) -> bool:
    return name in opened.declared and opened.declared[name].kind in ("share", "index")


def _places(frame: Frame, kept: Ints, case: Ints) -> Places:
    at = np.flatnonzero(case >= 0)
    return places_of(case[at], frame.file[kept[at]], frame.row[kept[at]])
