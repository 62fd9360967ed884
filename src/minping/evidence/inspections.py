"""Inspections: the rules that their rows must keep."""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.event_rules import check_table, choice, date_of, empty
from minping.evidence.faults import Fault
from minping.evidence.quantity_rules import amount, half_drawn, number, probability, warn
from minping.evidence.records import Rule
from minping.model.audited import INSPECTED_BY
from minping.model.evidence import Bodies, Records
from minping.words import Text


def check_inspections(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `inspections` that can't be right."""
    check_table(records, bodies, INSPECTION_RULES, headers, faults, "inspection", _design)


def _design(table: str) -> Sequence[Rule]:
    return (half_drawn(table, "probability", "stratum"), half_drawn(table, "stratum", "probability"))


INSPECTION_RULES = (
    *(empty(column) for column in ("inspection", "body", "visited_on", "claim")),
    date_of("visited_on"),
    number("reported_value"),
    number("found_value"),
    amount("tolerance"),
    probability("probability"),
    choice("inspected_by", INSPECTED_BY),
    warn("nothing-found", "found_value", "found_value IS NULL", "没有核实数", "what was found is empty", Text("填写 found_value；否则不计入", "give found_value, or it isn't counted")),
    warn("nothing-reported", "reported_value", "reported_value IS NULL", "没有上报数", "what was reported is empty", Text("填写 reported_value；否则不计入", "give reported_value, or it isn't counted")),
)  # fmt: skip
