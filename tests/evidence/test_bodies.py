"""The table of bodies."""

from __future__ import annotations

import numpy as np
import pytest

from tests.evidence.folder import Folder


def _bodies(folder: Folder, *lines: str, header: str) -> Folder:
    return folder.write("bodies.csv", "\n".join((header, *lines)) + "\n").rows(
        "beijing,2016,gdp,1", "tianjin,2016,gdp,1", "hebei,2016,gdp,1"
    )


def test_every_column_is_kept_numbers_as_covariates_and_others_as_notes(folder: Folder) -> None:
    _bodies(
        folder,
        'beijing,北京,Beijing,urban,,north,"21,540,000",16410,capital',
        "tianjin,天津,Tianjin,urban,beijing,north,,11966,",
        "hebei,河北,Hebei,rural,beijing,north,75200000,,mountains",
        header="body,name,name_en,body_type,parent,peer_group,population,area_km2,remark",
    )
    evidence = folder.load()
    bodies = evidence.bodies
    assert bodies.ids == ("beijing", "tianjin", "hebei") and bodies.parents == ("", "beijing", "beijing")
    np.testing.assert_array_equal(bodies.covariates["population"], [21_540_000, np.nan, 75_200_000])
    np.testing.assert_array_equal(bodies.covariates["area_km2"], [16410, 11966, np.nan])
    assert dict(bodies.notes) == {"remark": ("capital", "", "mountains")}
    assert [problem.code for problem in evidence.problems] == ["thousands-separators"]


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("beijing,again,,,", "body", "duplicate-id"),
        ("shanghai,,,,", "name", "empty-cell"),
        (",上海,,,", "body", "empty-cell"),
        ("shanghai,上海,beijin,,", "parent", "unknown-parent"),
        ("shanghai,上海,,rurall,", "body_type", "unknown-body-type"),
        ("shanghai,上海,,,-5", "population", "below-possible"),
        ("shanghai,上海,,,many", "population", "text-in-number"),
        ("=1+1,上海,,,", "body", "formula-without-value"),
    ],
)
def test_a_wrong_cell_is_an_error(folder: Folder, line: str, column: str, code: str) -> None:
    _bodies(
        folder,
        "beijing,北京,,,",
        "tianjin,天津,,,",
        "hebei,河北,,,",
        line,
        header="body,name,parent,body_type,population",
    )
    problem = folder.only(code)
    assert (problem.severity, problem.place.row, problem.place.column) == ("error", 5, column)


def test_an_unknown_parent_comes_with_the_nearest_body(folder: Folder) -> None:
    _bodies(folder, "beijing,北京,", "tianjin,天津,beijin", "hebei,河北,", header="body,name,parent")
    assert folder.only("unknown-parent").fix.en == "did you mean beijing?"


def test_parents_in_a_circle_are_an_error_for_each_body_on_it(folder: Folder) -> None:
    _bodies(folder, "beijing,北京,hebei", "tianjin,天津,beijing", "hebei,河北,beijing", header="body,name,parent")
    found = [(problem.code, problem.place.row) for problem in folder.problems()]
    assert found == [("cyclic-parent", 2), ("cyclic-parent", 4)]


def test_a_body_above_itself_is_an_error(folder: Folder) -> None:
    _bodies(folder, "beijing,北京,beijing", "tianjin,天津,", "hebei,河北,", header="body,name,parent")
    assert "beijing → beijing" in folder.only("cyclic-parent").found.en


def test_a_column_of_numbers_with_one_text_is_kept_as_text_and_the_cell_is_named(folder: Folder) -> None:
    _bodies(folder, "beijing,北京,1", "tianjin,天津,2", "hebei,河北,x", header="body,name,area_km2")
    problem = folder.only("mixed-column")
    assert (problem.severity, problem.place.row) == ("warning", 4)
    assert folder.load().bodies.notes["area_km2"] == ("1", "2", "x")


def test_two_bodies_of_one_name_are_a_warning(folder: Folder) -> None:
    _bodies(folder, "beijing,北京", "tianjin,北京", "hebei,河北", header="body,name")
    assert folder.only("same-name").place.row == 3


def test_without_bodies_the_other_tables_are_still_checked(folder: Folder) -> None:
    folder.write("bodies.csv", "id,title\nbeijing,北京\n").rows("beijing,2016,gdp,x")
    assert {problem.code for problem in folder.problems()} == {"missing-column", "text-in-number"}
