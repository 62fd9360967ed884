"""Duplicated rows and vintages."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minping.evidence.duplicates import duplicate_rows
from minping.model.evidence import NO_DATE, Official
from tests.evidence.folder import Folder

KEYS = st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 1), st.sampled_from([NO_DATE, -5, 0, 17531]))

DATED = "body,period,indicator,value,released_on"


def test_a_repeated_row_is_an_error_that_names_the_first_one(folder: Folder) -> None:
    problem = folder.rows("beijing,2016,gdp,1", "tianjin,2016,gdp,1", "beijing,2016,gdp,2").only("duplicate-row")
    assert problem.place.row == 4
    assert problem.found.en == "beijing 2016 gdp stands in row 2 already, with another value"


def test_a_repeated_row_is_marked_in_the_column_of_the_body(folder: Folder) -> None:
    problem = folder.rows("2016,北京 ,gdp,1", "2016,北京 ,gdp,1", header="考核期,单位,指标,数值").problems()[0]
    assert (problem.code, problem.place.column) == ("duplicate-row", "单位")


def test_every_repetition_is_named(folder: Folder) -> None:
    folder.rows("beijing,2016,gdp,1", "beijing,2016,gdp,1", "beijing,2016,gdp,1")
    assert [problem.place.row for problem in folder.problems() if problem.code == "duplicate-row"] == [3, 4]


def test_a_repetition_in_another_file_names_that_file(folder: Folder) -> None:
    folder.write("official-east.csv", "body,period,indicator,value\nbeijing,2016,gdp,100\n")
    problem = folder.only("duplicate-row")
    assert problem.place.file == "evidence/official.csv"
    assert (
        problem.found.en == "beijing 2016 gdp stands in evidence/official-east.csv row 2 already, with the same value"
    )


def test_a_later_release_is_no_duplicate_and_both_are_kept(folder: Folder) -> None:
    folder.rows("beijing,2016,gdp,1,2017-12-31", "beijing,2016,gdp,2,2018-12-31", "beijing,2016,gdp,3,", header=DATED)
    evidence = folder.load()
    assert "duplicate-row" not in {problem.code for problem in evidence.problems}
    assert evidence.official.value.tolist() == [1, 2, 3]


def test_the_same_release_twice_is_a_duplicate(folder: Folder) -> None:
    folder.rows("beijing,2016,gdp,1,2017-12-31", "beijing,2016,gdp,2,43100", header=DATED)
    assert "duplicate-row" in {problem.code for problem in folder.problems()}


def test_two_rows_without_a_release_date_are_duplicates_even_if_others_have_one(folder: Folder) -> None:
    folder.rows("beijing,2016,gdp,1,", "beijing,2016,gdp,2,", "tianjin,2016,gdp,2,2017-12-31", header=DATED)
    assert folder.only("duplicate-row").place.row == 3


def test_a_file_given_twice_is_one_problem_that_lists_the_rows(folder: Folder) -> None:
    rows = "".join(f"beijing,{1900 + at // 12}-{at % 12 + 1:02d},gdp,1\n" for at in range(12_000))
    folder.write("official.csv", "body,period,indicator,value\n" + rows)
    folder.write("official_2.csv", "body,period,indicator,value\n" + rows)
    (problem,) = (problem for problem in folder.problems() if problem.code == "duplicate-row")
    assert "12000 rows: 2–12001" in problem.found.en


@given(st.lists(KEYS, max_size=40))
def test_duplicates_are_those_that_a_plain_count_finds(keys: list[tuple[int, int, int, int]]) -> None:
    body, period, indicator, released = (np.array([key[at] for key in keys], dtype=np.int64) for at in range(4))
    rows = np.arange(len(keys)) + 2
    value, file = np.zeros(len(keys)), np.zeros(len(keys), dtype=np.int32)
    official = Official(
        ("a", "b", "c"), ("1", "2"), ("x", "y"), body.astype(np.int32), period.astype(np.int32),
        indicator.astype(np.int32), value, file, rows, released_on=released,
    )  # fmt: skip
    later, first = duplicate_rows(official)
    expected = {at: keys.index(key) for at, key in enumerate(keys) if keys.index(key) != at}
    assert dict(zip(later.tolist(), first.tolist(), strict=True)) == expected
