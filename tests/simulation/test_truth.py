"""The truth of a county: what everybody would have said, beside what those said who were heard."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from minping.simulation import ratings, requests, surveys
from minping.simulation.county import County, found, simulate
from minping.simulation.handling import handle, true_counts, undone
from minping.simulation.truth import figures_of, ratio


@pytest.fixture(scope="module")
def county() -> County:
    return found(np.random.default_rng(5), 6, 12)


def test_levels_to_expect_are_those_of_many_services(county: County) -> None:
    done = ratings.draw_services(np.random.default_rng(1), county, 240_000)
    expected = ratings.expected_levels(county)
    np.testing.assert_allclose(ratings.level_shares(county, done), expected, atol=0.02)
    np.testing.assert_allclose(expected.sum(axis=1), 1.0)


def test_answers_to_expect_are_those_of_the_communities(county: County) -> None:
    random = np.random.default_rng(2)
    effects = np.zeros((county.size, surveys.FRAME))
    shares = surveys.expected_answers(county, effects)
    answers = np.zeros_like(shares)
    for _ in range(300):
        table = surveys.surveys_table(random, county, effects)
        body = np.array([county.ids.index(name) for name in table["body"].to_pylist()])
        question = np.array([surveys.QUESTIONS.index(name) for name in table["question"].to_pylist()])
        np.add.at(answers, (body, question, table["answer"].to_numpy() - 1), 1)
    np.testing.assert_allclose(answers / answers.sum(axis=2, keepdims=True), shares, atol=0.02)
    content = surveys.expected_answers(county, effects + 1.0)
    assert (content @ np.arange(1, 6) > shares @ np.arange(1, 6) + 0.3).all()


def test_a_matter_that_came_again_or_was_reopened_was_not_solved(county: County) -> None:
    random = np.random.default_rng(3)
    asked = requests.draw_requests(random, county, 20_000)
    handled = requests.draw_handling(random, county, asked)
    not_done = undone(asked, handled)
    assert not_done[asked.again[asked.again >= 0]].all() and not_done[handled.reopened].all()
    assert not_done.sum() == len({*asked.again[asked.again >= 0].tolist(), *np.flatnonzero(handled.reopened).tolist()})
    counts = true_counts(county, asked, handled)
    solved, said = (ratio(*counts[name]) for name in ("solved_rate", "said_solved_rate"))
    assert (solved < said).all() and (ratio(*counts["closed_within"]) < 0.99).all()


def test_the_call_back_reaches_the_settled_sooner_only_where_it_is_to(county: County) -> None:
    asked = requests.draw_requests(np.random.default_rng(4), county, 400_000)
    limits = np.full(asked.opened.size, 5)
    gaps = []
    for selective in (True, False):
        handled = handle(np.random.default_rng(4), county, asked, limits, 0.5, selective=selective)
        shares = [handled.reached[handled.ended & (asked.settled == is_so)].mean() for is_so in (True, False)]
        gaps.append(shares[0] - shares[1])
    assert gaps[0] > 0.06 and abs(gaps[1]) < 0.02


def test_the_file_tells_every_figure_of_every_body(tmp_path: Path) -> None:
    truth = simulate(tmp_path, bodies=4, services=800)
    with (tmp_path / "truth.csv").open(encoding="utf-8") as file:
        told = {(row["body"], row["of"], row["measure"]): float(row["value"]) for row in csv.DictReader(file)}
    for (of, measure), values in figures_of(truth).items():
        for body, value in zip(truth.bodies, values, strict=True):
            assert told[body, of, measure] == pytest.approx(value, abs=1e-5) and 0 <= value <= 100
    assert len(told) == 4 * len(figures_of(truth))
