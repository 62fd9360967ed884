"""Interviewers of the simulated survey, honest ones and those who record what was never asked."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from minping.simulation.county import Truth, simulate
from minping.simulation.interviewers import AT_THE_DESK, EACH_BODY, KINDS, SETS

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, Truth, Path]:
    home = tmp_path_factory.mktemp("made")
    truth = simulate(home, seed=31, bodies=12, services=500)
    with (home / "evidence" / "surveys.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file)), truth, home


def test_a_few_interviewers_share_a_body_and_each_interview_has_one(made: tuple[Rows, Truth, Path]) -> None:
    rows, _, _ = made
    bodies: dict[str, set[str]] = {}
    each: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        bodies.setdefault(row["body"], set()).add(row["interviewer"])
        each.setdefault(row["respondent"], set()).add((row["interviewer"], row["minutes"]))
    assert all(1 <= len(names) <= EACH_BODY for names in bodies.values()) and max(map(len, bodies.values())) > 1
    assert all(len(one) == 1 for one in each.values())


def test_recorded_interviews_leave_their_trace(made: tuple[Rows, Truth, Path]) -> None:
    rows, truth, home = made
    told: dict[str, Rows] = {}
    for row in rows:
        told.setdefault(row["respondent"], []).append(row)
    assert tuple(truth.batches) == KINDS
    for kind, batch in truth.batches.items():
        interviews = [told[case] for case in batch.cases]
        assert {one[0]["body"] for one in interviews} == set(batch.bodies)
        assert len({one[0]["interviewer"] for one in interviews}) == 1
        answers = {tuple(int(row["answer"]) for row in one) for one in interviews}
        if kind == "one_answer":
            assert all(len(set(one)) == 1 for one in answers)
        elif kind == "copied_answers":
            assert answers <= {tuple(one) for one in SETS.tolist()}
        else:
            assert all(float(one[0]["minutes"]) <= AT_THE_DESK[1] for one in interviews)
    written = json.loads((home / "truth.json").read_text(encoding="utf-8"))["recorded_interviews"]
    assert {kind: tuple(one["cases"]) for kind, one in written.items()} == {
        kind: batch.cases for kind, batch in truth.batches.items()
    }
