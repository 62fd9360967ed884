from __future__ import annotations

import numpy as np
import pytest

from minping.model.cells import State
from minping.model.scores import Scores
from tests.made import run, table

NAN = float("nan")


def scored(policy: str, more: str = "", na: str = "") -> Scores:
    """Two dimensions of weight 60 and 40; a's figure is missing for the first body."""
    text = (
        f"missing: {{policy: {policy}{more}}}\n"
        "dimensions:\n  - {id: d, title: d, weight: 60}\n  - {id: e, title: e, weight: 40}\n"
        "indicators:\n"
        f"  - {{id: a, title: a, in: d, direction: higher, weight: 50, normalise: given{na}}}\n"
        "  - {id: b, title: b, in: d, direction: higher, weight: 50, normalise: given}\n"
        "  - {id: c, title: c, in: e, direction: higher, weight: 1, normalise: given}\n"
    )
    figures = {"a": [NAN, 20.0, 40.0, 90.0], "b": [80.0, 1.0, 1.0, 1.0], "c": [50.0, 1.0, 1.0, 1.0]}
    return run(text, table(figures)).scores


@pytest.mark.parametrize(
    ("policy", "score", "state"),
    [
        ("redistribute_within", 0.6 * 80 + 0.4 * 50, State.MISSING),
        ("global", (0.3 * 80 + 0.4 * 50) / 0.7, State.MISSING),
        ("zero", 0.3 * 80 + 0.4 * 50, State.MISSING | State.PENALISED),
        ("worst", 0.3 * 20 + 0.3 * 80 + 0.4 * 50, State.MISSING | State.PENALISED),
        ("peer_median", 0.3 * 40 + 0.3 * 80 + 0.4 * 50, State.MISSING | State.IMPUTED),
        ("interval", 0.3 * 50 + 0.3 * 80 + 0.4 * 50, State.MISSING | State.BOUNDED),
        ("carry", 0.6 * 80 + 0.4 * 50, State.MISSING),
        ("exclude", NAN, State.MISSING),
    ],
)
def test_each_policy_does_what_it_says(policy: str, score: float, state: State) -> None:
    found = scored(policy)
    np.testing.assert_allclose(found.score[0], score, rtol=1e-12)
    assert found.state[0, found.column("a")] == state
    assert found.scored[1:].all()


def test_effective_weights_show_where_the_weight_went() -> None:
    within, gone = scored("redistribute_within"), scored("global")
    at = [within.column(name) for name in ("a", "b", "c", "d", "e")]
    np.testing.assert_allclose(within.weight[0, at], [0, 0.6, 0.4, 0.6, 0.4])
    np.testing.assert_allclose(gone.weight[0, at], [0, 3 / 7, 4 / 7, 3 / 7, 4 / 7])
    np.testing.assert_allclose(within.weight[1, at], [0.3, 0.3, 0.4, 0.6, 0.4])


def test_the_share_that_a_policy_filled_is_told() -> None:
    assert scored("zero").resting_on["penalised"].tolist() == [0.3, 0, 0, 0]
    assert scored("peer_median").resting_on["imputed"].tolist() == [0.3, 0, 0, 0]
    assert scored("interval").resting_on["bounded"].tolist() == [0.3, 0, 0, 0]
    for policy in ("redistribute_within", "global"):
        np.testing.assert_allclose(scored(policy).resting_on["missing"], [0.3, 0, 0, 0])


def test_a_body_without_a_score_is_told_why_and_has_no_contributions() -> None:
    found = scored("exclude")
    assert [(body, en) for body, _, en in found.notes] == [(0, "a is missing: no score by the scheme")]
    assert np.isnan(found.contribution[0]).all() and np.isnan(found.rank[0])
    assert found.rank[1:].tolist() == [3, 2, 1]


@pytest.mark.parametrize("policy", ["redistribute_within", "zero", "interval", "global"])
def test_a_body_with_too_much_missing_gets_no_score(policy: str) -> None:
    found = scored(policy, ", max_share: 0.29")
    assert np.isnan(found.score[0]) and found.scored[1:].all()
    assert np.isnan(found.contribution[0]).all() and not np.isnan(found.contribution[1:]).any()
    assert "30% of the weight is missing" in found.notes[0][2] and "30%" in found.notes[0][1]
    assert scored(policy, ", max_share: 0.3").scored.all()


def test_what_does_not_apply_is_not_missing() -> None:
    na = ", not_applicable: {policy: redistribute_within, bodies: [b00]}"
    found = scored("exclude", ", max_share: 0.1", na)
    assert found.scored.all()
    np.testing.assert_allclose(found.score[0], 68)
    assert found.resting_on["missing"].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("policy", "score"), [("redistribute_within", 68.0), ("global", 44 / 0.7), ("zero", 44.0), ("exclude", NAN)]
)
def test_what_does_not_apply_has_a_policy_of_its_own(policy: str, score: float) -> None:
    found = scored("worst", na=f", not_applicable: {{policy: {policy}, bodies: [b00]}}")
    np.testing.assert_allclose(found.score[0], score, rtol=1e-12)


def test_an_indicator_may_have_a_policy_of_its_own() -> None:
    np.testing.assert_allclose(scored("exclude", na=", missing: zero").score[0], 44)


def test_a_missing_figure_that_weighs_nothing_for_the_type_excludes_nobody() -> None:
    text = (
        "missing: exclude\nsubjects: {types: {t: {title: t}, u: {title: u}}}\nindicators:\n"
        "  - {id: a, title: a, direction: higher, weight: {t: 0, u: 1}, normalise: given}\n"
        "  - {id: b, title: b, direction: higher, weight: 1, normalise: given}\n"
    )
    found = run(text, table({"a": [NAN, 20.0, NAN], "b": [30.0, 40.0, 50.0]}, types=["t", "u", "u"])).scores
    np.testing.assert_allclose(found.score, [30, 30, np.nan])


def test_a_cell_with_nobody_to_learn_from_gives_its_weight_to_its_siblings() -> None:
    text = (
        "missing: peer_median\npeers: {method: group}\nindicators:\n"
        "  - {id: a, title: a, direction: higher, weight: 1, normalise: given}\n"
        "  - {id: b, title: b, direction: higher, weight: 1, normalise: given}\n"
    )
    found = run(text, table({"a": [NAN, NAN, 5.0], "b": [10.0, 20.0, 30.0]}, groups=["g", "g", "h"])).scores
    np.testing.assert_allclose(found.score, [10, 20, 17.5])
