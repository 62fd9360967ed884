"""Shares of the weight that the rules reckon with, and the report for terminals, scripts and publication."""

from __future__ import annotations

import json

import numpy as np
import pytest

from minping.scheme.lint import lint
from minping.scheme.lint.findings import nominal_shares, present, tagged_share
from minping.scheme.read import parse_scheme
from minping.words import Lang
from tests.scheme.lint.schemes import GOOD, changed, line_of, plain, report, without

NO_APPEAL = without("appeal")
WAIVED = (
    NO_APPEAL + "waivers: [{rule: L9, reason: 申诉按公务员法另行规定, approved_by: 市人大, expires_on: 2030-12-31}]\n"
)


def test_shares_of_the_whole_go_down_the_tree_for_every_type() -> None:
    shares = nominal_shares(parse_scheme(GOOD).scheme)
    assert shares == {
        "urban": pytest.approx({"solved": 0.6, "debt": 0.28, "output": 0.12}),
        "eco": pytest.approx({"solved": 0.6, "debt": 0.4, "output": 0.0}),
    }


def test_without_types_there_is_one_set_of_shares_and_companions_have_none() -> None:
    assert nominal_shares(parse_scheme(plain("a, weight: 3", "b, weight: 1", "c, counts: false")).scheme) == {
        "": {"a": 0.75, "b": 0.25}
    }


@pytest.mark.parametrize(
    ("tags", "urban", "eco"), [(("gdp",), 0.12, 0), (("outcome",), 0.88, 1), (("debt", "outcome", "gdp"), 1, 1)]
)
def test_an_indicator_with_several_of_the_tags_is_counted_once(tags: tuple[str, ...], urban: float, eco: float) -> None:
    assert tagged_share(parse_scheme(GOOD).scheme, *tags) == pytest.approx({"urban": urban, "eco": eco})


def test_present_leaves_out_what_is_missing() -> None:
    np.testing.assert_array_equal(present(np.array([np.nan, 2.0, np.nan, 0.0])), [2.0, 0.0])


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("zh", [
            ("✗ L9 scheme.yaml:1  没有申诉规则", "red"),
            ("    依据: 公务员法 95–97 条；政府督查工作条例 17 条", "dim"),
            ("    改法: 写上 appeal: {window_days, decide_within_days, recusal: true, no_worse_outcome: true}", "dim"),
        ]),
        ("en", [
            ("✗ L9 scheme.yaml:1  no rules of appeal", "red"),
            ("    why: civil servants' law 95–97; inspection ordinance 17", "dim"),
            ("    to do: set appeal: {window_days, decide_within_days, recusal: true, no_worse_outcome: true}", "dim"),
        ]),
    ],
)  # fmt: skip
def test_a_finding_is_said_with_its_reason_and_what_to_do(lang: Lang, lines: list[tuple[str, str]]) -> None:
    assert report(NO_APPEAL).lines(lang)[:3] == lines


@pytest.mark.parametrize(
    ("change", "begins", "style"),
    [
        (("recusal: true", "recusal: false"), "✗ L9 ", "red"),
        (("k: 3", "k: 2"), "! L7 ", "yellow"),
        (("{version: 2}", "{version: 2, removed: [old]}"), "· L16 ", "cyan"),
    ],
)
def test_levels_differ_in_mark_and_colour(change: tuple[str, str], begins: str, style: str) -> None:
    line, colour = report(changed(change)).lines("en")[0]
    assert line.startswith(begins) and colour == style


@pytest.mark.parametrize(
    ("lang", "waived", "reason", "not_applicable", "passed"),
    [
        ("zh", "○ L9 scheme.yaml:1  没有申诉规则", "    豁免理由: 申诉按公务员法另行规定", "– L12 不适用，因为: 需要数据，文件夹里没有", "✓ 通过: L1, L2, L3"),
        ("en", "○ L9 scheme.yaml:1  no rules of appeal", "    waived because: 申诉按公务员法另行规定", "– L12 not applicable, because: it needs data, and there are none", "✓ passed: L1, L2, L3"),
    ],
)  # fmt: skip
def test_waived_inapplicable_and_passed_rules_follow(
    lang: Lang, waived: str, reason: str, not_applicable: str, passed: str
) -> None:
    lines = report(WAIVED).lines(lang)
    assert lines[:3] == [(waived, "dim"), (reason, "dim"), (not_applicable, "dim")]
    last, style = lines[-1]
    assert last.startswith(passed) and "L9" not in last and style == "green"


def test_json_says_of_a_finding_where_what_why_and_what_to_do() -> None:
    text = changed(("k: 3", "k: 2"))
    told = json.loads(json.dumps(report(text).as_json(), ensure_ascii=False))
    assert told["findings"] == [
        {
            "rule": "L7",
            "level": "warning",
            "file": "scheme.yaml",
            "line": line_of(text, "publish:"),
            "key": "publish.k",
            "found": {"zh": "最小公布人数为 2", "en": "groups of 2 are published"},
            "why": {"zh": "个人信息保护法；统计法：不得推断出个人", "en": "privacy and statistics law: nobody may be made out"},
            "fix": {"zh": "至少 3，建议 10", "en": "at least 3, better 10"},
            "waiver": None,
        }
    ]  # fmt: skip
    assert told["scheme"] == "good 3" and told["errors"] == 0 and told["waived"] == []
    assert {"rule": "L12", "zh": "需要数据，文件夹里没有", "en": "it needs data, and there are none"} in told["not_applicable"]  # fmt: skip
    assert "L1" in told["passed"] and "L7" not in told["passed"]


def test_json_publishes_the_waiver_with_its_approval() -> None:
    told = json.loads(json.dumps(report(WAIVED).as_json()))
    assert told["findings"] == [] and told["errors"] == 0
    assert [one["waiver"] for one in told["waived"]] == [
        {"rule": "L9", "reason": "申诉按公务员法另行规定", "approved_by": "市人大", "expires_on": "2030-12-31"}
    ]


def test_problems_name_the_file_and_not_the_folders_above_it() -> None:
    told = lint(parse_scheme(NO_APPEAL, "/home/somebody/secret/scheme.yaml"))
    assert [(one.code, str(one.place), one.severity) for one in told.problems] == [("L9", "scheme.yaml:1", "error")]
    assert told.findings[0].place.file == "/home/somebody/secret/scheme.yaml", "a terminal makes the path clickable"


def test_waived_findings_are_no_problems() -> None:
    assert report(WAIVED).problems == () and report(NO_APPEAL).problems != ()
