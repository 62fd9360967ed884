"""Levels: a figure above what several independent flows of money lead one to expect, against the other bodies.

Robust log-log residuals of the level on each flow, in robust standard deviations of the bodies; their mean, weighted by
independence, is held against what it would be did each flow rank the bodies on its own (`stats.convergence.agreement`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, figures_at
from minping.audit.opened import Opened
from minping.audit.padding.flows import NO_LEVELS, Residuals, flows_for, held_against, weights_of
from minping.model.arrays import Floats
from minping.scheme.audit_rules import Padding
from minping.stats.convergence import Agreement, agreement
from minping.stats.robust import robust_z
from minping.words import Text


class Judged(NamedTuple):
    """One level of N bodies and what K flows together say of it."""

    held: Residuals
    z: Floats  #: (N, K)
    found: Agreement


def padded_levels(opened: Opened) -> Cases | Text:
    """Levels of the period that independent flows don't support."""
    if not opened.rules.levels:
        return Text(*NO_LEVELS)
    history, judged = opened.history, []
    if opened.period not in history.periods:
        return no_figures(opened.period)
    at = history.periods.index(opened.period)
    for level in opened.rules.levels:
        flows = flows_for(level, opened.declared, opened.rules.sums)
        held = held_against(opened, level, at, flows)
        if len(held.flows) >= opened.rules.padding.sources:
            weights = weights_of(held.flows, opened.declared)
            judged.append(Judged(held, *judge(held.rest, weights, opened.rules.padding)))
    if not judged:
        return too_few_flows(opened.rules.padding)
    return cases_of(opened, judged, lambda one, body: _say(opened, one, body))


def judge(rest: Floats, weights: Floats, rules: Padding) -> tuple[Floats, Agreement]:
    """Robust z of residuals (N, K) and what the flows together say, by the scheme's thresholds."""
    z = robust_z(rest)
    return z, agreement(z, weights, sources=rules.sources, above=rules.beyond, common=rules.common)


def cases_of(opened: Opened, judged: Sequence[Judged], say: Callable[[Judged, int], Text]) -> Cases:
    """One case for each level and body, with the level's row, and those of the flows beside it."""
    official, bodies = opened.history.official, opened.bodies
    told = [(one, body) for one in judged for body in range(bodies)]
    join = np.concatenate
    rows = join([one.held.rows for one in judged])
    beside = [np.nonzero(one.held.flow_rows >= 0) for one in judged]
    flow_rows = join([one.held.flow_rows[at] for one, at in zip(judged, beside, strict=True)])
    flow_case = join([at[0] + number * bodies for number, at in enumerate(beside)])
    there = np.flatnonzero(rows >= 0)
    return Cases(
        body=np.tile(np.arange(bodies), len(judged)),
        about=[one.held.level for one, _ in told],
        observed=join([one.found.score for one in judged]),
        expected=np.zeros(len(told)),
        n=join([one.found.known for one in judged]).astype(np.float64),
        p=join([one.found.p for one in judged]),
        say=lambda case: say(*told[case]),
        places=figures_at(official, there, rows[there]),
        beside=figures_at(official, flow_case, flow_rows),
    )


def furthest(one: Judged, body: int) -> list[int]:
    """The flows that a body's level lies above most, the furthest first; three at most."""
    z = np.nan_to_num(one.z[body], nan=-np.inf)
    return [int(at) for at in np.argsort(-z)[:3] if z[at] > 0]


def no_figures(period: str) -> Text:
    """Words of a period without figures."""
    return Text(f"{period} 没有官方数据", f"there are no official figures of {period}")


def too_few_flows(rules: Padding) -> Text:
    """Words where the declared flows don't suffice."""
    return Text(
        f"独立于填报方的资金流不足 {rules.sources} 项，或可比单位不足 {rules.peers} 个",
        f"fewer than {rules.sources} flows of money out of the reporter's hands, or fewer than {rules.peers} bodies with them",
    )


def _say(opened: Opened, one: Judged, body: int) -> Text:
    value, title = one.held.value[body], opened.declared[one.held.level].title
    told = [
        (opened.declared[one.held.flows[at]].title, value / np.exp(one.held.rest[body, at]), one.z[body, at])
        for at in furthest(one, body)
    ]
    zh = "，".join(f"{name.zh}相当于 {usual:.6g}（{z:.1f} 个标准差）" for name, usual, z in told)
    en = ", ".join(f"{name.en} goes with {usual:.6g} ({z:.1f} standard deviations)" for name, usual, z in told)
    count, known = one.found.above[body], one.found.known[body]
    return Text(
        f"{title.zh} {value:.6g}；{known} 项独立资金流中 {count} 项低于这一水平常有的数：{zh}",
        f"{title.en} {value:.6g}; {count} of {known} independent flows lie below what usually goes with it: {en}",
    )
