"""Surveys as values: against the textbook by hand, and against the stats room on rows read by hand."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minping.evidence import load_evidence
from minping.indicators.events import years_in
from minping.indicators.polls import Polled, poll
from minping.indicators.samples import Public, draw_samples
from minping.indicators.surveys import answers, measure_surveys, silent
from minping.model.evidence import Codebook, Evidence
from minping.model.surveys import Surveyed
from minping.scheme.shape import From
from minping.simulation.county import simulate
from minping.stats.designs import Design, Stage
from minping.stats.estimates import mean
from tests.evidence.test_records import folder

HEAD = "respondent,body,question,answer,asked_on,weight,stratum,cluster,fpc\n"


def polled(home: Path, text: str, *questions: str) -> Polled:
    found = load_evidence(folder(home, None, surveys=text), Codebook({}, records=("surveys",)))
    return poll(found.records["surveys"], found.bodies, questions or ("trust",))


def measure(read: Polled, periods: tuple[str, ...], question: str, name: Any, **how: Any) -> Surveyed:
    of = From(surveys=question, measure=name, **how)
    return measure_surveys(Public(read, draw_samples(read, periods)), of)


def rows(*cells: str) -> str:
    return HEAD + "".join(cell + "\n" for cell in cells)


PLAIN = rows(
    "p1,b1,trust,5,2024-05-01,,,,",
    "p2,b1,trust,3,2024-05-01,,,,",
    "p3,b1,trust,1,2024-06-01,,,,",
    "p4,b1,trust,unknown,2024-06-01,,,,",
    "p5,b1,trust,refused,2024-06-01,,,,",
    "p6,b1,trust,拒答,2024-06-01,,,,",
    "p7,b1,fair,1,2024-06-01,,,,",
    "p8,乙镇,trust,2,2023-06-01,,,,",
)


def test_by_hand_the_mean_of_a_plain_sample_and_those_who_did_not_answer(tmp_path: Path) -> None:
    read = polled(tmp_path, PLAIN)
    found = measure(read, ("2023", "2024", "2024Q1"), "trust", "mean_points")
    assert found.estimate[1, 0] == 50 and found.n.tolist() == [[0, 1], [3, 0], [0, 0]]
    # 100, 50, 0 among the seven interviews of the year: residuals 50, 0, -50 over 3 answers
    assert found.se[1, 0] == pytest.approx(math.sqrt(7 / 6 * (50**2 + 50**2)) / 3)
    assert np.isnan(found.estimate[2]).all() and np.isnan(found.estimate[1, 1])
    assert silent(Public(read, draw_samples(read, ("2024", "2024-05"))), "trust").tolist() == [
        [[1, 2], [0, 0]],
        [[0, 0], [0, 0]],
    ]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("share_satisfied", 200 / 3),
        ("share_positive", 100 / 3),
        ("share_bad", 100 / 3),
        ("share_very_satisfied", 100 / 3),
        ("answer_rate", 50.0),
    ],
)
def test_by_hand_the_shares(tmp_path: Path, name: str, wanted: float) -> None:
    found = measure(polled(tmp_path, PLAIN), ("2024",), "trust", name)
    assert found.estimate[0, 0] == pytest.approx(wanted)


def test_by_hand_two_strata_of_weighted_clusters(tmp_path: Path) -> None:
    text = rows(
        "p1,b1,trust,5,2024-05-01,2,h1,c1,4",
        "p2,b1,trust,3,2024-05-01,2,h1,c1,4",
        "p3,b1,trust,1,2024-05-01,4,h1,c2,4",
        "p4,b1,trust,4,2024-05-01,1,h2,c1,2000000000",
        "p5,b1,trust,2,2024-05-01,1,h2,c2,2000000000",
    )
    found = measure(polled(tmp_path, text), ("2024",), "trust", "mean_points", lonely="certainty")
    middle = (2 * 100 + 2 * 50 + 4 * 0 + 75 + 25) / 10
    z1 = [(2 * (100 - middle) + 2 * (50 - middle)) / 10, 4 * (0 - middle) / 10]
    z2 = [(75 - middle) / 10, (25 - middle) / 10]
    clusters = (1 - 2 / 4) * 2 * np.var(z1, ddof=1) + 2 * np.var(z2, ddof=1)
    people = 2 / 4 * 2 * np.var([2 * (100 - middle) / 10, 2 * (50 - middle) / 10], ddof=1)
    assert found.estimate[0, 0] == middle == 40
    assert found.se[0, 0] == pytest.approx(math.sqrt(clusters + people), rel=1e-8)


def test_a_single_cluster_adds_what_the_scheme_says(tmp_path: Path) -> None:
    text = rows(
        "p1,b1,trust,5,2024-05-01,1,h1,c1,",
        "p2,b1,trust,1,2024-05-01,1,h2,c1,",
        "p3,b1,trust,2,2024-05-01,1,h2,c2,",
    )
    read = polled(tmp_path, text)
    certain, centred = (
        measure(read, ("2024",), "trust", "mean_points", lonely=lonely).se[0, 0]
        for lonely in ("certainty", "centre")  # type: ignore[arg-type]
    )
    middle = 125 / 3
    assert certain == pytest.approx(math.sqrt(2 * np.var([0, 25], ddof=1)) / 3)
    assert centred == pytest.approx(math.sqrt(certain**2 + ((100 - middle) / 3) ** 2))


def test_answers_that_are_all_alike_are_not_certain_unless_everyone_was_asked(tmp_path: Path) -> None:
    text = rows(*(f"p{at},b1,trust,5,2024-05-01,0.{at + 1},h,,{{}}" for at in range(4)))
    some, all_asked = (
        measure(polled(tmp_path, text.format(*4 * [frame])), ("2024",), "trust", "mean_points").se[0]
        for frame in (9, 4)
    )
    middle = 450 / 5  # four of 100, half an answer at either end
    assert some[0] == pytest.approx(math.sqrt(((4 * 100**2 + 100**2 / 2) / 5 - middle**2) / 6))
    assert all_asked[0] == 0 and np.isnan(some[1])


FIVE = {
    "mean_points": [0.0, 25.0, 50.0, 75.0, 100.0],
    "share_satisfied": [0.0, 0.0, 100.0, 100.0, 100.0],
    "share_bad": [100.0, 100.0, 0.0, 0.0, 0.0],
    "share_very_satisfied": [0.0, 0.0, 0.0, 0.0, 100.0],
    "share_positive": [0.0, 0.0, 0.0, 100.0, 100.0],
    "answer_rate": [100.0] * 5,
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("county")
    simulate(home, seed=7, bodies=8, services=800)
    return home


@pytest.fixture(scope="module")
def evidence(county: Path) -> Evidence:
    return load_evidence(county, Codebook({}, records=("surveys",)))


@pytest.mark.parametrize("name", FIVE)
@pytest.mark.parametrize("question", ["satisfied", "fair"])
def test_estimates_are_those_of_the_stats_room_on_the_rows_of_the_file(
    county: Path, evidence: Evidence, question: str, name: str
) -> None:
    with (county / "evidence" / "surveys.csv").open(encoding="utf-8") as file:
        read = [row for row in csv.DictReader(file) if row["question"] == question]
    body = np.array([evidence.bodies.ids.index(row["body"]) for row in read])
    stratum, cluster = (np.unique([row[of] for row in read], return_inverse=True)[1] for of in ("stratum", "cluster"))
    drawn = np.array([len(set(cluster[stratum == at])) for at in range(stratum.max() + 1)])
    share = drawn[stratum] / np.array([float(row["fpc"]) for row in read])
    stages = (Stage(stratum, cluster, share), Stage(np.zeros_like(body), np.arange(len(body))))
    design = Design(np.array([float(row["weight"]) for row in read]), stages)
    worth = np.array(FIVE[name])
    wanted = mean(design, worth[[int(row["answer"]) - 1 for row in read]], body, len(evidence.bodies.ids))
    asked = poll(evidence.records["surveys"], evidence.bodies, ("satisfied", "fair"))
    found = measure(asked, ("2025",), question, name)
    np.testing.assert_allclose(found.estimate[0], wanted.value, rtol=1e-12)
    spread = wanted.se > 1e-9  # otherwise all answers are alike
    np.testing.assert_allclose(found.se[0][spread], wanted.se[spread], rtol=1e-9)
    assert (found.se[0] > 0).all() and (spread.any() or name == "answer_rate")
    assert found.n[0].tolist() == wanted.rows.tolist()


def test_the_years_of_a_survey_are_those_of_its_interviews(evidence: Evidence) -> None:
    assert years_in(evidence.records["surveys"], "asked_on") == [2025]


def test_by_hand_a_quantile_a_number_of_people_and_a_ratio_of_two_questions(tmp_path: Path) -> None:
    lines = [f"p{at},b1,{{}},{{}},2024-05-01,{1 + at},,," for at in range(4)]  # weights 1, 2, 3, 4
    said = {"trust": (5, 3, 2, 1), "fair": (4, 4, "unknown", 2)}
    text = rows(
        *(
            line.format(name, answer)
            for name, levels in said.items()
            for line, answer in zip(lines, levels, strict=True)
        )
    )
    read = polled(tmp_path, text, "trust", "fair")
    median = measure(read, ("2024",), "trust", "quantile")
    assert median.estimate[0, 0] == 25 and median.n[0, 0] == 4 and np.isnan(median.estimate[0, 1])
    assert measure(read, ("2024",), "trust", "quantile", share=0.75).estimate[0, 0] == 50
    people = measure(read, ("2024",), "trust", "people_satisfied")
    assert people.estimate[0, 0] == 3 and people.low[0, 0] == 0 and people.effect.tolist() != [[1]]
    assert people.se[0, 0] == pytest.approx(math.sqrt(4 * np.var([1, 2, 0, 0], ddof=1)))
    assert measure(read, ("2024",), "trust", "people_bad").estimate[0, 0] == 7
    both = measure(read, ("2024",), "trust", "ratio", over="fair")
    over = (1 * 75 + 2 * 75 + 4 * 25) / 100  # who answered both
    assert both.estimate[0, 0] == pytest.approx((1 * 100 + 2 * 50 + 4 * 0) / over) and both.n[0, 0] == 3
    assert both.asked[0, 0] == 4 and (measure(read, ("2024",), "fair", "mean_points").asked == [[4, 0]]).all()


@pytest.mark.parametrize("shape", ["jeffreys", "logit", "beta", "asin", "likelihood", "mean"])
def test_the_interval_of_a_share_is_by_the_method_of_the_scheme(tmp_path: Path, shape: Any) -> None:
    text = rows(*(f"p{at},b1,trust,{1 if at % 5 == 0 else 5},2024-05-01,,,," for at in range(200)))
    text += "".join(f"q{at},b2,trust,5,2024-05-01,,,,\n" for at in range(30))
    read = polled(tmp_path, text)
    public = Public(read, draw_samples(read, ("2024",)), shape=shape)
    found = measure_surveys(public, From(surveys="trust", measure="share_satisfied"))
    assert found.low[0, 0] == pytest.approx(80 - 1.97 * math.sqrt(80 * 20 / 200), abs=1.2)
    assert found.high[0, 0] == pytest.approx(80 + 1.97 * math.sqrt(80 * 20 / 200), abs=1.2)
    assert 80 < found.low[0, 1] < 95 and found.high[0, 1] == 100  # all alike: not certain
    assert found.effect[0, 0] == pytest.approx(1, abs=0.03) and np.isnan(found.effect[0, 1])


def test_the_distribution_has_each_level_with_its_people_and_adds_up(evidence: Evidence) -> None:
    asked = poll(evidence.records["surveys"], evidence.bodies, ("satisfied",))
    found = answers(Public(asked, draw_samples(asked, ("2025", "1999"))), "satisfied")
    assert found.levels == (0, 25, 50, 75, 100) and found.share.shape == (2, 8, 5)
    np.testing.assert_allclose(found.share[0].sum(axis=1), 100)
    assert (found.low[0] <= found.share[0] + 1e-9).all() and (found.share[0] <= found.high[0] + 1e-9).all()
    assert np.isnan(found.share[1]).all() and found.n[0].sum() == len(asked.body)
