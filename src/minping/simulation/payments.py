"""Payments: what every body paid, from small bills to large contracts; where planted, many amounts were made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minping.simulation.planting import Case, Planting
from minping.simulation.writing import Table, coded, days, fixed, numbered

if TYPE_CHECKING:
    from minping.simulation.county import County

FEWEST, MOST = 330, 450  #: payments of a body
BILLS, CONTRACTS = (3.2, 0.75), (4.9, 0.7)  #: middle and spread of the decimal logarithm of CNY
SHARE = 0.3  #: of contracts
INVENTED = 0.7  #: of the payments of a body that makes them up
AMOUNTS = (1_000, 99_000)  #: all as likely as each other
PURPOSES = (
    "办公用品",
    "物业维护",
    "道路养护",
    "培训会务",
    "信息系统",
    "环卫保洁",
    "印刷宣传",
    "慰问救助",
    "工程进度款",
    "委托服务",
)


def payments_table(random: np.random.Generator, county: County, planting: Planting) -> Table:
    """The ledger of the last year of all bodies, by date."""
    count = random.integers(FEWEST, MOST, county.size)
    body = np.repeat(np.arange(county.size), count)
    large = random.random(body.size) < SHARE
    middle, spread = (np.where(large, CONTRACTS[at], BILLS[at]) for at in (0, 1))
    amount = np.round(10 ** random.normal(middle, spread).clip(0.5, 7.5), 2)
    paid = county.days[-1] - random.integers(0, 365, body.size)
    purpose = random.integers(len(PURPOSES), size=body.size)
    made_up = planting.share(planting.holds("invented_amounts")[body], INVENTED)
    amount = np.where(made_up, planting.random.integers(*AMOUNTS, body.size), amount)
    planting.note("invented_amounts", (Case(planting.ids[at]) for at in planting.bodies["invented_amounts"].tolist()))
    order = np.argsort(paid, kind="stable")
    return {
        "payment": coded(np.arange(body.size), numbered("F", body.size)),
        "body": coded(body[order], county.ids),
        "paid_on": days(paid[order]),
        "amount_cny": fixed(amount[order], np.where(made_up, 0, 2)[order]),
        "purpose": coded(purpose[order], PURPOSES),
    }
