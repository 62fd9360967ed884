"""Standing: what each body owes at the end of a period, what it can bear, and what becomes due; one row per body.

What the report shows and the tests judge. Figures are of the calendar year in which the period ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minping.audit.debt.ledger import Ledger, Tail, open_ledger, tail_of
from minping.audit.opened import Opened
from minping.model.arrays import Floats, Ints
from minping.stats.groups import counts, sums
from minping.words import Text

BANDS = (Text("绿", "green"), Text("黄", "yellow"), Text("橙", "orange"), Text("红", "red"))


@dataclass(frozen=True, slots=True)
class Standing:
    """N bodies; amounts in CNY, shares from 0 to 1; NaN where it can't be told."""

    ledger: Ledger
    tail: Tail
    year: str
    balance: Floats  #: (N,) declared debt at the end of the period
    hidden: Floats  #: (N,) debt at the end of the period that is not declared
    capacity: Floats  #: (N,) fiscal capacity of the year; NaN where it is missing, nought or negative
    ratio: Floats  #: (N,) declared debt to capacity, per cent
    band: Ints  #: (N,) position in BANDS, −1 where there is no ratio
    due: Floats  #: (N,) principal due in the year
    interest: Floats  #: (N,) interest due in the year
    spending: Floats  #: (N,) of the year, what interest is compared with
    interest_pct: Floats  #: (N,) per cent of it
    service_pct: Floats  #: (N,) principal and interest of the year, per cent of the capacity
    refinancing: Floats  #: (N,) borrowed in the year to repay older debt
    refinanced: Floats  #: (N,) as a share of the principal due in the year
    hidden_share: Floats  #: (N,) undeclared to declared debt
    tail_of: Floats  #: (N,) principal borrowed in terms that have ended, whose due day is told
    tail_share: Floats  #: (N,) of it due after the term that borrowed
    debts: Ints  #: (N,)
    unscheduled: Ints  #: (N,) debts without repayments
    without_term: Ints  #: (N,) debts borrowed on a day that no term contains


def debt_standing(opened: Opened) -> Standing | Text:
    """What every body owes, or why nothing can be told."""
    ledger = open_ledger(opened)
    if isinstance(ledger, Text):
        return ledger
    rules, bodies = opened.rules.debt, opened.bodies
    tail = tail_of(opened, ledger)
    year = opened.end.astype("datetime64[Y]")
    this_year = ledger.due.astype("datetime64[Y]") == year
    owner = ledger.body[ledger.debt]
    due, interest = (sums(owner[this_year], one[this_year], bodies) for one in (ledger.principal, ledger.interest))
    fresh = ledger.refinances & (ledger.borrowed.astype("datetime64[Y]") == year)
    refinancing = sums(ledger.body[fresh], ledger.amount[fresh], bodies)
    balance, hidden = (
        sums(ledger.body[which], ledger.left[which], bodies) for which in (ledger.declared, ~ledger.declared)
    )
    capacity, spending = (yearly(opened, names, str(year)) for names in (rules.capacity, rules.spending))
    ratio = 100 * share(balance, capacity)
    tail_whole, tail_after = (sums(ledger.body, one, bodies) for one in (tail.whole, tail.after))
    return Standing(
        ledger=ledger,
        tail=tail,
        year=str(year),
        balance=balance,
        hidden=hidden,
        capacity=capacity,
        ratio=ratio,
        band=band_of(ratio, rules.bands),
        due=due,
        interest=interest,
        spending=spending,
        interest_pct=100 * share(interest, spending),
        service_pct=100 * share(due + interest, capacity),
        refinancing=refinancing,
        refinanced=share(refinancing, due),
        hidden_share=share(hidden, balance),
        tail_of=tail_whole,
        tail_share=share(tail_after, tail_whole),
        debts=counts(ledger.body, bodies),
        unscheduled=counts(ledger.body[~ledger.scheduled], bodies),
        without_term=counts(ledger.body[tail.without_term], bodies),
    )


def share(part: Floats, whole: Floats) -> Floats:
    """A part of a whole; NaN where the whole is missing, nought or negative.

    >>> share(np.array([1.0, 1.0]), np.array([4.0, 0.0]))
    array([0.25,  nan])
    """
    found: Floats = np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0)
    return found


def band_of(ratio: Floats, bands: Sequence[float]) -> Ints:
    """How many of the rising thresholds a ratio reaches; −1 where there is none.

    >>> band_of(np.array([50.0, 120.0, 299.0, 300.0, np.nan]), (120, 200, 300)).tolist()
    [0, 1, 2, 3, -1]
    """
    return np.where(np.isnan(ratio), -1, np.searchsorted(np.asarray(bands), ratio, side="right")).astype(np.int64)


def yearly(opened: Opened, names: Sequence[str], year: str) -> Floats:
    """The sum of some official series in a year, in CNY, (N,); NaN where one of them is missing or it is not positive."""
    history, found = opened.history, np.full(opened.bodies, np.nan)
    if names and year in history.periods:
        at = history.periods.index(year)
        found = np.sum([history.value(name)[at] for name in names], axis=0) * opened.rules.debt.unit_cny
    return np.where(found > 0, found, np.nan)
