"""Headers: which column is meant, in either language; what is repeated or missing is named."""

from __future__ import annotations

import pytest

from minping.evidence.headers import folded, missing_columns, near_column, understand
from minping.evidence.tables import TABLES


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_known_by_its_name_titles_and_other_names(table: str) -> None:
    for column in TABLES[table].columns:
        for word in (column.name, column.title.zh, column.title.en, *column.aliases):
            assert understand([word], table).positions == {column.name: 0}, word


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (" Value ", "value"),
        ("VALUE*", "value"),
        ("数值（亿元）", "value"),
        ("数值(亿元)", "value"),
        ("数值【必填】", "value"),
        ("ｖａｌｕｅ", "value"),
        ("\ufeffvalue", "value"),
        ("Released On", "released_on"),
        ("released-on", "released_on"),
        ("数值 value", "value"),
        ("样本\n量", "n"),
    ],
)
def test_signs_that_do_not_matter_do_not_matter(header: str, name: str) -> None:
    assert understand([header], "official").positions == {name: 0}


def test_what_is_no_column_is_kept_with_its_position() -> None:
    header = understand(["body", "colour", "", "value"], "official")
    assert (
        header.positions == {"body": 0, "value": 3} and header.unknown == {1: "colour", 2: ""} and header.faults == []
    )


def test_two_headers_of_one_meaning_are_named_and_the_first_counts() -> None:
    header = understand(["数值", "value"], "official")
    assert header.positions == {"value": 0}
    (fault,) = header.faults
    assert fault.remark.code == "repeated-column" and "“value” and “数值” both mean value" in fault.remark.found.en


def test_an_unknown_header_that_stands_twice_is_named_once_and_blank_ones_are_not() -> None:
    header = understand(["x", "x", "x", "", ""], "official")
    assert [(one.remark.code, one.column) for one in header.faults] == [("repeated-column", "x")]


def test_a_missing_column_comes_with_the_header_that_may_be_meant() -> None:
    faults = missing_columns(understand(["body", "peroid", "indicator", "数植"], "official"), "official")
    assert [(one.column, one.remark.fix.en) for one in faults] == [
        ("period", "is peroid meant to be period?"),
        ("value", "is 数植 meant to be value?"),
    ]


def test_a_missing_column_that_nothing_is_like_says_what_there_is() -> None:
    (fault,) = missing_columns(understand(["body", "period", "indicator", "zzz"], "official"), "official")
    assert fault.remark.found.en.endswith("there are zzz") and fault.remark.fix.en == "add value to row 1"
    assert missing_columns(understand(["body", "period", "indicator", "value"], "official"), "official") == []


@pytest.mark.parametrize(
    ("header", "near"), [("relesed_on", "released_on"), ("denominater", "denominator"), ("colour", None), ("x", None)]
)
def test_a_header_may_be_a_misspelt_column(header: str, near: str | None) -> None:
    assert near_column(header, "official") == near


def test_folding_twice_changes_nothing() -> None:
    for header in (" Released_On ", "数值（％）", "样本　量", "ＮＡＭＥ－en"):
        assert folded(folded(header)) == folded(header)
