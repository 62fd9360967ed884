"""Spherical k-means: against plain loops, and groups that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from minping.stats.spherical import adjusted_rand, inverse_frequency, spherical_means, stability, weighted

LABELS = st.lists(st.integers(0, 3), min_size=2, max_size=12)


def topics(count: int, groups: int, seed: int) -> tuple[csr_array, np.ndarray]:
    """Texts of eight words each, six of them from their group's ten, two from ten that all use."""
    random = np.random.default_rng(seed)
    of = random.integers(groups, size=count)
    own = 10 * of[:, None] + random.integers(10, size=(count, 6))
    words = np.hstack([own, 10 * groups + random.integers(10, size=(count, 2))])
    rows = np.repeat(np.arange(count), 8)
    table = csr_array((np.ones(rows.size), (rows, words.ravel())), shape=(count, 10 * groups + 10))
    table.sum_duplicates()
    return table, of


def unit_rows(table: csr_array) -> csr_array:
    return weighted(table, inverse_frequency(np.bincount(table.indices, minlength=table.shape[1]), table.shape[0]))


def test_weights_are_those_of_the_formula_word_by_word() -> None:
    table = csr_array(np.array([[3.0, 1, 0], [0, 1, 0], [0, 0, 0]]))
    idf = inverse_frequency(np.array([1, 2, 0]), 3)
    assert idf == pytest.approx([math.log(4 / 2) + 1, math.log(4 / 3) + 1, math.log(4 / 1) + 1])
    first = np.array([(1 + math.log(3)) * idf[0], idf[1], 0])
    assert weighted(table, idf).toarray() == pytest.approx(
        np.array([first / np.linalg.norm(first), [0, 1, 0], [0, 0, 0]])
    )


@given(LABELS, st.randoms())
@settings(deadline=None, max_examples=80)
def test_adjusted_rand_counts_pairs(one: list[int], random: object) -> None:
    other = list(one)
    random.shuffle(other)  # type: ignore[attr-defined]
    pairs = [(i, j) for i in range(len(one)) for j in range(i)]
    same = [(one[i] == one[j], other[i] == other[j]) for i, j in pairs]
    a, b, both = (sum(flags) for flags in ([s for s, _ in same], [t for _, t in same], [s and t for s, t in same]))
    expected = a * b / len(pairs)
    top = (a + b) / 2 - expected
    found = adjusted_rand(np.array(one), np.array(other))
    assert found == pytest.approx(1.0 if top == 0 else (both - expected) / top)
    assert adjusted_rand(np.array(one), np.array(one)) == 1.0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_known_groups_are_found(seed: int) -> None:
    table, of = topics(600, 5, seed)
    found = spherical_means(unit_rows(table), 5, np.random.default_rng(seed))
    assert adjusted_rand(found.of, of) > 0.95
    assert np.linalg.norm(found.centres, axis=1) == pytest.approx(np.ones(5))


def test_no_text_is_nearer_to_another_centre_and_centres_are_the_direction_of_their_texts() -> None:
    rows = unit_rows(topics(200, 4, 9)[0])
    found = spherical_means(rows, 4, np.random.default_rng(1), starts=2)
    dense = rows.toarray()
    near = dense @ found.centres.T
    assert (near.argmax(axis=1) == found.of).all() and found.within == pytest.approx(near.max(axis=1).sum())
    for group in range(4):
        direction = dense[found.of == group].sum(axis=0)
        assert found.centres[group] == pytest.approx(direction / np.linalg.norm(direction))


def test_the_same_seed_gives_the_same_groups_and_more_starts_are_no_worse() -> None:
    rows = unit_rows(topics(150, 6, 3)[0])
    one, two = (spherical_means(rows, 6, np.random.default_rng(5), starts=3) for _ in range(2))
    assert (one.of == two.of).all() and (one.centres == two.centres).all()
    assert spherical_means(rows, 6, np.random.default_rng(5), starts=9).within >= one.within


def test_as_many_groups_as_there_are_is_the_most_stable() -> None:
    rows = unit_rows(topics(500, 5, 2)[0])
    agreed = {groups: stability(rows, groups, np.random.default_rng(1)) for groups in range(2, 9)}
    assert max(agreed, key=lambda groups: agreed[groups]) == 5 and agreed[5] > 0.95


def test_equal_texts_are_dealt_with_and_too_many_groups_are_refused() -> None:
    rows = unit_rows(csr_array(np.array([[1.0, 0]] * 4)))
    assert spherical_means(rows, 3, np.random.default_rng(1)).within == pytest.approx(4)
    with pytest.raises(ValueError, match="5 groups of 4 rows"):
        spherical_means(rows, 5, np.random.default_rng(1))
