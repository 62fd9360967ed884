"""Targets: rows that cannot be, and targets in another unit than the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.model.evidence import Codebook
from tests.evidence.audited import TABLES, load, spoilt, told


def test_targets_are_loaded(tmp_path: Path) -> None:
    found = load(tmp_path, targets=TABLES["targets"])
    assert found.records["targets"].rows == 2 and not found.problems


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("b1,2024", "b9,2024", "unknown-body"),
        ("b1,2024,gdp", "b1,2024,gdpp", "unknown-indicator"),
        ("b1,2024", "b1,二四年", "malformed-period"),
        ("b1,2024,gdp,112", "b1,2024,gdp,", "empty-cell"),
        ("b1,2024,gdp,112", "b1,2024,gdp,更多", "not-a-number"),
        ("at_least", "above", "unknown-choice"),
        ("112,,", "112,120,", "high-without-range"),
        ("2024-01-20", "Jan", "malformed-date"),
    ],
)
def test_targets_that_cannot_be_are_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert (code, 2, "error") in spoilt(tmp_path, "targets", old, new)


def test_a_range_has_an_upper_end_above_its_lower_one(tmp_path: Path) -> None:
    assert ("range-without-high", 3, "error") in spoilt(tmp_path, "targets", "54,58", "54,")
    assert ("range-upside-down", 3, "error") in spoilt(tmp_path, "targets", "54,58", "58,54")


def test_a_target_set_anew_has_another_day(tmp_path: Path) -> None:
    again = "b1,2024,gdp,110,,at_least,"
    assert not told(tmp_path, targets=TABLES["targets"] + again + "2024-07-01\n")
    twice = told(tmp_path, targets=TABLES["targets"] + again + "2024-01-20\n")
    assert [(one.code, one.place.row) for one in twice] == [("repeated-target", 2), ("repeated-target", 4)]


def test_an_unknown_indicator_is_said_with_the_nearest_and_none_is_unknown_without_a_codebook(tmp_path: Path) -> None:
    targets = TABLES["targets"].replace("b1,2024,gdp", "b1,2024,gpd")
    (found,) = told(tmp_path, targets=targets)
    assert "gdp" in found.fix.en and "rate" in found.allowed.en
    assert not told(tmp_path, Codebook({}), targets=targets)


def test_targets_in_another_unit_than_most_figures_are_warned_of_by_row(tmp_path: Path) -> None:
    text = "body,period,indicator,target\nb1,2024,gdp,1120000\nb2,2024,gdp,540000\nb1,2024,rate,98\n"
    found = told(tmp_path, targets=text)
    assert {(one.code, one.place.row, one.severity) for one in found} == {
        ("target-in-another-unit", 2, "warning"),
        ("target-in-another-unit", 3, "warning"),
    }
    small = told(tmp_path, targets="body,period,indicator,target\nb1,2024,rate,0.98\nb1,2024,gdp,112\n")
    assert [(one.code, one.place.row) for one in small] == [("target-in-another-unit", 2)]


def test_one_high_target_among_two_is_no_other_unit(tmp_path: Path) -> None:
    assert not told(tmp_path, targets="body,period,indicator,target\nb1,2024,gdp,1120000\nb2,2024,gdp,54\n")
