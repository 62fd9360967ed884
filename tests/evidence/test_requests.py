"""Requests that cannot be are named, the order of their times among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.evidence.requests import REQUEST_RULES
from minping.evidence.tables import TABLES
from minping.model.evidence import Codebook, Evidence
from tests.evidence.test_records import folder, load, problems

HEAD = "request,body,opened_at,due_at,responded_at,closed_at,resolved,satisfied,reopened_at,excluded,approved_by\n"
GOOD = HEAD + (
    "r1,b1,2024-05-01 08:00,2024-05-08 08:00,2024-05-01 09:00,2024-05-03 10:00,yes,no,2024-05-09 08:00,,\n"
    "r2,乙镇,2024-05-02T08:00:00,,,,,,,,\n"
    "r3,b2,2024/05/03 23:59,,,,,,,不属于受理范围,中心主任\n"
)


def requests(home: Path, text: str = GOOD) -> Path:
    return folder(home, requests=text)


def test_good_requests_in_any_written_form_are_taken(tmp_path: Path) -> None:
    found: Evidence = load(requests(tmp_path))
    assert found.records["requests"].rows == 3


@pytest.mark.parametrize(
    ("old", "new", "code", "row", "column"),
    [
        ("r1,b1", "r1,b8", "unknown-body", 2, "body"),
        ("r2,乙镇", "r1,乙镇", "duplicate-case", 2, "request"),
        ("2024-05-01 09:00", "2024-04-30 09:00", "responded-before-opened", 2, "responded_at"),
        ("2024-05-03 10:00", "2024-04-30 10:00", "closed-before-opened", 2, "closed_at"),
        ("2024-05-08 08:00", "2024-04-08 08:00", "due-before-opened", 2, "due_at"),
        ("2024-05-09 08:00", "2024-05-02 08:00", "reopened-before-closed", 2, "reopened_at"),
        ("2024-05-01 09:00", "2024-05-01 09:00 AM", "malformed-time", 2, "responded_at"),
        ("2024-05-01 09:00", "2024-05-01 下午1:00", "malformed-time", 2, "responded_at"),
        ("2024-05-01 09:00", "2024-05-01 25:00", "malformed-time", 2, "responded_at"),
        ("2024-05-01 09:00", "2024-05-01 09:00+08:00", "mixed-time-zones", 2, "responded_at"),
        (",yes,no,", ",maybe,no,", "unknown-choice", 2, "resolved"),
        ("不属于受理范围,中心主任", "不属于受理范围,", "excluded-without-approver", 4, "excluded"),
        ("2024/05/03 23:59", "", "empty-cell", 4, "opened_at"),
    ],
)
def test_a_request_that_cannot_be_is_named(
    tmp_path: Path, old: str, new: str, code: str, row: int, column: str
) -> None:
    assert old in GOOD
    told = {
        (problem.code, problem.place.row, problem.place.column)
        for problem in problems(requests(tmp_path, GOOD.replace(old, new)))
    }
    assert (code, row, column) in told


def test_chinese_words_for_yes_and_no_are_read(tmp_path: Path) -> None:
    assert load(requests(tmp_path, GOOD.replace(",yes,no,", ",是,否,"))).records["requests"].rows == 3


def test_every_rule_is_about_a_column_and_is_said_in_both_languages() -> None:
    names = {column.name for column in TABLES["requests"].columns}
    assert {rule.column for rule in REQUEST_RULES} <= names
    for rule in REQUEST_RULES:
        remark = rule.say("x")
        assert remark.found.zh and remark.found.en and remark.fix.zh and remark.fix.en


def test_a_scheme_that_asks_for_requests_wants_the_table(tmp_path: Path) -> None:
    from minping.errors import EvidenceError
    from minping.evidence import load_evidence

    with pytest.raises(EvidenceError, match="no table requests"):
        load_evidence(folder(tmp_path), Codebook({}, records=("requests",)))
