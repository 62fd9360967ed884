"""Reports, payments and appraisals: rows that cannot be, texts of any length, and nothing personal in any word."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from minping.evidence.rows import rows_of
from tests.evidence.audited import TABLES, folder, load, spoilt, told

MANY = 10_000_000


def test_reports_payments_and_appraisals_are_loaded(tmp_path: Path) -> None:
    found = load(tmp_path, **{name: TABLES[name] for name in ("reports", "payments", "appraisals")})
    assert [found.records[name].rows for name in ("reports", "payments", "appraisals")] == [2, 2, 2]
    assert not found.problems


@pytest.mark.parametrize(
    ("table", "old", "new", "code"),
    [
        ("reports", "r1,b1", "r1,b9", "unknown-body"),
        ("reports", "r1,b1", "r2,b1", "duplicate-case"),
        ("reports", "2024-12-20", "", "empty-cell"),
        ("reports", "2024-12-20", "年底", "malformed-date"),
        ("reports", "总结,2024", "总结,去年", "malformed-period"),
        ("payments", "y1,b1", "y1,b9", "unknown-body"),
        ("payments", "y1,b1", "y2,b1", "duplicate-case"),
        ("payments", "1200.5", '"1,200.5"', "not-a-number"),
        ("payments", "1200.5", "", "empty-cell"),
        ("appraisals", "德,90", "德,优", "not-a-number"),
        ("appraisals", "德,90", "德,", "empty-cell"),
        ("appraisals", "superior", "boss", "unknown-choice"),
        ("appraisals", "b1,秘1", ",秘1", "empty-cell"),
        ("appraisals", "90,,1", "90,b9,1", "unknown-body"),
        ("appraisals", "b1,秘1", "化名8,秘1", "appraisal-of-no-body"),
    ],
)
def test_rows_that_cannot_be_are_named(tmp_path: Path, table: str, old: str, new: str, code: str) -> None:
    assert (code, 2, "error") in spoilt(tmp_path, table, old, new)


def test_who_appraised_whom_is_never_quoted(tmp_path: Path) -> None:
    again = "化名7,秘2,peer,德,60,b2,1,很差\x01的话\n化名9,秘3,peer,德,60,,,\n"
    found = told(tmp_path, appraisals=TABLES["appraisals"] + again)
    assert {one.code for one in found} == {"repeated-appraisal", "appraisal-of-no-body", "control-character"}
    said = " ".join(one.line() for one in found)
    assert not any(word in said for word in ("化名", "秘2", "秘3", "很差"))


def test_a_report_without_text_is_a_warning(tmp_path: Path) -> None:
    assert spoilt(tmp_path, "reports", "全年工作总结", "") == [("report-without-text", 2, "warning")]


def test_a_report_of_ten_million_characters_is_loaded_without_a_word(tmp_path: Path) -> None:
    text = ("全面完成全年目标任务" * (MANY // 10))[:MANY]
    reports = TABLES["reports"].replace("全年工作总结", text)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = load(tmp_path, reports=reports)
    assert not found.problems and found.records["reports"].rows == 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_000_000  # kB
    shown = list(rows_of(folder(tmp_path) / "evidence" / "reports.csv")[0])
    assert [number for number, _ in shown] == [1, 2, 3] and len(shown[1][1][3]) == MANY


def test_paragraphs_with_commas_in_a_report_are_no_error(tmp_path: Path) -> None:
    text = '"Roads, schools, clinics, pipes, and drains:\n1, 2, 3, 4, 5\nall done, in time, as planned, by all"'
    found = told(tmp_path, reports=TABLES["reports"].replace("全年工作总结", text))
    assert [(one.code, one.severity) for one in found] == [("swallowed-rows", "warning")]
    quoted = '"第一段\n\n第二段，完成 3 项"'
    assert not told(tmp_path, reports=TABLES["reports"].replace("全年工作总结", quoted))
