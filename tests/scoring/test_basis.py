from __future__ import annotations

import numpy as np

from minping.model.cells import State
from minping.scoring.evaluation import Evaluation
from tests.made import Row, evidence, flat, run

ROWS = [
    Row("p", "2018", "x", 10.0, se=1.5),
    Row("p", "2019", "y", 20.0),
    Row("p", "2020", "y", 20.0),
    Row("q", "2018", "x", 70.0),
    Row("q", "2019", "x", 80.0),
    Row("q", "2020", "x", 90.0),
    Row("q", "2020", "y", 40.0),
]


def carrying(more: str = "", draws: int = 0) -> Evaluation:
    return run(flat("x", "y", more=f"missing: carry\n{more}"), evidence(ROWS), period="2020", draws=draws)


def test_a_gap_is_carried_from_the_latest_period_that_has_a_figure_even_two_back() -> None:
    found = carrying().scores
    at = found.column("x")
    assert found.points[0, at] == 10.0
    assert found.state[0, at] == State.CARRIED
    assert found.resting_on["carried"].tolist() == [0.5, 0.0]
    assert found.score.tolist() == [15.0, 65.0]


def test_of_several_earlier_figures_the_latest_is_carried() -> None:
    rows = [*ROWS, Row("p", "2017", "x", 1.0), Row("p", "2019", "x", 15.0)]
    found = run(flat("x", "y", more="missing: carry\n"), evidence(rows), period="2020").scores
    assert found.points[0, found.column("x")] == 15.0


def test_a_carried_figure_brings_its_standard_error_along() -> None:
    intervals = carrying("uncertainty: {weights: none}\n", draws=2000).intervals
    assert intervals is not None
    np.testing.assert_allclose(intervals.draw_scores[:, 0].std(), 0.75, rtol=0.06)
    assert intervals.draw_scores[:, 1].std() == 0.0


def test_nothing_is_carried_back_from_a_later_period() -> None:
    found = run(flat("x", "y", more="missing: carry\n"), evidence(ROWS), period="2019").scores
    assert np.isnan(found.points[1, found.column("y")])
    assert found.state[1, found.column("y")] == State.MISSING


def test_what_does_not_apply_is_not_carried() -> None:
    text = flat("x", "y", more="missing: carry\n").replace(
        "id: x,", "id: x, not_applicable: {policy: redistribute_within, bodies: [p]},"
    )
    found = run(text, evidence(ROWS), period="2020").scores
    assert found.state[0, found.column("x")] == State.NOT_APPLICABLE
    assert found.score[0] == 20.0


def test_a_panel_has_one_frame_so_that_years_compare_and_it_can_be_run_again() -> None:
    """COINr can't run a panel again that was normalised over all years."""
    rows = [Row(body, period, "x", value) for period, values in (("2019", (0.0, 50.0)), ("2020", (60.0, 100.0)))
            for body, value in zip("pq", values, strict=True)]  # fmt: skip
    text = flat("x", method="minmax", more="peers: {frame: panel}\nuncertainty: {normalise: [zscore]}\n")
    found = run(text, evidence(rows), draws=40)
    assert found.history["2019"].score.tolist() == [0, 50] and found.scores.score.tolist() == [60, 100]
    again = run(text, evidence(rows), draws=40)
    assert found.intervals is not None and again.intervals is not None
    np.testing.assert_array_equal(found.intervals.draw_scores, again.intervals.draw_scores)
    assert not found.intervals.failures
    changed = [row._replace(value=200.0) if row.value == 100.0 else row for row in rows]
    what_if = run(text, evidence(changed))
    assert what_if.scores.score.tolist() == [30, 100] and what_if.history["2019"].score.tolist() == [0, 25]
