"""Ratings and offers: the rules that their rows must keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from minping.errors import did_you_mean, one_of
from minping.evidence.faults import NOTHING, Fault, Remark, short
from minping.evidence.records import Rule, connect, find_faults, put_words, relation
from minping.evidence.tables import TABLES
from minping.model.evidence import RATING_STATUSES, Bodies, Records
from minping.words import Text, both

#: a day in any of the forms that spreadsheets leave behind
DAY = (
    "COALESCE(TRY_CAST({0} AS DATE), CAST(TRY_CAST({0} AS TIMESTAMP) AS DATE), "
    "CAST(TRY_STRPTIME({0}, ['%Y/%m/%d', '%Y.%m.%d', '%Y年%m月%d日', '%Y%m%d']) AS DATE))"
)
NUMBER = "TRY_CAST({0} AS DOUBLE)"
LEVEL = NUMBER.format("level")
LEVELS = both("1, 2, 3, 4, 5")


def check_ratings(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `ratings` that can't be right."""
    _check(records, bodies, RATING_RULES, headers, faults, "case")


def check_offers(
    records: Records, bodies: Bodies, headers: Sequence[dict[str, str]], faults: Sequence[list[Fault]]
) -> None:
    """Find every row of `offers` that can't be right."""
    _check(records, bodies, OFFER_RULES, headers, faults, "")


def _check(
    records: Records,
    bodies: Bodies,
    rules: Sequence[Rule],
    headers: Sequence[dict[str, str]],
    faults: Sequence[list[Fault]],
    unique: str,
) -> None:
    columns = [column.name for column in TABLES[records.table].columns]
    with connect() as engine:
        put_words(engine, bodies)
        table = relation(records.files, columns)
        known = _unknown_body(bodies)
        find_faults(engine, table, [*rules, known], headers, faults)
        if unique:
            repeated = f'"{unique}" IN (SELECT "{unique}" FROM {table} GROUP BY 1 HAVING COUNT(*) > 1)'
            find_faults(engine, table, [Rule("duplicate-case", unique, repeated, _twice)], headers, faults)


def _unknown_body(bodies: Bodies) -> Rule:
    allowed = one_of(bodies.ids)

    def say(text: str) -> Remark:
        found = Text(f"没有单位 {short(text)}", f"no body {short(text)}")
        return Remark("unknown-body", found, allowed, did_you_mean(text, [*bodies.ids, *bodies.names]))

    return Rule("unknown-body", "body", "body IS NOT NULL AND body NOT IN (SELECT word FROM known_bodies)", say)


def _twice(text: str) -> Remark:
    found = Text(f"办件 {short(text)} 不止一行", f"the case {short(text)} stands in more than one row")
    return Remark("duplicate-case", found, NOTHING, Text("一事一评：只留一行", "one rating for one case: keep one row"))


def _said(code: str, zh: str, en: str, allowed: Text, fix: Text) -> Callable[[str], Remark]:
    """A remark that quotes the cell where the words have a place for it."""
    return lambda text: Remark(code, Text(zh.format(short(text)), en.format(short(text))), allowed, fix)


def _empty(column: str) -> Rule:
    words = _said("empty-cell", f"{column} 为空", f"{column} is empty", NOTHING, Text("填写", "give it"))
    return Rule("empty-cell", column, f'"{column}" IS NULL', words)


def _date(column: str) -> Rule:
    words = _said(
        "malformed-date",
        "{} 不是日期",
        "{} is not a date",
        Text("如 2024-05-04", "like 2024-05-04"),
        Text("改为 年-月-日", "write year-month-day"),
    )
    return Rule("malformed-date", column, f'"{column}" IS NOT NULL AND {DAY.format(column)} IS NULL', words)


def _count(column: str) -> Rule:
    words = _said(
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
    _empty("case"),
    _empty("body"),
    _empty("rated_on"),
    _date("rated_on"),
    _date("completed_on"),
    _date("rectified_on"),
    Rule(
        "unknown-status",
        "status",
        f"status IS NOT NULL AND status NOT IN {RATING_STATUSES}",
        lambda text: Remark(
            "unknown-status",
            Text(f"没有状态 {short(text)}", f"no status {short(text)}"),
            one_of(RATING_STATUSES),
            did_you_mean(text, RATING_STATUSES),
        ),
    ),
    Rule(
        "impossible-level",
        "level",
        f"level IS NOT NULL AND ({LEVEL} IS NULL OR {LEVEL} NOT IN (1, 2, 3, 4, 5))",
        _said("impossible-level", "等级 {} 不可能", "the level {} can't be", LEVELS, Text("整数星级；0 星、半星不是评价", "whole levels only; no 0, no half")),
    ),
    Rule(
        "level-missing",
        "level",
        f"level IS NULL AND {RATED} <> 'defaulted'",
        _said("level-missing", "没有等级", "no level", LEVELS, Text("逾期默认的写 status = defaulted", "a default has status = defaulted")),
    ),
    Rule(
        "default-with-level",
        "level",
        f"level IS NOT NULL AND {RATED} = 'defaulted'",
        _said("default-with-level", "默认好评却有等级 {}", "a default with the level {}", NOTHING, Text("沉默不是评价：等级留空", "silence is no rating: leave it empty")),
    ),
    Rule(
        "removed-without-reason",
        "reason",
        f"{RATED} = 'removed' AND (reason IS NULL OR approved_by IS NULL)",
        _said("removed-without-reason", "剔除没有原因或批准人", "removed without reason or approver", NOTHING, Text("填写 reason 与 approved_by", "give reason and approved_by")),
    ),
    Rule(
        "rated-before-the-end",
        "rated_on",
        f"{DAY.format('rated_on')} < {DAY.format('completed_on')}",
        _said("rated-before-the-end", "{} 早于办结日期", "{} lies before the end of the case", NOTHING, Text("核对两个日期", "check the two dates")),
    ),
    Rule(
        "impossible-seconds",
        "seconds",
        f"seconds IS NOT NULL AND ({NUMBER.format('seconds')} IS NULL OR {NUMBER.format('seconds')} < 0)",
        _said("impossible-seconds", "间隔 {} 不可能", "{} seconds can't be", Text("0 或更大", "0 or more"), Text("核对", "check it")),
    ),
)  # fmt: skip
OFFER_RULES = (
    _empty("body"),
    _empty("period"),
    _empty("issued"),
    _count("issued"),
    _count("offered"),
    _count("answered"),
    Rule(
        "more-than-issued",
        "offered",
        f"{NUMBER.format('offered')} > {NUMBER.format('issued')}",
        _said("more-than-issued", "邀评 {} 件，多于办件数", "{} were asked, more than were served", NOTHING, Text("核对", "check it")),
    ),
    Rule(
        "more-than-asked",
        "answered",
        f"{NUMBER.format('answered')} > COALESCE({NUMBER.format('offered')}, {NUMBER.format('issued')})",
        _said("more-than-asked", "参评 {} 件，多于邀评数", "{} answered, more than were asked", NOTHING, Text("核对", "check it")),
    ),
)  # fmt: skip
