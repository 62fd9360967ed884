"""The ledger at the end of a period."""

from __future__ import annotations

from pathlib import Path

from minping.audit.debt.ledger import Ledger, open_ledger, tail_of
from minping.audit.opened import Opened
from minping.indicators.events import engine
from tests.audit.debt.books import debts, repayments, terms
from tests.audit.folders import made

OWED = debts(
    "d0,b01,2024-12-31,100,bond,,", "d1,b00,2025-01-01,100,loan,no,", "d2,b00,2020-01-01,50,ppp,no,yes", "d3,b02,2020-01-01,0,,,"
)  # fmt: skip
DUE = repayments("d2,2024-12-31,60,1", "d1,2024-01-01,100,", "d0,2024-12-31,25,", "d0,2025-01-01,75,")


def test_it_holds_what_was_borrowed_by_then_and_what_is_left_of_it(tmp_path: Path) -> None:
    evidence = made(tmp_path, debts=OWED, repayments=DUE, terms=terms(["b00"], end="2024-12-31"))
    with engine() as connection:
        opened = Opened(evidence, "2024", None, connection)
        found = open_ledger(opened)
        assert isinstance(found, Ledger)
        tail = tail_of(opened, found)
    assert found.body.tolist() == [1, 0, 2] and found.left.tolist() == [75, 0, 0]  # paid back too much: nothing is left
    assert found.declared.tolist() == [True, False, True] and found.refinances.tolist() == [False, True, False]
    assert found.kind.tolist() == [0, 4, -1] and found.scheduled.tolist() == [True, True, False]
    assert found.debt.tolist() == [1, 0, 0] and found.interest.tolist() == [1, 0, 0]
    assert found.due_row.tolist() == [2, 4, 5] and found.row.tolist() == [2, 4, 5]
    assert tail.ended.tolist() == [False, True, False] and tail.without_term.tolist() == [True, False, True]
    assert tail.whole.tolist() == [0, 60, 0] and tail.after.tolist() == [0, 0, 0] and not tail.later.any()


def test_without_repayments_everything_is_owed(tmp_path: Path) -> None:
    with engine() as connection:
        found = open_ledger(Opened(made(tmp_path, debts=OWED), "2025", None, connection))
    assert isinstance(found, Ledger) and found.left.tolist() == [100, 100, 50, 0] and not found.scheduled.any()
