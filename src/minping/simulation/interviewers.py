"""Interviewers of the survey: who visited which community, how long it took, and (planted) what was never asked.

Three interviewers share each body. Planted ones record most of their interviews: one answer to all questions, one of two
sets of answers, or in a few minutes at the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from minping.model.arrays import Bools, Floats, Ints
from minping.simulation.abuse import Planted
from minping.simulation.writing import Table, coded, numbers

if TYPE_CHECKING:
    from minping.simulation.county import County

KINDS = ("one_answer", "copied_answers", "short_interviews")
EACH_BODY = 3  #: interviewers of a body
SHARE = 0.8  #: of the interviews of one who records them
MINUTES, SPREAD = 14.0, 0.3  #: of an honest interview: its middle, and the spread of its logarithm
AT_THE_DESK = (2.0, 5.0)  #: minutes of a recorded one
SETS = np.array([[4, 5, 4], [5, 4, 5]])  #: of answers, one or the other


def record(
    random: np.random.Generator, county: County, table: Table, planted: bool
) -> tuple[Table, dict[str, Planted]]:
    """The survey with its interviewers and minutes; where `planted`, with what some of them recorded."""
    body, person = (_codes(table[name]) for name in ("body", "respondent"))
    first = np.unique(person, return_index=True)[1]
    rows = np.diff(np.append(first, person.size))  # of each person, one for each question
    where, cluster = body[first], _codes(table["cluster"])[first]
    interviewers = max(EACH_BODY, county.size)
    turn = random.integers(EACH_BODY, size=int(cluster.max()) + 1)
    who = (where + turn[cluster]) % interviewers
    minutes = np.round(MINUTES * np.exp(random.normal(0, SPREAD, first.size)), 1)
    answers = np.asarray(table["answer"].to_numpy(zero_copy_only=False)).copy()
    kinds: dict[str, Planted] = {}
    if planted:
        each = max(1, interviewers // 20)
        chosen = random.permutation(interviewers)[: each * len(KINDS)].reshape(-1, each)
        names = np.array(table["respondent"].to_pylist(), dtype=object)[first]
        for kind, some in zip(KINDS, chosen, strict=False):
            made = np.isin(who, some) & (random.random(first.size) < SHARE)
            _fill_in(random, kind, made, first, answers, minutes)
            bodies = tuple(county.ids[at] for at in np.unique(where[made]))
            kinds[kind] = Planted(bodies, tuple(names[made].tolist()))
    told = np.repeat(who, rows)
    return {
        **table,
        "answer": numbers(answers),
        "interviewer": coded(told, [f"V{at + 1:02d}" for at in range(interviewers)]),
        "minutes": numbers(np.repeat(minutes, rows)),
    }, kinds


def _fill_in(random: np.random.Generator, kind: str, made: Bools, first: Ints, answers: Ints, minutes: Floats) -> None:
    """Change the answers or minutes of these interviews."""
    some = np.flatnonzero(made)
    questions = SETS.shape[1]
    if kind == "short_interviews":
        minutes[some] = random.uniform(*AT_THE_DESK, some.size).round(1)
        return
    filled = np.repeat(random.choice([4, 5], some.size)[:, None], questions, axis=1)
    if kind == "copied_answers":
        filled = SETS[random.integers(len(SETS), size=some.size)]
    answers[first[some][:, None] + np.arange(questions)] = filled


def _codes(column: pa.Array) -> Ints:
    """The first row of each word is numbered 0, 1, … as the words come."""
    return np.asarray(column.dictionary_encode().indices.to_numpy(zero_copy_only=False), dtype=np.int64)
