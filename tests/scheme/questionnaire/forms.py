"""A questionnaire with which the linter has no quarrel, to be changed by tests."""

from __future__ import annotations

from datetime import date

from minping.scheme.lint import LintReport
from minping.scheme.questionnaire.lint import lint_questionnaire
from minping.scheme.questionnaire.read import QuestionnaireFile, parse_questionnaire

GOOD = """\
id: county-2025
version: 1
title: {zh: 办事群众满意度调查, en: Survey of people served}
mode: phone
interviewers: independent
minutes: 6
introduction:
  zh: 您好，我是第三方调查机构的访问员。访问自愿，回答没有对错，不记录您的姓名和电话。
  en: Good day, I call from an independent institute. Taking part is voluntary, no answer is wrong, no name is kept.
instructions:
  - {zh: 照原文读题，不得提示答案，不得引导。, en: "Read the question as written; never suggest an answer."}
scales:
  five:
    options:
      - {title: {zh: 非常不满意, en: very dissatisfied}}
      - {title: {zh: 比较不满意, en: rather dissatisfied}}
      - {title: {zh: 一般, en: neither satisfied nor dissatisfied}}
      - {title: {zh: 比较满意, en: rather satisfied}}
      - {title: {zh: 非常满意, en: very satisfied}}
    midpoint: 3
questions:
  - id: visits
    text: {zh: 过去一年，您到政务大厅办过几次事？, en: "In the past year, how often did you go to the service hall?"}
    kind: choice
    scale: {options: [{title: {zh: 没有, en: never}}, {title: {zh: 1—2 次, en: 1–2 times}}, {title: {zh: 3 次及以上, en: 3 times or more}}]}
    unknown: true
    refused: true
  - id: overall
    text: {zh: 总的来说，您对这次办事满意还是不满意？, en: "Overall, how satisfied or dissatisfied were you with this visit?"}
    scale: five
    unknown: true
    refused: true
  - id: speed
    text: {zh: 您对办理速度满意还是不满意？, en: "How satisfied or dissatisfied were you with how quickly it was done?"}
    scale: five
    unknown: true
    refused: true
  - id: attitude
    text: {zh: 您对工作人员的态度满意还是不满意？, en: "How satisfied or dissatisfied were you with how you were treated?"}
    scale: five
    unknown: true
    refused: true
  - id: change
    text: {zh: 与一年前相比，您觉得办事是更方便了、差不多，还是更不方便了？, en: "Compared with a year ago, has it become easier, stayed the same, or become harder?"}
    scale:
      options:
        - {title: {zh: 更不方便, en: harder}}
        - {title: {zh: 差不多, en: about the same}}
        - {title: {zh: 更方便, en: easier}}
      midpoint: 2
    unknown: true
    refused: true
  - id: hotline
    text: {zh: 您拨打 12345 热线电话时，多久有人接听？, en: "When you called the 12345 hotline, how long did you wait?"}
    kind: choice
    scale: {options: [{title: {zh: 不到 1 分钟, en: less than 1 minute}}, {title: {zh: 1—5 分钟, en: 1–5 minutes}}, {title: {zh: 超过 5 分钟, en: more than 5 minutes}}, {title: {zh: 没有打过, en: never called}}]}
    unknown: true
    refused: true
  - id: wish
    text: {zh: 您最希望改进什么？, en: "What should be improved first?"}
    kind: text
indices:
  - {id: service, title: {zh: 服务, en: service}, items: [overall, speed, attitude]}
"""


def changed(*changes: tuple[str, str]) -> str:
    """The good questionnaire with words replaced, each once; a word that is not there fails."""
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def read(*changes: tuple[str, str]) -> QuestionnaireFile:
    return parse_questionnaire(changed(*changes))


OVERALL = "总的来说，您对这次办事满意还是不满意？"
OVERALL_EN = "Overall, how satisfied or dissatisfied were you with this visit?"
GUIDE = "照原文读题，不得提示答案，不得引导。"
VISITS = "options: [{title: {zh: 没有, en: never}}, {title: {zh: 1—2 次, en: 1–2 times}}, {title: {zh: 3 次及以上, en: 3 times or more}}]"


def report(*changes: tuple[str, str], on: date | None = None) -> LintReport:
    return lint_questionnaire(read(*changes), on=on)


def rules_of(told: LintReport) -> list[str]:
    return [finding.rule for finding in told.findings]


def asked(zh: str = OVERALL, en: str = "How was it?") -> LintReport:
    return report((OVERALL, zh), (f'"{OVERALL_EN}"', f'"{en}"'))


def choices(*titles: str) -> LintReport:
    return report((VISITS, "options: [" + ", ".join(f"{{title: {{zh: '{one}', en: x}}}}" for one in titles) + "]"))


def options(*words: str) -> tuple[str, str]:
    old = GOOD[GOOD.index("    options:\n      - {title: {zh: 非常不满意") : GOOD.index("questions:")]
    return old, "    options: [" + ", ".join(f"{{title: {{zh: {one}, en: x}}}}" for one in words) + "]\n"
