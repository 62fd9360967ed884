"""The linter of questionnaires as a whole, and what a waiver does."""

from __future__ import annotations

from datetime import date

from minping.scheme.lint import LintReport
from minping.scheme.questionnaire.rules import RULES
from tests.scheme.questionnaire.forms import GUIDE, OVERALL, report, rules_of


def test_a_clean_questionnaire_passes_every_rule() -> None:
    told = report()
    assert not told.findings and told.passed == tuple(RULES)


LEADING = (OVERALL, "您是否满意我们优质的服务？")
WAIVER = ("indices:\n", "waivers:\n  - {rule: Q1, reason: 题目沿用上级文件的原文%s}\nindices:\n")


def waived(more: str = "", on: date | None = None) -> LintReport:
    return report(LEADING, (WAIVER[0], WAIVER[1] % more), on=on)


def test_a_waiver_sets_a_rule_aside_for_its_reason() -> None:
    told = waived()
    assert not told.findings and [one.rule for one in told.waived] == ["Q1"]
    assert told.waived[0].waived_by is not None and "上级文件" in told.waived[0].waived_by.reason


def test_a_waiver_holds_for_its_questions_and_until_its_day() -> None:
    assert not waived(", questions: [overall]").findings
    assert rules_of(waived(", questions: [speed]")) == ["Q1", "waiver"]
    assert rules_of(waived(", expires_on: 2025-01-01", on=date(2025, 1, 2))) == ["Q1", "waiver"]
    assert not waived(", expires_on: 2025-01-01", on=date(2025, 1, 1)).findings


def test_a_waiver_of_nothing_is_named() -> None:
    assert rules_of(report((WAIVER[0], WAIVER[1] % ""))) == ["waiver"]
    assert rules_of(report((WAIVER[0], (WAIVER[1] % "").replace("Q1", "Q99")))) == ["waiver"]


def test_every_finding_has_words_in_both_languages_and_a_place() -> None:
    told = report(LEADING, (GUIDE, "访问前发放明白纸。"), ("interviewers: independent", "interviewers: body"))
    assert len(told.findings) == 3
    for finding in told.findings:
        assert finding.place.row and finding.place.file == "questionnaire.yaml"
        for words in (finding.found, finding.why, finding.fix):
            assert words.zh and words.en and words.zh != words.en
