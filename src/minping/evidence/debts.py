"""Debts and repayments: the rules that their rows must keep."""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.event_rules import check_table, choice, date_of, empty
from minping.evidence.faults import Fault
from minping.evidence.quantity_rules import amount
from minping.model.audited import DEBT_KINDS
from minping.model.evidence import YES_NO, Bodies, Records


def check_debts(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `debts` that can't be right."""
    check_table(records, bodies, DEBT_RULES, headers, faults, "debt")


def check_repayments(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `repayments` that can't be right; one debt may have several on one day."""
    check_table(records, bodies, REPAYMENT_RULES, headers, faults, "")


DEBT_RULES = (
    *(empty(column) for column in ("debt", "body", "borrowed_on", "amount_cny")),
    date_of("borrowed_on"),
    amount("amount_cny"),
    choice("kind", DEBT_KINDS),
    choice("declared", YES_NO),
    choice("refinances", YES_NO),
)
REPAYMENT_RULES = (
    *(empty(column) for column in ("debt", "due_on", "principal_cny")),
    date_of("due_on"),
    amount("principal_cny"),
    amount("interest_cny"),
)
