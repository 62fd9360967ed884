"""Projects and their use: the rules that their rows must keep.

That work began before its approval, that cost exceeds budget: these are for the audit to find, and load without a word.
"""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.event_rules import NUMBER, check_table, date_of, empty, said
from minping.evidence.faults import NOTHING, Fault
from minping.evidence.quantity_rules import amount, no_base, not_before, repeated, warn, within_hundred
from minping.evidence.records import Rule
from minping.model.evidence import Bodies, Records
from minping.words import Text

DAYS = ("approved_on", "started_on", "planned_on", "completed_on", "opened_on", "last_progress_on")
AMOUNTS = (
    "feasibility_cny",
    "budget_cny",
    "cost_cny",
    "debt_cny",
    "design_capacity",
    "used_capacity",
    "forecast_use",
    "beneficiaries",
    "om_need_cny",
    "om_budget_cny",
    "facade_cny",
    "advance_cny",
)
BASES = ("feasibility_cny", "budget_cny", "forecast_use", "om_need_cny")
ASKED = NUMBER.format("support_n")


def check_projects(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `projects` that can't be right."""
    check_table(records, bodies, PROJECT_RULES, headers, faults, "project")


def check_uses(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `uses` that can't be right."""
    check_table(records, bodies, USE_RULES, headers, faults, "", _twice)


def _twice(table: str) -> Sequence[Rule]:
    fix = Text("同一天只留一行", "keep one row for one day")
    return (repeated(table, ("project", "observed_on"), "repeated-use", "observed_on", fix),)


PROJECT_RULES = (
    empty("project"),
    empty("body"),
    empty("approved_on"),
    *(date_of(column) for column in DAYS),
    *(amount(column) for column in AMOUNTS),
    within_hundred("support_share"),
    within_hundred("progress"),
    Rule(
        "impossible-count",
        "support_n",
        f"support_n IS NOT NULL AND NOT COALESCE({ASKED} >= 1 AND {ASKED} = FLOOR({ASKED}) AND ISFINITE({ASKED}), FALSE)",
        said("impossible-count", "受访人数 {} 不可能", "{} people asked can't be", Text("1 或更大的整数", "a whole number from 1"), Text("核对；没有调查则留空", "check it; empty where nobody was asked")),
    ),
    Rule(
        "use-of-no-capacity",
        "used_capacity",
        f"{NUMBER.format('design_capacity')} = 0 AND {NUMBER.format('used_capacity')} > 0",
        said("use-of-no-capacity", "设计能力为 0，使用却为 {}", "a capacity of 0, but a use of {}", NOTHING, Text("核对设计能力及其单位", "check the design capacity and its unit")),
    ),
    warn("use-without-capacity", "used_capacity", "used_capacity IS NOT NULL AND design_capacity IS NULL", "有使用 {}，没有设计能力", "a use of {} without a design capacity", Text("填写 design_capacity；否则利用率按缺失计", "give design_capacity, or its utilisation counts as missing")),
    warn("project-without-cost", "cost_cny", "cost_cny IS NULL", "没有决算或已投资", "no cost", Text("填写 cost_cny；否则按缺失计", "give cost_cny, or it counts as missing")),
    warn("support-without-n", "support_share", "support_share IS NOT NULL AND support_n IS NULL", "有支持率 {}，没有受访人数", "a support of {} without how many were asked", Text("填写 support_n；否则支持率按缺失计", "give support_n, or the support counts as missing")),
    *(no_base(column) for column in BASES),
    not_before("planned_on", "started_on", "开工日期", "the start of work"),
    not_before("completed_on", "started_on", "开工日期", "the start of work"),
    not_before("opened_on", "started_on", "开工日期", "the start of work"),
    not_before("last_progress_on", "started_on", "开工日期", "the start of work"),
)  # fmt: skip
USE_RULES = (
    empty("project"),
    empty("observed_on"),
    empty("used_capacity"),
    date_of("observed_on"),
    amount("used_capacity"),
)
