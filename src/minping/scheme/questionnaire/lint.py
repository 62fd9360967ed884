"""Lint a questionnaire: will its answers say what people think? In a form, out findings with place, source and fix."""

from __future__ import annotations

from datetime import date

from minping.scheme.lint.findings import Finding, LintReport, Objection
from minping.scheme.lint.waivers import holds, of_waivers
from minping.scheme.questionnaire.read import QuestionnaireFile
from minping.scheme.questionnaire.rules import RULES
from minping.scheme.questionnaire.shape import Questionnaire, QuestionWaiver
from minping.words import Text


def lint_questionnaire(file: QuestionnaireFile, *, on: date | None = None) -> LintReport:
    """Apply every rule.

    Args:
        file: the questionnaire with its lines
        on: the day on which waivers must still hold; None: their expiry is not looked at
    """
    form, source = file.questionnaire, file.source
    waivers = [waiver for waiver in form.waivers if holds(waiver, on)]
    findings: list[Finding] = []
    not_applicable: list[tuple[str, Text]] = []
    passed: list[str] = []
    for name, rule in RULES.items():
        because = rule.applies(form)
        if because is not None:
            not_applicable.append((name, because))
            continue
        objections = list(rule.check(form))
        for one in objections:
            covering = next((waiver for waiver in waivers if _covers(waiver, name, one, form)), None)
            place = source.place(one.path)
            findings.append(Finding(name, one.level or rule.level, place, one.found, rule.source, one.fix, covering))
        if not objections:
            passed.append(name)
    used = {id(finding.waived_by) for finding in findings}
    findings += of_waivers(form.waivers, RULES, lambda waiver: id(waiver) in used, source, on)
    return LintReport(
        f"{form.id} {form.version}",
        tuple(finding for finding in findings if finding.waived_by is None),
        tuple(finding for finding in findings if finding.waived_by is not None),
        tuple(not_applicable),
        tuple(passed),
        {name: rule.title for name, rule in RULES.items()},
    )


def _covers(waiver: QuestionWaiver, rule: str, objection: Objection, form: Questionnaire) -> bool:
    """Whether a waiver is of this rule, and of a question that the objection concerns."""
    if waiver.rule != rule or not waiver.questions:
        return waiver.rule == rule
    match objection.path:
        case ("questions", int(at), *_):
            return form.questions[at].id in waiver.questions
        case ("scales", name, *_):
            users = {one.id for one in form.questions if one.scale == name}
            return users <= set(waiver.questions)
    return False
