"""Tasks (督办事项): the rules that their rows must keep. One who verifies their own work is for the audit to find."""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.event_rules import check_table, choice, date_of, empty
from minping.evidence.faults import Fault
from minping.evidence.quantity_rules import amount, not_before, number, warn, within_hundred
from minping.model.audited import TASK_STATES, VERIFIED_HOW
from minping.model.evidence import YES_NO, Bodies, Records
from minping.words import Text

DAYS = ("decided_on", "due_on", "submitted_on", "verified_on", "closed_on", "reopened_on", "lookback_on")


def check_tasks(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `tasks` that can't be right."""
    check_table(records, bodies, TASK_RULES, headers, faults, "task")


TASK_RULES = (
    *(empty(column) for column in ("task", "body", "decided_on", "due_on")),
    *(date_of(column) for column in DAYS),
    *(number(column) for column in ("baseline_value", "outcome_value", "outcome_target")),
    *(amount(column) for column in ("documents", "meetings", "check_ins")),
    within_hundred("process_score"),
    choice("verified_how", VERIFIED_HOW),
    choice("state", TASK_STATES),
    choice("satisfied", YES_NO),
    not_before("due_on", "decided_on", "交办日期", "the day it was given"),
    not_before("submitted_on", "decided_on", "交办日期", "the day it was given"),
    not_before("verified_on", "decided_on", "交办日期", "the day it was given"),
    not_before("closed_on", "decided_on", "交办日期", "the day it was given"),
    not_before("reopened_on", "closed_on", "办结日期", "the day it was closed"),
    not_before("lookback_on", "closed_on", "办结日期", "the day it was closed"),
    warn("closed-without-day", "closed_on", "state = 'closed' AND closed_on IS NULL", "已办结，没有办结日期", "closed, without its day", Text("填写 closed_on；否则不算按时", "give closed_on, or it doesn't count as in time")),
    warn("open-but-closed", "state", "state IN ('open', 'submitted') AND closed_on IS NOT NULL", "有办结日期，状态却是 {}", "it has the day of closing, but its state is {}", Text("核对；按状态计", "check it; the state counts")),
    warn("verified-without-day", "verified_on", "verified_how IS NOT NULL AND verified_on IS NULL", "有核查方式，没有核查日期", "a way of verifying without its day", Text("填写 verified_on；否则不算核查", "give verified_on, or it doesn't count as verified")),
)  # fmt: skip
