"""Borrowing: debts of streets and towns with their repayments, within what they can bear and within the term that borrowed.

Planted: principal due after the term's end, debts that nobody declared, debts that pay for debts, far too much of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.simulation.economy import Economy
from minping.simulation.offices import Offices
from minping.simulation.official import Days
from minping.simulation.planting import Case, Planting
from minping.simulation.writing import Table, coded, days, fixed, numbered

if TYPE_CHECKING:
    from minping.simulation.county import County

EACH = 7  #: honest debts of a street or town
PLANTED = 3  #: of each kind and body
KINDS = ("bond", "loan", "payable", "guarantee", "ppp", "platform")
YES_NO = ("no", "yes")
SIZE = (0.05, 0.16)  #: of a year's capacity
YEARS = (2, 3, 4)  #: in which an honest debt is paid back, as much each year
EARLY = 0.30  #: share of a term in which honest debts are taken up
RATE = (0.028, 0.048)
WAN = 10_000.0  #: CNY in the unit of the economy
TOO_MUCH = 1.0  #: of a year's capacity, each of the planted debts of the over-indebted


@dataclass(frozen=True, slots=True)
class Debts:
    """D debts; `first` year of repayment counted from the day of borrowing, then every year for `years`."""

    body: Ints  #: position in the county
    day: Days
    amount: Floats  #: CNY
    kind: Ints
    declared: Bools
    refinances: Bools
    first: Ints
    years: Ints
    rate: Floats
    planted: Ints  #: position in PLANTS, −1: honest

    def taken(self, order: Ints) -> Debts:
        """Some of them."""
        return Debts(*(getattr(self, name)[order] for name in self.__slots__))


def draw_debts(
    random: np.random.Generator, county: County, economy: Economy, offices: Offices, planting: Planting
) -> Debts:
    """Honest debts, then the planted ones, by date."""
    rows = economy.bodies.size * EACH
    street = np.repeat(np.arange(economy.bodies.size), EACH)
    body = economy.bodies[street]
    turn = random.integers(0, 4, rows)
    start, end = offices.start[body, turn], offices.end[body, turn]
    length = (np.minimum(end, offices.last) - start).astype(np.int64)
    begun = length > 200
    day = start + np.round(random.uniform(0.02, EARLY, rows) * np.maximum(length, 0)).astype(np.int64)
    amount = _capacity(economy, street, day) * random.uniform(*SIZE, rows)
    honest = Debts(
        body=body,
        day=day,
        amount=amount,
        kind=random.integers(0, 2, rows),
        declared=np.ones(rows, dtype=np.bool_),
        refinances=(random.random(rows) < 0.06) & (day < offices.last - 370),  # little of it in the last year
        first=np.ones(rows, dtype=np.int64),
        years=random.choice(YEARS, rows),
        rate=random.uniform(*RATE, rows),
        planted=np.full(rows, -1),
    ).taken(np.flatnonzero(begun & (day < offices.last)))
    honest = honest.taken(np.flatnonzero(~_replaced(planting, honest, offices)))
    parts = [honest, *(_planted(planting, kind, economy, offices) for kind in PLANTS)]
    whole = Debts(*(np.concatenate([getattr(part, name) for part in parts]) for name in Debts.__slots__))
    return whole.taken(np.argsort(whole.day, kind="stable"))


def _capacity(economy: Economy, street: Ints, day: Days) -> Floats:
    """CNY that the street has in the year of a day, (R,)."""
    year = day.astype("datetime64[Y]").astype(np.int64) + 1970 - int(economy.years[0])
    return np.asarray(WAN * economy.capacity[street, year.clip(0, len(economy.years) - 1)])


def _replaced(planting: Planting, debts: Debts, offices: Offices) -> Bools:
    """Honest debts that aren't taken up because others are planted in their place."""
    turn = offices.at(debts.body, debts.day)
    ended = offices.end[debts.body, turn] <= offices.last
    return planting.holds("left_to_successors")[debts.body] & ended


