"""Scales: balanced, with a named middle and a place for not knowing."""

from __future__ import annotations

import pytest

from tests.scheme.questionnaire.forms import options, report, rules_of


@pytest.mark.parametrize(
    ("words", "more", "rules"),
    [
        (("非常不满意", "不满意", "基本满意", "满意", "非常满意"), "    midpoint: none\n", [("Q2", "warning")]),
        (
            ("非常不满意", "不满意", "基本满意", "满意", "非常满意"),
            "    midpoint: 3\n",
            [("Q2", "warning"), ("Q4", "warning")],
        ),
        (("基本满意", "满意", "非常满意"), "    midpoint: none\n", [("Q2", "error")]),
        (("不满意", "一般", "满意"), "", [("Q4", "warning")]),
        (("不满意", "满意", "非常满意", "说不清"), "    midpoint: none\n", [("Q2", "warning"), ("Q14", "error")]),
        (("不满意", "说不清", "满意"), "    midpoint: 2\n", [("Q14", "error")]),
        (("不满意", "满意"), "", []),
        (("很差", "较差", "较好", "很好"), "", []),
        (("每月", "每年", "几年一次"), "    midpoint: none\n", []),
    ],
)
def test_scales_are_balanced_and_name_their_middle(
    words: tuple[str, ...], more: str, rules: list[tuple[str, str]]
) -> None:
    old, new = options(*words)
    told = report((old, new + more), ("- {id: service", "- {id: other"))
    assert [(one.rule, one.level) for one in told.findings] == rules


def test_a_range_of_odd_length_names_its_middle_too() -> None:
    scale = "    scale: {range: {from: 0, to: 10, low: {zh: 很差, en: bad}, high: {zh: 很好, en: good}}%s}\n"
    place = "scale: five\n    unknown: true\n    refused: true\n  - id: attitude"
    old = "    " + place

    def put(more: str) -> tuple[str, str]:
        return old, old.replace("    scale: five\n", scale % more)

    assert "Q4" in rules_of(report(put("")))
    assert "Q4" not in rules_of(report(put(", midpoint: 5")))
    assert "Q15" in rules_of(report(put(", midpoint: 5")))  # items of an index on two scales


def test_not_knowing_and_refusing_have_a_place() -> None:
    told = report(("    unknown: true\n    refused: true\n", ""))
    assert [(one.rule, one.level) for one in told.findings] == [("Q3", "warning"), ("Q3", "note")]
    assert not report(("    refused: true\n", ""), ("mode: phone", "mode: web")).findings
