"""Readings: what no kind of cell may hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minping.evidence.dates import read_date
from minping.evidence.numbers import read_number
from minping.evidence.periods import read_period
from minping.evidence.readings import MOST_CHARACTERS, Reading, too_long, unusable

ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA")


@pytest.mark.parametrize("text", ERRORS)
def test_every_error_of_excel_is_named_whatever_blanks_follow_it(text: str) -> None:
    for shown in (text, f"{text} ", f"{text}\t"):
        remark = unusable(shown)
        assert remark is not None and remark.code == "excel-error" and text in remark.found.en


@pytest.mark.parametrize("text", ["#1", "# note", "#DIV", "No. #DIV/0!", "甲=乙", "a b", "", "北京", "-", "1+1="])
def test_a_plain_word_is_usable(text: str) -> None:
    assert unusable(text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\nb", "\\x0a"), ("a\x00b", "\\x00"), ("a\tb", "\\x09"), ("a\x7fb", "\\x7f"), ("a\x1b[31mb", "\\x1b")],
)
def test_control_signs_are_named_and_never_printed_as_they_are(text: str, shown: str) -> None:
    remark = unusable(text)
    assert remark is not None and remark.code == "control-character"
    assert shown in remark.found.en and remark.found.en.isprintable() and remark.found.zh.isprintable()


def test_a_cell_may_be_as_long_as_a_spreadsheet_allows_and_no_longer() -> None:
    assert too_long("长" * MOST_CHARACTERS) is None
    remark = too_long("长" * (MOST_CHARACTERS + 1))
    assert remark is not None and remark.code == "huge-cell"
    assert "32768 characters" in remark.found.en and len(remark.found.en) < 100


@pytest.mark.parametrize("read", [read_number, read_date, read_period])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("#REF!", "excel-error"),
        ("=B2", "formula-without-value"),
        ("20\x0016", "control-character"),
        ("1" * 40_000, "huge-cell"),
    ],
)
def test_every_kind_of_cell_is_refused_by_the_same_rules(
    read: Callable[[str], Reading[object]], text: str, code: str
) -> None:
    reading = read(text)
    assert reading.value is None and reading.remark is not None
    assert reading.remark.code == code and reading.remark.severity == "error"


@pytest.mark.parametrize("read", [read_number, read_date, read_period])
def test_an_empty_cell_is_no_fault_of_any_kind(read: Callable[[str], Reading[object]]) -> None:
    for text in ("", " ", "\u3000", "\u00a0"):
        assert tuple(read(text)) == (None, None)
