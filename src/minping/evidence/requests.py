"""Requests (12345): the rules that their rows must keep, the order of their times among them."""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.event_rules import check_table, choice, empty, said
from minping.evidence.faults import NOTHING, Fault
from minping.evidence.free_text import free_text
from minping.evidence.records import Rule
from minping.model.evidence import YES_NO, Bodies, Records
from minping.words import Text

MOMENTS = ("opened_at", "due_at", "responded_at", "closed_at", "reopened_at")
ZONE = "REGEXP_EXTRACT({0}, ':[0-9.]+ *(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$', 1)"
#: the time on the clock of the place, whatever its zone; no form that one engine reads and another doesn't
CLOCK = (
    r"CASE WHEN REGEXP_FULL_MATCH({0}, '\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}([T ]([01]?\d|2[0-3]):\d{{2}}(:\d{{2}}(\.\d+)?)?"
    r" *(Z|[+-]\d{{2}}(:?\d{{2}})?)?)?') THEN "
    r"TRY_CAST(REPLACE(REPLACE(REGEXP_EXTRACT({0}, '^[^T ]+([T ]\d+:[0-9:.]+)?'), '/', '-'), 'T', ' ') AS TIMESTAMP) END"
)
WRITTEN = Text("如 2024-05-04 08:30（24 小时制）", "like 2024-05-04 08:30 (24 hours)")


def check_requests(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `requests` that can't be right."""
    check_table(records, bodies, REQUEST_RULES, headers, faults, "request", of_one_zone)


def of_one_zone(table: str) -> tuple[Rule, ...]:
    """A rule that compares the time zone of each row with that of most of them, in `table` (SQL)."""
    zones = f"SELECT {ZONE.format('opened_at')} AS zone, COUNT(*) AS rows FROM {table} WHERE opened_at IS NOT NULL"
    usual = f"(SELECT zone FROM ({zones} GROUP BY 1) ORDER BY rows DESC, zone DESC LIMIT 1)"
    words = said(
        "mixed-time-zones",
        "{} 与表中多数行的时区不同",
        "{} is of another time zone than most of the table",
        NOTHING,
        Text("全表用同一时区", "use one time zone"),
    )
    other = f"opened_at IS NOT NULL AND {ZONE.format('opened_at')} <> {usual}"
    return (Rule("mixed-time-zones", "opened_at", other, words),)


def _moment(column: str) -> Rule:
    words = said(
        "malformed-time",
        "{} 不是时刻",
        "{} is not a time",
        WRITTEN,
        Text("改为 24 小时制的日期与时刻", "write date and time of 24 hours"),
    )
    read = CLOCK.format(column)
    twelve = f"REGEXP_MATCHES({column}, '(?i)(am|pm|上午|下午)')"
    return Rule("malformed-time", column, f"{column} IS NOT NULL AND ({read} IS NULL OR {twelve})", words)


def _order(first: str, then: str, zh: str, en: str) -> Rule:
    code = f"{then.removesuffix('_at')}-before-{first.removesuffix('_at')}"
    words = said(code, f"{{}} {zh}", f"{{}} {en}", NOTHING, Text("核对两个时间", "check the two times"))
    return Rule(code, then, f"{CLOCK.format(then)} < {CLOCK.format(first)}", words)


REQUEST_RULES = (
    empty("request"),
    empty("body"),
    empty("opened_at"),
    *(_moment(column) for column in MOMENTS),
    _order("opened_at", "responded_at", "早于受理时间", "lies before it was opened"),
    _order("opened_at", "closed_at", "早于受理时间", "lies before it was opened"),
    _order("opened_at", "due_at", "早于受理时间", "lies before it was opened"),
    _order("closed_at", "reopened_at", "早于办结时间", "lies before it was closed"),
    *(
        Rule(
            "mixed-time-zones",
            column,
            f"{column} IS NOT NULL AND {ZONE.format(column)} <> {ZONE.format('opened_at')}",
            said("mixed-time-zones", "{} 与受理时间的时区不同", "{} is of another time zone than the opening", NOTHING, Text("全表用同一时区", "use one time zone")),
        )
        for column in MOMENTS[1:]
    ),
    *free_text("text"),
    *free_text("reply"),
    choice("resolved", YES_NO),
    choice("satisfied", YES_NO),
    Rule(
        "excluded-without-approver",
        "excluded",
        "excluded IS NOT NULL AND approved_by IS NULL",
        said("excluded-without-approver", "剔除（{}）没有批准人", "left out ({}) without an approver", NOTHING, Text("填写 approved_by", "give approved_by")),
    ),
)  # fmt: skip
