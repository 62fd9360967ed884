"""What is particular; the laws that every mean keeps stand in tests/laws/test_means.py."""

from __future__ import annotations

import numpy as np
import pytest

from minping.scoring.aggregate import MEANS, Branch, combine, leaf, roll_up, shares
from minping.scoring.plan import Inner
from tests.made import flat, run, table

NOWHERE = np.zeros(2, dtype=np.bool_)


def here(*points: float) -> Branch:
    return leaf(np.array(points), NOWHERE, NOWHERE)


@pytest.mark.parametrize(
    ("method", "exponent", "wanted"),
    [
        ("arithmetic", None, 0.25 * 10 + 0.75 * 90),
        ("geometric", None, 10**0.25 * 90**0.75),
        ("harmonic", None, 1 / (0.25 / 10 + 0.75 / 90)),
        ("power", 2.0, (0.25 * 100 + 0.75 * 8100) ** 0.5),
        ("power", -2.0, (0.25 / 100 + 0.75 / 8100) ** -0.5),
    ],
)
def test_each_mean_by_its_formula(method: str, exponent: float | None, wanted: float) -> None:
    found = combine(Inner("total", ("a", "b"), method, exponent), [here(10, 10), here(90, 90)], [0.25, 0.75])
    np.testing.assert_allclose(found.points, wanted, rtol=1e-12)


@pytest.mark.parametrize(("method", "exponent"), [("harmonic", None), ("geometric", None), ("power", -1.0)])
def test_where_a_zero_makes_the_whole_zero_contributions_are_zero_and_nothing_is_undefined(
    method: str, exponent: float | None
) -> None:
    node, branches = Inner("total", ("a", "b"), method, exponent), [here(0, 0), here(90, 0)]
    whole = combine(node, branches, [0.5, 0.5]).points
    np.testing.assert_array_equal(whole, [0, 0])
    parts = shares(node, branches, [0.5, 0.5], whole)
    np.testing.assert_allclose(sum(part.points for part in parts), 1.0)


def test_a_mean_of_negative_points_is_undefined_where_it_has_no_meaning() -> None:
    assert np.isnan(combine(Inner("t", ("a", "b"), "geometric", None), [here(-1, 4), here(4, 4)], [0.5, 0.5]).points[0])


def test_every_node_has_a_mean_of_its_own() -> None:
    inner = [Inner("d", ("a", "b"), "geometric", None), Inner("total", ("d", "c"), "harmonic", None)]
    leaves = {"a": here(0, 2), "b": here(10, 8), "c": here(15, 15)}
    found = roll_up(inner, leaves, {"a": 0.5, "b": 0.5, "d": 0.5, "c": 0.5})
    np.testing.assert_allclose(found["d"].points, [0, 4], rtol=1e-12)
    np.testing.assert_allclose(found["total"].points, [0, 2 / (1 / 4 + 1 / 15)], rtol=1e-12)


def test_a_node_of_which_nothing_is_there_gives_its_weight_to_its_siblings() -> None:
    inner = [Inner("d", ("a", "b"), "arithmetic", None), Inner("total", ("d", "c"), "arithmetic", None)]
    gone = np.array([True, False])
    leaves = {"a": leaf(np.array([np.nan, 10.0]), gone, NOWHERE), "b": leaf(np.array([np.nan, 20.0]), gone, NOWHERE)}
    found = roll_up(inner, leaves | {"c": here(50, 50)}, {"a": 0.5, "b": 0.5, "d": 0.5, "c": 0.5})
    np.testing.assert_allclose(found["total"].points, [50, 32.5])


def test_no_total_on_purpose() -> None:
    found = run(flat("a", "b", more="aggregate: none\n"), table({"a": [1.0, 2.0], "b": [3.0, 4.0]}), draws=10)
    assert np.isnan(found.scores.score).all() and np.isnan(found.scores.contribution).all()
    assert found.scores.points[:, found.scores.column("a")].tolist() == [1, 2]
    assert found.intervals is None and found.scores.notes == ()


def test_a_mean_that_is_undefined_for_a_body_is_told() -> None:
    found = run(flat("a", "b", more="aggregate: geometric\n"), table({"a": [-1.0, 2.0], "b": [3.0, 4.0]})).scores
    assert np.isnan(found.score[0]) and found.scored[1]
    assert "no score" in found.notes[0][2] and "不计总分" in found.notes[0][1]


@pytest.mark.parametrize("name", MEANS)
def test_every_mean_says_itself_in_both_languages(name: str) -> None:
    said = MEANS[name].in_words.fill(p=2)
    assert said.zh and said.en and said.zh != said.en
