"""Rules that all tables of events share, over rows given as a table of the engine."""

from __future__ import annotations

import pytest

from minping.evidence.event_rules import DAY, NUMBER, choice, date_of, empty, said
from minping.evidence.event_tables import OFFERS, RATINGS, REQUESTS
from minping.evidence.faults import NOTHING
from minping.evidence.records import Rule, connect


def broken(rule: Rule, *cells: str | None) -> list[bool]:
    """Whether each cell breaks the rule."""
    with connect() as engine:
        engine.execute(f'CREATE TABLE t (place INTEGER, "{rule.column}" VARCHAR)')
        engine.executemany("INSERT INTO t VALUES (?, ?)", [list(row) for row in enumerate(cells)])
        return [
            row[0]
            for row in engine.execute(f"SELECT COALESCE({rule.where}, FALSE) FROM t ORDER BY place").fetchall()  # noqa: S608
        ]


def test_a_cell_is_filled_in() -> None:
    assert broken(empty("case"), None, "x") == [True, False]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2024-05-04", False),
        ("2024/5/4", False),
        ("2024年5月4日", False),
        ("20240504", False),
        ("2024-05-04 10:00", False),
        ("2024-13-01", True),
        ("soon", True),
        (None, False),
    ],
)
def test_a_date_is_one_in_the_forms_that_spreadsheets_leave(text: str | None, wrong: bool) -> None:
    assert broken(date_of("rated_on"), text) == [wrong]


def test_a_choice_is_one_of_the_words() -> None:
    rule = choice("status", ("rated", "removed"))
    assert broken(rule, "rated", "Rated", "", None) == [False, True, True, False]
    assert "did you mean removed" in rule.say("removd").fix.en


def test_words_quote_the_cell_where_they_have_a_place_for_it() -> None:
    assert said("c", "{} 不对", "{} is wrong", NOTHING, NOTHING)("x").found.en == "“x” is wrong"
    assert said("c", "没有", "nothing", NOTHING, NOTHING)("x").found.en == "nothing"


def test_numbers_and_days_are_read_without_failing() -> None:
    with connect() as engine:
        row = engine.execute(
            f"SELECT {NUMBER.format(chr(39) + 'x' + chr(39))}, {DAY.format(chr(39) + 'x' + chr(39))}"
        ).fetchone()
    assert row == (None, None)


@pytest.mark.parametrize("table", [RATINGS, OFFERS, REQUESTS])
def test_a_table_of_events_names_its_body_and_its_choices(table: object) -> None:
    columns = {column.name: column for column in table.columns}  # type: ignore[attr-defined]
    assert columns["body"].required
    assert all((column.kind == "choice") == bool(column.choices) for column in columns.values())
