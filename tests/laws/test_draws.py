"""Laws of the draws: any draw can be replayed alone, whatever is drawn; failures are counted, never dropped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from minping.errors import EvidenceError
from minping.indicators import compute
from minping.indicators.compute import figures_for
from minping.model.arrays import Floats
from minping.scoring import uncertainty
from minping.scoring.adjust import adjustments
from minping.scoring.basis import line_up, named_figures
from minping.scoring.plan import compile_plan
from minping.scoring.score import score
from minping.scoring.uncertainty import Situation, draw_scores, drawn_weights
from tests.laws.trees import METHODS, PERIODS, Case, make, numbers
from tests.made import flat, run, scheme, table

POLICIES = ("redistribute_within", "global", "zero", "carry", "peer_median", "worst", "interval")
EVERYTHING: dict[str, Any] = {
    "seed": 11,
    "normalise": ["minmax", "zscore", "rank", "percentile"],
    "aggregate": ["arithmetic", "geometric", "harmonic"],
    "missing": list(POLICIES),
}
SAFE = tuple(rule for rule in METHODS if rule["method"] in ("minmax", "goalposts", "zscore", "rank"))


def situation(case: Case) -> Situation:
    """What `evaluate` draws from."""
    plan, found, file = None, case.found, case.file
    values, figures = compute(file.scheme, found), figures_for(file.scheme, found)
    plan = compile_plan(file.scheme, found.bodies)
    named = named_figures(figures, found.bodies, values.at(PERIODS[-1]))
    basis, carried = (line_up(plan, values, figures, found.bodies, PERIODS[-1], carry=c) for c in (False, True))
    adjusted = adjustments(file.scheme, found.bodies.ids, (), PERIODS[-1], named)
    scores = score(basis, adjusted, {})
    return Situation(plan, basis, carried, adjusted, scores, file.scheme.uncertainty.seed)


def varied(number: int, weights: str = "band", se: float = 2.0, bodies: int = 40) -> Situation:
    rules = EVERYTHING | {"weights": {"method": weights, "concentration": 20}}
    case = make(number, uncertainty=rules, policies=POLICIES, methods=SAFE, se=se, most_bodies=bodies)
    try:
        case.evaluate()
    except EvidenceError:
        assume(False)
    return situation(case)


@pytest.mark.parametrize("weights", ["none", "band", "dirichlet"])
@given(number=numbers)
@settings(max_examples=12)
def test_a_draw_alone_gives_the_same_bits_as_among_all(weights: str, number: int) -> None:
    here = varied(number, weights)
    whole = draw_scores(here, range(60))
    for draw in (0, 7, 23, 59):
        alone = draw_scores(here, [draw])
        np.testing.assert_array_equal(alone.scores[0], whole.scores[draw])
        np.testing.assert_array_equal(alone.choices[0], whole.choices[draw])


def test_every_combination_of_alternatives_can_be_replayed_bit_for_bit() -> None:
    case = make(6, uncertainty=EVERYTHING, policies=("interval",), methods=SAFE, se=2.0, most_bodies=40)
    case.scheme["peers"] = {"method": "group"}
    here = situation(case)
    whole = draw_scores(here, range(700))
    combinations = {tuple(choice) for choice in whole.choices.tolist()}
    sizes = [len(options) for options in whole.alternatives.values()]
    assert len(combinations) > 0.9 * np.prod(sizes) and min(sizes) > 1
    assert len(here.plan.bodies) > 16 and here.basis.se.any()
    first = {tuple(choice): draw for draw, choice in reversed(list(enumerate(whole.choices.tolist())))}
    for draw in first.values():
        np.testing.assert_array_equal(draw_scores(here, [draw]).scores[0], whole.scores[draw])


@given(number=numbers, size=st.integers(1, 30))
@settings(max_examples=15)
def test_draws_do_not_depend_on_the_size_of_a_block(number: int, size: int) -> None:
    here = varied(number)
    whole = draw_scores(here, range(40))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uncertainty, "_BLOCK_CELLS", size * len(here.plan.bodies))
        np.testing.assert_array_equal(draw_scores(here, range(40)).scores, whole.scores)


@given(number=numbers)
@settings(max_examples=15)
def test_a_draw_in_which_nothing_is_drawn_is_the_score_itself(number: int) -> None:
    case = make(number, uncertainty={"weights": "none", "values": False}, policies=POLICIES[:-1])
    try:
        case.evaluate()
    except EvidenceError:
        assume(False)
    here = situation(case)
    draws = draw_scores(here, range(3))
    np.testing.assert_allclose(draws.scores[2], here.scores.score, rtol=1e-12)
    assert not draws.failures


@given(number=numbers)
@settings(max_examples=15)
def test_ranks_of_every_draw_run_from_one_and_intervals_hold_their_order(number: int) -> None:
    case = make(number, uncertainty=EVERYTHING | {"draws": 50}, policies=POLICIES, methods=SAFE, se=2.0)
    try:
        found = case.evaluate(draws=50)
    except EvidenceError:
        assume(False)
    intervals, scores = found.intervals, found.scores
    assume(intervals is not None and len(intervals.failures) < 50)
    assert intervals is not None
    scored = scores.scored
    assert (intervals.rank_lo[scored] >= 1).all() and (intervals.rank_hi[scored] <= scored.sum()).all()
    assert (intervals.rank_lo[scored] <= intervals.rank_hi[scored]).all()
    assert (intervals.score_lo[scored] <= intervals.score_hi[scored]).all()
    assert np.isnan(intervals.rank_lo[~scored]).all() and (intervals.tier[~scored] == 0).all()
    above = intervals.above[np.ix_(scored, scored)]
    np.testing.assert_allclose(above + above.T, 1.0, rtol=1e-12)


@given(number=numbers, method=st.sampled_from(["band", "dirichlet"]))
@settings(max_examples=30)
def test_drawn_weights_of_siblings_sum_to_one_and_nought_stays_nought(number: int, method: str) -> None:
    case = make(number, uncertainty={"weights": method})
    file = case.file
    plan = compile_plan(file.scheme, case.found.bodies)
    drawn = drawn_weights(plan, 3, np.arange(20))
    for body_type, weights in drawn.items():
        for inner in plan.inner:
            given_weights = [plan.weights[body_type][child] for child in inner.children]
            if sum(given_weights):
                total = sum(np.asarray(weights[child], dtype=np.float64) for child in inner.children)
                np.testing.assert_allclose(total, 1.0, rtol=1e-12)
            for child, weight in zip(inner.children, given_weights, strict=True):
                assert (np.asarray(weights[child]) == 0).all() == (weight == 0)


def weights_drawn(count: int, rule: str, draws: int) -> Floats:
    names = [f"i{at}" for at in range(count)]
    file = scheme(flat(*names, more=f"uncertainty: {{weights: {rule}}}\n"))
    plan = compile_plan(file.scheme, table({name: [1.0, 2.0] for name in names}).bodies)
    drawn = drawn_weights(plan, 5, np.arange(draws))[""]
    return np.concatenate([np.asarray(drawn[name]) for name in names], axis=1)


def test_dirichlet_weights_are_uniform_on_the_simplex_when_each_has_concentration_one() -> None:
    """ProMCDA draws weights that are not uniform; the margins of a uniform simplex are Beta(1, k - 1)."""
    drawn = weights_drawn(4, "{method: dirichlet, concentration: 4}", 20_000)
    np.testing.assert_allclose(drawn.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(drawn.mean(axis=0), 0.25, atol=0.006)
    np.testing.assert_allclose(drawn.var(axis=0), 0.25 * 0.75 / 5, rtol=0.04)
    for at in range(4):
        assert stats.kstest(drawn[:, at], stats.beta(1, 3).cdf).pvalue > 0.001
    # Dirichlet(1, 1, 1, 1) is also what is left of sorted uniform numbers: the least of four is Beta(1, 3) / 4
    assert stats.kstest(4 * drawn.min(axis=1), stats.beta(1, 3).cdf).pvalue > 0.001


def test_a_concentration_of_a_thousand_keeps_weights_near_the_given_ones() -> None:
    drawn = weights_drawn(5, "{method: dirichlet, concentration: 1000}", 2_000)
    np.testing.assert_allclose(drawn.std(axis=0), np.sqrt(0.2 * 0.8 / 1001), rtol=0.1)


def test_weights_drawn_in_a_band_stay_in_it() -> None:
    drawn = weights_drawn(3, "{method: band, band: 0.2}", 2_000)
    ratio = drawn[:, 0] / drawn[:, 1]
    assert ratio.max() < 1.2 / 0.8 and ratio.min() > 0.8 / 1.2
    assert ratio.max() > 1.4 and ratio.min() < 0.72


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    found = table({"a": [10.0, 20.0, 30.0], "b": [30.0, 15.0, 1.0]})
    one, again, other = (run(flat("a", "b"), found, draws=20, seed=seed).intervals for seed in (1, 1, 2))
    assert one is not None and again is not None and other is not None
    np.testing.assert_array_equal(one.draw_scores, again.draw_scores)
    assert (one.draw_scores != other.draw_scores).all()


def test_a_data_error_is_drawn_with_the_standard_error_that_the_evidence_gives() -> None:
    found = table({"a": [40.0, 60.0]}, se=3.0)
    intervals = run(flat("a", more="uncertainty: {weights: none}\n"), found, draws=4000).intervals
    assert intervals is not None
    np.testing.assert_allclose(intervals.draw_scores.mean(axis=0), [40, 60], atol=0.2)
    np.testing.assert_allclose(intervals.draw_scores.std(axis=0), 3.0, rtol=0.05)
    assert stats.kstest(intervals.draw_scores[:, 0], stats.norm(40, 3).cdf).pvalue > 0.001


def test_errors_of_indicators_and_of_bodies_are_independent() -> None:
    found = table({"a": [40.0, 60.0], "b": [40.0, 60.0]}, se=3.0)
    text = flat("a", "b", more="uncertainty: {weights: none}\n")
    intervals = run(text, found, draws=4000).intervals
    assert intervals is not None
    np.testing.assert_allclose(intervals.draw_scores.std(axis=0), 3.0 / np.sqrt(2), rtol=0.05)
    assert abs(np.corrcoef(intervals.draw_scores.T)[0, 1]) < 0.05


def test_failed_draws_are_counted_with_their_reason_and_enter_no_interval() -> None:
    """COINr's sensitivity analysis drops failed replications without a count."""
    more = "uncertainty: {weights: none, aggregate: [geometric], values: false}\n"
    found = table({"a": [-5.0, 50.0, 60.0], "b": [70.0, 50.0, 10.0]})
    evaluation = run(flat("a", "b", more=more), found, draws=100)
    intervals = evaluation.intervals
    assert intervals is not None
    assert 30 < len(intervals.failures) < 70
    assert all("geometric" in failure.reason_en and "geometric" in failure.reason_zh for failure in intervals.failures)
    failed = [failure.draw for failure in intervals.failures]
    assert np.isnan(intervals.draw_scores[failed]).all()
    assert np.isfinite(np.delete(intervals.draw_scores, failed, axis=0)).all()
    np.testing.assert_allclose(intervals.score_lo, evaluation.scores.score)
    listed = evaluation.table("draws").to_pydict()
    assert listed["factor"].count("failed_draw") == len(failed)


