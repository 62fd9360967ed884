"""The ledger of debts as it stands at the end of a period: what was borrowed, what is left of it, and what falls due.

Principal is taken as paid on the day it falls due: a plan of repayment is no proof of payment. A debt without
repayments is owed as a whole; of when it is due nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minping.audit.frames import Days, Frame
from minping.audit.matching import positions
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Floats, Ints
from minping.model.audited import DEBT_KINDS
from minping.stats.groups import counts, sums
from minping.stats.spans import NONE, latest_end
from minping.words import Text

OPEN = np.iinfo(np.int64).max  #: day on which a term ends that goes on
NO_DEBTS = Text("期末没有已举借的债务", "nothing had been borrowed by the end of the period")


@dataclass(frozen=True, slots=True)
class Ledger:
    """D debts borrowed by the end of the period, and M repayments of them."""

    body: Ints  #: (D,)
    amount: Floats  #: (D,) CNY
    left: Floats  #: (D,) CNY owed at the end of the period
    declared: Bools  #: (D,) in the statistics of debt
    refinances: Bools  #: (D,) repays older debt
    kind: Ints  #: (D,) position in DEBT_KINDS, −1 where none is told
    borrowed: Days  #: (D,)
    scheduled: Bools  #: (D,) its repayments are told
    file: Ints  #: (D,)
    row: Ints  #: (D,)
    debt: Ints  #: (M,) which debt is repaid
    due: Days  #: (M,)
    principal: Floats  #: (M,) CNY
    interest: Floats  #: (M,) CNY, 0 where none is told
    due_file: Ints  #: (M,)
    due_row: Ints  #: (M,)


def open_ledger(opened: Opened) -> Ledger | Text:
    """The debts, or why nothing can be told of them."""
    frame = opened.frame("debts")
    amount = frame.number("amount_cny")
    kept = np.flatnonzero((frame.body >= 0) & (frame.day("borrowed_on") <= opened.end) & (amount >= 0))
    if not kept.size:
        return NO_DEBTS
    plan = opened.frame("repayments") if opened.has("repayments") else None
    at = _repaid(frame, plan, kept)
    told = np.flatnonzero(at >= 0)
    debt, due, principal, interest, file, row = _planned(plan, at, told)
    past = due <= opened.end
    paid = sums(debt[past], principal[past], kept.size)
    return Ledger(
        body=frame.body[kept],
        amount=amount[kept],
        left=np.maximum(amount[kept] - paid, 0.0),
        declared=frame.text("declared")[kept] != "no",
        refinances=frame.text("refinances")[kept] == "yes",
        kind=positions(frame.text("kind")[kept], np.array(DEBT_KINDS, dtype=object)),
        borrowed=frame.day("borrowed_on")[kept],
        scheduled=counts(debt, kept.size) > 0,
        file=frame.file[kept],
        row=frame.row[kept],
        debt=debt,
        due=due,
        principal=principal,
        interest=interest,
        due_file=file,
        due_row=row,
    )


def _repaid(frame: Frame, plan: Frame | None, kept: Ints) -> Ints:
    """Which of the debts kept each repayment is of, −1 for none, (M,)."""
    if plan is None:
        return np.zeros(0, dtype=np.int64)
    return positions(plan.text("debt"), frame.text("debt")[kept])


def _planned(plan: Frame | None, at: Ints, told: Ints) -> tuple[Ints, Days, Floats, Floats, Ints, Ints]:
    if plan is None:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty.astype("datetime64[D]"), np.zeros(0), np.zeros(0), empty, empty
    money = [np.maximum(np.nan_to_num(plan.number(name)[told]), 0.0) for name in ("principal_cny", "interest_cny")]
    return at[told], plan.day("due_on")[told], money[0], money[1], plan.file[told], plan.row[told]


@dataclass(frozen=True, slots=True)
class Tail:
    """What falls due after the term that borrowed it, of the debts of terms that have ended."""

    whole: Floats  #: (D,) principal whose due day is told, CNY; 0 where the debt is left out
    after: Floats  #: (D,) of it due after the term
    ended: Bools  #: (D,) borrowed in a term that has ended, its repayments told
    going_on: Bools  #: (D,) borrowed in a term that goes on: nothing can be told yet
    without_term: Bools  #: (D,) no term contains the day of borrowing
    later: Bools  #: (M,) repayments due after the term


def tail_of(opened: Opened, ledger: Ledger) -> Tail:
    """The repayments against the terms of office; of several offices the one that lasted longest counts."""
    terms, position = opened.evidence.terms, opened.evidence.bodies.position()
    owner = np.array([position.get(body, -1) for body in terms.bodies], dtype=np.int64)
    start = np.array(terms.start_on, dtype="datetime64[D]").astype(np.int64)
    ends = np.array([day or "NaT" for day in terms.end_on], dtype="datetime64[D]")
    end = np.where(np.isnat(ends) | (ends > opened.end), OPEN, ends.astype(np.int64))
    last = latest_end(ledger.borrowed.astype(np.int64), ledger.body, start, end, owner, opened.bodies)
    ended = (last != NONE) & (last != OPEN) & ledger.scheduled
    later = ended[ledger.debt] & (ledger.due.astype(np.int64) > last[ledger.debt])
    size = ledger.amount.size
    whole = np.where(ended, sums(ledger.debt, ledger.principal, size), 0.0)
    after = sums(ledger.debt[later], ledger.principal[later], size)
    return Tail(whole, after, ended, last == OPEN, last == NONE, later)
