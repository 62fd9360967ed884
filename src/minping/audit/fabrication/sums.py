"""Sums: parts that don't make their whole, beyond what rounding explains.

Each printed figure may be half a unit of its last place off, so k parts and their whole may differ by half a unit for
each of the k + 1 figures. The coarsest place of them is taken for all.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, broken, places_of
from minping.audit.opened import Opened
from minping.audit.precision import decimals_of
from minping.model.arrays import Bools, Floats, Ints
from minping.scheme.audit_rules import Sums
from minping.stats.feasible import feasible_sum
from minping.words import Text

CLOSE = 1e-9  #: of the whole: no more than floats lose
NO_SUMS = Text("方案没有声明合计关系（audit.sums）", "the scheme declares no sums (audit.sums)")


class Added(NamedTuple):
    """Figures of one whole and the sum of its parts, C of them."""

    period: Ints  #: (C,) position in the history
    body: Ints  #: (C,)
    whole: Floats  #: (C,)
    parts: Floats  #: (C,) their sum
    size: Ints  #: (C,) how many parts
    decimals: int
    rows: Ints  #: (C,) row of the whole in `Official`
    part_rows: Ints  #: (C, K) rows of the parts, -1 for none


def parts_and_whole(opened: Opened) -> Cases | Text:
    """The sums of one body's figures."""
    return _cases(opened, [(rule, _of_parts(opened, rule)) for rule in opened.rules.sums if rule.parts])


def bodies_and_whole(opened: Opened) -> Cases | Text:
    """The figures of a parent and of the bodies below it."""
    return _cases(opened, [(rule, _of_children(opened, rule)) for rule in opened.rules.sums if rule.over is not None])


def _of_parts(opened: Opened, rule: Sums) -> Added:
    history = opened.history
    whole, parts = history.value(rule.whole), np.stack([history.value(name) for name in rule.parts], axis=-1)
    there = history.inside(opened.period)[:, None] & np.isfinite(whole) & np.isfinite(parts).all(axis=-1)
    period, body = np.nonzero(there)
    rows = np.stack([history.rows(name) for name in rule.parts], axis=-1)[period, body]
    total = parts[period, body].sum(axis=-1)
    count = np.full(period.size, len(rule.parts))
    decimals = _coarsest(opened, (rule.whole, *rule.parts))
    return Added(
        period, body, whole[period, body], total, count, decimals, history.rows(rule.whole)[period, body], rows
    )


def _of_children(opened: Opened, rule: Sums) -> Added:
    history, bodies = opened.history, opened.evidence.bodies
    position = bodies.position()
    parent = np.array([position.get(name, -1) for name in bodies.parents], dtype=np.int64)
    below = (parent[None, :] == np.arange(opened.bodies)[:, None]).astype(np.float64)
    value, row = history.value(rule.whole), history.rows(rule.whole)
    total, count = np.nan_to_num(value) @ below.T, np.isfinite(value) @ below.T
    there = history.inside(opened.period)[:, None] & np.isfinite(value) & (count == below.sum(axis=1)) & (count > 0)
    period, body = np.nonzero(there)
    width = int(below.sum(axis=1).max(initial=0))
    children = np.full((opened.bodies, width), -1, dtype=np.int64)
    for at in np.flatnonzero(below.any(axis=1)).tolist():
        mine = np.flatnonzero(parent == at)
        children[at, : mine.size] = mine
    rows = np.where(children[body] >= 0, row[period[:, None], children[body]], -1)
    found = value[period, body], total[period, body], count[period, body].astype(np.int64)
    return Added(period, body, *found, _coarsest(opened, (rule.whole,)), row[period, body], rows)


def _coarsest(opened: Opened, names: tuple[str, ...]) -> int:
    """The fewest decimals that any of some series is published with; nine where none was rounded."""
    declared = {name: opened.declared[name].decimals if name in opened.declared else None for name in names}
    told = [decimals_of(opened.history.value(name), declared[name]) for name in names]
    return min((9 if one is None else one for one in told), default=0)


def _cases(opened: Opened, found: list[tuple[Sums, Added]]) -> Cases | Text:
    if not found:
        return NO_SUMS
    official, history = opened.history.official, opened.history
    made = [one for _, one in found]
    about = [
        f"{rule.whole}@{history.periods[at]}" if history.periods[at] != opened.period else rule.whole
        for rule, one in found
        for at in one.period.tolist()
    ]
    off = [_apart(one) for one in made]
    body, whole, parts = (np.concatenate([getattr(one, name) for one in made]) for name in ("body", "whole", "parts"))
    count = np.concatenate([one.size for one in made])
    slack = np.concatenate([0.5 * 10.0**-one.decimals * (one.size + 1) for one in made])
    rows = np.concatenate([one.rows for one in made])
    case, part = _listed([one.part_rows for one in made])

    def say(at: int) -> Text:
        gap = f"{parts[at] - whole[at]:+.6g}"
        figures = f"{parts[at]:.10g}", f"{whole[at]:.10g}", f"{slack[at]:.3g}"
        return Text(
            f"{count[at]} 个部分之和 {figures[0]}，总数 {figures[1]}，相差 {gap}；四舍五入最多解释 {figures[2]}",
            f"{count[at]} parts add to {figures[0]}, the whole is {figures[1]}: {gap}; rounding explains {figures[2]} at most",
        )

    return Cases(
        body=body,
        about=about,
        observed=parts,
        expected=whole,
        n=count.astype(np.float64),
        p=broken(np.concatenate(off)),
        say=say,
        places=places_of(np.arange(len(rows)), official.file[rows], official.row[rows]),
        beside=places_of(case, official.file[part], official.row[part]),
    )


def _apart(one: Added) -> Bools:
    """Which sums can't be; figures with many places may be off by an error of adding up."""
    can = feasible_sum(one.parts, one.whole, np.full(len(one.whole), one.decimals), one.size)
    return np.asarray(~can & (np.abs(one.parts - one.whole) > CLOSE * np.abs(one.whole)))


def _listed(parts: list[Ints]) -> tuple[Ints, Ints]:
    """The case and the row of every part that is there."""
    cases, rows, first = [], [], 0
    for one in parts:
        case, at = np.nonzero(one >= 0)
        cases.append(case + first)
        rows.append(one[case, at])
        first += len(one)
    return np.concatenate(cases), np.concatenate(rows)
