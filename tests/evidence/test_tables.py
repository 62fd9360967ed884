"""The tables themselves: every column said in both languages, no header that could mean two columns."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest

from minping.evidence.choice_words import CHOICE_WORDS, OWN_WORDS
from minping.evidence.dates import read_date
from minping.evidence.files import table_named
from minping.evidence.headers import folded
from minping.evidence.periods import months
from minping.evidence.table import Column
from minping.evidence.tables import BODIES, INCIDENTS, OFFICIAL, TABLES, TERMS
from minping.model.audited import DEBT_KINDS, INSPECTED_BY, QUALIFIERS, RELATIONS, TASK_STATES, VERIFIED_HOW
from minping.model.evidence import CALL_OUTCOMES, RATING_STATUSES, REPORTERS, YES_NO, Incident, Official
from minping.model.findings import STATES

COLUMNS = [(table, column) for table, spec in TABLES.items() for column in spec.columns]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column.name}" for table, column in COLUMNS])
def test_every_column_is_said_in_both_languages(table: str, column: Column) -> None:
    assert TABLES[table].column(column.name) is column
    for words in (column.title, column.about):
        assert words.zh and words.en and words.en.isascii()
        assert any(unicodedata.name(sign).startswith("CJK") for sign in words.zh)


@pytest.mark.parametrize("table", TABLES)
def test_no_header_means_two_columns_of_a_table(table: str) -> None:
    meant: dict[str, set[str]] = {}
    for column in TABLES[table].columns:
        for word in (column.name, column.title.zh, column.title.en, *column.aliases):
            meant.setdefault(folded(word), set()).add(column.name)
    assert {word: names for word, names in meant.items() if len(names) > 1} == {}


def test_no_name_of_a_file_means_two_tables() -> None:
    names = {(word, name) for name, spec in TABLES.items() for word in (name, spec.title.zh, *spec.aliases)}
    assert {word: table_named(word) for word, _ in names} == dict(names) and len(dict(names)) == len(names)


@pytest.mark.parametrize(
    ("table", "required"),
    [
        ("bodies", ("body", "name")),
        ("official", ("body", "period", "indicator", "value")),
        ("terms", ("term", "body", "role", "start_on")),
        ("incidents", ("incident", "body", "occurred_on", "kind", "confirmed_by")),
        ("ratings", ("case", "body", "rated_on", "level")),
        ("offers", ("body", "period", "issued")),
        ("requests", ("request", "body", "opened_at")),
        ("projects", ("project", "body", "approved_on")),
        ("uses", ("project", "observed_on", "used_capacity")),
        ("debts", ("debt", "body", "borrowed_on", "amount_cny")),
        ("repayments", ("debt", "due_on", "principal_cny")),
        ("tasks", ("task", "body", "decided_on", "due_on")),
        ("inspections", ("inspection", "body", "visited_on", "claim", "reported_value", "found_value")),
        ("targets", ("body", "period", "indicator", "target")),
        ("reports", ("report", "body", "submitted_on", "text")),
        ("payments", ("payment", "body", "paid_on", "amount_cny")),
        ("appraisals", ("ratee", "rater", "relation", "item", "score")),
    ],
)
def test_what_a_table_cannot_do_without(table: str, required: tuple[str, ...]) -> None:
    assert TABLES[table].required == required


def test_the_columns_are_those_of_the_model() -> None:
    official = {field.name for field in dataclasses.fields(Official)}
    assert {column.name for column in OFFICIAL.columns} <= official
    incident = {field.name for field in dataclasses.fields(Incident)}
    assert {column.name for column in INCIDENTS.columns} - {"incident"} <= incident


def test_choices_are_those_of_the_model_and_chinese_words_mean_one_of_them() -> None:
    assert OFFICIAL.column("reporter").choices == REPORTERS
    audited = {*DEBT_KINDS, *INSPECTED_BY, *QUALIFIERS, *RELATIONS, *TASK_STATES, *VERIFIED_HOW}
    known = {*REPORTERS, *RATING_STATUSES, *YES_NO, *CALL_OUTCOMES, *STATES, *audited}
    meant = {*CHOICE_WORDS.values(), *(word for own in OWN_WORDS.values() for word in own.values())}
    assert meant == known


def test_what_a_template_gives_as_an_example_can_be_read() -> None:
    dates = [column for spec in TABLES.values() for column in spec.columns if column.kind == "date"]
    examples = [part for column in dates for part in column.about.en.rstrip(".").split() if part[:2] == "20"]
    assert len(examples) >= 3 and all(read_date(example).remark is None for example in examples)
    forms = OFFICIAL.column("period").about.en.removesuffix(" (as text)").replace(" or ", ", ").split(", ")
    assert len(forms) == 5 and all(months(form) for form in forms)


def test_an_unknown_column_is_no_column() -> None:
    for spec in (BODIES, OFFICIAL, TERMS, INCIDENTS):
        with pytest.raises(StopIteration):
            spec.column("colour")
