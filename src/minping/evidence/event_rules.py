"""Rules that rows of events must keep: how they are said, and the checks that all tables of events share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from minping.errors import did_you_mean, one_of
from minping.evidence.faults import NOTHING, Fault, Remark, short
from minping.evidence.records import Rule, connect, find_faults, put_words, relation
from minping.evidence.tables import TABLES
from minping.model.evidence import Bodies, Records
from minping.words import Text

#: a day in any of the forms that spreadsheets leave behind; no other that one engine reads and another doesn't
DAY = (
    r"CASE WHEN REGEXP_FULL_MATCH({0}, '\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?([T ].*)?|\d{{8}}') THEN "
    "COALESCE(TRY_CAST({0} AS DATE), CAST(TRY_CAST({0} AS TIMESTAMP) AS DATE), "
    "CAST(TRY_STRPTIME({0}, ['%Y/%m/%d', '%Y.%m.%d', '%Y年%m月%d日', '%Y%m%d']) AS DATE)) END"
)
NUMBER = "CASE WHEN REGEXP_FULL_MATCH({0}, '[-+0-9.eE]+') THEN TRY_CAST({0} AS DOUBLE) END"  #: no 1_000, no inf


def check_table(
    records: Records,
    bodies: Bodies,
    rules: Sequence[Rule],
    headers: Sequence[dict[str, str]],
    faults: Sequence[list[Fault]],
    unique: str,
    whole: Callable[[str], Sequence[Rule]] = lambda table: (),
) -> None:
    """Find every row that breaks a rule, names no body, or stands twice (by the column `unique`, where given).

    `whole` gives rules that look at other rows too, of the SQL of the table.
    """
    columns = [column.name for column in TABLES[records.table].columns]
    with connect(records) as engine:
        put_words(engine, bodies)
        table = relation(records.files, columns)
        known = [_unknown_body(bodies)] if "body" in columns else []
        find_faults(engine, table, [*rules, *known, *whole(table)], headers, faults)
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
    found = Text(f"{short(text)} 不止一行", f"{short(text)} stands in more than one row")
    return Remark("duplicate-case", found, NOTHING, Text("一件只留一行", "one row for one case: keep one of them"))


def said(code: str, zh: str, en: str, allowed: Text, fix: Text) -> Callable[[str], Remark]:
    """A remark that quotes the cell where the words have a place for it."""
    return lambda text: Remark(code, Text(zh.format(short(text)), en.format(short(text))), allowed, fix)


def empty(column: str) -> Rule:
    """The column is filled in."""
    words = said("empty-cell", f"{column} 为空", f"{column} is empty", NOTHING, Text("填写", "give it"))
    return Rule("empty-cell", column, f'"{column}" IS NULL', words)


def date_of(column: str) -> Rule:
    """The column holds a date."""
    words = said(
        "malformed-date",
        "{} 不是日期",
        "{} is not a date",
        Text("如 2024-05-04", "like 2024-05-04"),
        Text("改为 年-月-日", "write year-month-day"),
    )
    return Rule("malformed-date", column, f'"{column}" IS NOT NULL AND {DAY.format(column)} IS NULL', words)


def choice(column: str, options: Sequence[str]) -> Rule:
    """One of the words that the column may hold."""
    listed = ", ".join(f"'{option}'" for option in options)

    def say(text: str) -> Remark:
        found = Text(f"{column} 没有 {short(text)}", f"{column} can't be {short(text)}")
        return Remark("unknown-choice", found, one_of(options), did_you_mean(text, options))

    return Rule("unknown-choice", column, f'"{column}" IS NOT NULL AND "{column}" NOT IN ({listed})', say)
