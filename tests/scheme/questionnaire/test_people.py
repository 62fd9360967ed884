"""Who is asked and who asks."""

from __future__ import annotations

import pytest

from tests.scheme.questionnaire.forms import GUIDE, asked, report, rules_of


@pytest.mark.parametrize(
    "zh", ["请问您的姓名？", "您的手机号是多少？", "请留下联系方式。", "怎么称呼您？", "您的身份证号是？"]
)
def test_asking_who_they_are_is_found(zh: str) -> None:
    assert rules_of(asked(zh)) == ["Q7"]


@pytest.mark.parametrize("en", ["What is your name?", "Please give us your phone number.", "Your home address?"])
def test_asking_who_they_are_in_english(en: str) -> None:
    assert set(rules_of(asked(en=en))) == {"Q7"}


def test_who_asks_must_be_said_and_be_independent() -> None:
    assert rules_of(report(("interviewers: independent", "interviewers: body"))) == ["Q8"]
    silent = report(("interviewers: independent\n", ""))
    assert rules_of(silent) == ["Q8"] and silent.findings[0].level == "warning"
    assert rules_of(report((GUIDE, "由窗口工作人员指导群众填写。"))) == ["Q8"]
    assert not report((GUIDE, "不得由窗口工作人员代填。")).findings