def test_where_every_draw_fails_there_is_no_interval_and_no_settled_grade() -> None:
    more = "uncertainty: {weights: none}\nmissing: {policy: redistribute_within}\n"
    more += "grades: {levels: [{id: good, title: g, at_least: 20}, {id: poor, title: p}]}\n"
    scheme_text = more + (
        "indicators:\n  - {id: a, title: a, direction: higher, weight: 1,"
        " normalise: {method: goalposts, floor: 1, target: 100, log: true}}\n"
    )
    found = table({"a": [1.5, *[50.0] * 40]}, se=1e9)
    evaluation = run(scheme_text, found, draws=30)
    intervals = evaluation.intervals
    assert intervals is not None and len(intervals.failures) == 30
    assert np.isnan(intervals.score_lo).all() and np.isnan(intervals.above).all()
    assert [proposal.grade for proposal in evaluation.grades] == ["poor", *["good"] * 40]
    assert all(np.isnan(proposal.probability) for proposal in evaluation.grades)


def test_bounded_cells_are_drawn_between_the_worst_and_the_best_points() -> None:
    found = table({"a": [np.nan, 60.0], "b": [50.0, 50.0]})
    more = "missing: interval\nuncertainty: {weights: none}\n"
    intervals = run(flat("a", "b", more=more), found, draws=3000).intervals
    assert intervals is not None
    assert stats.kstest(intervals.draw_scores[:, 0], stats.uniform(25, 50).cdf).pvalue > 0.001
    assert (intervals.draw_scores[:, 1] == 55.0).all()
