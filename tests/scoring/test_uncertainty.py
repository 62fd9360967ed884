"""What is particular; that draws can be replayed and the like stands in tests/laws/test_draws.py."""

from __future__ import annotations

import numpy as np
import pytest

from minping.model.evidence import Evidence
from minping.scoring.uncertainty import OWN, alternatives_of, stream
from tests.made import Row, evidence, flat, run, scheme, table

TREE = """\
aggregate: arithmetic
missing: zero
uncertainty:
  normalise: [minmax, zscore, minmax]
  aggregate: [arithmetic, geometric]
  aggregate_at: all
  missing: [zero, worst]
"""


@pytest.fixture
def found() -> Evidence:
    return table({"a": [10.0, 50.0, 30.0, 70.0], "b": [40.0, 20.0, 90.0, 10.0]})


def test_the_own_choice_stands_first_and_no_alternative_twice() -> None:
    assert alternatives_of(scheme(TREE + flat("a", method="minmax")).scheme) == {
        "normalise": (OWN, "zscore"),
        "aggregate": (OWN, "geometric"),
        "missing": (OWN, "worst"),
    }


def test_what_only_a_part_of_the_scheme_does_is_an_alternative_for_the_rest() -> None:
    text = TREE + "dimensions:\n  - {id: d, title: d, weight: 1, aggregate: geometric}\n"
    text += flat("a", "b", method="minmax").replace("id: a,", "id: a, in: d, missing: worst,")
    text = text.replace(
        "id: b, title: b, direction: higher, weight: 1.0, normalise: minmax",
        "id: b, title: b, direction: higher, weight: 1.0, normalise: given",
    )
    assert alternatives_of(scheme(text).scheme) == {
        "normalise": (OWN, "minmax", "zscore"),
        "aggregate": (OWN, "arithmetic", "geometric"),
        "missing": (OWN, "zero", "worst"),
    }


def test_random_numbers_of_a_factor_and_a_draw_are_always_the_same_and_no_others() -> None:
    np.testing.assert_array_equal(stream(1, 2, 3).random(4), stream(1, 2, 3).random(4))
    assert len({stream(1, 2, draw).random() for draw in range(200)}) == 200
    others = [stream(2, 2, 3), stream(1, 1, 3), stream(1, 2, 4)]
    assert all((other.random(4) != stream(1, 2, 3).random(4)).all() for other in others)


def test_choices_are_drawn_evenly(found: Evidence) -> None:
    more = "uncertainty: {weights: none, aggregate: [geometric, harmonic]}\n"
    intervals = run(flat("a", "b", more=more), found, draws=3000).intervals
    assert intervals is not None
    _, counts = np.unique(intervals.draw_scores.round(6), axis=0, return_counts=True)
    assert len(counts) == 3 and counts.min() > 900


NESTED = """\
dimensions: [{id: d, title: d, weight: 1}]
indicators:
  - {id: a, in: d, title: a, direction: higher, weight: 1, normalise: given}
  - {id: b, in: d, title: b, direction: higher, weight: 1, normalise: given}
  - {id: c, title: c, direction: higher, weight: 1, normalise: given}
"""


@pytest.mark.parametrize(("at", "within"), [("total", 5.0), ("all", 4.0)])  # a mean of 2 and 8: arithmetic, geometric
def test_the_mean_is_drawn_for_the_total_or_on_every_level(at: str, within: float) -> None:
    more = f"uncertainty: {{weights: none, aggregate: [geometric], aggregate_at: {at}}}\n"
    figures = {"a": [2.0, 1.0], "b": [8.0, 1.0], "c": [9.0, 1.0]}
    intervals = run(more + NESTED, table(figures), draws=60).intervals
    assert intervals is not None
    np.testing.assert_allclose(np.unique(intervals.draw_scores[:, 0].round(9)), sorted([7.0, (within * 9.0) ** 0.5]))


def test_another_normalisation_has_the_mean_and_spread_of_the_own_scores(found: Evidence) -> None:
    more = "points: {low: 60, high: 100}\nuncertainty: {weights: none, normalise: [rank]}\n"
    evaluation = run(flat("a", "b", more=more), found, draws=50)
    assert evaluation.intervals is not None
    own = evaluation.scores.score
    np.testing.assert_allclose(evaluation.intervals.draw_scores.mean(axis=1), own.mean(), rtol=1e-12)
    np.testing.assert_allclose(evaluation.intervals.draw_scores.std(axis=1), own.std(), rtol=1e-12)
    assert len(np.unique(evaluation.intervals.draw_scores.round(9), axis=0)) == 2


def test_progress_is_told_to_the_end(found: Evidence) -> None:
    told: list[tuple[int, int]] = []
    more = "uncertainty: {aggregate: [geometric]}\n"
    run(flat("a", "b", more=more), found, draws=30, progress=lambda done, whole: told.append((done, whole)))
    assert told[-1] == (30, 30) and [done for done, _ in told] == sorted(done for done, _ in told)


def test_values_are_left_alone_where_the_scheme_says_so() -> None:
    more = "uncertainty: {weights: none, values: false}\n"
    intervals = run(flat("a", more=more), table({"a": [1.0, 2.0]}, se=1.0), draws=5).intervals
    assert intervals is not None and (intervals.draw_scores == [1.0, 2.0]).all()


@pytest.mark.parametrize("rule", ["exclude", "{policy: zero, max_share: 0.2}"])
def test_a_body_without_a_score_has_none_in_any_draw(rule: str) -> None:
    figures = {"a": [np.nan, 2.0, 3.0], "b": [1.0, 5.0, 4.0]}
    evaluation = run(flat("a", "b", more=f"missing: {rule}\n"), table(figures), draws=20)
    assert evaluation.intervals is not None
    assert np.isnan(evaluation.intervals.draw_scores[:, 0]).all() and not evaluation.intervals.failures
    assert set(np.unique(evaluation.intervals.rank_hi[1:])) <= {1.0, 2.0}


def test_each_policy_for_what_is_missing_is_an_alternative_of_its_own() -> None:
    rows = [
        Row("p", "2019", "a", 10.0),
        Row("p", "2020", "b", 50.0),
        Row("q", "2020", "a", 60.0),
        Row("q", "2020", "b", 20.0),
    ]
    more = "missing: redistribute_within\nuncertainty: {weights: none, missing: [carry, zero, worst]}\n"
    intervals = run(flat("a", "b", more=more), evidence(rows), draws=200).intervals
    assert intervals is not None
    # redistributed: b alone; carried: (10 + 50) / 2; nought: 50 / 2; the worst of the peers: (60 + 50) / 2
    assert set(intervals.draw_scores[:, 0].tolist()) == {50.0, 30.0, 25.0, 55.0}
