"""Rectification (差评整改): the rules that what became of a bad rating must keep."""

from __future__ import annotations

from minping.evidence.event_rules import DAY, NUMBER, date_of, said
from minping.evidence.faults import NOTHING
from minping.evidence.records import Rule
from minping.words import Text, both

BAD = f"COALESCE({NUMBER.format('level')}, 9) <= 2"
LEVELS = both("1, 2, 3, 4, 5")


def _not_before(column: str) -> Rule:
    code = f"{column.removesuffix('_on').replace('_', '-')}-before-rated"
    fix = Text("核对两个日期", "check the two dates")
    words = said(code, "{} 早于评价日期", "{} lies before the rating", NOTHING, fix)
    return Rule(code, column, f"{DAY.format(column)} < {DAY.format('rated_on')}", words)


def _of_bad_ratings(column: str) -> Rule:
    words = said(
        "not-a-bad-rating",
        "不是差评，却填了 {}",
        "{} is given where the rating is not a bad one",
        Text("等级 1、2（被剔除的也是）", "levels 1 and 2 (removed ones too)"),
        Text("核对等级，或留空", "check the level, or leave it empty"),
    )
    return Rule("not-a-bad-rating", column, f'"{column}" IS NOT NULL AND NOT ({BAD})', words)


_AGAIN = NUMBER.format("rerated_level")
RECTIFICATION_RULES = (
    date_of("rectified_on"),
    date_of("called_back_on"),
    _not_before("rectified_on"),
    _not_before("called_back_on"),
    *(_of_bad_ratings(column) for column in ("rectified_on", "called_back_on", "rerated_level")),
    Rule(
        "impossible-level",
        "rerated_level",
        f"rerated_level IS NOT NULL AND ({_AGAIN} IS NULL OR {_AGAIN} NOT IN (1, 2, 3, 4, 5))",
        said("impossible-level", "等级 {} 不可能", "the level {} can't be", LEVELS, Text("整数星级；0 星、半星不是评价", "whole levels only; no 0, no half")),
    ),
    Rule(
        "rerated-without-rectification",
        "rerated_level",
        "rerated_level IS NOT NULL AND rectified_on IS NULL",
        said("rerated-without-rectification", "没有整改日期，却有整改后等级 {}", "the level {} after rectification, without its day", NOTHING, Text("填写 rectified_on，或留空", "give rectified_on, or leave it empty")),
    ),
)  # fmt: skip
