"""Every rule that needs no data: a scheme that breaks it and one that just does not, with the line that is told."""

from __future__ import annotations

import pytest

from minping.scheme.lint.rules import RULES
from tests.scheme.lint.schemes import GOOD, Change, changed, found, line_of, of_rule, report

NO_DEBT = ("[debt, outcome]", "[outcome]")
INPUT = ("[debt, outcome]", "[debt, input]")
POST = ("kind: region", "kind: post")
QUOTA = "max_share: 0.3, extend_to: 0.35"
ONE_TYPE = (", types: {urban: {title: 城区}, eco: {title: 生态区, forbid_tags: [gdp]}}", "")
SELF = ("normalise: minmax, source: {reporter: statistics}}\n  - {id: output", "normalise: minmax}\n  - {id: output")


def halves(people: float, economy: float) -> list[Change]:
    """Weights of the two dimensions."""
    return [("title: 民生, weight: 60", f"title: 民生, weight: {people}"), ("title: 经济, weight: 40", f"title: 经济, weight: {economy}")]  # fmt: skip


def economy(debt: str, output: str) -> list[Change]:
    """Weights of the two indicators within the economy."""
    return [("{urban: 70, eco: 100}", debt), ("{urban: 30, eco: 0}", output)]


#: rule, level, key path, how the line begins, what is changed in the good scheme
BREAKS: list[tuple[str, str, str, str, list[Change]]] = [
    ("L1", "error", "indicators", "indicators:", economy("{urban: 24, eco: 100}", "{urban: 76, eco: 0}")),
    ("L2", "error", "indicators.output.weight", "id: output", economy("{urban: 70, eco: 99}", "{urban: 30, eco: 1}")),
    ("L3", "warning", "indicators", "indicators:", [NO_DEBT]),
    ("L3", "error", "indicators", "indicators:", [NO_DEBT, ("version: 3", "version: 3\nterms: {lookback_years: 3}")]),
    ("L3", "error", "indicators", "indicators:", [NO_DEBT, ("kind: region", "kind: unit"), ("version: 3", "version: 3\nperiod: {kind: term}")]),
    ("L4", "error", "indicators", "indicators:", [("[citizen, outcome]", "[outcome]")]),
    ("L5", "error", "adjust.caps.cap", "caps:", [(", authority_ref: 安全生产法 4 条", "")]),
    ("L5", "error", "adjust.veto.veto", "veto:", [(", authority_ref: 统计法 9 条", "")]),
    ("L5", "warning", "adjust.deduct.fine", "deduct:", [(", authority_ref: 考评办法 7 条", "")]),
    ("L5", "warning", "adjust.tolerance.trial", "tolerance:", [(", authority_ref: 容错办法 3 条", "")]),
    ("L6", "warning", "grades.levels.a", "levels:", [(", quota: {max_share: 0.3, extend_to: 0.35}", "")]),
    ("L6", "warning", "grades.levels.a.quota", "levels:", [("max_share: 0.3,", "max_share: 0.301,")]),
    ("L6", "warning", "grades.levels.a.quota.extend_to", "levels:", [("extend_to: 0.35", "extend_to: 0.351")]),
    ("L6", "warning", "grades.levels.a.quota", "levels:", [POST, (QUOTA, "max_share: 0.201")]),
    ("L6", "warning", "grades.levels.a.quota.extend_to", "levels:", [POST, (QUOTA, "max_share: 0.2, extend_to: 0.251")]),
    ("L7", "warning", "publish.k", "publish:", [("k: 3", "k: 2")]),
    ("L7", "warning", "publish", "publish:", [("{k: 3}", "{ranking: none}")]),
    ("L8", "warning", "indicators", "indicators:", [ONE_TYPE, SELF, *economy("76", "24")]),
    ("L9", "error", "appeal", "appeal:", [("window_days: 15, ", "")]),
    ("L9", "error", "appeal", "appeal:", [("decide_within_days: 10, ", "")]),
    ("L9", "error", "appeal", "appeal:", [("recusal: true", "recusal: false")]),
    ("L9", "error", "appeal", "appeal:", [(", no_worse_outcome: true", "")]),
    ("L10", "error", "indicators", "indicators:", [*halves(49, 51), INPUT]),
    ("L11", "error", "indicators.debt", "id: debt", [("[debt, outcome]", "[debt, trace]")]),
    ("L11", "error", "dimensions.people", "id: people", [("[citizen, outcome]", "[citizen, trace]")]),
    ("L14", "warning", "indicators.debt.direction", "id: debt", [("direction: lower", "direction: higher")]),
    ("L15", "warning", "indicators.solved.normalise", "id: solved", [(", reason: 六成为合格线", "")]),
    ("L15", "warning", "indicators.solved.normalise", "id: solved", [("六成为合格线", "'  '")]),
    ("L16", "note", "supersedes", "supersedes:", [("{version: 2}", "{version: 2, removed: [old]}")]),
    ("L16", "error", "supersedes.added", "supersedes:", [("{version: 2}", "{version: 2, added: [old]}")]),
    ("L16", "error", "supersedes.redefined", "supersedes:", [("{version: 2}", "{version: 2, redefined: [old]}")]),
    ("L18", "warning", "indicators", "indicators:", [("max_indicators: 3", "max_indicators: 2")]),
]  # fmt: skip

