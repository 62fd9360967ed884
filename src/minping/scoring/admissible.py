"""Admissible: can these figures be scored by this scheme at all? Every reason why not, with what to do.

Evidence may be flawless as tables and still not answer to the scheme: a body without figures, an indicator whose
values are all equal under a method that compares peers, a bound that no one supplied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from minping.errors import Place, Problem, did_you_mean, one_of
from minping.model.arrays import Bools
from minping.model.cells import State
from minping.model.evidence import Evidence
from minping.model.values import Values
from minping.scheme.shape import Scheme
from minping.scoring.basis import Basis, points_of
from minping.scoring.points import Column
from minping.stats.normalise import METHODS
from minping.words import Text, both

_NOTHING = both("")
Check = Callable[[Scheme, Evidence, Values, str], Iterator[Problem]]


def inadmissible(scheme: Scheme, evidence: Evidence, values: Values, period: str) -> list[Problem]:
    """Every reason why the period can't be scored, before any figure is looked at."""
    if period not in values.periods:
        known = list(values.periods)
        found = Text(f"考核期 {period or '?'} 没有官方数据", f"no official figures for period {period or '?'}")
        fix = did_you_mean(period, known) if known else Text("先提供 official 表", "supply a table official first")
        return [Problem("no-such-period", _table(evidence, "official"), found, one_of(known), fix)]
    return [found for check in CHECKS for found in check(scheme, evidence, values, period)]


def enough_bodies(scheme: Scheme, evidence: Evidence, _: Values, __: str) -> Iterator[Problem]:
    """A ranking needs two bodies."""
    count = len(evidence.bodies.ids)
    if count < 2 and scheme.publish.ranking != "none":
        yield Problem(
            "too-few-bodies",
            _table(evidence, "bodies"),
            Text(f"只有 {count} 个单位", f"only {count} body"),
            Text("至少两个", "at least two"),
            Text("补充单位；或设 publish: {ranking: none}", "add bodies, or set publish: {ranking: none}"),
        )


def types_are_given(scheme: Scheme, evidence: Evidence, _: Values, __: str) -> Iterator[Problem]:
    """With weights by type, every body has a type of the scheme."""
    for body, kind in zip(evidence.bodies.ids, evidence.bodies.types, strict=True):
        if scheme.body_types and kind not in scheme.body_types:
            found = Text(f"{body} 的类型为“{kind}”", f"{body} has the type “{kind}”")
            allowed, fix = one_of(list(scheme.body_types)), did_you_mean(kind, scheme.body_types)
            yield Problem("unknown-type", _table(evidence, "bodies", "body_type"), found, allowed, fix)


def bodies_have_figures(scheme: Scheme, evidence: Evidence, values: Values, period: str) -> Iterator[Problem]:
    """No body without a single figure, unless the scheme says what to do with it."""
    if scheme.missing.max_share < 1.0 or scheme.missing.policy == "exclude":
        return
    state = values.state[values.at(period)]
    nothing = ~((state & State.OBSERVED) > 0).any(axis=1)
    for body in np.flatnonzero(nothing):
        name = values.bodies[body]
        yield Problem(
            "body-without-figures",
            _table(evidence, "official", "body"),
            Text(f"{name} 在 {period} 没有任何数据", f"{name} has no figure in {period}"),
            Text("每个单位至少一项", "at least one for every body"),
            Text(
                "补充数据，或从 bodies 中移除，或设 missing: {policy: …, max_share: 0.2}（不计总分）",
                "supply figures, remove it from bodies, or set missing: {policy: …, max_share: 0.2} (no score then)",
            ),
        )


def indicators_have_figures(scheme: Scheme, evidence: Evidence, values: Values, period: str) -> Iterator[Problem]:
    """No counted indicator without a single figure: its weight would vanish in silence."""
    state = values.state[values.at(period)]
    for column, indicator in enumerate(scheme.indicators):
        expected = (state[:, column] & State.MISSING) > 0
        if indicator.counts and expected.any() and not ((state[:, column] & State.OBSERVED) > 0).any():
            yield Problem(
                "indicator-without-figures",
                _table(evidence, "official", "indicator"),
                Text(f"指标 {indicator.id} 在 {period} 没有任何数据", f"no figure of {indicator.id} in {period}"),
                Text("至少一个单位有数据", "a figure for at least one body"),
                Text(
                    f"补充 {indicator.official} 的数据，或在方案中设 counts: false",
                    f"supply {indicator.official}, or set counts: false in the scheme",
                ),
            )


CHECKS: Sequence[Check] = (enough_bodies, types_are_given, bodies_have_figures, indicators_have_figures)


def unscorable(basis: Basis) -> list[Problem]:
    """Figures that are there and yet give no points, per indicator with the bodies concerned."""
    points = points_of(basis)
    lost = np.isnan(points) & ~np.isnan(basis.values)
    return [_why(basis, column, lost[:, at]) for at, column in enumerate(basis.columns) if lost[:, at].any()]


def _why(basis: Basis, column: Column, lost: Bools) -> Problem:
    at = basis.columns.index(column)
    names = [basis.plan.bodies[body] for body in np.flatnonzero(lost)]
    first, count = basis.values[lost, at][0], len(names)
    place = Place(column=column.indicator.id)
    who = "、".join(names[:5]) + ("…" if count > 5 else "")
    if METHODS[column.method].needs_peers:
        return Problem(
            "all-equal",
            place,
            Text(
                f"{count} 个单位的值都是 {first:g}，{column.method} 无法区分（{who}）",
                f"the values of {count} bodies are all {first:g}: {column.method} can't tell them apart ({who})",
            ),
            Text("同类之间有差异，且每组至少两个单位", "values that differ, in peer groups of two or more"),
            Text(
                "改用 goalposts 等不依赖同类的方法，或不计该指标",
                "use a method that needs no peers (goalposts), or don't count the indicator",
            ),
        )
    missing_bound = [name for name, bound in column.parameters.items() if isinstance(bound, np.ndarray)]
    if missing_bound:
        found = Text(
            f"{who} 的界限 {'、'.join(missing_bound)} 缺失或不可用",
            f"the bound {', '.join(missing_bound)} is missing or unusable for {who}",
        )
        return Problem("no-bound", place, found, _NOTHING, Text("补充该界限的数据", "supply the figures of the bound"))
    return Problem(
        "value-without-points",
        place,
        Text(f"{who} 的值（如 {first:g}）无法计分", f"the value of {who} (e.g. {first:g}) gives no points"),
        Text("log: true 与比率要求正数", "positive numbers with log: true and ratios"),
        Text("核对数据或改计分方法", "check the figure, or change the method"),
    )


def _table(evidence: Evidence, table: str, column: str = "") -> Place:
    path = next((source.path for source in evidence.files if source.table == table), f"evidence/{table}")
    return Place(file=path, column=column)
