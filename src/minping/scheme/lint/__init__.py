"""Lint: is a scheme a good one? In a scheme (and what its data say), out findings with source, place and fix.

Nothing is decided here: a scheme may waive a rule with a written reason, and the waiver is published.
"""

from __future__ import annotations

from datetime import date

from minping.errors import did_you_mean
from minping.scheme.lint.findings import Figures, Finding, LintReport
from minping.scheme.lint.rules import RULES
from minping.scheme.read import SchemeFile
from minping.scheme.shape import Waiver
from minping.scheme.source import Source
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
    waivers = {waiver.rule: waiver for waiver in scheme.waivers if _holds(waiver, on)}
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
    findings += _of_waivers(scheme.waivers, {finding.rule for finding in findings} | not_run, source, on)
    return LintReport(
        f"{scheme.id} {scheme.version}",
        tuple(finding for finding in findings if finding.waived_by is None),
        tuple(finding for finding in findings if finding.waived_by is not None),
        tuple(not_applicable),
        tuple(passed),
        {name: rule.title for name, rule in RULES.items()},
    )


def _holds(waiver: Waiver, on: date | None) -> bool:
    return on is None or waiver.expires_on is None or waiver.expires_on >= on


def _of_waivers(waivers: tuple[Waiver, ...], objected: set[str], source: Source, on: date | None) -> list[Finding]:
    """Waivers that are wrong, run out or of no use."""
    found: list[Finding] = []
    why = Text("豁免要公布，须准确", "waivers are published and must be exact")
    for at, waiver in enumerate(waivers):
        place = source.place(("waivers", at, "rule"))
        if waiver.rule not in RULES:
            said = Text(f"没有规则 {waiver.rule}", f"no rule {waiver.rule}")
            found.append(Finding("waiver", "error", place, said, why, did_you_mean(waiver.rule, RULES)))
        elif waiver.rule in {earlier.rule for earlier in waivers[:at] if _holds(earlier, on)}:
            said = Text(f"{waiver.rule} 的豁免写了两次", f"{waiver.rule} is waived twice")
            found.append(Finding("waiver", "warning", place, said, why, Text("只留一条", "keep one of them")))
        elif not _holds(waiver, on):
            said = Text(f"{waiver.rule} 的豁免已于 {waiver.expires_on} 到期", f"the waiver of {waiver.rule} ran out")
            fix = Text("重新批准或改方案", "have it approved anew, or change the scheme")
            found.append(Finding("waiver", "warning", place, said, why, fix))
        elif waiver.rule not in objected:
            said = Text(f"{waiver.rule} 没有发现，豁免多余", f"{waiver.rule} has no finding: the waiver is idle")
            found.append(Finding("waiver", "note", place, said, why, Text("删除", "remove it")))
    return found
