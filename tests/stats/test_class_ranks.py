"""Ranks within classes against plain counting."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from minping.stats.class_ranks import class_percentiles, class_scores

VALUES = st.lists(st.tuples(st.sampled_from([1.0, 2.0, 3.0, 5.5, np.nan]), st.integers(-1, 2)), max_size=25)


@given(VALUES)
def test_every_share_is_that_of_a_plain_count_among_the_others(rows: list[tuple[float, int]]) -> None:
    values, group = np.array([value for value, _ in rows]), np.array([home for _, home in rows], dtype=np.int64)
    share, others = class_percentiles(values, group, 3)
    for at, (value, home) in enumerate(rows):
        peers = [v for i, (v, g) in enumerate(rows) if i != at and g == home and not np.isnan(v)]
        if np.isnan(value) or home < 0:
            assert np.isnan(share[at]) and others[at] == 0
            continue
        assert others[at] == len(peers)
        if not peers:
            assert np.isnan(share[at])
            continue
        wanted = sum((peer < value) + 0.5 * (peer == value) for peer in peers) / len(peers)
        assert share[at] == wanted


def test_scores_are_those_of_the_first_class_that_is_large_enough() -> None:
    values = np.array([5.0, 1.0, 3.0, 2.0, 2.0, np.nan, 7.0])
    fine, coarse = np.array([0, 0, 0, 1, 1, 1, -1]), np.zeros(7, dtype=np.int64)
    found = class_scores(values, (fine, coarse), 2)
    own = stats.norm.ppf(np.array([3, 1, 2]) / 4)
    whole = stats.norm.ppf(np.array([2.5, 2.5, np.nan, 6]) / 7)
    np.testing.assert_allclose(found, [*own, *whole])
    assert np.isnan(class_scores(values, (fine, coarse), 6)).all()
