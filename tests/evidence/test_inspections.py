"""Inspections: rows that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.audited import TABLES, load, spoilt


def test_inspections_are_loaded(tmp_path: Path) -> None:
    found = load(tmp_path, inspections=TABLES["inspections"])
    assert found.records["inspections"].rows == 2 and not found.problems


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("i1,b1", "i1,b9", "unknown-body"),
        ("i1,b1", "i2,b1", "duplicate-case"),
        ("台账,100", ",100", "empty-cell"),
        ("2024-05-04", "", "empty-cell"),
        ("2024-05-04", "5/4", "malformed-date"),
        ("100,96", "about 100,96", "not-a-number"),
        ("100,96", "100,inf", "not-a-number"),
        ("third_party,1", "nobody,1", "unknown-choice"),
        ("third_party,1", "third_party,-1", "not-an-amount"),
        ("0.25", "0", "impossible-probability"),
        ("0.25", "1.25", "impossible-probability"),
        ("0.25", "often", "impossible-probability"),
        ("0.25", "", "design-incomplete"),
        ("0.25,a", "0.25,", "design-incomplete"),
    ],
)
def test_inspections_that_cannot_be_are_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert (code, 2, "error") in spoilt(tmp_path, "inspections", old, new)


def test_a_value_that_is_missing_or_a_day_to_come_is_a_warning(tmp_path: Path) -> None:
    assert spoilt(tmp_path, "inspections", "100,96", "100,") == [("nothing-found", 2, "warning")]
    assert spoilt(tmp_path, "inspections", "100,96", ",96") == [("nothing-reported", 2, "warning")]
    assert spoilt(tmp_path, "inspections", "2024-05-04", "2027-05-04") == [("in-the-future", 2, "warning")]


def test_inspections_that_were_not_drawn_stand_beside_those_that_were(tmp_path: Path) -> None:
    other = "i9,b1,2024-05-06,台账,100,96,upper,,,\n"
    assert not load(tmp_path, inspections=TABLES["inspections"] + other).problems


def test_upper_and_superior_are_one_word_in_chinese(tmp_path: Path) -> None:
    inspections = TABLES["inspections"].replace("upper", "上级")
    appraisals = TABLES["appraisals"].replace("superior", "上级")
    assert not load(tmp_path, inspections=inspections, appraisals=appraisals).problems
