"""Batches of interviews that look recorded rather than asked, on surveys made by hand."""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from minping.audit import examine
from minping.audit.cases import Outcome
from minping.audit.citizens.interviewers import copied_answers, one_answer_to_all, short_interviews, unknown_answers
from minping.audit.citizens.interviews import open_interviews, spread_of, spread_words
from minping.audit.suspicions import SUSPICIONS
from minping.audit.years import busiest_year
from minping.evidence import load_evidence
from minping.indicators.events import engine
from minping.model.evidence import Codebook, Evidence
from minping.words import Text

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

QUESTIONS = ("q1", "q2", "q3", "q4")
HEAD = ("respondent", "body", "question", "answer", "asked_on", "interviewer", "minutes")
TESTS = {"one_answer": one_answer_to_all, "copied_answers": copied_answers, "unknown_answers": unknown_answers,
         "short_interviews": short_interviews}  # fmt: skip


def survey(seed: int, bodies: int = 8, each: int = 40) -> list[list[object]]:
    """Interviews of bodies that differ, by three interviewers each; people of a place think alike to some degree."""
    random = np.random.default_rng(seed)
    found: list[list[object]] = []
    for body in range(bodies):
        for at in range(each):
            who = f"V{(body + at % 3) % (bodies + 1):02d}"
            leaning = 0.4 * np.sin(body) + 0.3 * np.sin(at // 5) + random.normal(0, 0.6)
            answers = np.clip(np.round(3.6 + leaning + random.normal(0, 0.9, len(QUESTIONS))), 1, 5).astype(int)
            known = ["unknown" if random.random() < 0.04 else int(answer) for answer in answers]
            found.append([f"P{body}-{at}", f"b{body}", known, who, round(float(random.lognormal(2.5, 0.3)), 1)])
    return found


def written(home: Path, interviews: list[list[object]], head: tuple[str, ...] = HEAD) -> Evidence:
    (home / "evidence").mkdir(parents=True)
    bodies = sorted({str(one[1]) for one in interviews})
    (home / "evidence" / "bodies.csv").write_text(
        "body,name\n" + "".join(f"{body},第{body}\n" for body in bodies), encoding="utf-8"
    )
    with (home / "evidence" / "surveys.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for respondent, body, answers, who, minutes in interviews:
            for question, answer in zip(QUESTIONS, answers, strict=True):  # type: ignore[call-overload]
                line = [respondent, body, question, answer, "2025-11-03", who, minutes]
                writer.writerow(line[: len(head)])
    return load_evidence(home, Codebook({}, records=("surveys",)))


def of(evidence: Evidence, suspicion: str) -> dict[str, str]:
    return {one.body: one.id for one in examine(evidence, "2025").findings if one.suspicion == suspicion}


def test_honest_interviewers_keep_the_nominal_size(tmp_path: Path) -> None:
    p: dict[str, list[float]] = {key: [] for key in TESTS}
    for seed in range(12):
        evidence = written(tmp_path / str(seed), survey(seed))
        with engine() as opened:
            interviews = open_interviews(opened, evidence, "2025")
            for key, test in TESTS.items():
                tested = test(interviews)
                assert isinstance(tested, Outcome)
                p[key] += tested.p[~np.isnan(tested.p)].tolist()
    for key, values in p.items():
        assert len(values) == 96
        for size in (0.01, 0.05):
            assert np.mean(np.array(values) <= size) <= size + 3 * np.sqrt(size * (1 - size) / 96), (key, size)


@pytest.mark.parametrize("suspicion", TESTS)
def test_a_recorded_batch_is_found_in_the_bodies_it_covers(tmp_path: Path, suspicion: str) -> None:
    interviews = survey(77)
    for one in interviews:
        if one[3] == "V04":
            one[2] = {"one_answer": [4] * 4, "copied_answers": [5, 4, 5, 3], "unknown_answers": ["unknown", 4, 4, 3],
                      "short_interviews": one[2]}[suspicion]  # fmt: skip
            one[4] = 2.0 if suspicion == "short_interviews" else one[4]
    evidence = written(tmp_path, interviews)
    covered = {str(one[1]) for one in interviews if one[3] == "V04"}
    assert set(of(evidence, suspicion)) == covered
    found = examine(evidence, "2025")
    number, one = next((at, one) for at, one in enumerate(found.findings) if one.suspicion == suspicion)
    lines = (tmp_path / "evidence" / "surveys.csv").read_text(encoding="utf-8").splitlines()
    cells = [lines[row - 1].split(",") for row in found.places.of(number).row]
    assert {cell[1] for cell in cells} == {one.body} and {cell[5] for cell in cells} == {"V04"}
    assert one.rows == len(QUESTIONS) * one.n and one.grade == "E3"


def test_a_content_body_is_no_sign(tmp_path: Path) -> None:
    random, interviews = np.random.default_rng(4), survey(5)
    for at, one in enumerate(interviews):
        if one[1] == "b2":
            one[2] = [5, 5, 5, 5 if random.random() < 0.8 else 4]
        if one[1] in ("b1", "b3", "b5") and at % 2:
            one[2] = [5, 5, 5, 5]
    assert not of(written(tmp_path, interviews), "one_answer")


def test_no_interviewer_and_no_respondent_is_named(tmp_path: Path) -> None:
    interviews = survey(77)
    for one in interviews:
        one[2] = [4] * 4 if one[3] == "V04" else one[2]
    found = examine(written(tmp_path, interviews), "2025")
    said = "\n".join(repr(asdict(one)) for one in found.findings) + repr(found.interviewers)
    assert found.findings and "V04" not in said and "P4-" not in said


def test_without_interviewers_or_minutes_the_tests_say_why(tmp_path: Path) -> None:
    evidence = written(tmp_path / "a", survey(1), HEAD[:-2])
    told = {one.suspicion: one.because for one in examine(evidence, "2025").skipped}
    assert all("interviewer" in told[key].en for key in TESTS)
    told = {
        one.suspicion: one.because for one in examine(written(tmp_path / "b", survey(1), HEAD[:-1]), "2025").skipped
    }
    assert "minutes" in told["short_interviews"].en and "one_answer" not in told
    assert {key for key, row in SUSPICIONS.items() if row.table == "surveys"} == set(TESTS)
    assert busiest_year(evidence) == "2025"


def test_the_spread_of_interviewers_is_that_within_bodies(tmp_path: Path) -> None:
    random, interviews = np.random.default_rng(9), survey(3, each=90)
    evidence = written(tmp_path / "a", interviews)
    with engine() as opened:
        plain = spread_of(open_interviews(opened, evidence, "2025"))
    assert plain is not None and abs(plain.share) < 0.06 and (plain.interviewers, plain.interviews) == (9, 720)
    strict = {f"V{at:02d}": random.normal(0, 0.8) for at in range(9)}
    for one in interviews:
        one[2] = [answer if answer == "unknown" else int(np.clip(round(answer + strict[str(one[3])]), 1, 5))
                  for answer in one[2]]  # type: ignore[attr-defined, arg-type]  # fmt: skip
    with engine() as opened:
        marked = spread_of(open_interviews(opened, written(tmp_path / "b", interviews), "2025"))
    assert marked is not None and marked.share > plain.share + 0.1 and marked.design_effect > 2
    said: Text = spread_words(marked)
    assert "9 interviewers" in said.en and "9 名访问员" in said.zh
