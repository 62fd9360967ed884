"""Rules of amounts, percentages and days, asked of an engine cell by cell."""

from __future__ import annotations

import duckdb
import pytest

from minping.evidence.quantity_rules import (
    amount,
    half_drawn,
    no_base,
    not_before,
    number,
    probability,
    repeated,
    within_hundred,
)
from minping.evidence.records import Rule
from minping.words import Text


def breaks(rule: Rule, *cells: str | None) -> list[bool]:
    """Which cells of a column of text break a rule."""
    with duckdb.connect() as engine:
        engine.execute(f'CREATE TABLE t ("{rule.column}" VARCHAR)')
        engine.executemany("INSERT INTO t VALUES (?)", [[cell] for cell in cells])
        return [bool(row[0]) for row in engine.execute(f"SELECT COALESCE({rule.where}, FALSE) FROM t").fetchall()]  # noqa: S608


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (amount("a"), ["0", "1.5", "1e6", None], ["-1", "inf", "nan", "1,000", "1_000", "many"]),
        (number("a"), ["0", "-1.5", "-1e-6", None], ["inf", "nan", "1,000", "1-2", "一"]),
        (within_hundred("a"), ["0", "100", "97.3", None], ["-0.1", "100.1", "97%", "nan"]),
        (probability("a"), ["1", "0.001", None], ["0", "1.01", "-0.5", "half"]),
        (no_base("a"), ["1", "-1", None], ["0", "0.0"]),
    ],
)
def test_a_cell_is_within_its_bounds_or_named(rule: Rule, good: list[str | None], bad: list[str]) -> None:
    assert not any(breaks(rule, *good)) and all(breaks(rule, *bad))


def test_days_in_order_and_days_on_the_same_day_are_no_fault() -> None:
    rule = not_before("closed_on", "opened_on", "开始", "the start")
    assert rule.say("x").severity == "warning" and rule.code == "closed-before-opened"
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE t (closed_on VARCHAR, opened_on VARCHAR)")
        pairs = [("2024-01-02", "2024-01-02"), ("2024/1/1", "2024-01-02"), (None, "2024-01-02"), ("x", "2024-01-02")]
        engine.executemany("INSERT INTO t VALUES (?, ?)", pairs)
        found = engine.execute(f"SELECT {rule.where} FROM t").fetchall()  # noqa: S608
    assert [row[0] for row in found] == [False, True, None, None]


def test_a_drawn_row_has_what_other_drawn_rows_have() -> None:
    def broken(*rows: tuple[str | None, str | None]) -> list[bool]:
        with duckdb.connect() as engine:
            engine.execute("CREATE TABLE t (a VARCHAR, b VARCHAR)")
            engine.executemany("INSERT INTO t VALUES (?, ?)", rows)
            asked = f"SELECT {half_drawn('t', 'a', 'b').where} FROM t"  # noqa: S608
            return [bool(row[0]) for row in engine.execute(asked).fetchall()]

    assert broken(("1", "x"), (None, "x"), (None, None)) == [False, True, False]
    assert broken((None, "x"), (None, None)) == [False, False]


def test_rows_that_stand_twice_are_all_named_and_quoted_only_where_they_may_be() -> None:
    fix = Text("只留一行", "keep one")
    assert breaks(repeated("t", ("a",), "repeated-a", "a", fix), "x", "y", "x", None) == [True, False, True, False]
    assert "x" in repeated("t", ("a",), "repeated-a", "a", fix).say("x").found.en
    assert "“x”" not in repeated("t", ("a",), "repeated-a", "a", fix, quoted=False).say("x").found.en
