"""Interviews: the answers of a period's surveys, one row for each interview, for tests of how they were recorded.

An interviewer is a pseudonym, kept inside: a finding is about a batch of interviews of a body and names no person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.audit.citizens.sources import columns, held
from minping.indicators.events import event_table, month_of, with_bodies
from minping.indicators.lags import months_of
from minping.model.arrays import Bools, Floats, Ints
from minping.model.evidence import NO_ANSWERS, Evidence
from minping.model.findings import Spread
from minping.stats.clusters import intraclass
from minping.stats.groups import distinct
from minping.words import Text

if TYPE_CHECKING:
    import ibis

COLUMNS = ("respondent", "body", "question", "answer", "asked_on", "interviewer", "minutes")


@dataclass(frozen=True, slots=True)
class Interviews:
    """n interviews by I interviewers, of N bodies."""

    bodies: int
    rows: ibis.Table  #: body, interviewer, file, row of every answer
    body: Ints  #: (n,)
    names: tuple[str, ...]  #: (I,) pseudonyms; never shown
    interviewer: Ints  #: (n,)
    year: Ints  #: (n,)
    answers: Ints  #: (n,) one code for each set of answers
    first: Ints  #: (n,) the answer to the first question that was answered, 1 to 5; 0: none was
    answered: Ints  #: (n,) how many questions
    alike: Bools  #: (n,) all answers are the same
    mean: Floats  #: (n,) of the answers; NaN where there is none
    silent: Bools  #: (n,) did not know, or refused, at least once
    minutes: Floats  #: (n,) NaN where not told


def open_interviews(opened: Any, evidence: Evidence, period: str) -> Interviews:
    """The interviews of a period that tell who made them; interviews without interviewer are left out."""
    import ibis

    records = evidence.records["surveys"]
    table = with_bodies(event_table(opened, records, COLUMNS, placed=True), evidence.bodies)
    first, last = months_of(period) or (1, 0)
    month = month_of(table.asked_on)
    table = table.filter((month >= first) & (month <= last) & table.interviewer.notnull())
    none = [word for words in NO_ANSWERS.values() for word in words]
    said = table.answer.try_cast("float64").try_cast("int64")
    table = table.mutate(
        body=table.body.cast("int64"),
        year=table.asked_on.year().cast("int64"),
        said=said,
        silent=table.answer.isin(none).cast("int64"),
        both=table.question.concat("=", table.answer),
    )
    table = held(opened, "audited_surveys", table, records.rows)
    told = table.said.notnull()
    found = columns(
        table.group_by("respondent", "body", "interviewer", "year").aggregate(
            answers=table.both.group_concat(";", order_by=table.question),
            first=ibis.coalesce(table.said.argmin(table.question, where=told), 0),
            answered=told.sum().cast("int64"),
            alike=(table.said.nunique() == 1).cast("int64"),
            mean=table.said.mean(),
            silent=table.silent.max(),
            minutes=table.minutes.max(),
        )
    )
    names, interviewer = np.unique(found["interviewer"].astype(str), return_inverse=True)
    answers = np.unique(found["answers"].astype(str), return_inverse=True)[1]
    whole = {name: found[name].astype(np.int64) for name in ("body", "year", "first", "answered")}
    return Interviews(
        bodies=len(evidence.bodies.ids),
        rows=table,
        names=tuple(names.tolist()),
        interviewer=interviewer.astype(np.int64),
        answers=answers.astype(np.int64),
        alike=found["alike"] == 1,
        mean=found["mean"],
        silent=found["silent"] > 0,
        minutes=found["minutes"],
        **whole,
    )


def spread_of(interviews: Interviews) -> Spread | None:
    """How much of what people answer goes with who asked them, within bodies; None where nobody can be compared."""
    there = ~np.isnan(interviews.mean)
    body = distinct(interviews.body[there])[1]
    batch = distinct(interviews.body[there] * max(len(interviews.names), 1) + interviews.interviewer[there])[1]
    share = intraclass(interviews.mean[there], batch, body)
    if np.isnan(share):
        return None
    each = float(there.sum() / (batch.max() + 1))
    return Spread(len(interviews.names), int(there.sum()), share, 1 + max(share, 0.0) * (each - 1))


def spread_words(spread: Spread) -> Text:
    """How much of the answers goes with who asked."""
    share, effect = f"{100 * max(spread.share, 0.0):.1f} %", f"{spread.design_effect:.2f}"
    return Text(
        f"满意度调查有 {spread.interviewers} 名访问员、{spread.interviews} 份答卷：同一单位内，答案差异的 {share} 随访问员而变"
        f"（组内相关），均值的方差因此约为 {effect} 倍。",
        f"The survey has {spread.interviewers} interviewers and {spread.interviews} interviews: within a body, {share} of the "
        f"variance of answers goes with the interviewer (intraclass correlation), so that a mean varies about {effect} times as much.",
    )
