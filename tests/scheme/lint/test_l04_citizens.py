"""Ratings by citizens that stand near their top for nearly every body."""

from __future__ import annotations

import numpy as np
import pytest

from minping.scheme.lint.l04_citizens import citizens
from minping.scheme.read import parse_scheme
from tests.scheme.lint.schemes import GOOD, changed, figures, of_rule, plain

RATED = plain("a, weight: 1, tags: [citizen], possible: [0, 100]")
TOP, BELOW = 95.0, 94.9


def test_the_top_twentieth_of_the_possible_range_holds_nearly_all() -> None:
    at_the_limit = [TOP] * 19 + [BELOW]
    (one,) = of_rule("L4", RATED, figures([at_the_limit]))
    assert (one.level, one.place.column, one.place.row) == ("warning", "indicators.a", 6)
    assert "95%" in one.found.zh and "95% of the bodies" in one.found.en
    assert of_rule("L4", RATED, figures([[TOP] * 18 + [BELOW] * 2])) == []


@pytest.mark.parametrize(("count", "told"), [(4, 0), (5, 1)])
def test_fewer_than_five_bodies_tell_nothing_of_a_rating(count: int, told: int) -> None:
    assert len(of_rule("L4", RATED, figures([[TOP] * count + [np.nan]]))) == told


@pytest.mark.parametrize("possible", ["", ", possible: [null, 100]", ", possible: [0, null]"])
def test_a_rating_without_a_possible_range_is_not_looked_at(possible: str) -> None:
    text = plain(f"a, weight: 1, tags: [citizen]{possible}")
    assert of_rule("L4", text, figures([[TOP] * 9])) == []


def test_what_no_citizen_says_may_stand_at_the_top() -> None:
    text = plain("a, weight: 1, possible: [0, 100]", "b, weight: 1, tags: [citizen]")
    assert of_rule("L4", text, figures([[TOP] * 9, range(9)])) == []


def test_types_of_bodies_where_citizens_do_not_weigh_are_named() -> None:
    text = changed(
        ("direction: higher, weight: 100", "direction: higher, weight: {urban: 100, eco: 0}"),
        ("  - {id: debt", "  - {id: safe, title: 安全, in: people, direction: higher, weight: {urban: 0, eco: 100}, normalise: minmax}\n  - {id: debt"),
    )  # fmt: skip
    assert [one.found.en for one in of_rule("L4", text)] == ["citizens' ratings have no weight (eco)"]
    assert list(citizens(parse_scheme(GOOD).scheme, None)) == []
