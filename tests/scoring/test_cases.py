"""What a test of a scheme expects against what the scheme gives."""

from __future__ import annotations

from typing import Any

import pytest

from minping.scheme.cases import Case
from minping.scoring.cases import mismatches
from minping.scoring.evaluation import Evaluation
from tests.made import flat, run, table

GRADED = "grades: {levels: [{id: good, title: 好, at_least: 50}, {id: poor, title: 差}]}\n"


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return run(flat("a", "b", more=GRADED, weight=1.0), table({"a": [80.0, 20.0], "b": [60.0, 10.0]}))


def said(evaluation: Evaluation, body: str = "b00", **expected: Any) -> list[str]:
    case = Case.model_validate({"name": "c", "period": "2020", "evidence": "example", "expect": {body: expected}})
    return [one.en for one in mismatches(case, evaluation)]


def test_what_holds_is_not_mentioned(evaluation: Evaluation) -> None:
    holds = {
        "score": 70,
        "rank": 1,
        "grade": "good",
        "points": {"a": 80},
        "weights": {"a": 50},
        "state": {"b": "observed"},
    }
    assert said(evaluation, **holds) == []


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ({"score": 70.006}, "b00: score should be 70.006, is 70"),
        ({"rank": 2}, "b00: rank should be 2, is 1"),
        ({"grade": "poor"}, "b00: grade should be poor, is good"),
        ({"grade": ""}, "b00: grade should be —, is good"),
        ({"points": {"a": 81}}, "b00: points of a should be 81, is 80"),
        ({"weights": {"b": 40}}, "b00: effective weight of b (%) should be 40, is 50"),
        ({"state": {"a": "missing"}}, "b00: state of a should be missing, is observed"),
        ({"points": {"totl": 1}}, "b00: no dimension or indicator totl; did you mean total?"),
    ],
)
def test_every_kind_of_difference_is_told(evaluation: Evaluation, expected: dict[str, Any], told: str) -> None:
    assert said(evaluation, **expected) == [told]


def test_how_far_a_number_may_be_off_is_the_cases_own_say(evaluation: Evaluation) -> None:
    assert said(evaluation, score=70.004) == [] and said(evaluation, score=70.4, within=0.4) == []


def test_all_differences_are_told_at_once(evaluation: Evaluation) -> None:
    assert len(said(evaluation, score=1, rank=2, points={"a": 1, "b": 1})) == 4


def test_an_unknown_body_is_told_with_the_nearest(evaluation: Evaluation) -> None:
    assert said(evaluation, "b0l", score=1) == ["no body b0l; did you mean b01?"]
