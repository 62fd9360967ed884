"""Projects and uses: what loads without a word, and rows that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.evidence.projects import PROJECT_RULES
from minping.evidence.tables import TABLES as SPECIFIED
from tests.evidence.audited import TABLES, load, spoilt

GOOD = TABLES["projects"]


def test_projects_and_uses_are_loaded_and_a_start_before_approval_is_no_word_of_the_load(tmp_path: Path) -> None:
    assert "p2,乙镇,2022-03-05,60,70,2022-01-01" in GOOD  # approved in March, started in January
    found = load(tmp_path, projects=GOOD, uses=TABLES["uses"])
    assert found.records["projects"].rows == 2 and found.records["uses"].rows == 2 and not found.problems


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("p1,b1", "p1,b9", "unknown-body"),
        ("p1,b1", "p2,b1", "duplicate-case"),
        ("p1,b1", ",b1", "empty-cell"),
        ("p1,b1,2021-03-05", "p1,b1,", "empty-cell"),
        ("2021-03-05", "春天", "malformed-date"),
        ("2021-03-05", "2021-02-30", "malformed-date"),
        ("2022-06-01", "2022-6", "malformed-date"),
        ("120.5", "-120.5", "not-an-amount"),
        ("120.5", "1.2亿", "not-an-amount"),
        ("500,450", "-500,450", "not-an-amount"),
        ("500,450", "0,450", "use-of-no-capacity"),
        ("81.5,40", "181.5,40", "not-within-hundred"),
        ("81.5,40", "81.5,0", "impossible-count"),
        ("81.5,40", "81.5,4.5", "impossible-count"),
        (",100\np2", ",101\np2", "not-within-hundred"),
    ],
)
def test_projects_that_cannot_be_are_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert (code, 2, "error") in spoilt(tmp_path, "projects", old, new)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("120.5", "", "project-without-cost"),
        ("500,450", ",450", "use-without-capacity"),
        ("81.5,40", "81.5,", "support-without-n"),
        ("120.5,100", "120.5,0", "no-base"),
        ("2022-06-01", "2021-03-31", "completed-before-started"),
        ("2022-07-01", "2021-03-31", "opened-before-started"),
        ("2022-04-01", "2021-03-31", "planned-before-started"),
        ("2022-06-01", "2042-06-01", "in-the-future"),
    ],
)
def test_what_is_missing_or_out_of_order_is_a_warning(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert spoilt(tmp_path, "projects", old, new) == [(code, 2, "warning")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("p1,2023-07-01,300", "p9,2023-07-01,300", "unknown-project"),
        ("p1,2023-07-01,300", "p1,2024-07-01,300", "repeated-use"),
        ("p1,2023-07-01,300", "p1,2023-07-01,-3", "not-an-amount"),
        ("p1,2023-07-01,300", "p1,,300", "empty-cell"),
        ("p1,2023-07-01,300", "p1,2023-07-01,", "empty-cell"),
        ("p1,2023-07-01,300", "p1,July,300", "malformed-date"),
    ],
)
def test_uses_that_cannot_be_are_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert (code, 2, "error") in spoilt(tmp_path, "uses", old, new, "projects")


def test_uses_without_projects_are_compared_with_nothing(tmp_path: Path) -> None:
    assert not load(tmp_path, uses=TABLES["uses"]).problems


def test_every_rule_is_about_a_column_and_says_what_to_do() -> None:
    columns = {column.name for column in SPECIFIED["projects"].columns}
    for rule in PROJECT_RULES:
        remark = rule.say("x")
        assert rule.column in columns and remark.found.zh and remark.found.en and remark.fix.zh and remark.fix.en
