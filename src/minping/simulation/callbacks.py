"""The list of all cases served, and call-backs of those not rated: what the silent truly think, as far as reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Bytes
from minping.simulation.ratings import CHANNELS, DEFAULTED, NONE, SERVICES, Services
from minping.simulation.writing import DAY, Table, coded, dates, numbers
from minping.stats.allocation import allocate

if TYPE_CHECKING:
    from minping.simulation.county import County

OUTCOMES = ("reached", "refused", "no_contact", "wrong_number")
OUTCOME_SHARES = np.array([0.55, 0.13, 0.27, 0.05])
AFTER_DAYS = 40  #: days from the end of the year to the last call


def cases_table(county: County, services: Services) -> Table:
    """Every completed service."""
    return {
        "case": coded(np.arange(len(services.ids)), services.ids),
        "body": coded(services.body, county.ids),
        "completed_on": dates(services.completed),
        "channel": coded(services.channel, CHANNELS),
        "service": coded(services.service, SERVICES),
    }


def callbacks_table(
    random: np.random.Generator, county: County, services: Services, status: Bytes, count: int
) -> Table:
    """So many calls: as many for each body, by channel in proportion to its silent cases; they say what they think."""
    silent = np.flatnonzero((status == NONE) | (status == DEFAULTED))
    stratum = services.body[silent] * len(CHANNELS) + services.channel[silent]
    size = np.bincount(stratum, minlength=county.size * len(CHANNELS))
    of_body = np.repeat(size.reshape(county.size, -1).sum(axis=1), len(CHANNELS))
    drawn = allocate(count, size / np.maximum(of_body, 1), size)
    order = np.lexsort((random.random(silent.size), stratum))
    place = np.arange(silent.size) - np.searchsorted(stratum[order], stratum[order])
    taken = order[place < drawn[stratum[order]]]
    rows, at = silent[taken], stratum[taken]
    outcome = random.choice(len(OUTCOMES), rows.size, p=OUTCOME_SHARES)
    day = (int(county.days[-1].astype(np.int64)) + 1 + random.integers(AFTER_DAYS, size=rows.size)) * DAY
    names = [f"{body} {channel}" for body in county.ids for channel in CHANNELS]
    return {
        "case": coded(rows, services.ids),
        "body": coded(services.body[rows], county.ids),
        "called_on": dates(day),
        "outcome": coded(outcome, OUTCOMES),
        "level": numbers(services.level[rows], outcome == 0),
        "stratum": coded(at, names),
        "probability": numbers(drawn[at] / size[at]),
    }
