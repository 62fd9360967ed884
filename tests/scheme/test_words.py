"""Rules said in words, in both languages."""

from __future__ import annotations

import pytest

from minping.scheme.request_rules import CONDITIONS
from minping.scheme.words import DIRECTIONS, MISSING, indicator_in_words
from minping.stats.normalise import METHODS
from tests.made import scheme


def said(rule: str, more: str = "") -> tuple[str, str]:
    text = f"{more}indicators:\n  - {{id: a, title: a, weight: 1, {rule}}}\n"
    found = scheme(text).scheme
    words = indicator_in_words(found.indicators[0], found)
    return words.zh, words.en


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ("direction: higher, normalise: {method: goalposts, floor: 20, target: 85, reason: 技术说明}", "从底线 20 到目标 85", "from 20 to 85"),
        ("direction: higher, normalise: {method: goalposts, floor: 1, target: 9, log: true, reason: r}", "（log）", "(log)"),
        ("direction: lower, normalise: {method: attainment, target: 5, deduct: 2, per: 1, reason: r}", "每差 1 扣 2 分", "−2 for each 1 short"),
        ("direction: higher, normalise: {method: bands, bands: [[60, 60], [80, 100]], reason: r}", "60→60，80→100", "60→60，80→100"),
        ("direction: pass, pass_at: 1", "达标", "pass"),
        ("direction: higher, normalise: minmax, missing: worst", "取同类最差", "the worst points"),
        ("direction: higher, normalise: given, from: {requests: solved_rate}", "分子：诉求人说已解决，且并非“重办", "of requests where: the citizen was asked"),
        ("direction: higher, normalise: given, from: {requests: response_rate, as_ruled: true}", "分母：全部诉求；剔除：凡有", "left out: whatever has a reason"),
        ("direction: lower, normalise: minmax, from: {requests: {share: [not closed], without: [误派]}}", "分子：并非“已办结”；分母：全部诉求；剔除：误派", "left out: 误派"),
        ("direction: range, ideal: [1, 2], normalise: minmax", "理想区间", "ideal range"),
    ],
)  # fmt: skip
def test_a_rule_says_what_it_does(rule: str, zh: str, en: str) -> None:
    chinese, english = said(rule)
    assert zh in chinese and en in english


def test_a_companion_is_shown_beside_the_score() -> None:
    counted = "  - {id: b, title: b, weight: 1, direction: higher, normalise: given}\n"
    found = scheme(f"indicators:\n  - {{id: a, title: a, direction: higher, counts: false}}\n{counted}").scheme
    assert (
        indicator_in_words(found.indicators[0], found).en == "higher is better; not counted, published beside the score"
    )


def test_the_reason_of_a_bound_is_part_of_the_rule() -> None:
    chinese, english = said(
        "direction: higher, normalise: {method: goalposts, floor: 0, target: 1, reason: 文件第三条}"
    )
    assert chinese.endswith("依据：文件第三条") and english.endswith("reason: 文件第三条")


def test_what_the_scheme_does_with_gaps_holds_where_an_indicator_says_nothing() -> None:
    assert MISSING["carry"].zh in said("direction: higher, normalise: minmax", "missing: carry\n")[0]


def test_everything_is_said_in_both_languages() -> None:
    words = [*DIRECTIONS.values(), *MISSING.values(), *(method.in_words for method in METHODS.values())]
    words += [*CONDITIONS.values()]
    assert all(one.zh and one.en and one.zh != one.en for one in words)
