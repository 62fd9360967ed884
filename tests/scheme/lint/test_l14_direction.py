"""Directions that go against the name of an indicator, or against the score."""

from __future__ import annotations

import numpy as np
import pytest

from tests.scheme.lint.schemes import figures, of_rule, plain


@pytest.mark.parametrize(
    ("zh", "en", "told"),
    [
        ("婴儿死亡率", "", 1),
        ("单位能耗", "", 1),
        ("劣V类水体", "", 1),
        ("甲", "attainment gap", 1),
        ("甲", "Infant Mortality", 1),
        ("甲", "complaints", 1),
        ("甲", "coastline", 0),
        ("甲", "stopgap", 0),
        ("单位能耗降低率", "", 0),
        ("债务化解率", "", 0),
        ("甲", "gap reduced", 0),
        ("甲", "resolved complaints", 0),
        ("森林覆盖率", "forest cover", 0),
    ],
)
def test_a_name_of_which_less_is_good_is_questioned_where_more_counts(zh: str, en: str, told: int) -> None:
    text = plain(f"a, weight: 1, title: {{zh: {zh}, en: {en!r}}}")
    found = of_rule("L14", text)
    assert [(one.level, one.place.column, one.place.row) for one in found] == [
        ("warning", "indicators.a.direction", 6)
    ] * told


def test_a_name_of_which_less_is_good_may_count_downwards() -> None:
    assert of_rule("L14", plain("a, weight: 1, title: 死亡率, direction: lower, normalise: minmax")) == []


def test_a_companion_is_questioned_by_its_name_only() -> None:
    text = plain("gone, counts: false, title: 失业率", "a, weight: 1")
    falling = figures([range(12, 0, -1), range(12)])
    assert [(one.level, one.place.column) for one in of_rule("L14", text, falling)] == [
        ("warning", "indicators.gone.direction")
    ]


@pytest.mark.parametrize("direction", ["higher", "lower"])
@pytest.mark.parametrize(("rising", "told"), [(1, 1), (7, 1), (8, 0), (12, 0)])
def test_a_rank_correlation_against_the_score_is_asked_about(direction: str, rising: int, told: int) -> None:
    sign = {"higher": 1, "lower": -1}[direction]
    values = np.array([*range(-rising, 0), *range(-rising - 1, -13, -1)], dtype=np.float64)
    score = np.arange(12.0)
    rho = float(np.corrcoef(values.argsort().argsort(), score)[0, 1])
    assert (rho < -0.5) == bool(told), rho
    text = plain(f"a, weight: 1, direction: {direction}, normalise: minmax")
    found = of_rule("L14", text, figures([sign * values], score=score))
    assert [(one.level, f"{rho:.2f}" in one.found.en) for one in found] == [("note", True)] * told


@pytest.mark.parametrize(("bodies", "told"), [(9, 0), (10, 1)])
def test_ten_bodies_with_value_and_score_are_needed(bodies: int, told: int) -> None:
    values = [*range(bodies, 0, -1), np.nan, 5.0]
    score = [*range(bodies), 3.0, np.nan]
    assert len(of_rule("L14", plain("a, weight: 1"), figures([values], score=score))) == told


def test_an_ideal_has_no_side_to_be_on() -> None:
    text = plain("a, weight: 1, direction: target, ideal: 3, normalise: minmax")
    assert of_rule("L14", text, figures([range(12, 0, -1)])) == []


def test_values_all_alike_correlate_with_nothing() -> None:
    assert of_rule("L14", plain("a, weight: 1"), figures([[5.0] * 12])) == []
    assert of_rule("L14", plain("a, weight: 1"), figures([range(12)], score=[5.0] * 12)) == []
