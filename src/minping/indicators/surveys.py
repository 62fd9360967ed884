"""Surveys: what a sample of the public says of each body, as values whose errors know how the sample was drawn.

In checked records of surveys, out measures of one question by body and period. All bodies of a period are domains of
one sample: a stratum or cluster may reach over several. Not knowing and refusing are no answers: they stay in the
sample, out of the measure, and are counted apart. Where all answers of a body are alike, the sample shows no error; that of
independent answers stands in (as for ratings), but where everyone was asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from minping.indicators.events import engine, event_table, month_of, numbers, whole_numbers, with_bodies
from minping.indicators.lags import within
from minping.indicators.ratings import MEASURES, Measured, independent
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import NO_ANSWERS, Bodies, Records
from minping.stats.designs import Design, Lonely, Stage
from minping.stats.estimates import mean
from minping.stats.groups import codes, counts, sums

COLUMNS = ("respondent", "body", "question", "answer", "asked_on", "weight", "stratum", "cluster", "fpc")
SPREAD = 1e-9  #: points; an error below is that of adding up answers that are all alike
NOT_ASKED, UNKNOWN, REFUSED = 0, -1, -2  #: in place of an answer


@dataclass(frozen=True, slots=True)
class Polled:
    """Interviews, n of them, sorted by respondent."""

    bodies: int
    body: Ints  #: (n,)
    month: Ints  #: (n,) counted from year 0
    weight: Floats  #: (n,)
    stratum: Ints  #: (n,)
    cluster: Ints  #: (n,) one for each respondent where people were drawn
    fpc: Floats  #: (n,) clusters to draw from in the stratum; NaN: very many
    clustered: bool
    answer: Mapping[str, Ints]  #: question -> (n,) 1 to 5, or NOT_ASKED, UNKNOWN, REFUSED


def poll(records: Records, bodies: Bodies, questions: Sequence[str]) -> Polled:
    """Read the interviews with their answers to some questions, in one scan."""
    with engine() as opened:
        found = interviews(opened, records, bodies, questions).to_pyarrow()
    stratum, cluster = (_coded(found[name]) for name in ("stratum", "cluster"))
    clustered = found["cluster"].null_count < len(found)
    weight, fpc = numbers(found["weight"]), numbers(found["fpc"])
    return Polled(
        len(bodies.ids),
        whole_numbers(found["body"]),
        whole_numbers(found["month"]),
        np.where(np.isnan(weight), 1.0, weight),
        stratum,
        cluster if clustered else np.arange(len(found), dtype=np.int64),
        fpc,
        clustered,
        {question: whole_numbers(found[f"answer_{at}"]) for at, question in enumerate(questions)},
    )


def interviews(opened: Any, records: Records, bodies: Bodies, questions: Sequence[str]) -> Any:
    """The expression: one row for each respondent, with a column for each question."""
    import ibis

    table = with_bodies(event_table(opened, records, COLUMNS), bodies)
    said = ibis.cases(
        (table.answer.isin(NO_ANSWERS["unknown"]), UNKNOWN),
        (table.answer.isin(NO_ANSWERS["refused"]), REFUSED),
        else_=table.answer.try_cast("float64").try_cast("int8"),
    )
    table = table.mutate(said=said, month=month_of(table.asked_on))
    answers = {
        f"answer_{at}": ibis.coalesce(table.said.max(where=table.question == question), NOT_ASKED)
        for at, question in enumerate(questions)
    }
    grouped = table.group_by("respondent", "body", "month", "weight", "stratum", "cluster", "fpc")
    return grouped.aggregate(**answers).order_by("respondent")


def measure_surveys(
    polled: Polled, periods: Sequence[str], question: str, name: str, *, lonely: Lonely = "centre"
) -> Measured:
    """A measure of one question in each period, (P, N); `n` counts the answers.

    Each period's interviews are a sample of their own. `lonely`: what a stratum with one cluster adds to the error.
    """
    found = [_of_period(polled, within(polled.month, period), question, name, lonely) for period in periods]
    return Measured(*(np.stack(column) for column in zip(*found, strict=True)))


def silent(polled: Polled, periods: Sequence[str], question: str) -> Floats:
    """How many were asked and did not know, or refused, (P, N, 2)."""
    said = polled.answer[question]
    found = [
        [
            counts(np.where(within(polled.month, period) & (said == how), polled.body, -1), polled.bodies)
            for how in (-1, -2)
        ]
        for period in periods
    ]
    return np.array(found, dtype=np.float64).transpose(0, 2, 1)


def design_of(polled: Polled, inside: Bools, lonely: Lonely) -> Design:
    """The sample of some interviews; people within drawn clusters are a second stage where the frame is known."""
    stratum, cluster = polled.stratum[inside], codes(polled.stratum[inside], polled.cluster[inside])
    frame, share = polled.fpc[inside], None
    if len(frame) and not np.isnan(frame).any():
        first = np.unique(cluster, return_index=True)[1]
        drawn = sums(stratum[first], np.ones(len(first)), int(stratum.max()) + 1)
        share = drawn[stratum] / frame
    stages: tuple[Stage, ...] = (Stage(stratum, cluster, share),)
    if polled.clustered and share is not None:
        stages += (Stage(np.zeros_like(stratum), np.arange(len(stratum), dtype=np.int64)),)
    return Design(polled.weight[inside], stages, lonely=lonely)


def _of_period(
    polled: Polled, inside: Bools, question: str, name: str, lonely: Lonely
) -> tuple[Floats, Floats, Floats]:
    said, body = polled.answer[question][inside], polled.body[inside]
    if not inside.any():
        return np.full(polled.bodies, np.nan), np.full(polled.bodies, np.nan), np.zeros(polled.bodies)
    worth = np.where(said > 0, WORTH[name][np.maximum(said, 1) - 1], np.nan)
    if name == "answer_rate":
        worth = np.where(said == NOT_ASKED, np.nan, np.where(said > 0, 100.0, 0.0))
    design = design_of(polled, inside, lonely)
    found = mean(design, worth, body, polled.bodies)
    size = found.rows.astype(np.float64)
    return found.value, np.where(found.se > SPREAD, found.se, _alike(design, worth, body, size, WORTH[name])), size


def _alike(design: Design, worth: Floats, body: Ints, size: Floats, worths: Floats) -> Floats:
    """Error where all answers of a body are alike, as of independent ones; nought where all people were asked, (N,)."""
    there = np.where(np.isnan(worth), -1, body)
    filled, share = np.nan_to_num(worth), design.stages[0].fraction
    total, squares = (sums(there, figure, len(size)) for figure in (filled, filled**2))
    everyone = len(design.stages) == 1 and share is not None
    missed = sums(body, np.ones(len(body)) if share is None or not everyone else 1.0 - share, len(size))
    with np.errstate(invalid="ignore", divide="ignore"):
        plain = np.sqrt(independent(total, squares, size, worths))
    return np.where(size == 0, np.nan, np.where(missed > 0, plain, 0.0))


def _coded(column: Any) -> Ints:
    words = np.array([word or "" for word in column.to_pylist()], dtype=str)
    return np.unique(words, return_inverse=True)[1].astype(np.int64).ravel()


#: what each level is worth; those of ratings, and the upper two of five
WORTH: Mapping[str, Floats] = {
    **MEASURES,
    "share_positive": np.array([0.0, 0.0, 0.0, 100.0, 100.0]),
    "answer_rate": np.array([0.0, 100.0, 100.0, 100.0, 100.0]),
}
