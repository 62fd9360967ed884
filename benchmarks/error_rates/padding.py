"""Levels that independent flows support and levels that were raised, revisions, inspections and other reporters."""

from __future__ import annotations

import numpy as np

from benchmarks.error_rates.rate import Effect, Rate, World
from minping.audit.padding.drift import change
from minping.audit.padding.flows import residuals
from minping.audit.padding.levels import judge
from minping.model.arrays import Floats
from minping.scheme.audit_rules import Padding
from minping.words import Text

BODIES, FLOWS = 24, 4
RAISED = 2  #: bodies whose figures are raised
RULES = Padding()


def _flows(random: np.random.Generator, common: float, tails: float | None) -> tuple[Floats, Floats, Floats]:
    """True levels (N,), structures of their flows and noise (N, K): correlated by `common`, with t tails if told."""

    def draw(size: tuple[int, ...]) -> Floats:
        return random.standard_normal(size) if tails is None else random.standard_t(tails, size)

    own = draw((BODIES, 1)) * np.sqrt(common) + draw((BODIES, FLOWS)) * np.sqrt(1 - common)
    return random.normal(10, 1, BODIES), 0.09 * own, 0.03 * random.normal(size=(BODIES, FLOWS))


def _level(raised: float, common: float = 0.1, tails: float | None = None) -> World:
    """24 bodies; the level of two is so much higher than what its flows support."""

    def world(random: np.random.Generator) -> Floats:
        log, structure, noise = _flows(random, common, tails)
        told = np.exp(log)
        told[:RAISED] *= 1 + raised
        rest = residuals(told, np.exp(log[:, None] + structure + noise), RULES.peers)
        p = judge(rest, np.ones(FLOWS), RULES)[1].p
        return p[:RAISED] if raised else p

    return world


def _drift(raised: float) -> World:
    """The same twice, with the same structures; since the base the level of two has risen by so much too much."""

    def world(random: np.random.Generator) -> Floats:
        log, structure, _ = _flows(random, 0.1, None)
        rests = []
        for more in (0.0, raised):
            told = np.exp(log)
            told[:RAISED] *= 1 + more
            noise = 0.03 * _flows(random, 0.1, None)[1] / 0.09
            rests.append(residuals(told, np.exp(log[:, None] + structure + noise), RULES.peers))
        p = judge(change(*rests), np.ones(FLOWS), RULES)[1].p
        return p[:RAISED] if raised else p

    return world


RATES = {
    "padded_level": Rate(
        Text("24 个单位，四项独立资金流，来源间相关 0.1", "24 bodies, four independent flows, correlated by 0.1"),
        _level(0.0),
        (
            Effect(Text("两个单位高报 25 %", "two bodies 25 % too high"), _level(0.25)),
            Effect(Text("两个单位高报 50 %", "two bodies 50 % too high"), _level(0.5)),
        ),
        worlds=40,
    ),
    "drifted_level": Rate(
        Text("同上，两个年份，结构不变", "the same in two years, with structures that stay"),
        _drift(0.0),
        (
            Effect(Text("两个单位其间多涨 10 %", "two bodies rose by 10 % too much"), _drift(0.1)),
            Effect(Text("两个单位其间多涨 25 %", "two bodies rose by 25 % too much"), _drift(0.25)),
        ),
        worlds=25,
    ),
}
