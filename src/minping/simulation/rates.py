"""Rates that bodies report of themselves month by month: people content, matters dealt with in time.

`satisfaction_self` comes with how many were asked, `on_time_self` with both counts. Planted: per cent that no whole
number of so many people gives; rates that lie at whole numbers month after month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.simulation.official import after, figures, last_months
from minping.simulation.planting import Case, Planting
from minping.simulation.writing import Table
from minping.stats.feasible import feasible_mean

if TYPE_CHECKING:
    from minping.simulation.county import County

SATISFIED, ON_TIME = "satisfaction_self", "on_time_self"
MONTHS_ASKED, MONTHS_COUNTED = 12, 24
ASKED = (22, 90)  #: people a month: from the first, below the last
HANDLED = (1_300, 4_800)  #: matters a month
TRIES = 16  #: for an invented per cent


def draw_rates(random: np.random.Generator, county: County, planting: Planting) -> list[Table]:
    """Both rates of all bodies."""
    return [_satisfied(random, county, planting), _on_time(random, county, planting)]


def _satisfied(random: np.random.Generator, county: County, planting: Planting) -> Table:
    periods = last_months(county.days[-1], MONTHS_ASKED)
    asked = random.integers(*ASKED, (county.size, MONTHS_ASKED))
    odds = 2.3 + 0.6 * county.quality[:, None] + random.normal(0, 0.2, asked.shape)
    content = random.binomial(asked, 1 / (1 + np.exp(-odds)))
    tenths = np.round(1000 * content / asked)
    invented, impossible = _invented(planting, asked)
    holds = planting.holds("infeasible_share")[:, None] & impossible
    tenths = np.where(holds, invented, tenths)
    cells = zip(*np.nonzero(holds), strict=True)
    planting.note("infeasible_share", (Case(planting.ids[at], SATISFIED, periods[month]) for at, month in cells))
    return figures(
        county.ids,
        periods,
        SATISFIED,
        tenths / 10,
        decimals=1,
        reporter="self",
        released=after(periods, 1),
        n=asked,
    )


def _invented(planting: Planting, asked: Ints) -> tuple[Floats, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    """Tenths of a per cent that so many people can't give, (N, M), and where one was found."""
    drawn = planting.random.integers(935, 996, (TRIES, *asked.shape))
    places = np.full(drawn.shape, 3)
    possible = feasible_mean(drawn, places, np.broadcast_to(asked, drawn.shape))
    at = np.argmin(possible, axis=0)[None]
    chosen = np.take_along_axis(drawn, at, axis=0)[0]
    return chosen.astype(np.float64), ~np.take_along_axis(possible, at, axis=0)[0]


def _on_time(random: np.random.Generator, county: County, planting: Planting) -> Table:
    periods = last_months(county.days[-1], MONTHS_COUNTED)
    handled = random.integers(*HANDLED, (county.size, MONTHS_COUNTED))
    odds = 2.6 + 0.4 * county.quality[:, None] + random.normal(0, 0.25, handled.shape)
    done = random.binomial(handled, 1 / (1 + np.exp(-odds)))
    whole = planting.random.choice([93, 94, 95, 96, 97, 98, 99], handled.shape)
    holds = planting.holds("whole_percentages")
    done = np.where(holds[:, None], np.round(handled * whole / 100).astype(np.int64), done)
    planting.note("whole_percentages", (Case(planting.ids[at], ON_TIME) for at in np.flatnonzero(holds).tolist()))
    return figures(
        county.ids,
        periods,
        ON_TIME,
        np.round(100 * done / handled, 2),
        decimals=2,
        reporter="self",
        released=after(periods, 1),
        numerator=done,
        denominator=handled,
    )
