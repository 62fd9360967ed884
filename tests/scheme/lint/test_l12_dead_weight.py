"""Indicators on which the bodies do not differ."""

from __future__ import annotations

import numpy as np
import pytest

from tests.scheme.lint.schemes import figures, of_rule, plain

TWO = plain("a, weight: 3", "b, weight: 1")


def test_an_indicator_alike_for_nearly_all_is_told_with_its_weight() -> None:
    nearly = [1.0] * 19 + [9.0]
    (one,) = of_rule("L12", TWO, figures([range(20), nearly], effective=[0.75, 0.25]))
    assert (one.level, one.place.column, one.place.row) == ("warning", "indicators.b", 7)
    assert one.found.en == "b: 95% of the bodies have the same value; 25.0% of the weight says nothing"


def test_two_of_twenty_that_differ_are_enough() -> None:
    assert of_rule("L12", TWO, figures([range(20), [1.0] * 18 + [9.0, 8.0]])) == []


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("spread", "told"), [(0.99e-3, 1), (1.01e-3, 0)])
def test_values_as_good_as_equal_are_dead_weight(spread: float, told: int, sign: int) -> None:
    values = sign * 50 * (1 + spread * np.array([-1.0, 1.0, -1.0, 1.0]))
    assert len(of_rule("L12", plain("a, weight: 1"), figures([values]))) == told


@pytest.mark.parametrize(("values", "told"), [([7.0, 7.0, np.nan], 0), ([7.0, 7.0, 7.0, np.nan], 1)])
def test_three_figures_are_needed_to_say_so(values: list[float], told: int) -> None:
    assert len(of_rule("L12", plain("a, weight: 1"), figures([values]))) == told


def test_noughts_all_around_are_dead_and_noughts_on_average_are_not() -> None:
    assert len(of_rule("L12", plain("a, weight: 1"), figures([[0.0, 0.0, 0.0]]))) == 1
    assert of_rule("L12", plain("a, weight: 1"), figures([[-1.0, 0.0, 1.0]])) == []


def test_a_companion_may_be_alike_everywhere() -> None:
    text = plain("a, weight: 1", "beside, counts: false")
    assert of_rule("L12", text, figures([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]])) == []
