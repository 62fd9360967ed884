"""Findings of the linter, and what it may know of the data: plain records that the rules talk in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal, NamedTuple

import numpy as np

from minping.errors import Place, Problem
from minping.model.arrays import Floats
from minping.scheme.shape import Indicator, Scheme, Waiver
from minping.scheme.source import KeyPath
from minping.scheme.tree import ROOT, children_of, weight_for
from minping.words import Lang, Text

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the data say of a period: N bodies × M indicators, in file order of the scheme."""

    period: str
    bodies: tuple[str, ...]
    values: Floats  #: (N, M), NaN where there is none
    effective: Floats  #: (N, M) effective share of each indicator in each body's score; 0 for companions
    score: Floats  #: (N,)
    self_reported: Floats  #: (M,) share of each indicator's figures that the bodies report themselves
    types: tuple[str, ...] = ()  #: (N,) type of each body; empty: none


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule objects to."""

    rule: str
    level: Level
    place: Place
    found: Text
    why: Text  #: the law or practice behind the rule
    fix: Text
    waived_by: Waiver | None = None


class Objection(NamedTuple):
    """What a rule's check yields; the rest of a finding stands in the table of rules."""

    path: KeyPath
    found: Text
    fix: Text
    level: Level | None = None  #: where it differs from the rule's own


Check = Callable[[Scheme, Figures | None], Iterator[Objection]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of RULES."""

    check: Check
    level: Level
    title: Text
    source: Text
    needs_figures: bool = False
    applies: Callable[[Scheme], Text | None] = lambda _: None  #: why it doesn't apply, or None


def nominal_shares(scheme: Scheme) -> dict[str, dict[str, float]]:
    """Body type -> scored indicator -> its share of the whole by the weights given."""
    children, found = children_of(scheme), {}
    for body_type in scheme.body_types or ("",):
        share: dict[str, float] = {ROOT: 1.0}
        waiting = [ROOT]
        while waiting:
            parent = waiting.pop()
            siblings = children.get(parent, [])
            weights = {child: weight_for(scheme, child, body_type) for child in siblings}
            whole = sum(weights.values())
            for child, weight in weights.items():
                share[child] = share[parent] * weight / whole if whole else 0.0
            waiting += siblings
        found[body_type] = {indicator.id: share[indicator.id] for indicator in scheme.scored}
    return found


def tagged_share(scheme: Scheme, *tags: str) -> dict[str, float]:
    """Body type -> share of the whole that rests on indicators with any of the tags."""
    return {
        body_type: sum(share[part.id] for part in scheme.scored if set(tags) & set(part.tags))
        for body_type, share in nominal_shares(scheme).items()
    }


def where(scheme: Scheme, indicator: Indicator) -> KeyPath:
    """The key path of an indicator."""
    return ("indicators", scheme.indicators.index(indicator))


def for_type(body_type: str) -> tuple[str, str]:
    """` (agri)` where there are types, for either language."""
    return (f"（{body_type}）", f" ({body_type})") if body_type else ("", "")


@dataclass(frozen=True, slots=True)
class LintReport:
    """Everything the linter has to say of a scheme."""

    scheme: str
    findings: tuple[Finding, ...]  #: not waived
    waived: tuple[Finding, ...]
    not_applicable: tuple[tuple[str, Text], ...]  #: rule, because …
    passed: tuple[str, ...]
    titles: Mapping[str, Text]

    @property
    def errors(self) -> int:
        """Findings of level error that no waiver covers."""
        return sum(finding.level == "error" for finding in self.findings)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The findings as problems, to be published beside the evidence's own; files by name, not by path."""
        return tuple(
            Problem(
                finding.rule,
                replace(finding.place, file=PurePath(finding.place.file).name),
                finding.found,
                finding.why,
                finding.fix,
                finding.level,
            )
            for finding in self.findings
        )

    def lines(self, lang: Lang) -> list[tuple[str, str]]:
        """(line, style) for a terminal: findings, waivers, what did not apply, what passed."""
        marks = {"error": ("✗", "red"), "warning": ("!", "yellow"), "note": ("·", "cyan")}
        said: list[tuple[str, str]] = []
        for finding in self.findings:
            mark, style = marks[finding.level]
            said.append((f"{mark} {finding.rule} {finding.place}  {finding.found.say(lang)}", style))
            said.append((f"    {_WHY.say(lang)}: {finding.why.say(lang)}", "dim"))
            said.append((f"    {_FIX.say(lang)}: {finding.fix.say(lang)}", "dim"))
        for finding in self.waived:
            reason = finding.waived_by.reason if finding.waived_by else ""
            said.append((f"○ {finding.rule} {finding.place}  {finding.found.say(lang)}", "dim"))
            said.append((f"    {_WAIVED.say(lang)}: {reason}", "dim"))
        for rule, because in self.not_applicable:
            said.append((f"– {rule} {_NOT_APPLICABLE.say(lang)}: {because.say(lang)}", "dim"))
        said.append((f"✓ {_PASSED.say(lang)}: {', '.join(self.passed) or '—'}", "green"))
        return said

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {
            "scheme": self.scheme,
            "errors": self.errors,
            "findings": [_as_json(finding) for finding in self.findings],
            "waived": [_as_json(finding) for finding in self.waived],
            "not_applicable": [{"rule": rule, **because._asdict()} for rule, because in self.not_applicable],
            "passed": list(self.passed),
        }


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "file": finding.place.file,
        "line": finding.place.row,
        "key": finding.place.column,
        "found": finding.found._asdict(),
        "why": finding.why._asdict(),
        "fix": finding.fix._asdict(),
        "waiver": finding.waived_by.model_dump(mode="json") if finding.waived_by else None,
    }


_WHY, _FIX = Text("依据", "why"), Text("改法", "to do")
_WAIVED, _NOT_APPLICABLE = Text("豁免理由", "waived because"), Text("不适用，因为", "not applicable, because")
_PASSED = Text("通过", "passed")


def present(values: Floats) -> Floats:
    """The numbers that are there."""
    return values[~np.isnan(values)]
