"""Tasks: rows that cannot be; who verifies their own work is for the audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.evidence.tables import TABLES as SPECIFIED
from minping.evidence.tasks import TASK_RULES
from tests.evidence.audited import TABLES, load, spoilt

GOOD = TABLES["tasks"]


def test_tasks_are_loaded_and_an_owner_who_verifies_is_no_word_of_the_load(tmp_path: Path) -> None:
    found = load(tmp_path, tasks=GOOD.replace("乙,on_site", "甲,on_site"))
    assert found.records["tasks"].rows == 2 and not found.problems


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("t1,b1", "t1,b9", "unknown-body"),
        ("t1,b1", "t2,b1", "duplicate-case"),
        ("t1,b1,2024-03-01", "t1,b1,", "empty-cell"),
        ("2024-06-01", "", "empty-cell"),
        ("2024-05-25", "25 May", "malformed-date"),
        ("10,2,3", "ten,2,3", "not-a-number"),
        ("on_site", "by_eye", "unknown-choice"),
        ("closed,2024", "done,2024", "unknown-choice"),
        ("12,95,yes", "-12,95,yes", "not-an-amount"),
        ("12,95,yes", "12,195,yes", "not-within-hundred"),
        ("12,95,yes", "12,95,very", "unknown-choice"),
    ],
)
def test_tasks_that_cannot_be_are_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert (code, 2, "error") in spoilt(tmp_path, "tasks", old, new)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2024-06-01", "2024-02-01", "due-before-decided"),
        ("2024-05-28", "2024-02-28", "closed-before-decided"),
        ("2024-05-20", "2024-02-20", "submitted-before-decided"),
        ("2024-05-25", "2024-02-25", "verified-before-decided"),
        ("2024-09-01", "2024-05-01", "reopened-before-closed"),
        ("2024-08-30", "2024-05-01", "lookback-before-closed"),
        ("closed,2024-05-28,2024-09-01,2024-08-30", "closed,,,", "closed-without-day"),
        ("closed,2024", "open,2024", "open-but-closed"),
        ("2024-05-25,乙", ",乙", "verified-without-day"),
        ("2024-09-01", "2026-02-01", "in-the-future"),
    ],
)
def test_what_contradicts_itself_is_a_warning(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert spoilt(tmp_path, "tasks", old, new) == [(code, 2, "warning")]


def test_a_deadline_may_lie_in_the_future(tmp_path: Path) -> None:
    assert spoilt(tmp_path, "tasks", "2024-06-01", "2030-06-01") == []


def test_words_of_chinese_forms_are_understood(tmp_path: Path) -> None:
    text = GOOD.replace("on_site,closed", "暗访,销号").replace("task,body,decided_on", "任务编号,单位,交办时间")
    assert not load(tmp_path, tasks=text).problems


def test_every_rule_is_about_a_column_and_says_what_to_do() -> None:
    columns = {column.name for column in SPECIFIED["tasks"].columns}
    for rule in TASK_RULES:
        remark = rule.say("x")
        assert rule.column in columns and remark.found.zh and remark.found.en and remark.fix.zh and remark.fix.en
