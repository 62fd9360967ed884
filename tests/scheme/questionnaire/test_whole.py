"""The whole form: length, repetition, direction, languages, indices."""

from __future__ import annotations

from minping.scheme.lint import LintReport
from minping.scheme.questionnaire.lint import lint_questionnaire
from minping.scheme.questionnaire.read import parse_questionnaire
from tests.scheme.questionnaire.forms import asked, changed, report, rules_of


def test_a_form_too_long_for_its_way_of_asking_is_named() -> None:
    assert rules_of(report(("minutes: 6", "minutes: 11"))) == ["Q9"]
    assert not report(("minutes: 6", "minutes: 11"), ("mode: phone", "mode: paper")).findings
    many = "".join(f"  - {{id: w{at}, text: {{zh: 第 {at} 件事？, en: {at}?}}, kind: text}}\n" for at in range(40))
    told = lint_questionnaire(parse_questionnaire(changed(("indices:\n", many + "indices:\n"), ("minutes: 6\n", ""))))
    assert rules_of(told) == ["Q9"] and "47" in told.findings[0].found.en
    assert rules_of(asked("您" * 61)) == ["Q9"]


def test_a_question_asked_twice_is_named_with_the_first() -> None:
    told = report(("您对办理速度满意还是不满意？", "请问您对工作人员的态度，满意还是不满意？"))
    assert rules_of(told) == ["Q10"] and told.findings[0].found.en == "attitude asks the same as speed"


def test_scales_that_turn_round_or_run_against_their_words_are_named() -> None:
    flip = "scale: {options: [{title: {zh: 满意, en: x}}, {title: {zh: 不满意, en: x}}]%s}\n"
    place = "    scale: five\n    unknown: true\n    refused: true\n  - id: attitude"

    def put(more: str) -> LintReport:
        return report((place, place.replace("scale: five\n", flip % more)))

    against = [one for one in put("").findings if one.rule == "Q12"]
    assert [one.level for one in against] == ["error", "warning"]
    turned = [one for one in put(", better: low").findings if one.rule == "Q12"]
    assert [(one.level, one.place.column) for one in turned] == [("warning", "questions.speed.scale")]


def test_a_missing_translation_is_named_where_others_have_one() -> None:
    told = report(("title: {zh: 一般, en: neither satisfied nor dissatisfied}", "title: 一般"))
    assert rules_of(told) == ["Q13"] and told.findings[0].found.en == "no English: 一般"
    only = "id: a\nversion: 1\ntitle: {zh: 甲, en: a}\ninterviewers: none\nquestions: [{id: q, text: 您有什么建议？, kind: text}]\n"
    assert not lint_questionnaire(parse_questionnaire(only)).findings


def test_an_index_takes_ratings_on_one_scale() -> None:
    assert rules_of(report(("items: [overall, speed", "items: [visits, speed"))) == ["Q15"]
    assert rules_of(report(("items: [overall, speed", "items: [change, speed"))) == ["Q15"]
    single = report(("items: [overall, speed, attitude]", "items: [speed]"))
    assert [(one.rule, one.level) for one in single.findings] == [("Q15", "note")]
