"""The linter: for every rule a scheme that breaks it and one that just does not; waivers; the report."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from minping.scheme.lint import RULES, Figures, LintReport, lint
from minping.scheme.read import parse_scheme

GOOD = """\
id: good
version: 2
title: {zh: 好方案, en: good}
authority: {issuer: 考评办}
subjects: {kind: region, types: {urban: {title: 城区}, eco: {title: 生态区, forbid_tags: [gdp]}}}
dimensions:
  - {id: people, title: 民生, weight: 60}
  - {id: economy, title: 经济, weight: 40}
indicators:
  - id: solved
    in: people
    title: {zh: 回访解决率, en: solved by call-back}
    direction: higher
    weight: 100
    kind: survey
    tags: [outcome, citizen]
    possible: [0, 100]
    normalise: {method: goalposts, floor: 60, target: 100, reason: 六成为合格线}
    source: {reporter: third_party}
  - id: debt
    in: economy
    title: {zh: 债务率, en: debt ratio}
    direction: lower
    weight: 70
    tags: [outcome, debt]
    normalise: {method: goalposts, floor: 300, target: 100, reason: 财政部划分的等级}
    source: {reporter: statistics}
  - id: gdp
    in: economy
    title: {zh: 生产总值增速, en: growth}
    direction: higher
    weight: {urban: 30, eco: 0}
    tags: [gdp, growth]
    normalise: minmax
    source: {reporter: statistics}
adjust:
  deduct: [{id: fraud, title: 造假, when: {incident: fraud}, points: 5, authority_ref: 统计法第九条}]
grades:
  levels: [{id: a, title: 优, at_least: 80, quota: {max_share: 0.3}}, {id: b, title: 良}]
publish: {k: 10}
appeal: {window_days: 15, decide_within_days: 10, recusal: true, no_worse_outcome: true}
"""


def changed(*changes: tuple[str, str]) -> str:
    """The good scheme with words replaced; each must stand in it."""
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def report(text: str, figures: Figures | None = None, on: date | None = None) -> LintReport:
    return lint(parse_scheme(text), figures, on=on)


def found(text: str, figures: Figures | None = None) -> list[tuple[str, str, str]]:
    """(rule, level, key path) of every finding."""
    return [(one.rule, one.level, one.place.column) for one in report(text, figures).findings]


def data(values: list[list[float]], score: list[float] | None = None) -> Figures:
    """Figures of the good scheme's three indicators (solved, debt, gdp) for urban bodies, weights as given."""
    table = np.array(values, dtype=np.float64)
    rows = len(table)
    return Figures(
        "2020",
        tuple(f"b{at}" for at in range(rows)),
        table,
        np.tile([0.6, 0.28, 0.12], (rows, 1)),
        np.array(score if score is not None else np.linspace(50, 90, rows)),
        np.zeros(table.shape[1]),
        ("urban",) * rows,
    )


VARIED = data([[70.0 + at, 200.0 - at, 1.0 + at] for at in range(12)])


def test_a_good_scheme_has_no_finding() -> None:
    assert found(GOOD) == []
    assert {name for name, _ in report(GOOD).not_applicable} == {"L12", "L13", "L16", "L17"}


BREAKS = [
    ("L1", "error", "indicators", [("weight: 70", "weight: 20"), ("urban: 30, eco: 0", "urban: 80, eco: 80"), ("forbid_tags: [gdp]", "forbid_tags: [industry]")]),
    ("L2", "error", "indicators.gdp.weight", [("urban: 30, eco: 0", "urban: 30, eco: 30")]),
    ("L3", "warning", "indicators", [("[outcome, debt]", "[outcome]")]),
    ("L3", "error", "indicators", [("[outcome, debt]", "[outcome]"), ("version: 2", "version: 2\nperiod: {kind: term}")]),
    ("L4", "error", "indicators", [("[outcome, citizen]", "[outcome]")]),
    ("L5", "warning", "adjust.deduct.fraud", [(", authority_ref: 统计法第九条", "")]),
    ("L6", "warning", "grades.levels.a", [(", quota: {max_share: 0.3}", "")]),
    ("L6", "warning", "grades.levels.a.quota", [("max_share: 0.3", "max_share: 0.31")]),
    ("L6", "warning", "grades.levels.a.quota.extend_to", [("max_share: 0.3", "max_share: 0.3, extend_to: 0.36")]),
    ("L6", "warning", "grades.levels.a.quota", [("max_share: 0.3", "max_share: 0.25"), ("kind: region", "kind: post")]),
    ("L7", "warning", "publish", [("publish: {k: 10}", "publish: {ranking: intervals}")]),
    ("L7", "warning", "publish.k", [("k: 10", "k: 2")]),
    ("L8", "warning", "indicators", [("reporter: third_party", "reporter: self")]),
    ("L9", "error", "", [("appeal: {window_days: 15, decide_within_days: 10, recusal: true, no_worse_outcome: true}\n", "")]),
    ("L9", "error", "appeal", [("recusal: true", "recusal: false")]),
    ("L10", "error", "indicators", [("tags: [outcome, citizen]", "tags: [input, citizen]")]),
    ("L11", "error", "indicators.debt", [("[outcome, debt]", "[trace, debt]")]),
    ("L14", "warning", "indicators.debt.direction", [("direction: lower\n    weight: 70", "direction: higher\n    weight: 70"), ("floor: 300, target: 100", "floor: 100, target: 300")]),
    ("L15", "warning", "indicators.debt.normalise", [(", reason: 财政部划分的等级", "")]),
    ("L16", "note", "supersedes", [("version: 2", "version: 2\nsupersedes: {version: 1, added: [gdp]}")]),
    ("L16", "error", "supersedes.added", [("version: 2", "version: 2\nsupersedes: {version: 1, added: [gone]}")]),
    ("L18", "warning", "indicators", [("publish:", "burden: {max_indicators: 2}\npublish:")]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "level", "path", "changes"), BREAKS)
