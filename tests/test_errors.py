from __future__ import annotations

import pytest

from minping.errors import (
    BundleError,
    EvidenceError,
    MinpingError,
    Place,
    Problem,
    SchemeError,
    did_you_mean,
    nearest,
    one_of,
)
from minping.words import Text, both

PROBLEM = Problem(
    "odd-value",
    Place("evidence/official.csv", "", 7, "value"),
    Text("“9x”不是数字", "“9x” is no number"),
    Text("数字", "a number"),
    Text("请改正", "put it right"),
)


def test_a_problem_says_where_what_is_allowed_and_what_to_do_in_one_line() -> None:
    assert PROBLEM.line() == (
        "evidence/official.csv:7 value: “9x” is no number; allowed: a number; put it right [odd-value]"
    )
    assert PROBLEM.line("zh") == "evidence/official.csv:7 value: “9x”不是数字，应为 数字；请改正 [odd-value]"
    bare = Problem("odd", Place("a"), both("x"), both(""), both(""))
    assert bare.line() == "a: x [odd]"


def test_a_place_in_a_workbook_names_the_sheet() -> None:
    assert str(Place("a.xlsx", "表1", 3, "value")) == "a.xlsx[表1]:3 value"
    assert str(Place(column="gdp")) == "gdp"


@pytest.mark.parametrize("family", [SchemeError, EvidenceError, BundleError])
def test_an_error_carries_every_problem(family: type[MinpingError]) -> None:
    assert family(PROBLEM).problems == (PROBLEM,)
    several = family([PROBLEM, PROBLEM])
    assert len(several.problems) == 2 and str(several).count("odd-value") == 2


def test_the_nearest_name_is_offered_and_none_where_none_is_near() -> None:
    assert nearest("wieght", ["direction", "weight"]) == "weight"
    assert nearest("abc", ["direction"]) is None
    assert did_you_mean("wieght", ["weight"]) == Text("是否应为 weight？", "did you mean weight?")
    assert "allowed names" in did_you_mean("abc", ["direction"]).en


def test_a_long_list_of_options_is_cut_and_counted() -> None:
    names = [f"n{at}" for at in range(20)]
    assert one_of(names).en.endswith("… (8 more)") and "另有 8 项" in one_of(names).zh
    assert one_of(names[:2]) == both("n0, n1")


def test_of_words_that_are_alike_as_far_the_one_that_begins_alike_is_nearest() -> None:
    assert nearest("北亰", ["湖北", "河北", "北京"]) == "北京"
