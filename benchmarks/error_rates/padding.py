"""Levels that independent flows support and levels that were raised, revisions, inspections and other reporters."""

from __future__ import annotations

import numpy as np

from benchmarks.error_rates.rate import Effect, Rate, World
from minping.audit.cases import broken
from minping.audit.padding.breaks import alone, together
from minping.audit.padding.drift import change
from minping.audit.padding.flows import residuals
from minping.audit.padding.inspected import chance as found_less
from minping.audit.padding.inspected import count
from minping.audit.padding.levels import judge
from minping.audit.padding.revisions import judge as revised
from minping.audit.padding.third_party import judge as beside
from minping.model.arrays import Floats
from minping.scheme.audit_rules import Padding
from minping.stats.scope_breaks import Breaks, scope_breaks
from minping.words import Text

BODIES, FLOWS = 24, 4
RAISED = 2  #: bodies whose figures are raised
RULES = Padding()
LIMIT = float(np.log(RULES.jump))


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


def _revisions(raised: float) -> World:
    """Nine years of 24 bodies; half a per cent of noise, a shared part each year; first releases of two are higher."""

    def world(random: np.random.Generator) -> Floats:
        change = random.normal(0, 0.005, (BODIES, 9)) + random.normal(0, 0.01, 9)
        change[:RAISED] += raised
        change -= np.median(change, axis=0)
        body = np.repeat(np.arange(BODIES), 9)
        p = revised(body, change.ravel(), np.arange(body.size), BODIES).p
        return p[:RAISED] if raised else p

    return world


def _visits(lower: float) -> World:
    """Eight visits of each body by any of six inspectors; one in ten errs, either way; of two bodies a share finds less."""

    def world(random: np.random.Generator) -> Floats:
        body, inspector = np.repeat(np.arange(BODIES), 8), random.integers(0, 6, 8 * BODIES)
        better = np.where(random.random(body.size) < 0.1, random.choice([-1.0, 1.0], body.size), 0.0)
        better = np.where((body < RAISED) & (random.random(body.size) < lower), 1.0, better)
        p = found_less(count(body, better, inspector, BODIES))
        return p[:RAISED] if lower else p

    return world


def _others(raised: float) -> World:
    """Gaps to another reporter with another scope, three months each; those of two bodies are so much wider."""

    def world(random: np.random.Generator) -> Floats:
        body = np.repeat(np.arange(BODIES), 3)
        gap = 0.1 + np.repeat(random.normal(0, 0.04, BODIES), 3) + random.normal(0, 0.01, body.size)
        gap += np.where(body < RAISED, np.log1p(raised), 0.0)
        p = beside(body, gap, np.zeros(body.size), BODIES)[1]
        return p[:RAISED] if raised else p

    return world


def _jumps(factor: float, *, all_of_them: bool = False, tails: float | None = None) -> tuple[World, World]:
    """Eight years that grow by 6 % give or take 4 %; the last step is so many times larger: of two bodies, or of all."""

    def breaks(random: np.random.Generator) -> Breaks:
        noise = random.normal(size=(BODIES, 8)) if tails is None else random.standard_t(tails, (BODIES, 8))
        steps = 0.06 + 0.04 * noise + random.normal(0, 0.02, 8)
        steps[: None if all_of_them else RAISED, -1] += np.log(factor)
        return scope_breaks(np.exp(np.cumsum(steps, axis=1)), LIMIT)

    def own(random: np.random.Generator) -> Floats:
        p = alone(breaks(random), LIMIT)
        return p[:RAISED] if factor != 1 else p

    def shared(random: np.random.Generator) -> Floats:
        return broken(np.array([together(breaks(random), LIMIT)]))

    return own, shared


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
    "revisions": Rate(
        Text(
            "24 个单位九年的修订，误差 0.5 %，各年有共同的修订",
            "nine years of revisions of 24 bodies, noise 0.5 %, a part that all share",
        ),
        _revisions(0.0),
        (
            Effect(Text("两个单位初报偏高 0.5 %", "first releases of two bodies 0.5 % too high"), _revisions(0.005)),
            Effect(Text("两个单位初报偏高 1 %", "first releases of two bodies 1 % too high"), _revisions(0.01)),
        ),
        worlds=100,
    ),
    "found_below": Rate(
        Text(
            "每单位八次核查，六名核查员，一成有误差，正负各半",
            "eight inspections of each body by six inspectors, one in ten errs, either way",
        ),
        _visits(0.0),
        (
            Effect(Text("两个单位四成核实偏低", "two in five found less, of two bodies"), _visits(0.4)),
            Effect(Text("两个单位八成核实偏低", "four in five found less, of two bodies"), _visits(0.8)),
        ),
        worlds=100,
    ),
    "above_third_party": Rate(
        Text("两方口径不同，差距各单位相差 4 %", "another scope, gaps that differ by 4 % among bodies"),
        _others(0.0),
        (
            Effect(Text("两个单位多报 10 %", "two bodies report 10 % more"), _others(0.1)),
            Effect(Text("两个单位多报 25 %", "two bodies report 25 % more"), _others(0.25)),
        ),
        worlds=100,
    ),
    "scope_break": Rate(
        Text("年增 6 % 上下 4 %，尾部为 t(4)", "growth of 6 % give or take 4 %, tails of Student's t (4)"),
        _jumps(1.0, tails=4)[1],
        (
            Effect(Text("各单位一起 1.5 倍", "all bodies by 1.5"), _jumps(1.5, all_of_them=True)[1]),
            Effect(Text("各单位一起 6 倍", "all bodies by 6"), _jumps(6.0, all_of_them=True)[1]),
        ),
        worlds=200,
    ),
    "jump_alone": Rate(
        Text("年增 6 % 上下 4 %，尾部为 t(4)", "growth of 6 % give or take 4 %, tails of Student's t (4)"),
        _jumps(1.0, tails=4)[0],
        (
            Effect(Text("两个单位 1.4 倍", "two bodies by 1.4"), _jumps(1.4)[0]),
            Effect(Text("两个单位 2 倍", "two bodies by 2"), _jumps(2.0)[0]),
        ),
        worlds=100,
    ),
}
