"""Ratings and offers: the rules that their rows must keep."""

from __future__ import annotations

from collections.abc import Sequence

from minping.evidence.event_rules import DAY, NUMBER, check_table, choice, date_of, empty, said
from minping.evidence.faults import NOTHING, Fault
from minping.evidence.free_text import free_text
from minping.evidence.records import Rule
from minping.evidence.rectification import RECTIFICATION_RULES
from minping.model.evidence import RATING_STATUSES, Bodies, Records
from minping.words import Text, both

LEVEL = NUMBER.format("level")
LEVELS = both("1, 2, 3, 4, 5")


def check_ratings(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `ratings` that can't be right."""
    check_table(records, bodies, RATING_RULES, headers, faults, "case")


def check_offers(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `offers` that can't be right."""
    check_table(records, bodies, OFFER_RULES, headers, faults, "")


def _count(column: str) -> Rule:
    words = said(
        "not-a-count",
        "{} 不是件数",
        "{} is not a count",
        Text("0 或正整数", "0 or a whole number above"),
        Text("改正", "put it right"),
    )
    number = NUMBER.format(column)
    return Rule(
        "not-a-count",
        column,
        f'"{column}" IS NOT NULL AND ({number} IS NULL OR {number} < 0 OR {number} <> FLOOR({number}))',
        words,
    )


RATED = "COALESCE(status, 'rated')"
RATING_RULES = (
    empty("case"),
    empty("body"),
    empty("rated_on"),
    date_of("rated_on"),
    date_of("completed_on"),
    *RECTIFICATION_RULES,
    *free_text("comment"),
    choice("status", RATING_STATUSES),
    Rule(
        "impossible-level",
        "level",
        f"level IS NOT NULL AND ({LEVEL} IS NULL OR {LEVEL} NOT IN (1, 2, 3, 4, 5))",
        said("impossible-level", "等级 {} 不可能", "the level {} can't be", LEVELS, Text("整数星级；0 星、半星不是评价", "whole levels only; no 0, no half")),
    ),
    Rule(
        "level-missing",
        "level",
        f"level IS NULL AND {RATED} <> 'defaulted'",
        said("level-missing", "没有等级", "no level", LEVELS, Text("逾期默认的写 status = defaulted", "a default has status = defaulted")),
    ),
    Rule(
        "default-with-level",
        "level",
        f"level IS NOT NULL AND {RATED} = 'defaulted'",
        said("default-with-level", "默认好评却有等级 {}", "a default with the level {}", NOTHING, Text("沉默不是评价：等级留空", "silence is no rating: leave it empty")),
    ),
    Rule(
        "removed-without-reason",
        "reason",
        f"{RATED} = 'removed' AND (reason IS NULL OR approved_by IS NULL)",
        said("removed-without-reason", "剔除没有原因或批准人", "removed without reason or approver", NOTHING, Text("填写 reason 与 approved_by", "give reason and approved_by")),
    ),
    Rule(
        "rated-before-the-end",
        "rated_on",
        f"{DAY.format('rated_on')} < {DAY.format('completed_on')}",
        said("rated-before-the-end", "{} 早于办结日期", "{} lies before the end of the case", NOTHING, Text("核对两个日期", "check the two dates")),
    ),
    Rule(
        "impossible-seconds",
        "seconds",
        f"seconds IS NOT NULL AND ({NUMBER.format('seconds')} IS NULL OR {NUMBER.format('seconds')} < 0)",
        said("impossible-seconds", "间隔 {} 不可能", "{} seconds can't be", Text("0 或更大", "0 or more"), Text("核对", "check it")),
    ),
)  # fmt: skip
OFFER_RULES = (
    empty("body"),
    empty("period"),
    empty("issued"),
    _count("issued"),
    _count("offered"),
    _count("answered"),
    Rule(
        "more-than-issued",
        "offered",
        f"{NUMBER.format('offered')} > {NUMBER.format('issued')}",
        said("more-than-issued", "邀评 {} 件，多于办件数", "{} were asked, more than were served", NOTHING, Text("核对", "check it")),
    ),
    Rule(
        "more-than-asked",
        "answered",
        f"{NUMBER.format('answered')} > COALESCE({NUMBER.format('offered')}, {NUMBER.format('issued')})",
        said("more-than-asked", "参评 {} 件，多于邀评数", "{} answered, more than were asked", NOTHING, Text("核对", "check it")),
    ),
)  # fmt: skip