def test_a_scheme_that_breaks_a_rule_is_told_where(
    rule: str, level: str, path: str, changes: list[tuple[str, str]]
) -> None:
    assert (rule, level, path) in found(changed(*changes))


KEEPS = [
    ("L1", [("{urban: 30, eco: 0}", "{urban: 30, eco: 30}"), ("forbid_tags: [gdp]", "forbid_tags: [industry]")]),
    ("L6", [("max_share: 0.3", "max_share: 0.2, extend_to: 0.25"), ("kind: region", "kind: post")]),
    ("L7", [("k: 10", "k: 3")]),
    ("L8", [("reporter: third_party", "reporter: self, check: 电话抽查")]),
    ("L11", [("[outcome, debt]", "[trace, debt]"), ("direction: lower\n    weight: 70\n", "direction: lower\n    weight: 70\n    note: x\n"), ("财政部划分的等级}\n    source: {reporter: statistics}", "财政部划分的等级}\n    source: {reporter: statistics, check: 审计}")]),
    ("L14", [("title: {zh: 债务率, en: debt ratio}\n    direction: lower", "title: {zh: 债务化解率, en: debt cleared}\n    direction: higher"), ("floor: 300, target: 100", "floor: 100, target: 300")]),
    ("L18", [("publish:", "burden: {max_indicators: 3}\npublish:")]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes"), KEEPS)
def test_a_scheme_at_the_limit_keeps_the_rule(rule: str, changes: list[tuple[str, str]]) -> None:
    assert rule in report(changed(*changes)).passed


def test_a_dimension_of_traces_only_is_named() -> None:
    text = changed(
        ("[outcome, debt]", "[trace, debt]"), ("[gdp, growth]", "[trace]"),
        ("source: {reporter: statistics}", "source: {reporter: statistics, check: 审计}"),
    )  # fmt: skip
    assert ("L11", "error", "dimensions.economy") in found(text)


def test_rules_that_need_no_debt_or_grades_say_why_they_do_not_apply() -> None:
    text = changed(("kind: region", "kind: unit"))
    because = dict(report(text).not_applicable)
    assert because["L3"].en == "neither regions nor office-holders are judged"
    assert because["L12"].zh == "需要数据，文件夹里没有"


def test_figures_that_vary_break_no_rule() -> None:
    assert found(GOOD, VARIED) == []


def test_figures_that_are_all_alike_are_dead_weight() -> None:
    alike = data([[70.0 + at, 200.0, 1.0 + at] for at in range(12)])
    assert ("L12", "warning", "indicators.debt") in found(GOOD, alike)
    one_differs = data([[70.0 + at, 200.0 if at else 150.0, 1.0 + at] for at in range(12)])
    assert found(GOOD, one_differs) == []


def test_citizens_ratings_at_the_top_for_nearly_all_tell_nothing() -> None:
    top = data([[99.0 + at / 20, 200.0 - at, 1.0 + at] for at in range(12)])
    assert ("L4", "warning", "indicators.solved") in found(GOOD, top)


def test_an_indicator_against_the_rest_is_questioned() -> None:
    against = data([[70.0 + at, 200.0 + 5 * at, 1.0 + at] for at in range(12)])
    assert ("L14", "note", "indicators.debt.direction") in found(GOOD, against)
    few = data([[70.0 + at, 200.0 + 5 * at, 1.0 + at] for at in range(9)])
    assert "L14" in report(GOOD, few).passed


def test_effective_weights_far_from_the_given_ones_are_told() -> None:
    near = data(VARIED.values.tolist())
    near.effective[:] = [0.6, 0.28, 0.12]
    assert found(GOOD, near) == []
    far = data(VARIED.values.tolist())
    far.effective[:] = [0.85, 0.03, 0.12]
    assert {path for rule, _, path in found(GOOD, far) if rule == "L13"} == {"indicators.solved", "indicators.debt"}


def test_totals_that_differ_from_the_published_ones_are_told() -> None:
    text = changed(("possible: [0, 100]\n", "possible: [0, 100]\n    note: published total\n    counts: false\n")).replace(
        "    weight: 100\n", "", 1
    ).replace("  - {id: people, title: 民生, weight: 60}\n", "").replace("    in: people\n", "").replace("weight: 40", "weight: 100")  # fmt: skip
    published = data(VARIED.values.tolist(), score=VARIED.values[:, 0].tolist())
    assert "L17" in report(text, published).passed
    off = data(VARIED.values.tolist(), score=[*VARIED.values[:-1, 0], VARIED.values[-1, 0] + 0.02])
    finding = next(one for one in report(text, off).findings if one.rule == "L17")
    assert finding.level == "error" and "0.02 (b11)" in finding.found.en


def test_what_is_asked_of_the_bodies_is_counted() -> None:
    text = changed(
        ("reporter: third_party", "reporter: self, check: 抽查"),
        ("publish:", "burden: {reports_per_year: 4}\npublish:"),
    )
    finding = next(one for one in report(text, VARIED).findings if one.rule == "L18")
    assert finding.level == "note" and "1 self-reported × 12 bodies × 4 a year = 48 cells" in finding.found.en


NO_CITIZENS = ("[outcome, citizen]", "[outcome]")


def waived(reason: str = "本方案只评环境质量，群众评价另行公布", until: str = "") -> str:
    waiver = f"waivers: [{{rule: L4, reason: {reason}, approved_by: 市人大{until}}}]\n"
    return changed(NO_CITIZENS) + waiver


def test_a_waived_finding_is_no_error_and_stays_listed() -> None:
    told = report(waived())
    assert told.errors == 0 and [one.rule for one in told.waived] == ["L4"]
    assert told.waived[0].waived_by is not None and told.waived[0].waived_by.approved_by == "市人大"
    assert any("豁免理由" in line for line, _ in told.lines("zh"))


def test_a_waiver_that_ran_out_waives_nothing() -> None:
    text = waived(until=", expires_on: 2020-12-31")
    assert report(text, on=date(2020, 12, 31)).errors == 0
    told = report(text, on=date(2021, 1, 1))
    assert [(one.rule, one.level) for one in told.findings] == [("L4", "error"), ("waiver", "warning")]


def test_a_waiver_of_no_rule_is_an_error_and_an_idle_one_a_note() -> None:
    more = "waivers: [{rule: L99, reason: 没有这条规则的豁免理由}, {rule: L1, reason: 没有发现也要豁免的理由}]\n"
    assert [(one.rule, one.level, one.place.column) for one in report(GOOD + more).findings] == [
        ("waiver", "error", "waivers.0.rule"),
        ("waiver", "note", "waivers.1.rule"),
    ]


def test_a_waiver_needs_a_reason() -> None:
    from minping.errors import SchemeError

    with pytest.raises(SchemeError):
        parse_scheme(GOOD + "waivers: [{rule: L1, reason: 因为}]\n")


def test_the_report_tells_line_source_and_fix_in_both_languages() -> None:
    told = report(changed(NO_CITIZENS))
    line = next(at for at, text in enumerate(changed(NO_CITIZENS).splitlines(), 1) if text == "indicators:")
    chinese, english = (" ".join(text for text, _ in told.lines(lang)) for lang in ("zh", "en"))
    assert (
        f"scheme.yaml:{line}" in chinese and "群众评价没有权重" in chinese and "依据" in chinese and "改法" in chinese
    )
    assert "citizens' ratings have no weight" in english and "to do" in english


def test_json_holds_what_a_script_needs() -> None:
    told = report(changed(NO_CITIZENS)).as_json()
    assert told["errors"] == 1 and told["scheme"] == "good 2"
    first = told["findings"][0]  # type: ignore[index]
    assert first["rule"] == "L4" and first["file"] == "scheme.yaml" and first["waiver"] is None
    assert set(first["found"]) == {"zh", "en"}


def test_findings_are_published_without_the_folder_they_came_from() -> None:
    told = lint(parse_scheme(changed(NO_CITIZENS), "/home/somebody/secret/scheme.yaml")).problems
    assert [str(problem.place) for problem in told if problem.code == "L4"] == ["scheme.yaml:9 indicators"]


def test_every_rule_of_the_domain_is_there_with_words_and_a_source() -> None:
    assert list(RULES) == [f"L{number}" for number in range(1, 19)]
    assert all(rule.title.zh and rule.title.en and rule.source.zh and rule.source.en for rule in RULES.values())
