"""Projects: what was built for how much, when it opened and how far it is used; honest ones overrun now and then too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.simulation.official import Days
from minping.simulation.writing import Table, coded, days, fixed, numbered, numbers

if TYPE_CHECKING:
    from minping.simulation.county import County

EACH = 8  #: projects of a body
BACK = 9 * 365  #: days before the end over which they were approved
LATEST = 150  #: none was approved later than so many days before the end
EVERY = 182  #: days between observations of use
MOST_ASKED = 300  #: people who are asked whether they support a project


class Built(NamedTuple):
    """A kind of project."""

    unit: str
    capacity: float  #: middle
    cost: float  #: CNY for each unit of capacity
    months: float  #: planned
    people: float  #: beneficiaries a year for each unit that is used
    facade: float  #: usual share of the cost that goes into what shows


KINDS = {
    "道路": Built("车次/日", 6_000.0, 3_500.0, 14.0, 12.0, 0.05),
    "供水": Built("吨/日", 4_000.0, 6_000.0, 18.0, 6.0, 0.02),
    "学校": Built("学位", 900.0, 60_000.0, 20.0, 1.6, 0.06),
    "卫生院": Built("床位", 80.0, 400_000.0, 18.0, 150.0, 0.05),
    "文化广场": Built("人次/日", 1_200.0, 15_000.0, 12.0, 25.0, 0.15),
    "产业园": Built("平方米", 30_000.0, 2_200.0, 24.0, 0.2, 0.08),
}
MOST_ABOVE = 0.085  #: of the logarithm of an honest budget over the feasibility study; the law allows a tenth


@dataclass(slots=True)
class Projects:
    """R projects; what is planted changes them in place."""

    ids: list[str]
    body: Ints
    kind: Ints
    approved: Days
    started: Days
    planned: Days
    completed: Days  #: NaT while it is not
    opened: Days
    moved: Days  #: last progress
    progress: Floats  #: per cent
    feasibility: Floats  #: CNY, all amounts
    budget: Floats
    cost: Floats
    debt: Floats
    facade: Floats
    advance: Floats
    upkeep: Floats  #: a year
    upkeep_budget: Floats
    adjusted: Bools  #: the budget was adjusted with approval
    capacity: Floats
    forecast: Floats
    used: Floats  #: once people have got used to it
    support: Floats  #: share of beneficiaries
    asked: Ints
    people: Floats  #: beneficiaries a year for each unit used


def draw_projects(random: np.random.Generator, county: County) -> Projects:
    """Projects of the last nine years, by body."""
    body, end = np.repeat(np.arange(county.size), EACH), county.days[-1].astype("datetime64[D]")
    rows = body.size
    kind = random.integers(len(KINDS), size=rows)
    usual = np.array([tuple(one)[1:] for one in KINDS.values()], dtype=np.float64)[kind]
    approved = end - random.integers(LATEST, BACK, rows)
    started = approved + random.integers(20, 150, rows)
    planned_days = usual[:, 2] * 30.4 * np.exp(random.normal(0, 0.15, rows))
    taken = planned_days * np.exp(random.normal(0.08, 0.12, rows))
    completed = started + np.round(taken).astype(np.int64)
    opened = completed + random.integers(10, 60, rows)
    capacity = np.round(usual[:, 0] * np.exp(random.normal(0, 0.4, rows)))
    budget = np.round(capacity * usual[:, 1] * np.exp(random.normal(0, 0.2, rows)), -4)
    overrun = np.exp(random.normal(0.02, 0.08, rows))
    elapsed = ((end - started).astype(np.int64) / taken).clip(0.02, 1)
    ended = completed <= end
    forecast = np.round(capacity * random.uniform(0.75, 1.0, rows))
    cost = np.round(budget * np.where(ended, overrun, np.minimum(overrun, 1.0) * elapsed))
    upkeep = np.round(0.03 * budget)
    return Projects(
        ids=numbered("P", rows, 4),
        body=body,
        kind=kind,
        approved=approved,
        started=started,
        planned=started + np.round(planned_days).astype(np.int64),
        completed=np.where(ended, completed, np.datetime64("NaT")),
        opened=np.where(opened <= end, opened, np.datetime64("NaT")),
        moved=np.where(ended, completed, np.maximum(end - random.integers(3, 60, rows), started)),
        progress=np.where(ended, 100.0, np.round(96 * elapsed)),
        feasibility=np.round(budget / np.exp(np.minimum(random.normal(0.0, 0.04, rows), MOST_ABOVE)), -4),
        budget=budget,
        cost=cost,
        debt=np.round(cost * random.uniform(0.0, 0.4, rows)),
        facade=np.round(cost * usual[:, 4] * random.uniform(0.4, 1.5, rows)),
        advance=np.zeros(rows),
        upkeep=upkeep,
        upkeep_budget=np.round(upkeep * random.uniform(0.85, 1.1, rows)),
        adjusted=cost > budget,
        capacity=capacity,
        forecast=forecast,
        used=forecast * random.beta(12, 2.5, rows) * 1.05,
        support=random.beta(14, 3, rows),
        asked=random.integers(80, MOST_ASKED, rows),
        people=usual[:, 3],
    )


def projects_table(random: np.random.Generator, county: County, projects: Projects, uses: Table) -> Table:
    """Every project; what it is used for today is what was last observed."""
    rows = projects.body.size
    latest = np.full(rows, -1.0)
    names = {name: at for at, name in enumerate(projects.ids)}
    at = np.array([names[name] for name in uses["project"].to_pylist()], dtype=np.int64)
    latest[at] = np.asarray(uses["used_capacity"])  # in time order: the last one stands
    seen = latest >= 0
    beneficiaries = np.round(latest * projects.people * np.exp(random.normal(0, 0.1, rows)))
    said = seen & (beneficiaries > 0)
    answers = random.random((rows, MOST_ASKED)) < projects.support[:, None]
    agree = (answers & (np.arange(MOST_ASKED) < projects.asked[:, None])).sum(axis=1)
    kinds = list(KINDS)
    zero, one = np.zeros(rows, dtype=np.int64), np.ones(rows, dtype=np.int64)
    amounts = {
        "feasibility_cny": projects.feasibility,
        "budget_cny": projects.budget,
        "cost_cny": projects.cost,
        "debt_cny": projects.debt,
        "om_need_cny": projects.upkeep,
        "om_budget_cny": projects.upkeep_budget,
        "facade_cny": projects.facade,
        "advance_cny": projects.advance,
    }
    refs = [f"概调〔{str(day)[:4]}〕{row + 1}号" for row, day in enumerate(projects.started)]
    return {
        "project": coded(np.arange(rows), projects.ids),
        "body": coded(projects.body, county.ids),
        "kind": coded(projects.kind, kinds),
        "approved_on": days(projects.approved),
        **{name: fixed(amount, zero) for name, amount in amounts.items()},
        "started_on": days(projects.started),
        "planned_on": days(projects.planned),
        "completed_on": days(projects.completed),
        "opened_on": days(projects.opened),
        "design_capacity": numbers(projects.capacity),
        "used_capacity": numbers(latest, seen),
        "forecast_use": numbers(projects.forecast),
        "capacity_unit": coded(projects.kind, [built.unit for built in KINDS.values()]),
        "beneficiaries": numbers(beneficiaries, seen),
        "support_share": fixed_where(100 * agree / projects.asked, one, said),
        "support_n": numbers(projects.asked, said),
        "adjustment_ref": coded(np.where(projects.adjusted, np.arange(rows), -1), refs),
        "last_progress_on": days(projects.moved),
        "progress": numbers(projects.progress),
    }


def uses_table(random: np.random.Generator, county: County, projects: Projects) -> Table:
    """How far each opened project was used, every half year since it opened."""
    end = county.days[-1].astype("datetime64[D]")
    never = np.isnat(projects.opened)
    count = np.where(never, 0, (end - np.where(never, end, projects.opened)).astype(np.int64) // EVERY)
    row = np.repeat(np.arange(count.size), count)
    turn = np.arange(row.size) - np.repeat(np.cumsum(count) - count, count) + 1
    grown = 1 - np.exp(-turn * EVERY / 250.0)
    noise = random.normal(0, 0.05, (count.size, BACK // EVERY))  # for every project, opened or not
    used = projects.used[row] * grown * np.exp(noise[row, turn - 1])
    return {
        "project": coded(row, projects.ids),
        "observed_on": days(projects.opened[row] + turn * EVERY),
        "used_capacity": numbers(np.round(np.minimum(used, 1.1 * projects.capacity[row]))),
    }


def fixed_where(values: Floats, decimals: Ints, keep: Bools) -> object:
    """Figures with so many decimals each; empty where not kept."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pa.array(keep), fixed(values, decimals), pa.scalar(None, pa.string()))
