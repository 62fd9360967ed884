"""Rules for amounts, percentages and the order of days, the same in every table that has them."""

from __future__ import annotations

from minping.evidence.event_rules import DAY, NUMBER, said
from minping.evidence.faults import NOTHING
from minping.evidence.numbers import LARGEST
from minping.evidence.records import Rule
from minping.words import Text

LOOK = Text("核对两个日期", "check the two dates")


def amount(column: str) -> Rule:
    """The column holds a number from 0 on."""
    number = NUMBER.format(f'"{column}"')
    return Rule(
        "not-an-amount",
        column,
        f'"{column}" IS NOT NULL AND NOT COALESCE({number} >= 0 AND {number} <= {LARGEST}, FALSE)',
        said("not-an-amount", "{} 不是数量", "{} is no amount", Text("0 或更大的数", "a number from 0 on"), Text("改正；不写千分位与单位", "put it right; no separators, no unit")),
    )  # fmt: skip


def number(column: str) -> Rule:
    """The column holds a number of any sign."""
    read = NUMBER.format(f'"{column}"')
    return Rule(
        "not-a-number",
        column,
        f'"{column}" IS NOT NULL AND NOT COALESCE(ABS({read}) <= {LARGEST}, FALSE)',
        said("not-a-number", "{} 不是数", "{} is not a number", Text("数字，如 12.5", "a number like 12.5"), Text("改正；不写千分位与单位", "put it right; no separators, no unit")),
    )  # fmt: skip


def within_hundred(column: str) -> Rule:
    """The column holds a number from 0 to 100."""
    read = NUMBER.format(f'"{column}"')
    return Rule(
        "not-within-hundred",
        column,
        f'"{column}" IS NOT NULL AND NOT COALESCE({read} >= 0 AND {read} <= 100, FALSE)',
        said("not-within-hundred", "{} 不在 0 至 100 之间", "{} is not within 0 and 100", Text("0 至 100 的数", "a number from 0 to 100"), Text("改正；97.3 即 97.3%", "put it right; 97.3 means 97.3 %")),
    )  # fmt: skip


def probability(column: str) -> Rule:
    """The column holds a probability of being drawn."""
    read = NUMBER.format(f'"{column}"')
    return Rule(
        "impossible-probability",
        column,
        f'"{column}" IS NOT NULL AND NOT COALESCE({read} > 0 AND {read} <= 1, FALSE)',
        said("impossible-probability", "入样概率 {} 不可能", "the probability {} can't be", Text("大于 0，不超过 1", "above 0, at most 1"), Text("照抽取时的文件填写", "as in the file of the draw")),
    )  # fmt: skip


def half_drawn(table: str, column: str, other: str) -> Rule:
    """A row that was drawn, as `other` tells, has this column too if any row has it (`table` is SQL); others need none."""
    return Rule(
        "design-incomplete",
        column,
        f'"{column}" IS NULL AND "{other}" IS NOT NULL AND (SELECT COUNT("{column}") FROM {table}) > 0',
        said("design-incomplete", f"有 {other}，{column} 却为空，其他行都有", f"it has {other} but no {column}, which other rows have", NOTHING, Text(f"补上 {column}；不是抽样所查的，两列都留空", f"fill in {column}, or leave both empty where it was not drawn")),
    )  # fmt: skip


def not_before(then: str, first: str, zh: str, en: str) -> Rule:
    """Warn where the day `then` lies before the day `first`."""
    code = f"{then.removesuffix('_on')}-before-{first.removesuffix('_on')}".replace("_", "-")
    words = said(code, f"{{}} 早于{zh}", f"{{}} lies before {en}", NOTHING, LOOK)
    return Rule(
        code,
        then,
        f"{DAY.format(then)} < {DAY.format(first)}",
        lambda text: words(text)._replace(severity="warning"),
    )


def warn(code: str, column: str, where: str, zh: str, en: str, fix: Text) -> Rule:
    """Warn, in words that quote the cell where they have a place for it."""
    words = said(code, zh, en, NOTHING, fix)
    return Rule(code, column, where, lambda text: words(text)._replace(severity="warning"))


def no_base(column: str) -> Rule:
    """Warn of a nought that ratios would be divided by."""
    return warn(
        "no-base",
        column,
        f'{NUMBER.format(column)} = 0',
        f"{column} 为 0，不能作分母",
        f"{column} is 0, nothing can be divided by it",
        Text("核对；仍为 0 则有关比率按缺失计", "check it; ratios to it count as missing"),
    )  # fmt: skip


def repeated(table: str, columns: tuple[str, ...], code: str, shown: str, fix: Text, *, quoted: bool = True) -> Rule:
    """Rows that stand twice by several columns; `shown` is the column that is quoted (not, where `quoted` is off)."""
    listed = ", ".join(f"COALESCE(\"{column}\", '')" for column in columns)
    words = said(
        code,
        "{} 不止一行" if quoted else "不止一行",
        "{} stands in more than one row" if quoted else "it stands in more than one row",
        NOTHING,
        fix,
    )
    where = f"({listed}) IN (SELECT ({listed}) FROM {table} GROUP BY ({listed}) HAVING COUNT(*) > 1)"
    return Rule(code, shown, where, words)
