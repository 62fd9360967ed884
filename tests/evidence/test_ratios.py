"""Values against their numerator and denominator."""

from __future__ import annotations

import pytest

from tests.evidence.folder import Folder

HEADER = "body,period,indicator,value,numerator,denominator"


def _load(folder: Folder, *lines: str) -> Folder:
    return folder.rows(*lines, header=HEADER)


@pytest.mark.parametrize("value", ["33.3", "33.33", "33", "33.333333333"])
def test_a_value_agrees_with_its_parts_to_the_decimals_it_is_given_with(folder: Folder, value: str) -> None:
    _load(folder, f"beijing,2016,share,{value},1,3", "tianjin,2016,gdp,2,4,2", "hebei,2016,gdp,2,4,2")
    assert folder.load().problems == ()


@pytest.mark.parametrize("value", ["33.4", "0.333", "34", "66.7"])
def test_a_value_that_its_parts_do_not_give_is_a_warning_that_names_the_row(folder: Folder, value: str) -> None:
    problem = _load(folder, f"beijing,2016,share,{value},1,3").only("ratio-mismatch")
    assert (problem.severity, problem.place.row, problem.place.column) == ("warning", 2, "value")
    assert "33.3333" in problem.found.en


def test_an_empty_value_is_derived_from_its_parts_with_a_note(folder: Folder) -> None:
    _load(folder, "beijing,2016,share,,1,4")
    assert folder.only("derived-value").severity == "note"
    assert folder.load().official.value.tolist() == [25.0]


def test_an_empty_value_is_not_derived_where_the_unit_does_not_say_how(folder: Folder) -> None:
    assert _load(folder, "beijing,2016,rate,,1,4").only("empty-value").severity == "error"


def test_an_empty_value_with_one_part_only_is_missing(folder: Folder) -> None:
    assert _load(folder, "beijing,2016,share,,1,").only("empty-value").place.row == 2


def test_a_value_that_cannot_be_read_is_not_derived(folder: Folder) -> None:
    assert _load(folder, "beijing,2016,share,x,1,4").only("text-in-number").severity == "error"
