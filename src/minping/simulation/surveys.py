"""A survey of every body's public: two communities for each age group, a few people in each, three questions.

`fpc` is the number of communities in the stratum's frame, of which `cluster` names those drawn. A community serves one
age group only, so that clusters lie within strata.
"""

from __future__ import annotations

import math
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
CLUSTERS = 2  #: for each body and age group
FRAME = 6  #: communities of each body and age group to draw from
FEWEST, MOST = 3, 6  #: people in a community


def surveys_table(random: np.random.Generator, county: County) -> Table:
    """One row for each person and question."""
    cells = county.size * len(AGES)
    people = random.integers(FEWEST, MOST + 1, cells * CLUSTERS)
    cluster = np.repeat(np.arange(people.size), people)  # of each person
    cell = cluster // CLUSTERS
    body, age = np.divmod(cell, len(AGES))
    inside = random.permuted(np.tile(np.arange(FRAME), (cells, 1)), axis=1)[:, :CLUSTERS].ravel()
    names = [
        f"{county.ids[at // (CLUSTERS * len(AGES))]}-{AGES[at // CLUSTERS % len(AGES)]}-C{within + 1}"
        for at, within in enumerate(inside.tolist())
    ]
    weight = (county.population[body] * AGE_SHARES[age] / np.bincount(cell, minlength=cells)[cell]).round(3)
    leaning = (
        county.quality[body]
        + AGE_EFFECTS[age]
        + random.normal(0, CLUSTER_SPREAD, people.size)[cluster]
        + random.normal(0, PERSON_SPREAD, body.size)
    )
    drawn = leaning[:, None] + QUESTION_EFFECTS + random.normal(0, ANSWER_SPREAD, (body.size, len(QUESTIONS)))
    kinds = ("street", "department")
    stratum = len(AGES) * county.department[body] + age
    frame = FRAME * np.bincount(county.department.astype(np.int64), minlength=2)
    row = np.repeat(np.arange(body.size), len(QUESTIONS))
    return {
        "respondent": coded(row, numbered("P", body.size)),
        "body": coded(body[row], county.ids),
        "question": coded(np.tile(np.arange(len(QUESTIONS)), body.size), QUESTIONS),
        "answer": numbers(np.searchsorted(CUTS, drawn).ravel() + 1),
        "asked_on": dates(_days_at_the_end(county, body.size)[row]),
        "weight": numbers(weight[row]),
        "stratum": coded(stratum[row], [f"{kind}_{age}" for kind in kinds for age in AGES]),
        "cluster": coded(cluster[row], names),
        "fpc": numbers(frame[county.department[body].astype(np.int64)][row]),
    }


def _days_at_the_end(county: County, people: int) -> Ints:
    """Interviews take the last four weeks, one person after another; seconds since 1970, (n,)."""
    last = int(county.days[-1].astype(np.int64))
    return (last - 27 + np.arange(people) % 28) * DAY


def expected_answers(county: County) -> Floats:
    """The mean answer to each question over the whole public of each body (N x 3), by the model."""
    spread = math.sqrt(CLUSTER_SPREAD**2 + PERSON_SPREAD**2 + ANSWER_SPREAD**2)
    leaning = county.quality[:, None, None] + AGE_EFFECTS[:, None] + QUESTION_EFFECTS
    above = np.vectorize(lambda z: 0.5 * math.erfc(z / math.sqrt(2)))((CUTS - leaning[..., None]) / spread)
    mean = 1 + above.sum(axis=-1)
    return np.asarray(np.einsum("naq,a->nq", mean, AGE_SHARES), dtype=np.float64)
