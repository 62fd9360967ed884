"""Totals as published beside totals as computed."""

from __future__ import annotations

import numpy as np
import pytest

from minping.scheme.lint.l17_recomputable import PUBLISHED
from tests.scheme.lint.schemes import figures, of_rule, plain, report

TOTALS = plain("a, weight: 1", f"t, counts: false, note: 'the {PUBLISHED} of 2020'")
VALUES = [1.0, 2.0, 3.0]


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("off", "told"), [(0.0109, 0), (0.0111, 1)])
def test_totals_may_be_off_by_a_rounding_only(off: float, told: int, sign: int) -> None:
    found = of_rule("L17", TOTALS, figures([VALUES, VALUES], score=[1.0, 2.0, 3.0 + sign * off]))
    assert [(one.level, one.place.column, one.place.row) for one in found] == [("error", "indicators.t", 7)] * told


def test_the_body_that_is_off_most_is_named() -> None:
    (one,) = of_rule("L17", TOTALS, figures([VALUES, VALUES], score=[1.1, 2.5, 3.2]))
    assert "0.50 (b1)" in one.found.en and "0.50（b1）" in one.found.zh


@pytest.mark.parametrize(("published", "score"), [([np.nan, 2.0, 3.0], [9.0, 2.0, 3.0]), (VALUES, [np.nan, 2.0, 3.0])])
def test_a_body_without_either_total_is_passed_over(published: list[float], score: list[float]) -> None:
    assert of_rule("L17", TOTALS, figures([VALUES, published], score=score)) == []
    off = [score[0], score[1], 4.0]
    assert "1.00 (b2)" in of_rule("L17", TOTALS, figures([VALUES, published], score=off))[0].found.en


def test_other_companions_and_what_counts_are_no_totals() -> None:
    more = ("u, counts: false, note: rank", f"v, weight: 1, note: {PUBLISHED}")
    text = plain("a, weight: 1", f"t, counts: false, note: {PUBLISHED}", *more)
    assert of_rule("L17", text, figures([VALUES, VALUES, [99.0] * 3, [99.0] * 3], score=VALUES)) == []


@pytest.mark.parametrize("beside", ["t, weight: 1, note: published total", "t, counts: false, note: rank"])
def test_it_applies_only_where_published_totals_stand_beside(beside: str) -> None:
    told = report(plain("a, weight: 1", beside), figures([VALUES, VALUES]))
    because = dict(told.not_applicable)["L17"]
    assert because.en.startswith("no published totals stand beside") and PUBLISHED in because.zh
