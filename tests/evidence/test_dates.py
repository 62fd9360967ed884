"""Dates: what is sure is read and noted, what isn't is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.evidence.dates import iso, read_date


@pytest.mark.parametrize(
    ("text", "meant", "code"),
    [
        ("2017-12-31", "2017-12-31", None),
        ("  2017-12-31 ", "2017-12-31", None),
        ("2016-02-29", "2016-02-29", None),
        ("2017/1/5", "2017-01-05", "date-form"),
        ("2017.12.31", "2017-12-31", "date-form"),
        ("2017年1月5日", "2017-01-05", "date-form"),
        ("２０１７－１２－３１", "2017-12-31", "date-form"),
        ("20171231", "2017-12-31", "date-form"),
        ("2017-12-31 08:30:00", "2017-12-31", "date-with-time"),
        ("2017-12-31T23:59:59Z", "2017-12-31", "date-with-time"),
        ("2017-12-31T23:59:59.5+08:00", "2017-12-31", "date-with-time"),
        ("43100", "2017-12-31", "excel-serial"),
        ("43100.75", "2017-12-31", "excel-serial"),
    ],
)
def test_a_date_that_is_sure_is_read_and_other_forms_are_noted(text: str, meant: str, code: str | None) -> None:
    days, remark = read_date(text)
    assert days is not None and iso(days) == meant
    assert (remark.code if remark else None) == code
    assert remark is None or (remark.severity == "note" and meant in remark.fix.en)


@pytest.mark.parametrize(
    "text",
    [
        "2017-02-29",
        "2017-13-01",
        "2017/0/5",
        "31.12.2017",
        "5/1/2017",
        "2017",
        "2017-12",
        "99999",
        "20171331",
        "soon",
        "17-12-31",
    ],
)
def test_what_may_mean_another_day_is_no_date(text: str) -> None:
    days, remark = read_date(text)
    assert days is None and remark is not None
    assert (remark.code, remark.severity) == ("malformed-date", "error") and text in remark.found.en


@pytest.mark.parametrize(("text", "code"), [("#VALUE!", "excel-error"), ("=TODAY()", "formula-without-value")])
def test_a_failed_formula_is_named_as_one(text: str, code: str) -> None:
    days, remark = read_date(text)
    assert days is None and remark is not None and remark.code == code


@pytest.mark.parametrize("text", ["", "  ", "\t"])
def test_an_empty_cell_says_nothing(text: str) -> None:
    assert read_date(text) == (None, None)


@given(st.dates())
def test_every_iso_date_is_read_as_itself(day: date) -> None:
    days, remark = read_date(day.isoformat())
    assert remark is None and days is not None and iso(days) == day.isoformat()


@given(st.text(max_size=24))
def test_any_text_is_a_date_or_empty_or_has_a_reason(text: str) -> None:
    days, remark = read_date(text)
    assert (days is not None) or (remark is not None and remark.severity == "error") or not text.strip()
