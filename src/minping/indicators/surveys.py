"""Surveys: what a sample of the public says of each body, as values whose errors know how the sample was drawn.

In a poll and the samples of its periods, out measures of one question by body and period. All bodies of a period are
domains of one sample: a stratum or cluster may reach over several. Where all answers of a body are alike, the sample
shows no error; that of independent answers stands in (as for ratings), but where everyone was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from minping.indicators.polls import NOT_ASKED, REFUSED, UNKNOWN, Polled, Replies
from minping.indicators.ratings import Measured, independent
from minping.indicators.samples import Public, Sample
from minping.model.arrays import Bools, Floats, Ints
from minping.stats.designs import Design, Lonely
from minping.stats.estimates import mean
from minping.stats.groups import codes, counts, sums

SPREAD = 1e-9  #: points; an error below is that of adding up answers that are all alike
ENDS = np.array([0.0, 100.0])


def measure_surveys(public: Public, question: str, name: str, *, lonely: Lonely | None = None) -> Measured:
    """A measure of one question in each sample, (P, N); `n` counts the answers.

    `lonely`: what a stratum with one cluster adds to the error, if not as the scheme says of all.
    """
    polled, lonely = public.polled, lonely or public.lonely
    found = [_of_sample(polled, sample, polled.replies[question], name, lonely) for sample in public.samples]
    return Measured(*(np.stack(column) for column in zip(*found, strict=True)))


def silent(public: Public, question: str) -> Floats:
    """How many were asked and did not know, or refused, (P, N, 2)."""
    polled = public.polled
    how = polled.replies[question].how
    found = [
        [
            counts(np.where(how[sample.rows] == kind, polled.body[sample.rows], -1), polled.bodies)
            for kind in (UNKNOWN, REFUSED)
        ]
        for sample in public.samples
    ]
    return np.array(found, dtype=np.float64).transpose(0, 2, 1)


def worth_of(said: Replies, rows: Ints, name: str) -> Floats:
    """What each interview's answer counts for in a measure, (n,); NaN where it has none."""
    how, points = said.how[rows], said.points[rows]
    if name == "answer_rate":
        return np.where(how == NOT_ASKED, np.nan, np.where(np.isnan(points), 0.0, 100.0))
    if name == "mean_points":
        return points
    return np.where(np.isnan(points), np.nan, np.where(COUNTS[name](points), 100.0, 0.0))


def _of_sample(
    polled: Polled, sample: Sample, said: Replies, name: str, lonely: Lonely
) -> tuple[Floats, Floats, Floats, Floats]:
    if not len(sample.rows):
        nothing = np.full(polled.bodies, np.nan)
        return nothing, nothing, np.zeros(polled.bodies), nothing
    body, worth = polled.body[sample.rows], worth_of(said, sample.rows, name)
    design = replace(sample.design, lonely=lonely)
    found = mean(design, worth, body, polled.bodies)
    size = found.rows.astype(np.float64)
    se = np.where(found.se > SPREAD, found.se, _alike(design, worth, body, size))
    return found.value, se, size, degrees_of(design, ~np.isnan(worth), body, polled.bodies)


def degrees_of(design: Design, there: Bools, body: Ints, bodies: int) -> Floats:
    """Degrees of freedom of each body's error: drawn units with an answer of it, less their strata, (N,)."""
    drawn, own = design.stages[0], body[there]

    def different(*columns: Ints) -> Ints:
        first = np.unique(codes(own, *(column[there] for column in columns)), return_index=True)[1]
        return counts(own[first], bodies)

    return (different(drawn.stratum, drawn.unit) - different(drawn.stratum)).astype(np.float64)


def _alike(design: Design, worth: Floats, body: Ints, size: Floats) -> Floats:
    """Error where all answers of a body are alike, as of independent ones; nought where all people were asked, (N,)."""
    there = np.where(np.isnan(worth), -1, body)
    filled, share = np.nan_to_num(worth), design.stages[0].fraction
    total, squares = (sums(there, figure, len(size)) for figure in (filled, filled**2))
    everyone = len(design.stages) == 1 and share is not None
    missed = sums(body, np.ones(len(body)) if share is None or not everyone else 1.0 - share, len(size))
    with np.errstate(invalid="ignore", divide="ignore"):
        plain = np.sqrt(independent(total, squares, size, ENDS))
    return np.where(size == 0, np.nan, np.where(missed > 0, plain, 0.0))


#: which answers count for a share, by their points: of five levels the third has 50, the fourth 75
COUNTS: Mapping[str, Callable[[Floats], Bools]] = {
    "share_satisfied": lambda points: points > 50.0 - SPREAD,
    "share_bad": lambda points: points < 50.0 - SPREAD,
    "share_very_satisfied": lambda points: points > 100.0 - SPREAD,
    "share_positive": lambda points: points > 75.0 - SPREAD,
}
MEASURES = ("mean_points", *COUNTS, "answer_rate")
