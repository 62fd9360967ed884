"""Targets: the rules that their rows must keep."""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.dispositions import PERIOD
from minping.evidence.event_rules import NUMBER, check_table, choice, date_of, empty, said
from minping.evidence.faults import NOTHING, Fault
from minping.evidence.periods import FORMS
from minping.evidence.quantity_rules import number, repeated
from minping.evidence.records import Rule
from minping.model.audited import QUALIFIERS
from minping.model.evidence import Bodies, Records
from minping.words import Text

LOW, HIGH = NUMBER.format("target"), NUMBER.format("target_high")


def check_targets(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `targets` that can't be right."""
    check_table(records, bodies, TARGET_RULES, headers, faults, "", _twice)


def _twice(table: str) -> Sequence[Rule]:
    fix = Text("只留一行；修订的目标填写不同的 set_on", "keep one of them; a revised target has another set_on")
    return (repeated(table, ("body", "period", "indicator", "set_on"), "repeated-target", "indicator", fix),)


def period_form(column: str) -> Rule:
    """The column holds a period."""
    words = said("malformed-period", "{} 不是考核期", "{} is not a period", FORMS, Text("按以上形式之一填写", "write it in one of these forms"))  # fmt: skip
    return Rule("malformed-period", column, f"{column} IS NOT NULL AND NOT REGEXP_MATCHES({column}, '{PERIOD}')", words)


TARGET_RULES = (
    *(empty(column) for column in ("body", "period", "indicator", "target")),
    period_form("period"),
    number("target"),
    number("target_high"),
    date_of("set_on"),
    choice("qualifier", QUALIFIERS),
    Rule(
        "high-without-range",
        "target_high",
        "target_high IS NOT NULL AND COALESCE(qualifier, '') <> 'range'",
        said("high-without-range", "不是区间，却有上限 {}", "an upper end of {}, but it is no range", Text("只有 range 才填", "with range only"), Text("限定词写 range，或上限留空", "write range as qualifier, or leave it empty")),
    ),
    Rule(
        "range-without-high",
        "target_high",
        "qualifier = 'range' AND target_high IS NULL",
        said("range-without-high", "区间没有上限", "a range without its upper end", NOTHING, Text("填写 target_high", "give target_high")),
    ),
    Rule(
        "range-upside-down",
        "target_high",
        f"qualifier = 'range' AND {HIGH} <= {LOW}",
        said("range-upside-down", "上限 {} 不高于下限", "the upper end {} is not above the target", Text("上限高于 target", "above target"), Text("核对两个数", "check the two numbers")),
    ),
)  # fmt: skip
