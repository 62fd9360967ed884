"""Official figures: names, limits, vintages."""

from __future__ import annotations

import numpy as np
import pytest

from minping.model.evidence import NO_DATE, Codebook
from tests.evidence.folder import Folder

FULL = "body,period,indicator,value,se,n,numerator,denominator,released_on,source,reporter,note"


def test_an_unknown_body_is_an_error_with_the_nearest_one(folder: Folder) -> None:
    problem = folder.rows("bejing,2016,gdp,1").only("unknown-body")
    assert (problem.place.row, problem.place.column, problem.fix.en) == (2, "body", "did you mean beijing?")
    assert problem.allowed.en == "beijing, tianjin, hebei"


def test_an_unknown_indicator_is_an_error_with_the_nearest_one(folder: Folder) -> None:
    problem = folder.rows("beijing,2016,gpd,1").only("unknown-indicator")
    assert (problem.place.column, problem.fix.en) == ("indicator", "did you mean gdp?")


def test_a_name_that_only_one_body_bears_stands_for_its_id_with_a_note(folder: Folder) -> None:
    folder.rows("北京,2016,生产总值,1")
    evidence = folder.load()
    assert [problem.code for problem in evidence.problems if problem.severity == "note"] == ["name-for-id"] * 2
    assert (evidence.official.body[0], evidence.official.indicator[0]) == (0, 0)


def test_a_name_that_two_bodies_bear_stands_for_neither(folder: Folder) -> None:
    folder.write("bodies.csv", "body,name\na,城关区\nb,城关区\n").rows("城关区,2016,gdp,1")
    assert "unknown-body" in {problem.code for problem in folder.problems()}


def test_an_empty_codebook_takes_any_indicator(folder: Folder) -> None:
    official = folder.rows("beijing,2016,anything,1", "beijing,2016,else,2").load(Codebook({})).official
    assert official.indicators == ("anything", "else")


def test_every_column_is_kept(folder: Folder) -> None:
    folder.rows(
        "beijing,2016,gdp,2,0.1,30,4,2,2017-12-31,yearbook,statistics,ok", "hebei,2016,gdp,1,,,,,,,,", header=FULL
    )
    official = folder.load().official
    for column, expected in (("se", 0.1), ("n", 30), ("numerator", 4), ("denominator", 2)):
        assert getattr(official, column)[0] == expected
        assert np.isnan(getattr(official, column)[1])
    assert official.released_on is not None and official.released_on.tolist() == [17531, NO_DATE]
    assert official.source is not None and official.source.tolist() == [0, -1] and official.sources == ("yearbook",)
    assert official.reporter is not None and official.reporter.tolist() == [1, -1]
    assert official.note is not None and official.notes == ("ok",)


def test_columns_that_no_file_has_are_none(folder: Folder) -> None:
    official = folder.load().official
    assert (official.se, official.n, official.released_on, official.reporter, official.note) == (None,) * 5


def test_a_column_that_only_one_file_has_is_empty_in_the_rows_of_the_others(folder: Folder) -> None:
    folder.write("official-2.csv", "body,period,indicator,value,se\nbeijing,2017,gdp,1,0.5\n")
    evidence = folder.load()
    assert evidence.official.se is not None
    assert np.isnan(evidence.official.se).tolist() == [False, True, True, True]
    assert [evidence.files[at].path for at in evidence.official.file] == ["evidence/official-2.csv"] + [
        "evidence/official.csv"
    ] * 3
    assert evidence.official.row.tolist() == [2, 2, 3, 4]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("se", "-0.1", "below-possible"),
        ("n", "30.5", "not-whole"),
        ("n", "0", "below-possible"),
        ("denominator", "0", "zero-denominator"),
        ("released_on", "2017-13-01", "malformed-date"),
        ("released_on", "31.12.2017", "malformed-date"),
        ("reporter", "selfie", "unknown-reporter"),
        ("se", "small", "text-in-number"),
    ],
)
def test_an_impossible_cell_is_an_error(folder: Folder, column: str, cell: str, code: str) -> None:
    folder.rows("beijing,2016,gdp,1,", f"tianjin,2016,gdp,1,{cell}", header=f"body,period,indicator,value,{column}")
    problem = folder.only(code)
    assert (problem.severity, problem.place.row, problem.place.column) == ("error", 3, column)


@pytest.mark.parametrize(("indicator", "value"), [("share", "100.5"), ("share", "-1"), ("gdp", "-3")])
def test_a_value_outside_what_is_possible_is_an_error(folder: Folder, indicator: str, value: str) -> None:
    problem = folder.rows(f"beijing,2016,{indicator},{value}").only("impossible-value")
    assert (problem.place.row, problem.place.column) == (2, "value") and value in problem.found.en


def test_the_bounds_themselves_are_possible(folder: Folder) -> None:
    assert folder.rows("beijing,2016,share,0", "tianjin,2016,share,100", "hebei,2016,gdp,0").load().problems == ()


@pytest.mark.parametrize(
    ("cell", "code"),
    [("43100", "excel-serial"), ("2017/12/31", "date-form"), ("2017年12月31日", "date-form"), ("20171231", "date-form"),
     ("2017-12-31 00:00:00", "date-with-time")],
)  # fmt: skip
def test_other_forms_of_a_date_are_understood_and_noted(folder: Folder, cell: str, code: str) -> None:
    folder.rows(f"beijing,2016,gdp,1,{cell}", header="body,period,indicator,value,released_on")
    assert folder.only(code).severity == "note"
    released = folder.load().official.released_on
    assert released is not None and released.tolist() == [17531]


def test_words_of_chinese_forms_are_understood_as_reporters(folder: Folder) -> None:
    reporter = (
        folder.rows("beijing,2016,gdp,1,第三方", header="body,period,indicator,value,填报方").load().official.reporter
    )
    assert reporter is not None and reporter.tolist() == [2]


def test_a_body_without_any_figure_is_a_warning(folder: Folder) -> None:
    folder.rows("beijing,2016,gdp,1", "tianjin,2016,gdp,1")
    (problem,) = folder.load().problems
    assert (problem.code, problem.severity) == ("body-without-figures", "warning")
    assert (problem.place.file, problem.place.row) == ("evidence/bodies.csv", 4)


@pytest.mark.parametrize("column", ["body", "period", "indicator", "value"])
def test_an_empty_required_cell_is_an_error(folder: Folder, column: str) -> None:
    cells = {"body": "beijing", "period": "2016", "indicator": "gdp", "value": "1"} | {column: ""}
    problem = folder.rows(",".join(cells.values())).only("empty-value" if column == "value" else "empty-cell")
    assert (problem.place.row, problem.place.column) == (2, column)


def test_many_bad_cells_of_one_kind_share_a_problem_that_lists_every_row(folder: Folder) -> None:
    folder.rows(*("beijing,2016,gdp,x" for _ in range(12_000)), "tianjin,2016,gdp,1")
    found = [problem for problem in folder.problems() if problem.code == "text-in-number"]
    assert len(found) == 1 and found[0].place.row == 2
    assert found[0].found.en.endswith("12000 rows: 2–12001")
