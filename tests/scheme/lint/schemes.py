"""A small scheme that every rule of the linter lets pass, ways to spoil it, and what is then found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from minping.scheme.lint import Figures, Finding, LintReport, lint
from minping.scheme.read import parse_scheme

GOOD = """\
id: good
version: 3
title: {zh: 好方案, en: good}
authority: {issuer: 考评办}
subjects: {kind: region, types: {urban: {title: 城区}, eco: {title: 生态区, forbid_tags: [gdp]}}}
weights: {sum: 100}
dimensions:
  - {id: people, title: 民生, weight: 60}
  - {id: economy, title: 经济, weight: 40}
indicators:
  - {id: solved, title: 回访解决率, in: people, direction: higher, weight: 100, kind: survey, tags: [citizen, outcome], possible: [0, 100], normalise: {method: goalposts, floor: 60, target: 100, reason: 六成为合格线}, source: {reporter: third_party}}
  - {id: debt, title: 债务率, in: economy, direction: lower, weight: {urban: 70, eco: 100}, tags: [debt, outcome], normalise: minmax, source: {reporter: statistics}}
  - {id: output, title: 生产总值, in: economy, direction: higher, weight: {urban: 30, eco: 0}, tags: [gdp], normalise: minmax, source: {reporter: statistics}}
supersedes: {version: 2}
adjust:
  caps: [{id: cap, title: 封顶, when: {incident: accident}, score_at_most: 80, authority_ref: 安全生产法 4 条}]
  veto: [{id: veto, title: 否决, when: {incident: fraud}, grade: b, authority_ref: 统计法 9 条}]
  deduct: [{id: fine, title: 扣分, when: {incident: delay}, points: 1, authority_ref: 考评办法 7 条}]
  tolerance: [{id: trial, title: 容错, lifts: [fine], authority_ref: 容错办法 3 条}]
grades:
  levels: [{id: a, title: 优, at_least: 80, quota: {max_share: 0.3, extend_to: 0.35}}, {id: b, title: 良}]
burden: {max_indicators: 3}
publish: {k: 3}
appeal: {window_days: 15, decide_within_days: 10, recusal: true, no_worse_outcome: true}
"""

Change = tuple[str, str]


def changed(*changes: Change, text: str = GOOD) -> str:
    """The text with words replaced, each of which must stand in it once."""
    for old, new in changes:
        assert text.count(old) == 1, f"{text.count(old)} times in the scheme: {old}"
        text = text.replace(old, new)
    return text


def without(*keys: str) -> str:
    """The good scheme without the lines of these keys, each a line of its own."""
    lines = GOOD.splitlines(keepends=True)
    for key in keys:
        kept = [line for line in lines if not line.lstrip().startswith(f"{key}:")]
        assert len(kept) == len(lines) - 1, key
        lines = kept
    return "".join(lines)


def report(text: str, figures: Figures | None = None, on: date | None = None) -> LintReport:
    return lint(parse_scheme(text), figures, on=on)


def found(text: str, figures: Figures | None = None) -> list[tuple[str, str, str]]:
    """(rule, level, key path) of every finding that no waiver covers."""
    return [(one.rule, one.level, one.place.column) for one in report(text, figures).findings]


def of_rule(rule: str, text: str, figures: Figures | None = None) -> list[Finding]:
    """The findings of one rule."""
    return [one for one in report(text, figures).findings if one.rule == rule]


def line_of(text: str, begins: str) -> int:
    """The only line of a text that begins so, behind what makes it an entry of a list."""
    (line,) = [at for at, line in enumerate(text.splitlines(), 1) if line.lstrip(" -{").startswith(begins)]
    return line


def plain(*indicators: str) -> str:
    """A scheme of one type of body; to each indicator as `id, weight: 1, …` the keys that it lacks are given."""
    usual = {"title": "t", "direction": "higher", "normalise": "given"}
    lines = []
    for given in indicators:
        more = [f"{key}: {value}" for key, value in usual.items() if f"{key}: " not in given]
        lines.append(f"  - {{id: {', '.join([given, *more])}}}\n")
    head = "id: plain\nversion: 1\ntitle: 试验\nauthority: {issuer: 考评办}\n"
    return head + "indicators:\n" + "".join(lines)


def figures(
    columns: Sequence[Sequence[float]],
    *,
    effective: Sequence[float] | None = None,
    score: Sequence[float] | None = None,
) -> Figures:
    """What data say: a column of values per indicator; bodies are b0, b1, …; shares alike and scores rising."""
    values = np.array(columns, dtype=np.float64).T
    bodies, indicators = values.shape
    shares = effective if effective is not None else [1 / indicators] * indicators
    return Figures(
        "2020",
        tuple(f"b{at}" for at in range(bodies)),
        values,
        np.tile(np.array(shares, dtype=np.float64), (bodies, 1)),
        np.array(score if score is not None else range(bodies), dtype=np.float64),
        np.zeros(indicators),
    )
