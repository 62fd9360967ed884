"""Goals: targets of every month for what bodies count, and of every year for the taxes of streets and towns.

Planted: figures moved to just above their targets, all targets met by a hair, targets that nobody could reach or anybody
would, targets that follow last year's figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.simulation.economy import Economy
from minping.simulation.official import Days, after, figures, last_months
from minping.simulation.planting import Case, Planting
from minping.simulation.writing import Table, coded, days, numbers, stacked

if TYPE_CHECKING:
    from minping.simulation.county import County

MONTHLY = {"jobs_created": 900.0, "firms_registered": 500.0, "checks_made": 1400.0}  #: and their middle a month
MONTHS = 12
QUALIFIERS = ("at_least", "about", "range")
QUALIFIED = np.array([0.7, 0.15, 0.15])
RANGE = 1.1  #: upper end of a range, as a multiple of the lower
REACHED, SPREAD = 0.01, 0.06  #: of the logarithm of figure over target
MOVED = 0.07  #: figures so far below the target are moved above it
ABOVE = 0.008  #: at most so far
YEARLY = "tax_revenue"
TOO_HIGH, TOO_LOW = 1.35, 0.74  #: of what could be expected
SLACK = 0.008  #: spread of the logarithm of an honest yearly target


class Goals(NamedTuple):
    """Targets and what became of the monthly ones."""

    rows: list[Table]  #: official figures
    targets: Table


def draw_goals(random: np.random.Generator, county: County, economy: Economy, planting: Planting) -> Goals:
    """Every target of every body."""
    rows, monthly = _monthly(random, county, planting)
    return Goals(rows, stacked([*monthly, _yearly(random, county, economy, planting)]))


def _monthly(random: np.random.Generator, county: County, planting: Planting) -> tuple[list[Table], list[Table]]:
    periods = last_months(county.days[-1], MONTHS)
    bunched, met = planting.holds("bunched")[:, None], planting.holds("just_met")[:, None]
    rows, targets = [], []
    for name, middle in MONTHLY.items():
        size = middle * np.exp(random.normal(0, 0.35, (county.size, 1)))
        target = np.round(size * np.exp(random.normal(0, 0.05, (county.size, MONTHS))))
        ratio = np.exp(random.normal(REACHED, SPREAD, target.shape))
        qualifier = random.choice(len(QUALIFIERS), (county.size, 1), p=QUALIFIED)
        just = 1 + planting.random.uniform(0, ABOVE, target.shape)
        moved = met | (bunched & (ratio >= 1 - MOVED) & (ratio < 1))
        told = np.where(moved, np.ceil(target * just), np.round(target * ratio))
        told = np.where(moved & (told > 1.01 * target), target, told)
        rows.append(figures(county.ids, periods, name, told, reporter="self", released=after(periods, 1)))
        qualifier = np.where(bunched | met, 0, qualifier)
        set_on = np.full(MONTHS, np.datetime64(f"{periods[0]}-10", "D"))
        targets.append(_rows(county, np.arange(county.size), periods, name, target, qualifier, set_on))
        for kind in ("bunched", "just_met"):
            planting.note(kind, (Case(planting.ids[at], name) for at in planting.bodies[kind].tolist()))
    return rows, targets


def _yearly(random: np.random.Generator, county: County, economy: Economy, planting: Planting) -> Table:
    """What could be expected of taxes, from the level of the year before and the growth that is usual there."""
    taxes = economy.flows[YEARLY]
    structure = np.log(taxes / economy.level).mean(axis=1, keepdims=True)
    before = np.exp(np.log(economy.level[:, :-1]) + structure)
    grown = np.exp(economy.growth[:, None] + random.normal(0, SLACK, before.shape))
    ratchet = planting.holds("ratchet")[economy.bodies][:, None]
    target = np.where(ratchet, taxes[:, :-1], before) * grown
    for kind, factor in (("unrealistic_target", TOO_HIGH), ("sandbagged_target", TOO_LOW)):
        here = planting.holds(kind)[economy.bodies]
        target[here, -1] = taxes[here, -2] * np.exp(economy.growth[here]) * factor
    for kind in ("unrealistic_target", "sandbagged_target", "ratchet"):
        period = "" if kind == "ratchet" else economy.years[-1]
        planting.note(kind, (Case(planting.ids[at], YEARLY, period) for at in planting.bodies[kind].tolist()))
    years = economy.years[1:]
    set_on = np.array([f"{year}-01-20" for year in years], dtype="datetime64[D]")
    qualifier = np.zeros((economy.bodies.size, 1), dtype=np.int64)
    return _rows(county, economy.bodies, years, YEARLY, np.round(target), qualifier, set_on)


def _rows(
    county: County,
    bodies: Ints,
    periods: tuple[str, ...],
    name: str,
    target: Floats,
    qualifier: Ints,
    set_on: Days,
) -> Table:
    at, period = (one.ravel() for one in np.indices(target.shape))
    kind = np.broadcast_to(qualifier, target.shape).ravel()
    flat = target.ravel()
    return {
        "body": coded(bodies[at], county.ids),
        "period": coded(period, periods),
        "indicator": coded(np.zeros(flat.size, dtype=np.int64), [name]),
        "target": numbers(flat),
        "target_high": numbers(np.round(RANGE * flat), kind == QUALIFIERS.index("range")),
        "qualifier": coded(kind, QUALIFIERS),
        "set_on": days(set_on[period]),
    }
