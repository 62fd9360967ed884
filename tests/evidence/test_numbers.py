"""Numbers as people type them, in official figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.evidence.numbers import LARGEST, read_number
from tests.evidence.folder import Folder


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("about 30", "text-in-number"),
        ("30万元", "text-in-number"),
        ("暂无", "text-in-number"),
        ("—", "text-in-number"),
        ("1.2.3", "text-in-number"),
        ("1_000", "text-in-number"),
        ("0x1F", "text-in-number"),
        ('"3,14"', "comma-decimal"),
        ('"1.234,5"', "comma-decimal"),
        ("inf", "not-finite"),
        ("-Infinity", "not-finite"),
        ("NaN", "not-finite"),
        ("1e999", "not-finite"),
        ("-1e61", "not-finite"),
        ("１e61", "not-finite"),
        ("97.3%", "percent-sign"),
        ("#DIV/0!", "excel-error"),
        ("=A1+1", "formula-without-value"),
        ("TRUE", "text-in-number"),
        ("", "empty-value"),
    ],
)
def test_what_is_no_number_is_an_error_that_names_the_cell(folder: Folder, cell: str, code: str) -> None:
    folder.rows("beijing,2016,gdp,1", f"tianjin,2016,gdp,{cell}", "hebei,2016,gdp,3")
    problem = folder.only(code)
    assert (problem.severity, problem.place.row, problem.place.column) == ("error", 3, "value")


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("97.3%", 97.3, "percent-sign"),
        ("９７．３％", 97.3, "percent-sign"),
        ("９７．３", 97.3, "full-width-digits"),
        ("−5".replace("−5", "−0"), 0.0, "full-width-digits"),
        (" 97.3 ", 97.3, None),
        ("+.5e1", 5.0, None),
    ],
)
def test_what_can_be_read_for_sure_is_read_and_noted(folder: Folder, cell: str, value: float, code: str | None) -> None:
    folder.rows(f"beijing,2016,share,{cell}", "tianjin,2016,gdp,1", "hebei,2016,gdp,1")
    evidence = folder.load()
    assert evidence.official.value[0] == value
    assert [(problem.code, problem.severity, problem.place.row) for problem in evidence.problems] == (
        [(code, "note", 2)] if code else []
    )


def test_thousands_separators_are_read_with_a_note(folder: Folder) -> None:
    folder.rows('beijing,2016,gdp,"1,234.5"', 'tianjin,2016,gdp,"1,234,567"', "hebei,2016,gdp,1")
    evidence = folder.load()
    assert evidence.official.value.tolist() == [1234.5, 1234567, 1]
    assert {problem.severity for problem in evidence.problems} == {"note"}


def test_one_comma_before_three_digits_is_a_warning_since_it_may_be_a_decimal(folder: Folder) -> None:
    problem = folder.rows('beijing,2016,gdp,"1,234"').only("thousands-separators")
    assert problem.severity == "warning" and "1.234" in problem.fix.en


def test_a_comma_decimal_says_what_to_write() -> None:
    remark = read_number("3,14").remark
    assert remark is not None and remark.fix.en == "write 3.14"


@given(st.floats(-LARGEST, LARGEST))
def test_every_number_that_python_writes_is_read_as_itself(number: float) -> None:
    assert read_number(repr(number)).value == number


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_has_a_reason(text: str) -> None:
    reading = read_number(text, percent=True)
    if reading.value is None:
        assert reading.remark is not None or not text.strip()
    else:
        assert abs(reading.value) < float("inf")
