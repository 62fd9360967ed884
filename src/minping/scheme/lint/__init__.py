"""Lint: is a scheme a good one? In a scheme (and what its data say), out findings with source, place and fix.

Nothing is decided here: a scheme may waive a rule with a written reason, and the waiver is published.
"""

from __future__ import annotations

from datetime import date

from minping.scheme.lint.findings import Figures, Finding, LintReport
from minping.scheme.lint.rules import RULES
from minping.scheme.lint.waivers import holds, of_waivers
from minping.scheme.read import SchemeFile
from minping.words import Text

__all__ = ["RULES", "Figures", "Finding", "LintReport", "lint"]

NO_FIGURES = Text("需要数据，文件夹里没有", "it needs data, and there are none")


def lint(scheme_file: SchemeFile, figures: Figures | None = None, *, on: date | None = None) -> LintReport:
    """Apply every rule.

    Args:
        scheme_file: the scheme with its lines
        figures: what the data say; rules that need them don't apply without
        on: the day on which waivers must still hold; None: their expiry is not looked at
    """
    scheme, source = scheme_file.scheme, scheme_file.source
    waivers = {waiver.rule: waiver for waiver in scheme.waivers if holds(waiver, on)}
    findings: list[Finding] = []
    not_applicable: list[tuple[str, Text]] = []
    passed: list[str] = []
    for name, rule in RULES.items():
        because = rule.applies(scheme) or (NO_FIGURES if rule.needs_figures and figures is None else None)
        if because is not None:
            not_applicable.append((name, because))
            continue
        objections = [
            Finding(
                name,
                objection.level or rule.level,
                source.place(objection.path),
                objection.found,
                rule.source,
                objection.fix,
                waivers.get(name),
            )
            for objection in rule.check(scheme, figures)
        ]
        findings += objections
        if not objections:
            passed.append(name)
    not_run = {name for name, _ in not_applicable if RULES[name].needs_figures and figures is None}
    used = {finding.rule for finding in findings} | not_run
    findings += of_waivers(scheme.waivers, RULES, lambda waiver: waiver.rule in used, source, on)
    return LintReport(
        f"{scheme.id} {scheme.version}",
        tuple(finding for finding in findings if finding.waived_by is None),
        tuple(finding for finding in findings if finding.waived_by is not None),
        tuple(not_applicable),
        tuple(passed),
        {name: rule.title for name, rule in RULES.items()},
    )
