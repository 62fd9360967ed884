from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.stats.ranks import among_last, competition_ranks, fast_competition_ranks, fractional_ranks

columns = st.lists(st.integers(0, 6), min_size=1, max_size=12).map(lambda numbers: np.array(numbers, dtype=np.float64))


@pytest.mark.parametrize("ties", ["min", "average"])
@given(values=columns)
def test_ranks_are_those_of_scipy(ties: str, values: np.ndarray) -> None:
    np.testing.assert_array_equal(fractional_ranks(values, ties), stats.rankdata(values, method=ties))


@given(values=columns, at=st.integers(0, 11))
def test_a_missing_value_has_no_rank_and_is_not_counted(values: np.ndarray, at: int) -> None:
    at %= len(values)
    holed = values.copy()
    holed[at] = np.nan
    ranks = fractional_ranks(holed)
    assert np.isnan(ranks[at])
    np.testing.assert_array_equal(np.delete(ranks, at), stats.rankdata(np.delete(values, at), method="min"))


@given(rows=st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=1, max_size=6), at=st.integers(0, 4))
def test_whole_number_ranks_of_many_rows_are_those_of_each_row(rows: list[list[int]], at: int) -> None:
    scores = np.array(rows, dtype=np.float64)
    scores[0, at] = np.nan
    for row, ranks in zip(scores, fast_competition_ranks(scores), strict=True):
        np.testing.assert_array_equal(np.nan_to_num(competition_ranks(row)).astype(int), ranks)


def test_ranks_of_many_rows_do_not_depend_on_blocks() -> None:
    scores = np.random.default_rng(0).integers(0, 40, (300, 1000)).astype(np.float64)
    whole = fast_competition_ranks(scores)
    np.testing.assert_array_equal(whole[-1], fast_competition_ranks(scores[-1:])[0])
    np.testing.assert_array_equal(whole, len(scores[0]) + 1 - stats.rankdata(scores, method="max", axis=1))


def test_scores_that_differ_by_rounding_only_tie() -> None:
    np.testing.assert_array_equal(competition_ranks(np.array([0.1 + 0.2, 0.3, 0.9])), [2, 2, 1])
    np.testing.assert_array_equal(competition_ranks(np.array([0.1 + 0.2, 0.3]), decimals=None), [1, 2])
    np.testing.assert_array_equal(fast_competition_ranks(np.array([[0.1 + 0.2, 0.3]])), [[1, 1]])


SCORES = st.lists(st.lists(st.integers(0, 4), min_size=13, max_size=13), min_size=1, max_size=6)


@given(rows=SCORES, share=st.sampled_from([0.1, 0.25, 0.5, 1.0]), missing=st.integers(0, 12))
def test_the_chances_of_the_last_places_add_to_their_number(rows: list[list[int]], share: float, missing: int) -> None:
    scores = np.array(rows, dtype=np.float64)
    scores[:, :missing] = np.nan
    found = among_last(fast_competition_ranks(scores), share)
    assert np.isnan(found[:missing]).all() and (found[missing:] >= 0).all() and (found[missing:] <= 1 + 1e-12).all()
    assert found[missing:].sum() == pytest.approx(np.ceil(share * (13 - missing) - 1e-9))


@given(rows=SCORES)
def test_who_ties_shares_the_places_as_if_ties_were_broken_by_lot(rows: list[list[int]]) -> None:
    scores = np.array(rows, dtype=np.float64)
    plain = np.zeros(13)
    for row in scores:
        worst = np.argsort(row, kind="stable")
        border = row[worst[1]]  # two places of thirteen
        surely = row < border
        plain += np.where(surely, 1.0, np.where(row == border, (2 - surely.sum()) / (row == border).sum(), 0.0))
    np.testing.assert_allclose(among_last(fast_competition_ranks(scores)), plain / len(scores))


def test_without_draws_nothing_is_known_of_the_last_places() -> None:
    assert np.isnan(among_last(np.zeros((0, 3), dtype=np.uint32))).all()
