"""Where every body stands, in words."""

from __future__ import annotations

import numpy as np

from minping.model.scores import Proposal
from minping.publication.standing import body_name, grade_in_words, grade_titles, standings
from minping.scoring.evaluation import Evaluation
from minping.words import Text
from tests.made import flat, run, table


def test_bodies_stand_best_first_with_intervals_and_grades_in_words(evaluation: Evaluation) -> None:
    found = standings(evaluation, "zh")
    assert [one.rank for one in found] == [1, 2, 3, 4, 5]
    assert all(one.score_lo <= one.score <= one.score_hi for one in found if one.score is not None)  # type: ignore[operator]
    assert {word for one in found for word in one.grade.split(" ")[0].split("/")} <= {"良好", "一般"}


def test_a_body_without_a_score_stands_last_with_nothing() -> None:
    found = standings(
        run(flat("a", "b", more="missing: exclude\n"), table({"a": [np.nan, 2.0, 3.0], "b": [9.0, 2, 1]}), draws=9),
        "en",
    )
    assert (found[-1].body, found[-1].score, found[-1].rank, found[-1].tier) == ("b00", None, None, None)


def test_an_open_grade_is_said_to_be_open() -> None:
    titles = {"a": Text("优", "excellent"), "b": Text("良", "good")}
    assert grade_in_words(Proposal("a", ("a", "b"), 0.5), titles, "en") == "excellent/good undecided"
    assert grade_in_words(Proposal("b", (), 1.0), titles, "zh") == "良"
    assert grade_in_words(Proposal("", (), 0.0), titles, "zh") == ""


def test_a_body_is_called_by_its_name_in_the_language_asked_for(evaluation: Evaluation) -> None:
    made = run(flat("a"), table({"a": [1.0, 2.0]}))
    assert (body_name(made, 0, "zh"), body_name(made, 0, "en")) == ("单位b00", "body b00")
    assert body_name(evaluation, 0, "en") == "东区"
    assert list(grade_titles(evaluation)) == ["good", "fair"] and grade_titles(made) == {}
