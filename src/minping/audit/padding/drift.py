"""Drift: a level that moves away from independent flows of money since a base period, against the other bodies.

A structure that stays (which industries there are) cancels out; what is left is what came since.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Cases
from minping.audit.opened import Opened
from minping.audit.padding.flows import NO_LEVELS, Residuals, flows_for, held_against, weights_of
from minping.audit.padding.levels import Judged, cases_of, furthest, judge, no_figures, too_few_flows
from minping.model.arrays import Floats
from minping.scheme.declared import Declared
from minping.stats.drifts import drift
from minping.words import Text

NO_BASE = Text(
    "没有可比的基期：只有一期，或口径在此期变更",
    "there is no base period to compare with: only one period, or the scope changed in this one",
)


def drifted_levels(opened: Opened) -> Cases | Text:
    """Levels whose residuals on independent flows have risen since the base period."""
    rules, history = opened.rules, opened.history
    if not rules.levels:
        return Text(*NO_LEVELS)
    if opened.period not in history.periods:
        return no_figures(opened.period)
    now, judged, bases = history.periods.index(opened.period), [], []
    for level in rules.levels:
        base = _base(opened, level)
        if base is None:
            continue
        bases.append(base)
        flows = [
            name
            for name in flows_for(level, opened.declared, rules.sums)
            if same_scope(opened.declared[name], history.periods[base], opened.period)
        ]
        found = _changes(held_against(opened, level, base, flows), held_against(opened, level, now, flows))
        if len(found.flows) >= rules.padding.sources:
            judged.append(
                (Judged(found, *judge(found.rest, weights_of(found.flows, opened.declared), rules.padding)), base)
            )
    if not bases:
        return NO_BASE
    if not judged:
        return too_few_flows(rules.padding)
    since = {id(one): history.periods[base] for one, base in judged}
    return cases_of(opened, [one for one, _ in judged], lambda one, body: _say(opened, one, body, since[id(one)]))


def same_scope(series: Declared, first: str, last: str) -> bool:
    """Whether a series means the same in two periods: no declared change after the first up to the last."""
    return not any(first < change.period <= last for change in series.scope_changes)


def change(before: Floats, now: Floats) -> Floats:
    """Residuals of now less those of the base period, flow by flow, (N, K) each."""
    moved = [drift(np.stack(pair, axis=1), 0)[0][:, 1] for pair in zip(before.T, now.T, strict=True)]
    return np.stack(moved, axis=1) if moved else now


def _base(opened: Opened, level: str) -> int | None:
    """The declared base period, or the first with figures of enough bodies; none before the last change of scope."""
    history, rules = opened.history, opened.rules.padding
    usable = [
        at
        for at in history.like(opened.period)[:-1]
        if np.count_nonzero(history.value(level)[at] > 0) >= rules.peers
        and same_scope(opened.declared[level], history.periods[at], opened.period)
        and (rules.base is None or history.periods[at] >= rules.base)
    ]
    return usable[0] if usable else None


def _changes(before: Residuals, now: Residuals) -> Residuals:
    """What has changed in the flows that both periods have."""
    shared = [name for name in now.flows if name in before.flows]
    at, then = ([one.flows.index(name) for name in shared] for one in (now, before))
    return now._replace(
        flows=tuple(shared), rest=change(before.rest[:, then], now.rest[:, at]), flow_rows=now.flow_rows[:, at]
    )


def _say(opened: Opened, one: Judged, body: int, since: str) -> Text:
    title, value = opened.declared[one.held.level].title, one.held.value[body]
    told = [
        (opened.declared[one.held.flows[at]].title, np.expm1(one.held.rest[body, at])) for at in furthest(one, body)
    ]
    zh = "，".join(f"{name.zh} {moved:+.0%}" for name, moved in told)
    en = ", ".join(f"{name.en} {moved:+.0%}" for name, moved in told)
    count, known = one.found.above[body], one.found.known[body]
    return Text(
        f"{title.zh} {value:.6g}；自 {since} 以来相对于 {known} 项独立资金流中的 {count} 项升得明显多于别处：{zh}",
        f"{title.en} {value:.6g}; since {since} it rose more than elsewhere against {count} of {known} independent flows: {en}",
    )
