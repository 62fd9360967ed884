"""Showpieces: what is planted among projects: built to be seen and hardly used, left half built, or against the rules."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Ints
from minping.simulation.offices import Offices
from minping.simulation.official import Days
from minping.simulation.planting import Case, Planting
from minping.simulation.projects import Projects

MOST = {"vanity": 5, "half_built": 3, "breach": 4}  #: projects of a body
OLD = 600  #: days that a showpiece has been open at least, before its opening is moved
BEFORE = (5, 50)  #: days before an assessment or the end of a term at which showpieces open
BUILDING = 700  #: days since the start of what is left half built
IDLE = (300, 600)  #: days without progress


def plant_projects(planting: Planting, projects: Projects, offices: Offices, assessed: Days) -> None:
    """Change some projects of some bodies; say which."""
    grown = ~np.isnat(projects.opened) & (projects.opened < offices.last - OLD)
    building = (offices.last - projects.started).astype(np.int64) > BUILDING
    fits = {"vanity": grown, "half_built": building, "breach": ~np.isnat(projects.started)}
    for kind, change in CHANGES.items():
        here = planting.holds(kind)[projects.body] & fits[kind]
        rows = planting.some(projects.body, here, MOST[kind])
        change(planting, projects, rows, offices, assessed)
        planting.note(kind, (Case(planting.ids[projects.body[row]], projects.ids[row]) for row in rows.tolist()))


def _vanity(planting: Planting, projects: Projects, rows: Ints, offices: Offices, assessed: Days) -> None:
    """Dear for those who use it, much of it façade, opened just in time to be seen, with nothing set aside for upkeep."""
    random = planting.random
    projects.cost[rows] = np.round(1.6 * projects.cost[rows])
    projects.budget[rows] = np.round(np.maximum(1.05 * projects.cost[rows], projects.budget[rows]))
    projects.feasibility[rows] = np.round(projects.budget[rows] / 1.03)
    projects.adjusted[rows] = False
    projects.facade[rows] = np.round(projects.cost[rows] * random.uniform(0.35, 0.6, rows.size))
    projects.used[rows] *= random.uniform(0.06, 0.16, rows.size)
    projects.support[rows] = random.uniform(0.2, 0.38, rows.size)
    projects.upkeep_budget[rows] = np.round(projects.upkeep[rows] * random.uniform(0.1, 0.4, rows.size))
    projects.debt[rows] = np.round(projects.cost[rows] * random.uniform(0.6, 0.9, rows.size))
    ends = offices.end[projects.body[rows]]  # (R, TERMS)
    days = np.hstack([np.broadcast_to(assessed, (rows.size, assessed.size)), ends])
    apart = (days - projects.completed[rows][:, None]).astype(np.int64)
    nearest = np.where(apart > BEFORE[1], apart, np.iinfo(np.int64).max).argmin(axis=1)
    projects.opened[rows] = np.take_along_axis(days, nearest[:, None], axis=1)[:, 0] - random.integers(
        *BEFORE, rows.size
    )


def _half_built(planting: Planting, projects: Projects, rows: Ints, offices: Offices, _: Days) -> None:
    """Begun long ago, no progress for a year, nothing opened."""
    projects.completed[rows] = projects.opened[rows] = np.datetime64("NaT")
    stopped = offices.last - planting.random.integers(*IDLE, rows.size)
    projects.moved[rows] = np.minimum(stopped, projects.started[rows] + 360)
    projects.progress[rows] = planting.random.integers(25, 80, rows.size)
    projects.cost[rows] = np.round(projects.budget[rows] * projects.progress[rows] / 100)
    projects.adjusted[rows] = False
    projects.debt[rows] = np.round(projects.cost[rows] * 0.5)
    projects.facade[rows] = np.minimum(projects.facade[rows], 0.1 * projects.cost[rows]).round()


def _breach(planting: Planting, projects: Projects, rows: Ints, _: Offices, __: Days) -> None:
    """Begun before it was approved, dearer than the budget without approval, with money of the builder."""
    random = planting.random
    early, dear, lent = (rows[at::3] for at in range(3))
    projects.approved[early] = projects.started[early] + random.integers(20, 120, early.size)
    dear = np.concatenate([dear, early[:1]])
    projects.cost[dear] = np.round(projects.budget[dear] * random.uniform(1.12, 1.4, dear.size))
    projects.adjusted[dear] = False
    projects.advance[lent] = np.round(projects.cost[lent] * random.uniform(0.1, 0.3, lent.size))


CHANGES = {"vanity": _vanity, "half_built": _half_built, "breach": _breach}
