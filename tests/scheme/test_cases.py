"""Tests of a scheme, as files: what is read, and every problem with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.errors import SchemeError
from minping.scheme.cases import read_cases

GOOD = """\
tests:
- name: 完成目标即满分
  period: 2015
  figures: {甲县: {gdp: 150}}
  expect:
    甲县: {score: 100, within: 0.1, state: {gdp: observed+capped}}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "t.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_case_is_read_with_the_lines_of_its_keys(tmp_path: Path) -> None:
    (case,), source = read_cases(written(tmp_path, GOOD))
    assert case.period == "2015" and case.figures == {"甲县": {"gdp": 150.0}}
    assert case.expect["甲县"].score == 100 and case.expect["甲县"].rank is None
    assert source.line(("tests", 0, "expect")) == 5


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("score: 100", "scor: 100", "misspelt-key", 6, "score"),
        ("score: 100", "score: high", "bad-value", 6, "数字"),
        ("  period: 2015\n", "", "missing-key", 2, "period"),
        ("figures: {甲县: {gdp: 150}}", "evidence: exemple", "unknown-option", 4, "example"),
        ("within: 0.1", "within: -1", "bad-value", 6, "0"),
        ("tests:", "test:", "misspelt-key", 1, "tests"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_would_do(
    tmp_path: Path, old: str, new: str, code: str, line: int, said: str
) -> None:
    assert old in GOOD
    with pytest.raises(SchemeError) as caught:
        read_cases(written(tmp_path, GOOD.replace(old, new)))
    found = next(problem for problem in caught.value.problems if problem.code == code)
    assert found.place.row == line and said in found.line("zh")


@pytest.mark.parametrize(
    "changed",
    [
        GOOD.replace("  figures:", "  evidence: example\n  figures:"),
        GOOD.replace("  figures: {甲县: {gdp: 150}}\n", ""),
    ],
)
def test_a_case_rests_on_evidence_or_on_figures_of_its_own(tmp_path: Path, changed: str) -> None:
    with pytest.raises(SchemeError, match="evidence: example, or figures"):
        read_cases(written(tmp_path, changed))


@pytest.mark.parametrize("text", ["tests: []\n", "- name: a\n", "tests: [\n", ""])
def test_a_file_without_tests_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SchemeError):
        read_cases(written(tmp_path, text))
