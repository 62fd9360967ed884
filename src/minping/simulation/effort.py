"""Effort of the simulated bodies: money and tasks by category and quarter, partly where people ask, partly where it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats
from minping.simulation.requests import CATEGORIES, category_shares
from minping.simulation.writing import Table, coded, numbers

if TYPE_CHECKING:
    from minping.simulation.county import County

SHOWN = {"道路破损": 5.0, "路灯照明": 3.0, "占道经营": 2.0}  #: categories whose works are seen, and how they share
MONTHS = 3  #: of a period of effort


def follow(random: np.random.Generator, county: County) -> Floats:
    """How far each body's effort follows what people ask for, (N,), 0 to 1."""
    return np.asarray(random.beta(3.0, 2.0, county.size))


def done_shares(county: County, following: Floats) -> Floats:
    """The share of each category in a body's effort, (N, C)."""
    shown = np.array([SHOWN.get(name, 0.0) for name in CATEGORIES])
    asked = category_shares(county)
    return np.asarray(following[:, None] * asked + (1 - following[:, None]) * shown / shown.sum())


def effort_table(random: np.random.Generator, county: County, following: Floats) -> Table:
    """One row for each body, quarter and category."""
    quarters = [f"{name[:4]}Q{int(name[5:]) // MONTHS + 1}" for name in county.periods[::MONTHS]]
    shape = (county.size, len(quarters), len(CATEGORIES))
    shares = np.broadcast_to(done_shares(county, following)[:, None, :], shape)
    budget = (county.population[:, None] * random.lognormal(3.0, 0.2, shape[:2]))[:, :, None]
    body, quarter, category = (at.ravel() for at in np.indices(shape))
    return {
        "body": coded(body, county.ids),
        "period": coded(quarter, quarters),
        "category": coded(category, list(CATEGORIES)),
        "spending_cny": numbers(np.round(budget * shares).ravel().astype(np.int64)),
        "tasks": numbers(random.poisson(shares * budget / 8000.0).ravel()),
    }


def apart_shares(county: County, following: Floats) -> Floats:
    """The true share of spending that lies elsewhere than the requests, (N,)."""
    return np.asarray(np.abs(done_shares(county, following) - category_shares(county)).sum(axis=1) / 2)
