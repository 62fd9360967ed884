"""Effort: the rules that its rows must keep."""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.event_rules import check_table, empty, said
from minping.evidence.faults import NOTHING, Fault
from minping.evidence.quantity_rules import amount
from minping.evidence.records import Rule
from minping.model.evidence import EFFORTS, Bodies, Records
from minping.words import Text, both


def check_effort(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `effort` that can't be right."""
    check_table(records, bodies, EFFORT_RULES, headers, faults, "", _twice)


def _twice(table: str) -> Sequence[Rule]:
    """The same body, period and category stand in one row only, and no period lies within another."""
    return (
        Rule(
            "repeated-effort",
            "category",
            "(body, period, category) IN "
            f"(SELECT (body, period, category) FROM {table} GROUP BY body, period, category HAVING COUNT(*) > 1)",
            said("repeated-effort", "{} 在这一期有两行", "{} has two rows in this period", NOTHING, Text("合并为一行", "make them one row")),
        ),
        Rule(
            "mixed-periods",
            "period",
            "(body, category, SUBSTR(period, 1, 4)) IN "
            f"(SELECT (body, category, SUBSTR(period, 1, 4)) FROM {table} GROUP BY body, category, SUBSTR(period, 1, 4) "
            "HAVING COUNT(DISTINCT SUBSTR(period, 5, 1)) > 1)",
            said("mixed-periods", "同一年里 {} 与其他长短的考核期并存", "{} stands beside periods of another length in the same year", NOTHING, Text("一年之内只用一种长短，否则会重复计算", "use one length within a year, or it would count twice")),
        ),
    )  # fmt: skip


EFFORT_RULES = (
    empty("body"),
    empty("period"),
    empty("category"),
    *(amount(column) for column in EFFORTS),
    Rule(
        "malformed-period",
        "period",
        "period IS NOT NULL AND NOT REGEXP_MATCHES(period, '^[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2]))?$')",
        said("malformed-period", "{} 不是考核期", "{} is no period", both("2024, 2024H1, 2024Q2, 2024-05"), Text("改正", "put it right")),
    ),
    Rule(
        "no-effort",
        "category",
        " AND ".join(f'"{column}" IS NULL' for column in EFFORTS),
        said("no-effort", "{} 没有任何数量", "{} has no amount at all", both(", ".join(EFFORTS)), Text("至少填一项；确实没有的写 0", "give at least one; write 0 where there was none")),
    ),
)  # fmt: skip
