"""Published tables of surveys: what is told of each body, and that no small count can be had from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minping.pipeline import evaluate, load_evidence
from minping.scoring.evaluation import Evaluation
from minping.scoring.survey_tables import answers, indices, responses, surveys
from tests.made import Row, scheme
from tests.made import evidence as made_evidence

SCHEME = """indicators:
  - {id: trust, title: 信任, direction: higher, weight: 1, from: {surveys: trust, measure: share_satisfied},
     normalise: {method: goalposts, floor: 0, target: 100, reason: 试验}}
publish: {k: 5}
missing: {policy: exclude}
uncertainty: {draws: 0}
"""


def evaluation(home: Path, answers_of: dict[str, list[str]], cases: str = "") -> Evaluation:
    evidence = home / "evidence"
    evidence.mkdir()
    (evidence / "bodies.csv").write_text(
        "body,name\n" + "".join(f"{body},{body}名\n" for body in answers_of), encoding="utf-8"
    )
    lines = [
        f"{body}-{at},{body},trust,{answer},2024-05-01"
        for body, said in answers_of.items()
        for at, answer in enumerate(said)
    ]
    (evidence / "surveys.csv").write_text(
        "respondent,body,question,answer,asked_on\n" + "\n".join(lines), encoding="utf-8"
    )
    if cases:
        (evidence / "dispositions.csv").write_text("body,period,disposition,count\n" + cases, encoding="utf-8")
    file = scheme(SCHEME)
    return evaluate(file, load_evidence(home, file))


def lists(columns: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: column if isinstance(column, list) else column.tolist() if isinstance(column, np.ndarray) else column.to_pylist() for name, column in columns.items()}  # fmt: skip


SAID = {
    "b1": ["5"] * 20 + ["4"] * 10 + ["2"] * 10 + ["unknown"] * 6 + ["refused"] * 7,
    "b2": ["5"] * 30 + ["3"] * 2 + ["1"] * 9 + ["unknown"] * 3,
    "b3": ["5", "1", "2"],
}


def test_a_survey_is_told_with_its_interval_its_effect_and_who_was_silent(tmp_path: Path) -> None:
    found = lists(surveys(evaluation(tmp_path, SAID)))
    assert found["body"] == ["b1", "b2", "b3"] and set(found["question"]) == {"trust"}
    assert found["estimate"][0] == 75 and found["n"] == [40, 41, None] and found["asked"] == [53, None, None]
    assert found["unknown"] == [6, None, None] and found["refused"] == [7, None, None]
    assert found["low"][0] < 75 < found["high"][0] and found["effect"][0] == pytest.approx(1, abs=0.05)
    assert abs(found["effective"][0] - 40) <= 1 and np.isnan(found["estimate"][2])


def test_levels_that_too_few_chose_are_hidden_and_can_not_be_had_from_the_rest(tmp_path: Path) -> None:
    found = lists(answers(evaluation(tmp_path, SAID)))
    of = {
        (body, level): (n, share)
        for body, level, n, share in zip(found["body"], found["level"], found["n"], found["share"], strict=True)
    }
    assert of["b1", 100.0][0] == 20 and of["b1", 100.0][1] == pytest.approx(50)
    hidden = [level for level in (0.0, 25.0, 50.0, 75.0, 100.0) if of["b2", level][0] is None]
    assert 50.0 in hidden and len(hidden) > 1 and all(np.isnan(of["b2", level][1]) for level in hidden)
    assert all(of["b3", level][0] is None for level in (0.0, 25.0, 100.0))


def test_rates_of_response_hide_what_would_tell_of_a_few(tmp_path: Path) -> None:
    cases = (
        "b1,2024,complete,53\nb1,2024,refusal,40\nb1,2024,non_contact,7\nb2,2024,complete,44\nb2,2024,refusal,2\n"
        "b2,2024,non_contact,20\nb3,2024,complete,3\nb3,2024,refusal,60\n"
    )
    found = lists(responses(evaluation(tmp_path, SAID, cases)))
    assert found["cases"] == [100, 66, None] and found["interviews"] == [53, 44, None]
    assert found["RR6"][0] == pytest.approx(53) and np.isnan(found["RR6"][2])
    assert found["REF2"][0] == pytest.approx(40) and np.isnan(found["REF2"][1]) and np.isnan(found["COOP2"][1])


def test_without_surveys_the_tables_are_empty() -> None:
    file = scheme(SCHEME.replace("from: {surveys: trust, measure: share_satisfied},", ""))
    found = evaluate(file, made_evidence([Row("b1", "2020", "trust", 3.0), Row("b2", "2020", "trust", 4.0)]))
    for table in (surveys, answers, responses, indices):
        assert all(not len(column) for column in table(found).values())
