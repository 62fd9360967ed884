"""Admissible: can these figures be scored by this scheme at all? Every reason why not, with what to do.

Evidence may be flawless as tables and still not answer to the scheme: a body without figures, an indicator whose
values are all equal under a method that compares peers, a bound that no one supplied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from minping.errors import Place, Problem, did_you_mean, one_of
from minping.indicators.compute import column_text
from minping.model.arrays import Floats
from minping.model.cells import State
from minping.model.evidence import Evidence
from minping.model.values import Values
from minping.scheme.read import is_percentile
from minping.scheme.shape import Bonus, Deduction, Scheme
from minping.scoring.adjusted import columns_to_adjust
from minping.scoring.basis import Basis, points_of
from minping.scoring.calibration_remarks import columns_to_calibrate
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
    """No body without a single figure that counts, unless the scheme says what to do with it."""
    if scheme.missing.max_share < 1.0 or scheme.missing.policy == "exclude":
        return
    counting = [indicator.counts for indicator in scheme.indicators]
    state = values.state[values.at(period)][:, counting]
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


def peers_are_given(scheme: Scheme, evidence: Evidence, _: Values, __: str) -> Iterator[Problem]:
    """Where bodies are compared within their type or group, every body has one."""
    column = {"type": "body_type", "group": "peer_group"}.get(scheme.peers.method)
    if column is None:
        return
    without = [
        body for body, label in zip(evidence.bodies.ids, column_text(evidence.bodies, column), strict=True) if not label
    ]
    if without:
        who = "、".join(without[:5]) + ("…" if len(without) > 5 else "")
        yield Problem(
            "no-peers",
            _table(evidence, "bodies", column),
            Text(f"{len(without)} 个单位没有 {column}（{who}）", f"{len(without)} bodies without {column} ({who})"),
            Text("每个单位都有", "one for every body"),
            Text(f"补上 {column}，或设 peers: {{method: all}}", f"give {column}, or set peers: {{method: all}}"),
        )


def divisors_are_given(scheme: Scheme, evidence: Evidence, _: Values, __: str) -> Iterator[Problem]:
    """What an indicator is divided by stands somewhere: a numeric column of bodies, or official figures."""
    covariates, official = list(evidence.bodies.covariates), evidence.official.indicators
    for indicator in scheme.indicators:
        how = indicator.convert
        for key, name in (("per", how.per), ("real", how.real)) if how is not None else ():
            columns = covariates if key == "per" else []
            if name is not None and name not in columns and name not in official:
                yield Problem(
                    "no-divisor",
                    _table(evidence, "official", "indicator"),
                    Text(
                        f"{indicator.id} 的 {key}: {name} 没有数据", f"no figures for {key}: {name} of {indicator.id}"
                    ),
                    one_of(columns) if columns else _NOTHING,
                    did_you_mean(name, columns)
                    if columns
                    else Text(f"在 official 中补充 {name}", f"supply {name} in official"),
                )


def severities_are_known(scheme: Scheme, evidence: Evidence, _: Values, __: str) -> Iterator[Problem]:
    """Where points go by severity, a confirmed incident has one of the severities; nothing is guessed."""
    entries: list[Bonus | Deduction] = [*scheme.adjust.bonus, *scheme.adjust.deduct]
    for entry in entries:
        if entry.when is None or not isinstance(entry.points, dict):
            continue
        for incident in evidence.incidents:
            if incident.kind == entry.when.incident and incident.severity not in entry.points:
                allowed = list(entry.points)
                place = replace(_table(evidence, "incidents", "severity"), row=incident.row or None)
                found = Text(
                    f"{incident.id} 的严重程度为“{incident.severity}”",
                    f"{incident.id} has severity “{incident.severity}”",
                )
                yield Problem(
                    "unknown-severity", place, found, one_of(allowed), did_you_mean(incident.severity, allowed)
                )


def ungraded_reasons_are_known(scheme: Scheme, evidence: Evidence, _: Values, __: str) -> Iterator[Problem]:
    """A body goes without a grade for a reason that the scheme names."""
    if scheme.grades is None:
        return
    allowed = list(scheme.grades.ungraded)
    for body, reason in zip(evidence.bodies.ids, column_text(evidence.bodies, "ungraded"), strict=True):
        if reason and reason not in allowed:
            found = Text(f"{body} 不定等次的理由为“{reason}”", f"{body} is ungraded for “{reason}”")
            fix = Text("使用方案 grades.ungraded 所列的理由", "use a reason listed in grades.ungraded of the scheme")
            yield Problem("unknown-reason", _table(evidence, "bodies", "ungraded"), found, one_of(allowed), fix)


CHECKS: Sequence[Check] = (
    enough_bodies,
    types_are_given,
    peers_are_given,
    divisors_are_given,
    severities_are_known,
    ungraded_reasons_are_known,
    bodies_have_figures,
    indicators_have_figures,
    columns_to_calibrate,
    columns_to_adjust,
)


def unscorable(basis: Basis) -> list[Problem]:
    """Figures that are there and yet give no points, per indicator with the bodies concerned."""
    points = points_of(basis)
    lost = np.isnan(points) & ~np.isnan(basis.values)
    return [
        _why(column, basis.values[lost[:, at], at], [basis.plan.bodies[body] for body in np.flatnonzero(lost[:, at])])
        for at, column in enumerate(basis.columns)
        if lost[:, at].any()
    ]


def _why(column: Column, values: Floats, names: list[str]) -> Problem:
    """Why these values of these bodies give no points."""
    first, count = values[0], len(names)
    place = Place(column=column.indicator.id)
    who = "、".join(names[:5]) + ("…" if count > 5 else "")
    by_percentiles = any(is_percentile(str(bound)) for bound in column.asked.values())
    if METHODS[column.method].needs_peers or (by_percentiles and (values == first).all()):
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
