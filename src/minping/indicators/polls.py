"""Polls: the interviews of surveys as columns, read from the records in one scan.

Not knowing and refusing are no answers: they stay in the sample, out of every measure, and are counted apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minping.indicators.events import engine, event_table, month_of, numbers, whole_numbers, with_bodies
from minping.indicators.weighting import Coded
from minping.model.arrays import Floats, Ints
from minping.model.evidence import NO_ANSWERS, Bodies, Records
from minping.model.questions import FIVE_LEVELS, Scale

COLUMNS = ("respondent", "body", "question", "answer", "asked_on", "weight", "stratum", "cluster", "fpc", "fpc2")
DESIGN = ("weight", "stratum", "cluster", "fpc", "fpc2")
NOT_ASKED, ANSWERED, UNKNOWN, REFUSED = 0, 1, -1, -2


@dataclass(frozen=True, slots=True)
class Replies:
    """What n interviews said to one question."""

    how: Ints  #: (n,) ANSWERED, NOT_ASKED, UNKNOWN or REFUSED
    points: Floats  #: (n,) from 0 at the worst level to 100 at the best; NaN where there is no answer


@dataclass(frozen=True, slots=True)
class Polled:
    """Interviews, n of them, sorted by respondent."""

    ids: tuple[str, ...]  #: of the N bodies
    body: Ints  #: (n,)
    month: Ints  #: (n,) counted from year 0
    weight: Floats  #: (n,)
    stratum: Ints  #: (n,)
    cluster: Ints  #: (n,) one for each respondent where people were drawn
    fpc: Floats  #: (n,) clusters to draw from in the stratum; NaN: very many
    fpc2: Floats  #: (n,) people to draw from in the cluster; NaN: very many
    clustered: bool
    replies: Mapping[str, Replies]  #: question ->
    covariate: Mapping[str, Coded] = field(default_factory=dict)  #: other columns that the scheme weights by
    replicate: Floats | None = None  #: (n, R) replicate weights

    @property
    def bodies(self) -> int:
        """How many bodies there are, N."""
        return len(self.ids)


def poll(
    records: Records,
    bodies: Bodies,
    questions: Sequence[str],
    *,
    scales: Mapping[str, Scale] | None = None,
    covariates: Sequence[str] = (),
    replicates: Sequence[str] = (),
) -> Polled:
    """Read the interviews with their answers to some questions, in one scan."""
    scales = scales or {}
    with engine(records) as opened:
        found = interviews(opened, records, bodies, questions, scales, covariates, replicates).to_pyarrow()
    clustered = found["cluster"].null_count < len(found)
    weight, rows = numbers(found["weight"]), np.arange(len(found), dtype=np.int64)
    replies = {}
    for at, question in enumerate(questions):
        scale = scales.get(question, FIVE_LEVELS)
        points = 100.0 * (numbers(found[f"answer_{at}"]) - scale.worst) / (scale.best - scale.worst)
        replies[question] = Replies(whole_numbers(found[f"how_{at}"]), points)
    return Polled(
        bodies.ids,
        whole_numbers(found["body"]),
        whole_numbers(found["month"]),
        np.where(np.isnan(weight), 1.0, weight),
        coded(found["stratum"]).code,
        coded(found["cluster"]).code if clustered else rows,
        numbers(found["fpc"]),
        numbers(found["fpc2"]),
        clustered,
        replies,
        {name: coded(found[f"covariate_{at}"]) for at, name in enumerate(covariates)},
        np.column_stack([numbers(found[f"replicate_{at}"]) for at in range(len(replicates))]) if replicates else None,
    )


def interviews(
    opened: Any,
    records: Records,
    bodies: Bodies,
    questions: Sequence[str],
    scales: Mapping[str, Scale],
    covariates: Sequence[str] = (),
    replicates: Sequence[str] = (),
) -> Any:
    """The expression: one row for each respondent, with columns for each question."""
    import ibis

    further = tuple(name for name in (*covariates, *replicates) if name not in COLUMNS)
    table = with_bodies(event_table(opened, records, (*COLUMNS, *further)), bodies)
    table = table.mutate(month=month_of(table.asked_on))
    columns = {}
    for at, question in enumerate(questions):
        here, scale = table.question == question, scales.get(question, FIVE_LEVELS)
        unknown = table.answer.isin((*NO_ANSWERS["unknown"], *scale.unknown))
        refused = table.answer.isin((*NO_ANSWERS["refused"], *scale.refused))
        how = ibis.cases((unknown, UNKNOWN), (refused, REFUSED), else_=ANSWERED).cast("int8")
        columns[f"how_{at}"] = ibis.coalesce(how.max(where=here), NOT_ASKED)
        columns[f"answer_{at}"] = table.answer.try_cast("float64").max(where=here & ~unknown & ~refused)
    columns |= {f"covariate_{at}": table[name].cast("string").max() for at, name in enumerate(covariates)}
    columns |= {f"replicate_{at}": table[name].try_cast("float64").max() for at, name in enumerate(replicates)}
    grouped = table.group_by("respondent", "body", "month", *DESIGN)
    return grouped.aggregate(**columns).order_by("respondent")


def coded(column: Any) -> Coded:
    """A column of text as codes in the order of its words; no word is the empty one."""
    import pyarrow as pa

    one = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    dictionary = pa.compute.fill_null(one.cast("string"), "").dictionary_encode()
    if isinstance(dictionary, pa.ChunkedArray):
        dictionary = dictionary.combine_chunks()
    words = dictionary.dictionary.to_pylist()
    order = sorted(range(len(words)), key=words.__getitem__)
    place = np.empty(len(words), dtype=np.int64)
    place[order] = np.arange(len(words))
    return Coded(tuple(words[at] for at in order), place[np.asarray(dictionary.indices, dtype=np.int64)])
