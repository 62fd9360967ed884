"""Governing: what a county reports of itself and does, besides its services: figures, targets, projects, debts, tasks.

The same county comes out with planting and without, but for what was planted. Chance of each table is its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from minping.model.arrays import Floats
from minping.simulation.above import county_figures, county_targets
from minping.simulation.appraisals import appraisals_table
from minping.simulation.borrowing import debts_tables, draw_debts
from minping.simulation.economy import draw_economy
from minping.simulation.goals import draw_goals
from minping.simulation.levels import draw_levels
from minping.simulation.offices import assessments, draw_offices, terms_table
from minping.simulation.payments import payments_table
from minping.simulation.planting import Case, choose
from minping.simulation.projects import draw_projects, projects_table, uses_table
from minping.simulation.rates import draw_rates
from minping.simulation.reports import reports_table
from minping.simulation.returns import draw_returns
from minping.simulation.showpieces import plant_projects
from minping.simulation.tasks import draw_tasks, tasks_table
from minping.simulation.visits import inspections_table
from minping.simulation.writing import Table, stacked

if TYPE_CHECKING:
    from minping.simulation.county import County

STREAMS = (
    "planting",
    "economy",
    "terms",
    "levels",
    "returns",
    "goals",
    "rates",
    "projects",
    "uses",
    "debts",
    "tasks",
    "visits",
    "payments",
    "reports",
    "appraisals",
    "above",
)  #: of chance, apart


class Governed(NamedTuple):
    """Tables of evidence by name, and what is true beside them."""

    tables: dict[str, Table]
    irregular: dict[str, list[Case]]  #: kind -> where it was planted
    years: tuple[str, ...]
    output: dict[str, Floats]  #: body -> true output of each year, (Y,), 10,000 CNY


def govern(
    chance: Mapping[str, np.random.Generator], county: County, *, planted: bool, upper: bool = False
) -> Governed:
    """The years of a county up to its last day; `chance` of each stream by name.

    `upper`: the county has figures and targets of its own, above those of its streets and towns.
    """
    planting = choose(chance["planting"], county, planted)
    economy = draw_economy(chance["economy"], county)
    offices = draw_offices(chance["terms"], county)
    levels = draw_levels(chance["levels"], economy, planting, county.ids)
    returns = draw_returns(chance["returns"], county, planting)
    goals = draw_goals(chance["goals"], county, economy, planting)
    rates = draw_rates(chance["rates"], county, planting)
    projects = draw_projects(chance["projects"], county)
    plant_projects(planting, projects, offices, assessments(county))
    uses = uses_table(chance["uses"], county, projects)
    debts, repayments = debts_tables(county, draw_debts(chance["debts"], county, economy, offices, planting), planting)
    tasks = draw_tasks(chance["tasks"], county, planting)
    tables = {
        "terms": terms_table(county, offices),
        "official": stacked([*levels.rows, *returns.rows, *goals.rows, *rates]),
        "targets": goals.targets,
        "projects": projects_table(chance["projects"], county, projects, uses),
        "uses": uses,
        "debts": debts,
        "repayments": repayments,
        "tasks": tasks_table(chance["tasks"], county, tasks),
        "inspections": inspections_table(chance["visits"], county, economy, levels, returns, planting),
        "payments": payments_table(chance["payments"], county, planting),
        "reports": reports_table(chance["reports"], county, planting),
        "appraisals": appraisals_table(chance["appraisals"], county, planting),
    }
    if upper:
        above = county_targets(chance["above"], county, goals.targets, planting)
        tables["official"] = stacked([tables["official"], county_figures(economy, levels, planting)])
        tables["targets"] = stacked([goals.targets, above])
    here = [county.ids[at] for at in economy.bodies.tolist()]
    return Governed(tables, planting.cases, economy.years, dict(zip(here, economy.level, strict=True)))
