"""What is particular; that contributions sum up and the like stands in tests/laws/test_scores.py."""

from __future__ import annotations

import numpy as np

from minping.model.cells import State
from minping.model.evidence import Incident
from tests.made import Row, evidence, flat, run, table

NAN = float("nan")


def test_one_missing_figure_leaves_every_other_body_as_it_was() -> None:
    """pymcdm and pyDecision: one NaN makes every score NaN."""
    whole = run(flat("a", "b"), table({"a": [1.0, 2.0, 3.0], "b": [4.0, 5.0, 6.0]})).scores
    holed = run(flat("a", "b"), table({"a": [NAN, 2.0, 3.0], "b": [4.0, 5.0, 6.0]})).scores
    np.testing.assert_array_equal(holed.score[1:], whole.score[1:])
    assert holed.score[0] == 4.0


def test_every_mean_treats_a_gap_alike() -> None:
    """COINr's generalised mean returns NaN where its other means reweight."""
    for mean in ("arithmetic", "geometric", "harmonic", "{method: power, p: 2}"):
        found = run(flat("a", "b", more=f"aggregate: {mean}\n"), table({"a": [NAN, 2.0], "b": [4.0, 5.0]})).scores
        np.testing.assert_allclose(found.score[0], 4.0, rtol=1e-12)


def test_a_constant_indicator_under_bounds_of_its_own_is_no_fault() -> None:
    rule = "{method: goalposts, floor: 0, target: 10}"
    found = run(flat("a", "b", method=rule), table({"a": [5.0, 5.0], "b": [1.0, 2.0]})).scores
    np.testing.assert_allclose(found.score, [30, 35])


def test_direction_is_heeded() -> None:
    text = flat("a", method="minmax").replace("higher", "lower")
    assert run(text, table({"a": [1.0, 2.0, 5.0]})).scores.score.tolist() == [100, 75, 0]


def test_states_of_a_dimension_are_those_below_it() -> None:
    text = (
        "missing: zero\ndimensions:\n  - {id: d, title: d, weight: 1}\nindicators:\n"
        "  - {id: a, title: a, in: d, direction: higher, weight: 1, normalise: {method: goalposts, floor: 0, target: 5}}\n"
        "  - {id: b, title: b, direction: higher, weight: 1, normalise: given}\n"
    )
    found = run(text, table({"a": [9.0, NAN], "b": [1.0, 2.0]})).scores
    capped = State.OBSERVED | State.CAPPED
    assert found.state[0, found.column("d")] == capped and found.state[0, 0] == capped
    assert found.state[1, found.column("d")] == State.MISSING | State.PENALISED
    assert found.resting_on["capped"].tolist() == [0.5, 0]


def test_what_a_cap_takes_is_a_row_of_its_own_so_that_all_rows_sum_to_the_score() -> None:
    text = flat("a") + (
        "adjust:\n  deduct: [{id: d, title: d, when: {incident: k}, points: 5}]\n"
        "  caps: [{id: c, title: c, when: {incident: k}, score_at_most: 59}]\n"
    )
    incidents = [Incident("1", "b00", "2020-03-01", "k", "court")]
    found = run(text, table({"a": [90.0, 80.0]}, incidents=incidents)).scores
    assert found.before.tolist() == [90, 80] and found.score.tolist() == [59, 80]
    assert found.contribution[0].tolist() == [59, 90, -5, -26]
    assert found.contribution[1].tolist() == [80, 80, 0, 0]
    assert found.rank.tolist() == [2, 1]


def test_equal_scores_share_the_better_rank() -> None:
    assert run(flat("a"), table({"a": [0.3, 0.1 + 0.2, 0.1]})).scores.rank.tolist() == [1, 1, 3]


def test_a_period_with_little_evidence_is_no_history() -> None:
    rows = [Row(body, "2020", name, 5.0) for body in "pq" for name in "abc"]
    rows += [Row("p", "2019", "a", 1.0), Row("q", "2019", "a", 1.0)]
    rows += [Row(body, "2018", name, 1.0) for body in "pq" for name in "ab"]
    assert list(run(flat("a", "b", "c"), evidence(rows)).history) == ["2018", "2020"]
    found = run(flat("a", more="missing: global\n"), evidence(rows[:8]), period="2019")
    assert list(found.history) == ["2019", "2020"]
