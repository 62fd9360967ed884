"""Economy: what streets and towns truly produce, year by year, and the flows of money and power that go with it.

Every flow follows the true level with a structure of its own, which stays, and noise, which doesn't. Electricity depends
on which industries there are far more than on how much they produce. Departments have no economy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints

if TYPE_CHECKING:
    from minping.simulation.county import County

YEARS = 10
PER_HEAD = 6.0  #: middle of output, in 10,000 CNY, in the first year
SIZES = 0.35  #: spread of the logarithm of output per head
GROWTH, GROWTHS = 0.065, 0.012  #: a year, and its spread over bodies
COMMON, OWN = 0.012, 0.015  #: shocks of a year, of all and of each


class Flow(NamedTuple):
    """What follows the true level."""

    share: float  #: of output; kWh of electricity for each CNY
    elasticity: float
    structure: float  #: spread of the logarithm that stays
    noise: float  #: and of what doesn't


FLOWS = {
    "tax_revenue": Flow(0.060, 1.0, 0.08, 0.03),
    "payroll": Flow(0.350, 1.0, 0.07, 0.03),
    "land_revenue": Flow(0.030, 1.0, 0.12, 0.08),
    "consumption": Flow(0.400, 0.95, 0.08, 0.03),
    "electricity": Flow(0.090, 1.0, 0.35, 0.04),
    "investment": Flow(0.300, 1.0, 0.10, 0.05),
    "transfers": Flow(0.045, 0.6, 0.10, 0.04),
    "spending": Flow(0.130, 0.9, 0.08, 0.03),
}


@dataclass(frozen=True, slots=True)
class Economy:
    """S streets and towns over Y years; amounts in 10,000 CNY, electricity in 10,000 kWh."""

    bodies: Ints  #: (S,) positions in the county
    years: tuple[str, ...]
    growth: Floats  #: (S,) that could be expected, of the logarithm
    level: Floats  #: (S, Y) true output
    flows: dict[str, Floats]  #: (S, Y) each

    @property
    def capacity(self) -> Floats:
        """What there is to spend and to pay debts from (综合财力), (S, Y)."""
        return self.flows["tax_revenue"] + self.flows["land_revenue"] + self.flows["transfers"]


def draw_economy(random: np.random.Generator, county: County) -> Economy:
    """A level that starts somewhere and grows, and all that follows it."""
    bodies = np.flatnonzero(~county.department)
    shape = (bodies.size, YEARS)
    growth = random.normal(GROWTH, GROWTHS, bodies.size)
    shocks = random.normal(0, COMMON, YEARS) + random.normal(0, OWN, shape)
    start = np.log(county.population[bodies] * PER_HEAD) + random.normal(0, SIZES, bodies.size)
    log = start[:, None] + np.cumsum(growth[:, None] + shocks, axis=1)
    middle = float(np.log(PER_HEAD * 30_000))
    flows = {}
    for name, flow in FLOWS.items():
        apart = random.normal(0, flow.structure, (bodies.size, 1)) + random.normal(0, flow.noise, shape)
        flows[name] = np.exp(np.log(flow.share) + middle + flow.elasticity * (log - middle) + apart)
    last = int(str(county.days[-1])[:4])
    years = tuple(str(year) for year in range(last - YEARS + 1, last + 1))
    return Economy(bodies, years, growth, np.exp(log), flows)
