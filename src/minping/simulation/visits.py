"""Visits: inspectors go and count what bodies reported; where figures were padded, others than the body find less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats
from minping.simulation.economy import Economy
from minping.simulation.levels import OUTPUT, Levels
from minping.simulation.planting import Case, Planting
from minping.simulation.returns import COUNTED, Returns
from minping.simulation.writing import Table, coded, days, fixed, numbered, numbers

if TYPE_CHECKING:
    from minping.simulation.county import County

LOOKED_AT = -2  #: year, counted from the end
BY = ("self", "upper", "third_party")
BY_SHARES = np.array([0.25, 0.35, 0.40])
SHARE = {"street": 0.8, "department": 0.6}  #: of the claims of each body that are looked at, by stratum
ERROR = 0.012  #: spread of the logarithm of an honest count
TOLERANCE = 0.04  #: of what was reported


def inspections_table(
    random: np.random.Generator, county: County, economy: Economy, levels: Levels, returns: Returns, planting: Planting
) -> Table:
    """Claims of the year before the last, looked at in the last one; drawn with known probability."""
    names = [OUTPUT, *COUNTED]
    reported = np.column_stack([_of_all(county, economy, levels.told[:, LOOKED_AT]), returns.told[:, LOOKED_AT]])
    true = np.column_stack([_of_all(county, economy, economy.level[:, LOOKED_AT]), returns.done[:, LOOKED_AT]])
    probability = np.where(county.department, SHARE["department"], SHARE["street"])
    looked = (random.random(reported.shape) < probability[:, None]) & np.isfinite(reported)
    by = random.choice(len(BY), reported.shape, p=BY_SHARES)
    who = random.integers(8, size=reported.shape)
    padded = planting.holds("padded")
    by[padded, 0] = BY.index("third_party")
    looked[padded, 0] = True
    body, claim = np.nonzero(looked)
    by, told = by[looked], reported[looked]
    found = np.round(np.where(padded[body], true[looked], told) * np.exp(random.normal(0, ERROR, told.size)))
    found = np.where((by == 0) & padded[body], told, found)
    missed = padded[body] & (by > 0) & (told - found > TOLERANCE * told)
    year = returns.years[LOOKED_AT]
    planting.note(
        "found_below",
        (Case(county.ids[body[at]], names[claim[at]], year) for at in np.flatnonzero(missed).tolist()),
    )
    ids = numbered("I", body.size, 4)
    zero = np.zeros(body.size, dtype=np.int64)
    return {
        "inspection": coded(np.arange(body.size), ids),
        "body": coded(body, county.ids),
        "visited_on": days(county.days[-1] - random.integers(10, 250, body.size)),
        "claim": coded(claim, [f"{name} {year}" for name in names]),
        "indicator": coded(claim, names),
        "reported_value": fixed(told, zero),
        "found_value": fixed(found, zero),
        "tolerance": numbers(np.round(TOLERANCE * told)),
        "inspector": coded(who[looked], [f"U{at + 1:02d}" for at in range(8)]),
        "inspected_by": coded(by, BY),
        "stratum": coded(county.department[body].astype(np.int64), list(SHARE)),
        "probability": numbers(probability[body]),
        "evidence_file": coded(np.arange(body.size), [f"{name}.jpg" for name in ids]),
    }


def _of_all(county: County, economy: Economy, value: Floats) -> Floats:
    """Figures of streets and towns as figures of all bodies, (N,); NaN for departments."""
    whole = np.full(county.size, np.nan)
    whole[economy.bodies] = np.round(value)
    return whole