def _planted(planting: Planting, kind: str, economy: Economy, offices: Offices) -> Debts:
    """The debts of one kind: so many for each body that holds it."""
    random = planting.random
    street = np.repeat(np.flatnonzero(planting.holds(kind)[economy.bodies]), PLANTED)
    body, rows = economy.bodies[street], street.size
    day, first, years, share = PLANTS[kind](random, offices, body)
    amount = _capacity(economy, street, day) * share
    form = random.integers(2, len(KINDS), rows) if kind == "undeclared_debt" else random.integers(0, 2, rows)
    return Debts(
        body=body,
        day=day,
        amount=amount,
        kind=form,
        declared=np.full(rows, kind != "undeclared_debt"),
        refinances=np.full(rows, kind == "refinanced"),
        first=first,
        years=years,
        rate=random.uniform(*RATE, rows),
        planted=np.full(rows, list(PLANTS).index(kind)),
    )


Drawn = tuple[Days, Ints, Ints, Floats]  #: day, first year of repayment, years of it, share of capacity


def _left(random: np.random.Generator, offices: Offices, body: Ints) -> Drawn:
    """Taken up late in a term that has ended, all of it due years after."""
    ended = (offices.end[body] <= offices.last).sum(axis=1).clip(1, None)
    end = np.minimum(offices.end[body, ended - 1], offices.last)
    rows = body.size
    day = end - random.integers(60, 500, rows)
    return day, random.integers(4, 8, rows), np.ones(rows, dtype=np.int64), random.uniform(0.2, 0.3, rows)


def _lately(offices: Offices, body: Ints, ago: Ints) -> Days:
    """So many days ago, though not before those came into office who are in it."""
    current = (offices.start[body] <= offices.last).sum(axis=1) - 1
    day: Days = np.maximum(offices.last - ago, offices.start[body, current])
    return day


def _undeclared(random: np.random.Generator, offices: Offices, body: Ints) -> Drawn:
    rows = body.size
    day = _lately(offices, body, random.integers(200, 900, rows))
    return day, np.full(rows, 3), np.ones(rows, dtype=np.int64), random.uniform(0.15, 0.35, rows)


def _refinanced(random: np.random.Generator, offices: Offices, body: Ints) -> Drawn:
    """As much as falls due, within the last year; paid back far away."""
    rows = body.size
    day = _lately(offices, body, random.integers(20, 340, rows))
    return day, np.full(rows, 2), np.full(rows, 5), random.uniform(0.12, 0.18, rows)


def _too_much(random: np.random.Generator, offices: Offices, body: Ints) -> Drawn:
    rows = body.size
    day = _lately(offices, body, random.integers(100, 1000, rows))
    return day, np.full(rows, 3), np.full(rows, 8), TOO_MUCH * random.uniform(0.8, 1.2, rows)


PLANTS = {
    "left_to_successors": _left,
    "undeclared_debt": _undeclared,
    "refinanced": _refinanced,
    "over_indebted": _too_much,
}


def debts_tables(county: County, debts: Debts, planting: Planting) -> tuple[Table, Table]:
    """`debts` and `repayments`: as much of the principal each year, and interest on what is left."""
    rows = debts.body.size
    ids = numbered("B", rows, 4)
    for at, kind in enumerate(PLANTS):
        mine = np.flatnonzero(debts.planted == at)
        planting.note(kind, (Case(county.ids[debts.body[row]], ids[row]) for row in mine.tolist()))
    amount = np.round(debts.amount, -4)
    row = np.repeat(np.arange(rows), debts.years)
    turn = np.arange(row.size) - np.repeat(np.cumsum(debts.years) - debts.years, debts.years)
    principal = np.round(amount[row] / debts.years[row])
    principal = np.where(turn == debts.years[row] - 1, amount[row] - turn * principal, principal)
    left = amount[row] * (1 - turn / debts.years[row])
    waited = np.where(turn == 0, debts.first[row], 1)
    due = debts.day[row].astype("datetime64[D]") + np.round(365.25 * (debts.first[row] + turn)).astype(np.int64)
    zero = np.zeros(row.size, dtype=np.int64)
    return {
        "debt": coded(np.arange(rows), ids),
        "body": coded(debts.body, county.ids),
        "borrowed_on": days(debts.day),
        "amount_cny": fixed(amount, np.zeros(rows, dtype=np.int64)),
        "kind": coded(debts.kind, KINDS),
        "declared": coded(debts.declared.astype(np.int64), YES_NO),
        "refinances": coded(debts.refinances.astype(np.int64), YES_NO),
    }, {
        "debt": coded(row, ids),
        "due_on": days(due),
        "principal_cny": fixed(principal, zero),
        "interest_cny": fixed(np.round(left * debts.rate[row] * waited), zero),
    }
