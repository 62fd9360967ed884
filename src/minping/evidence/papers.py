"""Reports, payments and appraisals: the rules that their rows must keep.

What people wrote, and who appraised whom, is never quoted: remarks are published with the result.
"""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.event_rules import check_table, choice, date_of, empty, said
from minping.evidence.faults import Fault
from minping.evidence.free_text import CONTROL, free_text
from minping.evidence.quantity_rules import number, repeated, warn
from minping.evidence.records import Rule
from minping.evidence.targets import period_form
from minping.model.audited import RELATIONS
from minping.model.evidence import Bodies, Records
from minping.words import Text


def check_reports(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `reports` that can't be right; a text may be of any length."""
    check_table(records, bodies, REPORT_RULES, headers, faults, "report")


def check_payments(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `payments` that can't be right."""
    check_table(records, bodies, PAYMENT_RULES, headers, faults, "payment")


def check_appraisals(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `appraisals` that can't be right."""
    check_table(records, bodies, APPRAISAL_RULES, headers, faults, "", _twice)


def _twice(table: str) -> Sequence[Rule]:
    fix = Text("同一人对同一项只留一行；另一次测评填写 round", "keep one of them; another appraisal has another round")
    columns = ("body", "ratee", "rater", "item", "round")
    return (repeated(table, columns, "repeated-appraisal", "item", fix, quoted=False),)


REPORT_RULES = (
    *(empty(column) for column in ("report", "body", "submitted_on")),
    date_of("submitted_on"),
    period_form("period"),
    warn("report-without-text", "text", "\"text\" IS NULL", "没有全文", "it has no text", Text("放入全文；否则不与其他材料比较", "give the text, or it is compared with no other")),
    warn("control-character", "text", f"REGEXP_MATCHES(\"text\", '{CONTROL}')", "含控制字符", "holds control characters", Text("照原样保留；从来源系统核对编码", "kept as it is; check the encoding at its source")),
)  # fmt: skip
PAYMENT_RULES = (
    *(empty(column) for column in ("payment", "body", "paid_on", "amount_cny")),
    date_of("paid_on"),
    number("amount_cny"),
)
APPRAISAL_RULES = (
    *(empty(column) for column in ("ratee", "rater", "relation", "item", "score")),
    choice("relation", RELATIONS),
    number("score"),
    *free_text("comment"),
    Rule(
        "appraisal-of-no-body",
        "body",
        "body IS NULL AND ratee IS NOT NULL AND ratee NOT IN (SELECT word FROM known_bodies)",
        said("appraisal-of-no-body", "没有单位，被评对象也不是单位", "no body, and the ratee is none", Text("bodies 表中的单位", "a body of the table `bodies`"), Text("填写 body", "give the body")),
    ),
)  # fmt: skip
