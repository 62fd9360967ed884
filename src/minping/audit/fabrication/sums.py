"""Sums: parts that don't make their whole, beyond what rounding explains.

Each printed figure may be half a unit of its last place off, so k parts and their whole may differ by half a unit for
each of the k + 1 figures. The coarsest place of them is taken for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, broken, figures_at
from minping.audit.opened import Opened
from minping.audit.precision import decimals_of
from minping.model.arrays import Bools, Floats, Ints
from minping.scheme.audit_rules import Sums
from minping.stats.feasible import feasible_sum
from minping.stats.groups import sums
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
    case: Ints  #: (M,) of which whole each part is
    part_rows: Ints  #: (M,) rows of the parts


def parts_and_whole(opened: Opened) -> Cases | Text:
    """The sums of one body's figures."""
    return _cases(opened, [(rule, _of_parts(opened, rule)) for rule in _once(opened.rules.sums) if rule.parts])


def bodies_and_whole(opened: Opened) -> Cases | Text:
    """The figures of a parent and of the bodies below it."""
    return _cases(
        opened, [(rule, _of_children(opened, rule)) for rule in _once(opened.rules.sums) if rule.over is not None]
    )


def _once(rules: Sequence[Sums]) -> list[Sums]:
    """Each sum once, whatever the order of its parts."""
    return list({(rule.whole, rule.over, frozenset(rule.parts)): rule for rule in rules}.values())


def _of_parts(opened: Opened, rule: Sums) -> Added:
    history = opened.history
    whole, parts = history.value(rule.whole), np.stack([history.value(name) for name in rule.parts], axis=-1)
    there = history.inside(opened.period)[:, None] & np.isfinite(whole) & np.isfinite(parts).all(axis=-1)
    period, body = np.nonzero(there)
    rows = np.stack([history.rows(name) for name in rule.parts], axis=-1)[period, body].ravel()
    case = np.repeat(np.arange(period.size), len(rule.parts))
    total = parts[period, body].sum(axis=-1)
    count = np.full(period.size, len(rule.parts))
    decimals = _coarsest(opened, (rule.whole, *rule.parts))
    own = history.rows(rule.whole)[period, body]
    return Added(period, body, whole[period, body], total, count, decimals, own, case, rows)


def _of_children(opened: Opened, rule: Sums) -> Added:
    history, bodies = opened.history, opened.evidence.bodies
    position = bodies.position()
    parent = np.array([position.get(name, -1) for name in bodies.parents], dtype=np.int64)
    value, row = history.value(rule.whole), history.rows(rule.whole)
    below = np.flatnonzero(parent >= 0)
    cell = np.arange(len(value))[:, None] * opened.bodies + parent[below]  # of period and body above
    known = np.isfinite(value[:, below])
    total, count = (
        sums(cell.ravel(), one.ravel(), value.size).reshape(value.shape)
        for one in (np.nan_to_num(value[:, below]), known.astype(np.float64))
    )
    every = np.bincount(parent[below], minlength=opened.bodies)
    there = history.inside(opened.period)[:, None] & np.isfinite(value) & (count == every) & (every > 0)
    period, body = np.nonzero(there)
    number = np.full(value.shape, -1, dtype=np.int64)
    number[period, body] = np.arange(period.size)
    case = number.ravel()[cell]
    found = value[period, body], total[period, body], count[period, body].astype(np.int64)
    decimals = _coarsest(opened, (rule.whole,))
    return Added(period, body, *found, decimals, row[period, body], case[case >= 0], row[:, below][case >= 0])


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
        f"{name}@{history.periods[at]}" if history.periods[at] != opened.period else name
        for name, (_, one) in zip(_names([rule for rule, _ in found]), found, strict=True)
        for at in one.period.tolist()
    ]
    off = [_apart(one) for one in made]
    body, whole, parts = (np.concatenate([getattr(one, name) for one in made]) for name in ("body", "whole", "parts"))
    count = np.concatenate([one.size for one in made])
    slack = np.concatenate([0.5 * 10.0**-one.decimals * (one.size + 1) for one in made])
    rows = np.concatenate([one.rows for one in made])
    first = np.cumsum([0, *(len(one.rows) for one in made)])
    case = np.concatenate([one.case + start for one, start in zip(made, first.tolist(), strict=False)])
    part = np.concatenate([one.part_rows for one in made])

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
        places=figures_at(official, np.arange(len(rows)), rows),
        beside=figures_at(official, case, part),
    )


def _apart(one: Added) -> Bools:
    """Which sums can't be; figures with many places may be off by an error of adding up."""
    can = feasible_sum(one.parts, one.whole, np.full(len(one.whole), one.decimals), one.size)
    return np.asarray(~can & (np.abs(one.parts - one.whole) > CLOSE * np.abs(one.whole)))


def _names(rules: list[Sums]) -> list[str]:
    """What a sum is about: its whole, and its parts too where other parts make the same whole."""
    wholes = [rule.whole for rule in rules]
    return [rule.whole if wholes.count(rule.whole) == 1 else f"{rule.whole}={'+'.join(rule.parts)}" for rule in rules]
