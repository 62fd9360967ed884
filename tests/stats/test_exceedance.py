"""Tails of counts, against sums over all outcomes."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from minping.stats.exceedance import (
    LEAST,
    best_of,
    fewer_than_chance,
    fewer_than_drawn,
    more_than_dealt,
    more_than_drawn,
    more_than_expected,
)


def chosen(found: range, size: int, marked: int, whole: int) -> float:
    return sum(comb(marked, at) * comb(whole - marked, size - at) for at in found) / comb(whole, size)


@pytest.mark.parametrize("found", [0, 3, 7])
def test_drawn_tails_are_sums_over_outcomes(found: int) -> None:
    size, marked, whole = 12, 7, 30
    given = [np.array([float(figure)]) for figure in (found, size, marked, whole)]
    assert more_than_drawn(*given)[0] == pytest.approx(chosen(range(found, 8), size, marked, whole))
    assert fewer_than_drawn(*given)[0] == pytest.approx(chosen(range(found + 1), size, marked, whole))


def test_where_nothing_was_drawn_there_is_no_tail() -> None:
    nothing, one = np.array([0.0]), np.array([1.0])
    assert np.isnan(more_than_drawn(nothing, nothing, one, one)[0])
    assert np.isnan(more_than_expected(nothing, nothing, one)[0])
    assert np.isnan(fewer_than_chance(nothing, nothing, one)[0])


def test_unequal_chances_stay_below_the_bound() -> None:
    chances = np.array([0.01, 0.02, 0.3, 0.4, 0.05, 0.02])
    outcomes = np.zeros(7)
    outcomes[0] = 1.0
    for chance in chances:
        outcomes[1:] = outcomes[1:] * (1 - chance) + outcomes[:-1] * chance
        outcomes[0] *= 1 - chance
    for found in range(7):
        bound = more_than_expected(np.array([float(found)]), np.array([6.0]), np.array([chances.sum()]))[0]
        assert bound >= outcomes[found:].sum() - 1e-12
    assert bound < 0.001


def test_fewer_by_chance_is_the_binomial() -> None:
    expected = 0.7**10 + 10 * 0.3 * 0.7**9
    assert fewer_than_chance(np.array([1.0]), np.array([10.0]), np.array([0.3]))[0] == pytest.approx(expected)


def test_the_best_pays_for_all_it_was_chosen_from() -> None:
    p, group = np.array([0.01, 0.2, np.nan, 0.4]), np.array([0, 0, 0, 2])
    np.testing.assert_allclose(best_of(p, group, 3), [0.02, np.nan, 0.4])
    np.testing.assert_allclose(best_of(p, group, 3, tests=10), [0.1, np.nan, 1.0])


def test_strata_dealt_apart_add_up_as_all_their_outcomes_do() -> None:
    size, marked, whole = np.array([[3.0, 2.0, 0.0]]), np.array([[4.0, 1.0, 3.0]]), np.array([[9.0, 5.0, 4.0]])
    outcomes: dict[int, float] = {}
    for one in range(4):
        for other in range(2):
            chance = chosen(range(one, one + 1), 3, 4, 9) * chosen(range(other, other + 1), 2, 1, 5)
            outcomes[one + other] = outcomes.get(one + other, 0.0) + chance
    for found in range(5):
        wanted = sum(chance for total, chance in outcomes.items() if total >= found)
        assert more_than_dealt(np.array([float(found)]), size, marked, whole)[0] == pytest.approx(wanted, abs=2e-14)


def test_one_stratum_dealt_is_fishers_test_and_many_rows_go_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    whole = random.integers(20, 90, 50).astype(float)
    size, marked = np.floor(whole * random.random(50)), np.floor(whole * random.random(50))
    found = np.floor(np.minimum(size, marked) * random.random(50))
    wanted = more_than_drawn(found, size, marked, whole)
    monkeypatch.setattr("minping.stats.exceedance._MOST_CELLS", 500)
    told = more_than_dealt(found, size[:, None], marked[:, None], whole[:, None])
    np.testing.assert_allclose(told, wanted, atol=1e-13)
    assert told.min() >= LEAST
    assert np.isnan(more_than_dealt(np.zeros(1), np.zeros((1, 2)), np.ones((1, 2)), np.ones((1, 2)))[0])
