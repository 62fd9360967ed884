"""Cases served and call-backs: loaded beside ratings, and what they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.evidence.callbacks import CALLBACK_RULES, CASE_RULES, check_calls
from minping.evidence.tables import TABLES
from tests.evidence.test_records import GOOD, folder, load, problems

CASES = "case,body,completed_on,channel\n1,b1,2024-05-03,hall\n2,b2,2024-05-04,web\n3,b2,2024-05-05,web\n4,乙镇,2024-05-06,web\n"
CALLS = (
    "case,body,called_on,outcome,level,stratum,probability\n"
    "3,b2,2024-06-01,reached,2,b2 web,0.5\n4,Town B,2024-06-02,no_contact,,b2 web,0.5\n"
)


def test_cases_and_callbacks_are_loaded(tmp_path: Path) -> None:
    found = load(folder(tmp_path, cases=CASES, callbacks=CALLS))
    assert found.records["cases"].rows == 4 and found.records["callbacks"].rows == 2
    assert not found.problems or all(problem.code != "rated-after-all" for problem in found.problems)


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("3,b2,2024-06-01", "9,b2,2024-06-01", "unknown-case", 2),
        ("3,b2,2024-06-01", "3,b1,2024-06-01", "case-elsewhere", 2),
        ("2024-06-01", "2024-05-01", "called-before-the-end", 2),
        ("2024-06-01", "1 June", "malformed-date", 2),
        ("2024-06-01", "", "call-without-day", 2),
        ("reached,2", "reached,", "level-missing", 2),
        ("reached,2", "reached,6", "impossible-level", 2),
        ("reached,2", "reachd,2", "unknown-choice", 2),
        ("no_contact,", "no_contact,4", "level-without-answer", 3),
        ("web,0.5\n4", "web,1.5\n4", "impossible-probability", 2),
        ("web,0.5\n4", "web,0\n4", "impossible-probability", 2),
        ("web,0.5\n4", "web,\n4", "design-incomplete", 2),
        ("4,Town B", "3,Town B", "duplicate-case", 2),
        ("4,Town B", "4,Town C", "unknown-body", 3),
        ("3,b2,2024", ",b2,2024", "empty-cell", 2),
    ],
)
def test_callbacks_that_cannot_be_are_named(tmp_path: Path, old: str, new: str, code: str, row: int) -> None:
    assert old in CALLS
    told = problems(folder(tmp_path, cases=CASES, callbacks=CALLS.replace(old, new)))
    assert (code, row) in [(problem.code, problem.place.row) for problem in told]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("1,b1,2024-05-03", "1,b1,", "empty-cell"),
        ("1,b1,2024-05-03", "1,b1,May", "malformed-date"),
        ("1,b1,2024-05-03", "2,b1,2024-05-03", "duplicate-case"),
        ("1,b1,2024-05-03", "1,b9,2024-05-03", "unknown-body"),
    ],
)
def test_cases_that_cannot_be_are_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    told = problems(folder(tmp_path, cases=CASES.replace(old, new)))
    assert (code, 2) in [(problem.code, problem.place.row) for problem in told]


def test_what_is_not_done_yet_or_settled_is_a_warning(tmp_path: Path) -> None:
    calls = CALLS.replace("2024-06-02,no_contact,", ",,") + "1,b1,2024-06-03,reached,5,b1 hall,1\n"
    found = load(folder(tmp_path, cases=CASES, callbacks=calls)).problems
    told = {(problem.code, problem.place.row, problem.severity) for problem in found}
    assert {("not-called", 3, "warning"), ("rated-after-all", 4, "warning")} <= told


def test_a_default_is_no_rating(tmp_path: Path) -> None:
    assert "3,b2,2024-05-06,,defaulted" in GOOD  # case 3, which is called back
    found = load(folder(tmp_path, cases=CASES, callbacks=CALLS)).problems
    assert "rated-after-all" not in {problem.code for problem in found}


def test_words_of_chinese_forms_are_understood(tmp_path: Path) -> None:
    calls = CALLS.replace("reached", "接通").replace("no_contact", "无人接听").replace("case,body", "办件编号,单位")
    assert load(folder(tmp_path, cases=CASES, callbacks=calls)).records["callbacks"].rows == 2


@pytest.mark.parametrize(("table", "rules"), [("cases", CASE_RULES), ("callbacks", CALLBACK_RULES)])
def test_every_rule_is_about_a_column_of_its_table(table: str, rules: tuple[object, ...]) -> None:
    assert {rule.column for rule in rules} <= {column.name for column in TABLES[table].columns}  # type: ignore[attr-defined]


def test_without_the_list_of_cases_nothing_is_compared(tmp_path: Path) -> None:
    found = load(folder(tmp_path, callbacks=CALLS))
    faults: list[list[object]] = [[] for _ in found.files]
    check_calls(found.records, found.bodies, [{} for _ in found.files], faults)  # type: ignore[arg-type]
    assert not any(faults)
