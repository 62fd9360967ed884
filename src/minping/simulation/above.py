"""Above: the county itself as the parent of its streets and towns, with figures and targets of its own.

Its accounts add up to those below it and its targets to theirs, give or take a little. Planted: more is reported below
than the county's accounts hold, and targets grow on their way down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from minping.simulation.economy import Economy
from minping.simulation.goals import QUALIFIERS
from minping.simulation.levels import OUTPUT, PADDED_YEARS, REVISED, Levels
from minping.simulation.official import after, figures, rounded
from minping.simulation.planting import Case, Planting
from minping.simulation.writing import Table, stacked, texts

if TYPE_CHECKING:
    from minping.simulation.county import County

COUNTY = "C00"
SPARE = 0.03  #: of a target, at most, that is handed down beyond it honestly
AMPLIFIED = ("jobs_created", 1.25)  #: the planted one, and by how much the targets below exceed the county's


def bodies_with_county(county: County, bodies: Table) -> Table:
    """The table of bodies, the county last and above streets and towns."""
    child = [None if is_department else COUNTY for is_department in county.department.tolist()]
    whole = {
        "body": texts([COUNTY]),
        "name": texts(["模拟县"]),
        "name_en": texts(["Simulated County"]),
        "body_type": pa.nulls(1, pa.string()),
        "population": pa.array([int(county.population[~county.department].sum())], pa.int64()),
        "parent": pa.nulls(1, pa.string()),
    }
    return stacked([{**bodies, "parent": pa.array(child, pa.string())}, whole])


def county_figures(economy: Economy, levels: Levels, planting: Planting) -> Table:
    """The county's output of each year; where bodies pad theirs, what was truly produced in those years."""
    told, true = levels.told.sum(axis=0), economy.level.sum(axis=0)
    late = np.arange(told.size) >= told.size - PADDED_YEARS
    kept = late & bool(planting.bodies["padded"].size)
    planting.note("sum_above", (Case(COUNTY, OUTPUT, economy.years[at]) for at in np.flatnonzero(kept).tolist()))
    value = rounded(np.where(kept, true, told))[None]
    return figures([COUNTY], economy.years, OUTPUT, value, released=after(economy.years, REVISED))


def county_targets(random: np.random.Generator, county: County, targets: Table, planting: Planting) -> Table:
    """For each target of streets and towns that of the county, by indicator and period."""
    streets = [name for name, off in zip(county.ids, county.department.tolist(), strict=True) if not off]
    below = pa.table(dict(targets)).filter(pc.field("body").isin(streets))
    summed = below.group_by(["indicator", "period", "set_on"], use_threads=False).aggregate([("target", "sum")])
    summed = summed.sort_by([("indicator", "ascending"), ("period", "ascending")])
    handed = 1 + random.uniform(0, SPARE, len(summed))
    name, factor = AMPLIFIED
    planted = bool(planting.bodies["padded"].size) & (np.array(summed["indicator"].to_pylist()) == name)
    handed = np.where(planted, factor, handed)
    if planted.any():
        planting.note("amplified", [Case(COUNTY, name)])
    rows = len(summed)
    return {
        "body": texts([COUNTY] * rows),
        "period": summed["period"],
        "indicator": summed["indicator"],
        "target": pa.array(np.round(np.asarray(summed["target_sum"]) / handed)),
        "target_high": pa.nulls(rows, pa.float64()),
        "qualifier": texts([QUALIFIERS[0]] * rows),
        "set_on": summed["set_on"],
    }
