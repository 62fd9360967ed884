"""Headers of official figures: aliases, wide sheets, columns that mean nothing."""

from __future__ import annotations

import pytest

from tests.evidence.folder import Folder


@pytest.mark.parametrize(
    "header",
    [
        "Body, PERIOD ,Indicator,VALUE",
        "单位,考核期,指标,数值",
        "单位 body,年份,指标代码,指标值",
        "\ufeffbody,period,indicator,value (亿元)",
        "ｂｏｄｙ,period,indicator,value*",
    ],
)
def test_headers_are_matched_whatever_their_case_blanks_or_language(folder: Folder, header: str) -> None:
    assert folder.rows("beijing,2016,gdp,7", header=header).load().official.value.tolist() == [7]


def test_a_missing_required_column_is_an_error_with_the_nearest_header(folder: Folder) -> None:
    problem = folder.rows("beijing,2016,gdp,1", header="body,period,indicator,valu").only("missing-column")
    assert problem.fix.en == "is valu meant to be value?" and problem.place.column == "value"


def test_all_missing_columns_are_named_at_once(folder: Folder) -> None:
    folder.rows("1,2", header="a,b")
    assert {problem.place.column for problem in folder.problems()} == {"body", "period", "indicator", "value"}


def test_two_columns_of_the_same_meaning_are_an_error(folder: Folder) -> None:
    assert folder.rows("a,b,2016,gdp,1", header="body,单位,period,indicator,value").only("repeated-column")


def test_a_column_that_is_not_used_is_named(folder: Folder) -> None:
    assert (
        folder.rows("beijing,2016,gdp,1,x", header="body,period,indicator,value,colour").only("unused-column").severity
        == "note"
    )


def test_a_misspelt_optional_column_is_a_warning_with_the_nearest_one(folder: Folder) -> None:
    problem = folder.rows("beijing,2016,gdp,1,2017-12-31", header="body,period,indicator,value,relased_on").only(
        "unused-column"
    )
    assert (problem.severity, problem.fix.en) == ("warning", "did you mean released_on?")


def test_a_wide_sheet_is_read_and_every_figure_keeps_its_row(folder: Folder) -> None:
    folder.rows(
        "beijing,北京,2016,1,50%",
        "tianjin,天津,2016,,20",
        "hebei,河北,2016,3,",
        header="body,name,period,gdp,绿地率（%）",
    )
    official = folder.load().official
    found = [
        (official.bodies[body], official.indicators[indicator], value, row)
        for body, indicator, value, row in zip(
            official.body, official.indicator, official.value, official.row, strict=True
        )
    ]
    assert found == [
        ("beijing", "gdp", 1, 2),
        ("hebei", "gdp", 3, 4),
        ("beijing", "share", 50, 2),
        ("tianjin", "share", 20, 3),
    ]


def test_a_bad_cell_of_a_wide_sheet_is_traced_to_its_column(folder: Folder) -> None:
    problem = folder.rows("beijing,2016,1,x", header="body,period,gdp,share").only("text-in-number")
    assert (problem.place.row, problem.place.column) == (2, "share")


def test_an_unknown_indicator_of_a_wide_sheet_is_an_error(folder: Folder) -> None:
    problem = folder.rows("beijing,2016,1,2", header="body,period,gdp,shares").only("unknown-indicator")
    assert (problem.place.column, problem.fix.en) == ("shares", "did you mean share?")


def test_figures_of_a_wide_sheet_without_a_body_are_an_error(folder: Folder) -> None:
    folder.rows("beijing,2016,1", ",2016,2", ",,", header="body,period,gdp")
    assert folder.only("empty-cell").place.row == 3


def test_a_repeated_figure_in_a_wide_sheet_is_a_duplicate(folder: Folder) -> None:
    assert (
        folder.rows("beijing,2016,1", "beijing,2016,1", header="body,period,gdp").only("duplicate-row").place.row == 3
    )
