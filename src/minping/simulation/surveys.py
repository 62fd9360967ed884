"""A survey of every body's public: some of its communities, a few people in each, three questions.

Every body is a stratum of communities of one size, `fpc` of them, from which those named by `cluster` were drawn. What
is true of a body is the mean over all its communities, those among them that nobody visited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.simulation.writing import DAY, Table, coded, dates, numbered, numbers

if TYPE_CHECKING:
    from minping.simulation.county import County

QUESTIONS = ("satisfied", "trust", "fair")
QUESTION_EFFECTS = np.array([0.0, 0.15, -0.2])
AGES = ("18-34", "35-49", "50-64", "65+")
AGE_SHARES = np.array([0.28, 0.27, 0.26, 0.19])
AGE_EFFECTS = np.array([-0.25, -0.1, 0.1, 0.3])
CUTS = np.array([-1.9, -1.2, -0.4, 0.6])
CLUSTER_SPREAD, PERSON_SPREAD, ANSWER_SPREAD = 0.25, 0.6, 0.8
FRAME = 30  #: communities of each body
CLUSTERS = 10  #: of them drawn
FEWEST, MOST = 3, 6  #: people in a community


def draw_communities(random: np.random.Generator, county: County) -> Floats:
    """How much more content than the body's public each of its communities is, (N, FRAME)."""
    return random.normal(0, CLUSTER_SPREAD, (county.size, FRAME))


def surveys_table(random: np.random.Generator, county: County, communities: Floats) -> Table:
    """One row for each person and question."""
    people = random.integers(FEWEST, MOST + 1, county.size * CLUSTERS)
    cluster = np.repeat(np.arange(people.size), people)  # of each person
    body = cluster // CLUSTERS
    drawn = random.permuted(np.tile(np.arange(FRAME), (county.size, 1)), axis=1)[:, :CLUSTERS].ravel()
    names = [f"{county.ids[at // CLUSTERS]}-C{place + 1:02d}" for at, place in enumerate(drawn.tolist())]
    age = random.choice(len(AGES), body.size, p=AGE_SHARES)
    leaning = (
        county.quality[body]
        + AGE_EFFECTS[age]
        + communities[body, drawn[cluster]]
        + random.normal(0, PERSON_SPREAD, body.size)
    )
    felt = leaning[:, None] + QUESTION_EFFECTS + random.normal(0, ANSWER_SPREAD, (body.size, len(QUESTIONS)))
    row = np.repeat(np.arange(body.size), len(QUESTIONS))
    return {
        "respondent": coded(row, numbered("P", body.size)),
        "body": coded(body[row], county.ids),
        "question": coded(np.tile(np.arange(len(QUESTIONS)), body.size), QUESTIONS),
        "answer": numbers(np.searchsorted(CUTS, felt).ravel() + 1),
        "asked_on": dates(_days_at_the_end(county, body.size)[row]),
        "weight": numbers((county.population[body] / CLUSTERS / people[cluster]).round(3)[row]),
        "stratum": coded(body[row], county.ids),
        "cluster": coded(cluster[row], names),
        "fpc": numbers(np.full(row.size, FRAME)),
        "age": coded(age[row], AGES),
    }


def _days_at_the_end(county: County, people: int) -> Ints:
    """Interviews take the last four weeks, one person after another; seconds since 1970, (n,)."""
    last = int(county.days[-1].astype(np.int64))
    return (last - 27 + np.arange(people) % 28) * DAY


def expected_answers(county: County, communities: Floats) -> Floats:
    """The share of each answer 1 to 5 among the whole public of each body, by question, (N, 3, 5)."""
    from scipy.special import ndtr

    spread = np.hypot(PERSON_SPREAD, ANSWER_SPREAD)
    leaning = (county.quality[:, None] + communities)[:, :, None, None] + AGE_EFFECTS[:, None] + QUESTION_EFFECTS
    below = ndtr((CUTS - leaning[..., None]) / spread)  # (N, FRAME, ages, questions, cuts)
    below = np.einsum("ncaqk,a->nqk", below, AGE_SHARES) / FRAME
    return np.diff(below, axis=-1, prepend=0.0, append=1.0)
