"""Projects built to be used, and some built to be seen."""

from __future__ import annotations

import numpy as np

from benchmarks.error_rates.rate import Effect, Rate, World
from minping.audit.cases import broken
from minping.audit.vanity.criteria import CRITERIA, Works, count, criteria
from minping.model.arrays import Floats
from minping.scheme.audit_rules import ProjectLimits
from minping.words import Text

PROJECTS, SEEN = 150, 10
TODAY = np.datetime64("2025-12-31", "D")


def works(random: np.random.Generator, worse: float) -> Works:
    """Projects of five kinds with honest overruns, delays and little-used ones; the first ten worse by a degree from 0 to 1."""
    first = np.arange(PROJECTS) < SEEN
    bad = np.where(first, worse, 0.0)
    started = TODAY - random.integers(1500, 3000, PROJECTS)
    planned = started + random.integers(300, 800, PROJECTS)
    late = np.clip(random.lognormal(-1.6, 0.8, PROJECTS), 0, 3)
    completed = planned + ((planned - started).astype(int) * late).astype(int)
    opened = completed + random.integers(10, 90, PROJECTS)
    capacity = random.lognormal(7, 1, PROJECTS)
    forecast = capacity * random.uniform(0.7, 1.0, PROJECTS)
    used = forecast * np.minimum(random.lognormal(-0.25, 0.45, PROJECTS), 1.3) * (1 - 0.85 * bad)
    budget = random.lognormal(16, 0.8, PROJECTS)
    cost = budget * np.exp(random.normal(0.05 + 0.2 * bad, 0.12))
    stalled = random.random(PROJECTS) < 0.02
    nat = np.datetime64("NaT", "D")
    ahead = np.where(
        first & (random.random(PROJECTS) < worse), random.uniform(5, 50, PROJECTS), random.uniform(0, 365, PROJECTS)
    )
    return Works(
        kind=random.integers(0, 5, PROJECTS), started=started, planned=planned, completed=np.where(stalled, nat, completed),
        opened=np.where(stalled, nat, opened), moved=np.where(stalled, started + 200, completed), progress=np.where(stalled, 50.0, 100.0),
        capacity=capacity, used=used, idle_for=np.where(used < 0.3 * capacity, 24.0, 0.0), forecast=forecast, budget=budget, cost=cost,
        facade=cost * np.clip(random.beta(2, 18, PROJECTS) + 0.35 * bad, 0, 0.9), beneficiaries=used * random.uniform(8, 14, PROJECTS),
        support=100 * np.clip(random.normal(0.78 - 0.45 * bad, 0.1), 0.02, 0.99), asked=random.integers(80, 300, PROJECTS).astype(np.float64),
        ahead=ahead,
    )  # fmt: skip


def _showpieces(worse: float, several: bool = True) -> World:
    def world(random: np.random.Generator) -> Floats:
        many, _, sources = count(criteria(works(random, worse), ProjectLimits(), TODAY))
        p = broken((many >= ProjectLimits().least) & ((sources > 1) == several))
        return p[:SEEN] if worse else p

    return world


def _half_built(part: float) -> World:
    """Projects that are finished, or were moved on within half a year; a part of ten have stood still for a year."""

    def world(random: np.random.Generator) -> Floats:
        made = works(random, 0.0)
        begun = np.arange(PROJECTS) < SEEN
        made.completed[begun], made.progress[begun] = np.datetime64("NaT"), 60.0
        still = begun & (random.random(PROJECTS) < part)
        made.moved[:] = np.where(still, TODAY - 365, TODAY - random.integers(0, 180, PROJECTS))
        made.progress[~begun] = 100.0
        p = broken(criteria(made, ProjectLimits(), TODAY).met[:, [one.key for one in CRITERIA].index("stalled")])
        return p[still] if part else p

    return world


RATES = {
    "showpiece": Rate(
        Text(
            "150 个项目，如实的超支、超期和少数冷清的",
            "150 projects with honest overruns, delays and a few little used",
        ),
        _showpieces(0.0),
        (
            Effect(Text("十个项目中等程度为看而建", "ten built to be seen, to a middling degree"), _showpieces(0.6)),
            Effect(Text("十个项目完全为看而建", "ten built to be seen altogether"), _showpieces(1.0)),
        ),
        worlds=30,
    ),
    "showpiece_one_source": Rate(
        Text("同上", "the same"),
        _showpieces(0.0, several=False),
        (),
        worlds=30,
    ),
    "half_built": Rate(
        Text("完工的，或半年内有进展的", "finished, or with progress within half a year"),
        _half_built(0.0),
        (Effect(Text("停了一年", "still for a year"), _half_built(0.5)),),
        worlds=30,
    ),
}
