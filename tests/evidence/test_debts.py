"""Debts and repayments: rows that cannot be, and rows that don't fit each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.audited import TABLES, load, spoilt


def test_debts_and_repayments_are_loaded(tmp_path: Path) -> None:
    found = load(tmp_path, **{name: TABLES[name] for name in ("debts", "repayments", "projects")})
    assert found.records["debts"].rows == 2 and found.records["repayments"].rows == 2 and not found.problems


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("d1,b1", "d1,b9", "unknown-body"),
        ("d1,b1", "d2,b1", "duplicate-case"),
        ("1000,bond", "-1000,bond", "not-an-amount"),
        ("1000,bond", ",bond", "empty-cell"),
        ("2021-05-01", "", "empty-cell"),
        ("2021-05-01", "五月", "malformed-date"),
        ("bond,yes", "bonds,yes", "unknown-choice"),
        ("bond,yes", "bond,maybe", "unknown-choice"),
        ("bond,yes,no", "bond,yes,perhaps", "unknown-choice"),
    ],
)
def test_debts_that_cannot_be_are_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert (code, 2, "error") in spoilt(tmp_path, "debts", old, new)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("d1,2031-05-01", "d9,2031-05-01", "unknown-debt"),
        ("d1,2031-05-01,1000", "d1,2031-05-01,-1", "not-an-amount"),
        ("d1,2031-05-01,1000", "d1,2031-05-01,", "empty-cell"),
        ("d1,2031-05-01", "d1,2031", "malformed-date"),
        ("1000,35", "1000,x", "not-an-amount"),
    ],
)
def test_repayments_that_cannot_be_are_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert (code, 2, "error") in spoilt(tmp_path, "repayments", old, new, "debts")


def test_what_does_not_fit_but_can_be_is_a_warning(tmp_path: Path) -> None:
    assert spoilt(tmp_path, "debts", "no,p1", "no,p9", "projects") == [("unknown-project", 2, "warning")]
    early = spoilt(tmp_path, "repayments", "2031-05-01", "2021-04-01", "debts")
    assert early == [("due-before-borrowed", 2, "warning")]


def test_words_of_chinese_forms_are_understood(tmp_path: Path) -> None:
    debts = TABLES["debts"].replace("bond,yes", "债券,是").replace("platform,no", "融资平台,否")
    assert not load(tmp_path, debts=debts).problems
