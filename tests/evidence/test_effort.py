"""Effort: what is done for each category, and rows that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.evidence.effort import EFFORT_RULES
from minping.evidence.tables import TABLES
from tests.evidence.test_records import folder, load, problems

EFFORT = "body,period,category,spending_cny,hours,tasks\nb1,2024Q1,路灯,1200.5,,3\n乙镇,2024-05,停水,,8,\nb1,2024Q2,路灯,0,,\n"


def test_effort_is_loaded(tmp_path: Path) -> None:
    assert load(folder(tmp_path, effort=EFFORT)).records["effort"].rows == 3


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("1200.5", "-1", "not-an-amount"),
        ("1200.5", "一千", "not-an-amount"),
        ("1200.5", "inf", "not-an-amount"),
        ("1200.5,,3", ",,", "no-effort"),
        ("b1,2024Q1,路灯", "b1,2024Q1,", "empty-cell"),
        ("b1,2024Q1,路灯", "b1,,路灯", "empty-cell"),
        ("b1,2024Q1,路灯", "b3,2024Q1,路灯", "unknown-body"),
        ("2024Q1", "2024Q5", "malformed-period"),
        ("2024Q1", "一季度", "malformed-period"),
        ("2024Q1", "2024Q2", "repeated-effort"),
        ("2024Q1", "2024", "mixed-periods"),
    ],
)
def test_effort_that_cannot_be_is_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    told = problems(folder(tmp_path, effort=EFFORT.replace(old, new, 1)))
    assert (code, 2) in [(problem.code, problem.place.row) for problem in told]


def test_every_rule_is_about_a_column_of_the_table() -> None:
    assert {rule.column for rule in EFFORT_RULES} <= {column.name for column in TABLES["effort"].columns}
    for rule in EFFORT_RULES:
        remark = rule.say("x")
        assert remark.found.zh and remark.found.en and remark.fix.zh and remark.fix.en
