"""Flows: the independent flows of money that a level is held against, chosen by what is declared of each series alone.

A flow is money, no part of the level and not made of it, and out of the reporter's hands to some degree (independence
above nought). Of two flows, one a part of the other, the whole is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.scheme.audit_rules import Sums
from minping.scheme.declared import Declared
from minping.stats.robust import biweight

NO_LEVELS = "方案没有声明要核对的总量（audit.levels）", "the scheme declares no levels to check (audit.levels)"


class Residuals(NamedTuple):
    """One level held against K flows in one period; NaN where a figure is missing or not positive."""

    level: str
    period: int  #: position in the history
    flows: tuple[str, ...]
    value: Floats  #: (N,)
    rest: Floats  #: (N, K) logarithm of the level less what each flow leads one to expect
    rows: Ints  #: (N,) of the level in `Official`
    flow_rows: Ints  #: (N, K)


def flows_for(level: str, declared: Mapping[str, Declared], sums: Sequence[Sums] = ()) -> tuple[str, ...]:
    """Names of the flows that a level may be held against, in the order in which they are declared."""
    within = {name: set(one.part_of) for name, one in declared.items()}
    for rule in sums:
        for part in rule.parts:
            within.setdefault(part, set()).add(rule.whole)
    found = [
        name
        for name, one in declared.items()
        if one.kind == "money"
        and one.independence > 0
        and name != level
        and level not in _above(name, within)
        and name not in _above(level, within)
    ]
    return tuple(name for name in found if not _above(name, within) & set(found))


def _above(name: str, within: Mapping[str, set[str]]) -> set[str]:
    """Everything that a series is part of, at whatever remove."""
    found: set[str] = set()
    left = [name]
    while left:
        new = within.get(left.pop(), set()) - found - {name}
        found |= new
        left += sorted(new)
    return found


def weights_of(flows: Sequence[str], declared: Mapping[str, Declared]) -> Floats:
    """The independence of each flow, (K,)."""
    return np.array([declared[name].independence for name in flows])


def residuals(level: Floats, flows: Floats, peers: int) -> Floats:
    """Logarithm of a level (N,) less its robust regression on each flow's (N, K); NaN for a flow with too few bodies.

    A flow that is the same for all bodies, or with fewer than `peers` positive figures beside a level, tells nothing.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        y = np.where(level > 0, np.log(level), np.nan)
        x = np.where(flows > 0, np.log(flows), np.nan)
    found = np.full(x.shape, np.nan)
    for at in np.flatnonzero(np.isfinite(x + y[:, None]).sum(axis=0) >= peers).tolist():
        try:
            found[:, at] = biweight(y, x[:, at]).residuals
        except ValueError:  # a flow that doesn't vary
            continue
    return found


def held_against(opened: Opened, level: str, period: int, flows: Sequence[str]) -> Residuals:
    """A level and its flows in one period; flows that tell nothing are left out."""
    history, peers = opened.history, opened.rules.padding.peers
    value = history.value(level)[period]
    figures = [history.value(name)[period] for name in flows]
    rest = residuals(value, np.stack(figures, axis=1), peers) if figures else np.zeros((value.size, 0))
    told: Bools = np.asarray(np.isfinite(rest).any(axis=0))
    rows = [history.rows(name)[period] for name, there in zip(flows, told, strict=True) if there]
    return Residuals(
        level,
        period,
        tuple(name for name, there in zip(flows, told, strict=True) if there),
        value,
        rest[:, told],
        history.rows(level)[period],
        np.stack(rows, axis=1) if rows else np.full((value.size, 0), -1, dtype=np.int64),
    )