KEEPS: list[tuple[str, list[Change]]] = [
    ("L1", economy("{urban: 25, eco: 100}", "{urban: 75, eco: 0}")),
    ("L2", economy("{urban: 1, eco: 100}", "{urban: 99, eco: 0}")),
    ("L3", economy("{urban: 0, eco: 1}", "{urban: 100, eco: 99}")),
    ("L4", halves(0.01, 99.99)),
    ("L5", [("  caps:", "  bonus: [{id: plus, title: 加分, official: plus, max: 3}]\n  caps:")]),
    ("L6", [POST, (QUOTA, "max_share: 0.2, extend_to: 0.25")]),
    ("L7", [("publish: {k: 3}", "publish: {k: 4}")]),
    ("L8", [ONE_TYPE, SELF, *economy("75", "25")]),
    ("L8", [("{reporter: third_party}", "{reporter: self, check: 电话抽查}")]),
    ("L9", [("window_days: 15, decide_within_days: 10", "window_days: 1, decide_within_days: 1")]),
    ("L10", [*halves(50, 50), INPUT]),
    ("L11", [("[debt, outcome]", "[debt, trace, outcome]")]),
    ("L11", [("[debt, outcome]", "[debt, trace]"), ("normalise: minmax, source: {reporter: statistics}}\n  - {id: output", "normalise: minmax, source: {reporter: statistics, check: 审计}}\n  - {id: output")]),
    ("L11", [*economy("0", "100"), ("[debt, outcome]", "[debt, trace]")]),
    ("L14", [("title: 债务率, in: economy, direction: lower", "title: 债务率降幅, in: economy, direction: higher")]),
    ("L15", [("{method: goalposts, floor: 60, target: 100, reason: 六成为合格线}", "zscore")]),
    ("L16", []),
    ("L18", [("  - {id: output", "  - {id: extra, title: 另列, direction: higher, counts: false}\n  - {id: output"), ("max_indicators: 3", "max_indicators: 4")]),
]  # fmt: skip


def test_the_good_scheme_breaks_nothing() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(("rule", "level", "path", "begins", "changes"), BREAKS)
def test_a_scheme_that_breaks_a_rule_is_told_where(
    rule: str, level: str, path: str, begins: str, changes: list[Change]
) -> None:
    text = changed(*changes)
    places = [(one.level, one.place.column, one.place.row) for one in of_rule(rule, text)]
    assert (level, path, line_of(text, begins)) in places


@pytest.mark.parametrize(("rule", "changes"), KEEPS)
def test_a_scheme_at_the_limit_keeps_the_rule(rule: str, changes: list[Change]) -> None:
    assert rule in report(changed(*changes)).passed


def test_every_rule_that_needs_no_data_is_broken_and_kept_here() -> None:
    needed = {name for name, rule in RULES.items() if not rule.needs_figures}
    assert {row[0] for row in BREAKS} == needed == {row[0] for row in KEEPS}
