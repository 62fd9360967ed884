from __future__ import annotations

import numpy as np
import pytest

from minping.scheme.shape import Grades, Quota
from minping.scoring.evaluation import Evaluation
from minping.scoring.grades import levels_by_score, places
from minping.stats.ranks import fast_competition_ranks
from tests.made import flat, run, table


def grades(*quotas: str | None) -> str:
    levels = [
        f"    - {{id: g{at}, title: g, at_least: {90 - 20 * at}{'' if quota is None else f', quota: {quota}'}}}\n"
        for at, quota in enumerate(quotas)
    ]
    return "grades:\n  levels:\n" + "".join(levels) + "    - {id: rest, title: r}\n"


def proposed(scores: list[float], text: str, draws: int = 0, **columns: object) -> list[str]:
    found = run(flat("a", more=text), table({"a": scores}, **columns), draws=draws)
    return [proposal.said for proposal in found.grades]


@pytest.mark.parametrize(
    ("share", "graded", "rounding", "wanted"),
    [
        (0.3, 31, "floor", 9),
        (0.3, 31, "ceil", 10),
        (0.3, 31, "round", 9),
        (0.25, 10, "floor", 2),
        (0.25, 10, "ceil", 3),
        (0.25, 10, "round", 3),
        (0.29, 100, "floor", 29),
        (0.07, 100, "ceil", 7),
        (0.1, 3, "floor", 0),
    ],
)
def test_places_are_rounded_as_the_scheme_says(share: float, graded: int, rounding: str, wanted: int) -> None:
    assert places(Quota.model_validate({"max_share": share, "rounding": rounding}), graded) == wanted


def test_an_extension_needs_its_approval() -> None:
    assert places(Quota(max_share=0.3, extend_to=0.35), 20) == 6
    assert places(Quota(max_share=0.3, extend_to=0.35, approved_by="市委"), 20) == 7


def test_thresholds_give_grades() -> None:
    assert proposed([95, 90, 89.9, 70, 10], grades(None, None)) == ["g0", "g0", "g1", "g1", "rest"]


def test_who_finds_no_place_falls_to_the_next_level() -> None:
    text = grades("{max_share: 0.4}", "{max_share: 0.2}")
    assert proposed([99, 98, 97, 96, 10], text) == ["g0", "g0", "g1", "rest", "rest"]


def test_a_quota_is_never_exceeded_bodies_that_tie_for_the_last_place_fall_together() -> None:
    assert proposed([99, 95, 95, 91, 91], grades("{max_share: 0.4}")) == ["g0", "rest", "rest", "rest", "rest"]
    assert proposed([99, 95, 95, 91, 91], grades("{max_share: 0.6}")) == ["g0", "g0", "g0", "rest", "rest"]


def test_ungraded_bodies_take_no_place_of_a_quota() -> None:
    text = grades("{max_share: 0.5}") + "  ungraded: [试用期]\n"
    notes = {"ungraded": ("试用期", "", "", "", "")}
    found = run(flat("a", more=text), table({"a": [99.0, 98.0, 97.0, 96.0, 95.0]}, notes=notes), draws=50)
    assert [proposal.said for proposal in found.grades] == ["", "g0", "g0", "rest", "rest"]
    assert found.grades[0].reason_zh == "试用期"
    assert found.scores.rank[0] == 1, "the score and the rank stay"
    assert found.intervals is not None
    np.testing.assert_array_equal(found.intervals.grade_probability[1:, 0], [1, 1, 0, 0])


def test_a_body_without_a_score_gets_no_grade() -> None:
    found = run(
        flat("a", "b", more="missing: exclude\n" + grades(None)), table({"a": [np.nan, 95.0], "b": [95.0, 95.0]})
    )
    assert [(p.grade, p.reason_en) for p in found.grades] == [("", "no score, no grade proposed"), ("g0", "")]


def near(ties: str = "interval", confidence: float = 0.8) -> Evaluation:
    text = grades(None, None) + f"  ties: {ties}\n  confidence: {confidence}\nuncertainty: {{weights: none}}\n"
    return run(flat("a", more=text), table({"a": [99.0, 90.2, 70.0, 20.0]}, se=1.0), draws=2000)


def test_where_the_data_can_not_decide_that_is_what_is_said() -> None:
    found = near()
    assert [proposal.said for proposal in found.grades] == ["g0", "g0/g1 undecided", "g1/rest undecided", "rest"]
    assert found.grades[1].grade == "g0" and 0.5 < found.grades[1].probability < 0.8
    assert "can't decide" in found.grades[1].reason_en
    assert found.intervals is not None
    np.testing.assert_allclose(found.intervals.grade_probability.sum(axis=1), 1.0)


def test_with_grades_by_order_nothing_is_undecided() -> None:
    assert [proposal.said for proposal in near("order").grades] == ["g0", "g0", "g1", "rest"]


def test_asked_for_less_certainty_more_is_settled() -> None:
    assert near(confidence=0.51).grades[1].said == "g0"


def test_without_draws_nothing_is_known_of_the_probability() -> None:
    found = run(flat("a", more=grades(None)), table({"a": [95.0, 10.0]}))
    assert [proposal.said for proposal in found.grades] == ["g0", "rest"]
    assert np.isnan(found.grades[0].probability)


def test_levels_of_many_draws_are_those_of_each() -> None:
    rules = Grades.model_validate(
        {"levels": [{"id": "a", "title": "a", "at_least": 50, "quota": {"max_share": 0.4}}, {"id": "b", "title": "b"}]}
    )
    scores = np.round(np.random.default_rng(3).uniform(0, 100, (50, 7)), -1)
    scores[:, 3] = np.nan
    together = levels_by_score(rules, scores, fast_competition_ranks(scores))
    assert ((together == 0).sum(axis=1) <= 2).all() and (together[:, 3] == -1).all()
    for row, levels in zip(scores, together, strict=True):
        np.testing.assert_array_equal(levels_by_score(rules, row[None], fast_competition_ranks(row[None]))[0], levels)
