"""Returns: what every body counts of its own work and sends up once a year, and its waste month by month.

Planted: last year's figures once more, two bodies with the same figures, fewer decimals from some month on. Bodies that
pad their output send up more than they did here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from minping.model.arrays import Floats
from minping.simulation.official import after, figures, last_months, rounded
from minping.simulation.planting import Case, Planting
from minping.simulation.writing import Table

if TYPE_CHECKING:
    from minping.simulation.county import County

#: what is counted, and its middle for 30,000 people
COUNTED = {
    "households_visited": 2600.0,
    "persons_trained": 900.0,
    "health_checks": 5200.0,
    "library_visits": 7400.0,
    "trees_planted": 3100.0,
    "dwellings_repaired": 240.0,
    "safety_checks": 1300.0,
    "disputes_settled": 420.0,
    "meals_delivered": 11_500.0,
    "pipes_mended_metres": 1800.0,
}
YEARS = 3
WASTE = "waste_tonnes"
WASTE_PER_HEAD = 0.022  #: tonnes a month
INFLATED, INFLATED_YEARS = (1.15, 1.40), 2  #: by bodies that pad, in the last years
MONTHS, SWITCHED = 24, 6  #: of waste, and those at the end without decimals where precision switches


class Returns(NamedTuple):
    """What was sent up."""

    rows: list[Table]
    years: tuple[str, ...]
    done: Floats  #: (N, 3, K) truly
    told: Floats  #: (N, 3, K)


def draw_returns(random: np.random.Generator, county: County, planting: Planting) -> Returns:
    """Yearly counts and monthly waste of all bodies."""
    last = int(str(county.days[-1])[:4])
    years = tuple(str(year) for year in range(last - YEARS + 1, last + 1))
    shape = (county.size, YEARS, len(COUNTED))
    size = np.log(county.population / 30_000)[:, None, None] * 0.8
    own = random.normal(0, 0.35, (county.size, 1, len(COUNTED)))
    done = np.exp(np.log(list(COUNTED.values())) + size + own + random.normal(0, 0.12, shape))
    told = rounded(done)
    _plant(planting, told, years)
    released = after(years, 1)
    rows = [
        figures(county.ids, years, name, told[..., at], reporter="self", released=released)
        for at, name in enumerate(COUNTED)
    ]
    return Returns([*rows, _waste(random, county, planting)], years, done, told)


def _plant(planting: Planting, told: Floats, years: tuple[str, ...]) -> None:
    late = told[:, -INFLATED_YEARS:]
    inflated = np.round(late * planting.random.uniform(*INFLATED, late.shape))
    told[:, -INFLATED_YEARS:] = np.where(planting.holds("padded")[:, None, None], inflated, late)
    for body in planting.bodies["copied_forward"].tolist():
        told[body, -1] = told[body, -2]
        planting.note("copied_forward", [Case(planting.ids[body], "", years[-1], years[-2])])
    pairs = planting.bodies["same_vector"]
    for one, other in zip(pairs[0::2].tolist(), pairs[1::2].tolist(), strict=False):
        told[other, -1] = told[one, -1]
        planting.note("same_vector", [Case(planting.ids[other], "", years[-1], planting.ids[one])])
        planting.note("same_vector", [Case(planting.ids[one], "", years[-1], planting.ids[other])])


def _waste(random: np.random.Generator, county: County, planting: Planting) -> Table:
    """Tonnes with two decimals; whole tonnes where precision switches."""
    periods = last_months(county.days[-1], MONTHS)
    own = random.normal(0, 0.2, (county.size, 1)) + random.normal(0, 0.06, (county.size, MONTHS))
    tonnes = county.population[:, None] * WASTE_PER_HEAD * np.exp(own)
    late = np.arange(MONTHS) >= MONTHS - SWITCHED
    switched = planting.holds("precision_switch")[:, None] & late
    decimals = np.where(switched, 0, 2)
    value = np.where(switched, np.round(tonnes), np.round(tonnes, 2))
    planting.note(
        "precision_switch",
        (Case(planting.ids[at], WASTE, periods[-SWITCHED]) for at in planting.bodies["precision_switch"].tolist()),
    )
    return figures(county.ids, periods, WASTE, value, decimals=decimals, reporter="self", released=after(periods, 1))
