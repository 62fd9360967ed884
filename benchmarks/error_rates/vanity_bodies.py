"""Bodies whose projects are like those of others or not, whatever each single project meets."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.error_rates.rate import Effect, Rate, World
from minping.audit.cases import broken
from minping.audit.vanity.openings import clustered
from minping.audit.vanity.reference_classes import OTHERS, chance, score_by_age
from minping.audit.vanity.unused import unused
from minping.model.arrays import Floats, Ints
from minping.stats.class_ranks import class_scores
from minping.stats.stretches import first_stretch, more_begun
from minping.words import Text

BODIES, EACH, TYPES = 30, 8, 4
BETWEEN = 0.3  #: standard deviation between bodies, in that between projects
YEARS = 9
START = np.datetime64("2016-01-01", "D")
RAMP = np.array([0.7, 0.9, 1.0])  #: of the use in the end, at each age


def _projects(random: np.random.Generator) -> tuple[Ints, Ints, Floats]:
    """Body, kind and level of projects; kinds and bodies differ, bodies have 4 to 12 of them."""
    body = np.repeat(np.arange(BODIES), random.integers(EACH // 2, EACH * 3 // 2 + 1, BODIES))
    kind = random.integers(0, TYPES, body.size)
    level = random.normal(size=body.size) + random.normal(0, BETWEEN, BODIES)[body] + random.normal(0, 1, TYPES)[kind]
    return body, kind, level


def _ranked(shift: float | None) -> World:
    """One body's projects are worse by so many standard deviations; skewed figures."""

    def world(random: np.random.Generator) -> Floats:
        body, kind, level = _projects(random)
        value = np.exp(level + np.where(body == 0, shift or 0.0, 0.0))
        p = chance(class_scores(value, (kind, np.zeros_like(kind)), OTHERS), body, BODIES).p
        return p if shift is None else p[:1]

    return world


def _aged(shift: float | None) -> World:
    """Use grows with age; young projects are known at the first ages only."""

    def world(random: np.random.Generator) -> Floats:
        body, kind, level = _projects(random)
        final = 1 / (1 + np.exp(-1.5 - 0.5 * (level - np.where(body == 0, shift or 0.0, 0.0))))
        share = final[:, None] * RAMP * np.exp(random.normal(0, 0.1, (body.size, RAMP.size)))
        share[np.arange(RAMP.size) >= random.integers(1, RAMP.size + 1, body.size)[:, None]] = np.nan
        p = chance(score_by_age(share, kind), body, BODIES).p
        return p if shift is None else p[:1]

    return world


def _opened(planted: float | None) -> World:
    """Openings on any day of nine years; assessments every December, one change of office for each body."""

    def world(random: np.random.Generator) -> Floats:
        body, _, _ = _projects(random)
        days = 365 * YEARS
        day = START + random.integers(0, days, body.size)
        assessed = START + 354 + 365 * np.arange(YEARS)
        change = START + random.integers(0, days, BODIES)
        if planted is not None:
            mine = (body == 0) & (random.random(body.size) < planted)
            day[mine] = random.choice(assessed, int(mine.sum())) - random.integers(1, 61, int(mine.sum()))
        marked = np.concatenate([assessed, change]), np.concatenate([np.full(YEARS, -1), np.arange(BODIES)])
        found = clustered(day, body, BODIES, marked, 60, (START, START + days - 1))
        return found.p if planted is None else found.p[:1]

    return world


def _idle(planted: float | None) -> World:
    """Use observed every half year, for one to nine years; of each kind some fall idle in each half year, for good."""

    def world(random: np.random.Generator) -> Floats:
        body, kind, _ = _projects(random)
        rate = np.array([0.01, 0.02, 0.03, 0.06])[kind]
        if planted is not None:
            rate[body == 0] = planted
        seen = random.integers(2, 2 * YEARS + 1, body.size)
        falls = random.geometric(rate)
        project = np.repeat(np.arange(body.size), seen)
        turn = np.arange(project.size) - np.repeat(np.cumsum(seen) - seen, seen) + 1
        waits = first_stretch(project, 6.0 * turn, turn >= falls[project], body.size, 12.0)
        p = more_begun(waits, body, BODIES, kind, 3.0)[2]
        return p if planted is None else p[:1]

    return world


def _unused(share: float) -> World:
    """Opened within 170 days of completion and used a little from the start; so many never are."""

    def world(random: np.random.Generator) -> Floats:
        cases = BODIES * EACH
        completed = random.uniform(0, 3000, cases)
        begun = completed - random.uniform(0, 170, cases)
        begun = np.where((begun < 0) | (random.random(cases) < share), np.nan, begun)
        found, known, _ = unused(completed, begun, random.uniform(0.01, 1, cases), 180.0)
        return np.where(known, broken(found), np.nan)

    return world


def _effects(world: Callable[[float], World], sizes: tuple[float, ...]) -> tuple[Effect, ...]:
    return tuple(
        Effect(
            Text(
                f"一个单位的项目差 {size:g} 个标准差", f"one body's projects are worse by {size:g} standard deviations"
            ),
            world(size),
        )
        for size in sizes
    )


LIKE = Text(
    "30 个单位各 4–12 个项目，四类，单位之间的标准差 0.3",
    "30 bodies with 4–12 projects of four kinds, bodies differ by 0.3 standard deviations",
)
RANKED = Rate(LIKE, _ranked(None), _effects(_ranked, (1.0, 2.0)))
AGED = Rate(LIKE, _aged(None), _effects(_aged, (1.0, 2.0)))
RATES = {
    "built_not_used": Rate(
        Text("240 个项目，完工后 170 天内投用", "240 projects, opened within 170 days of completion"),
        _unused(0.0),
        (Effect(Text("完工半年后仍没有投用", "not opened, of those completed for half a year"), _unused(1.0)),),
        worlds=20,
    ),
    "openings": Rate(
        Text("30 个单位各 4–12 次投用，九年中任何一天", "30 bodies with 4–12 openings, on any day of nine years"),
        _opened(None),
        tuple(
            Effect(Text(f"一个单位 {part:.0%} 在考核前 60 天", f"one body with {part:.0%} in the 60 days before"), _opened(part))
            for part in (0.5, 0.8)
        ),
    ),
    "time_to_idle": Rate(
        Text("30 个单位各 4–12 个项目，观测 1–9 年，每半年 1–6% 闲置", "30 bodies with 4–12 projects seen for 1–9 years, 1–6 % fall idle each half year"),
        _idle(None),
        tuple(
            Effect(Text(f"一个单位每半年 {rate:.0%}", f"one body with {rate:.0%} each half year"), _idle(rate)) for rate in (0.2, 0.5)
        ),
    ),
    "cost_overruns": RANKED,
    "time_overruns": RANKED,
    "used_less": AGED,
    "short_of_forecast": AGED,
    "cost_for_each": RANKED,
}  # fmt: skip
