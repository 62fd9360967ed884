"""Weights that count other than they were given."""

from __future__ import annotations

import pytest

from tests.scheme.lint.schemes import figures, of_rule, plain

ALIKE = [[1.0, 2.0, 3.0]]


@pytest.mark.parametrize(("share", "told"), [(0.499, 0), (0.501, 1), (0.301, 0), (0.299, 1)])  # fmt: skip
def test_a_quarter_more_or_less_than_given_is_told(share: float, told: int) -> None:
    text = plain("a, weight: 40", "b, weight: 60")
    found = of_rule("L13", text, figures(ALIKE * 2, effective=[share, 0.6]))
    assert [(one.level, one.place.column, one.place.row) for one in found] == [("warning", "indicators.a", 6)] * told


@pytest.mark.parametrize(("share", "told"), [(0.0199, 0), (0.0201, 1), (0.0, 0)])
def test_a_small_weight_may_be_off_by_one_per_cent_of_the_whole(share: float, told: int) -> None:
    text = plain("a, weight: 1", "b, weight: 99")
    assert len(of_rule("L13", text, figures(ALIKE * 2, effective=[share, 0.99]))) == told


def test_both_weights_are_said() -> None:
    (one,) = of_rule("L13", plain("a, weight: 40", "b, weight: 60"), figures(ALIKE * 2, effective=[0.1, 0.6]))
    assert one.found.en == "a: nominal weight 40.0%, mean effective weight 10.0%"
    assert "40.0%" in one.found.zh and "10.0%" in one.found.zh


def test_it_is_the_mean_over_the_bodies_that_is_compared() -> None:
    found = figures(ALIKE * 2, effective=[0.4, 0.6])
    found.effective[:, 0] = [0.0, 0.4, 0.8]
    assert of_rule("L13", plain("a, weight: 40", "b, weight: 60"), found) == []


def test_companions_have_no_weight_to_be_off() -> None:
    text = plain("beside, counts: false", "a, weight: 1")
    assert of_rule("L13", text, figures(ALIKE * 2, effective=[0.5, 1.0])) == []
