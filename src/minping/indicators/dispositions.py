"""Dispositions: how the cases of a survey ended, as rates of each body, and what they say of those who took no part.

In checked records of `dispositions`, out counts of outcomes by body and period, and of the cells of non-response.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from minping.indicators.events import engine, event_table, whole_numbers, with_bodies
from minping.indicators.lags import periods_within
from minping.indicators.polls import coded
from minping.indicators.ratings import Measured
from minping.indicators.weighting import Coded
from minping.model.arrays import Floats, Ints
from minping.model.evidence import Bodies, Records
from minping.model.surveys import DISPOSITIONS
from minping.stats.groups import sums
from minping.stats.response import OUTCOMES, eligible_share, outcome_rate


@dataclass(frozen=True, slots=True)
class Tried:
    """Cases that were tried, in R kinds."""

    bodies: int
    body: Ints  #: (R,)
    period: tuple[str, ...]  #: (R,)
    outcome: Ints  #: (R,) position in OUTCOMES
    count: Floats  #: (R,)
    cell: dict[str, Coded]  #: column -> (R,)


def tried_cases(records: Records, bodies: Bodies, cells: Sequence[str] = ()) -> Tried:
    """Count the cases by body, period, outcome and the columns of cells; one scan."""
    with engine(records) as opened:
        found = outcomes(opened, records, bodies, cells).to_pyarrow()
    said = coded(found["disposition"])
    return Tried(
        len(bodies.ids),
        whole_numbers(found["body"]),
        tuple(found["period"].to_pylist()),
        np.array([outcome_of(word) for word in said.words], dtype=np.int64)[said.code],
        np.asarray(found["cases"].to_numpy(), dtype=np.float64),
        {name: coded(found[f"cell_{at}"]) for at, name in enumerate(cells)},
    )


def outcomes(opened: Any, records: Records, bodies: Bodies, cells: Sequence[str]) -> Any:
    """The expression: how many cases of each body, period and cell ended in which way."""
    import ibis

    known = ("body", "period", "disposition", "count")
    table = with_bodies(event_table(opened, records, (*known, *(name for name in cells if name not in known))), bodies)
    count = ibis.coalesce(table["count"].try_cast("float64"), 1.0)
    cell = {f"cell_{at}": table[name].cast("string") for at, name in enumerate(cells)}
    table = table.mutate(cases=count, **cell)
    keys = ("body", "period", "disposition", *cell)
    return table.group_by(*keys).aggregate(cases=table.cases.sum()).order_by(*keys)


def outcome_of(word: str) -> int:
    """The position in OUTCOMES that a word or a code of AAPOR means; -1 for one that the checks would not let through.

    >>> [OUTCOMES[outcome_of(word)] for word in ("拒访", "2.112", "4.7")]
    ['refusal', 'refusal', 'ineligible']
    """
    met = [
        at
        for at, outcome in enumerate(OUTCOMES)
        if word in DISPOSITIONS[outcome][0] or re.search(DISPOSITIONS[outcome][1], word)
    ]
    return met[0] if met else -1


def counts_of(tried: Tried, periods: Sequence[str]) -> Floats:
    """Cases by OUTCOMES of each period and body, (P, N, 8)."""
    found = np.zeros((len(periods), tried.bodies, len(OUTCOMES)))
    for at, period in enumerate(periods):
        inside = periods_within(period, tried.period)
        place = tried.body[inside] * len(OUTCOMES) + tried.outcome[inside]
        found[at] = sums(place, tried.count[inside], tried.bodies * len(OUTCOMES)).reshape(found[at].shape)
    return found


def measure_response(tried: Tried, periods: Sequence[str], name: str) -> Measured:
    """A rate of outcomes in per cent, (P, N); `n` counts the cases. All cases are counted: no error by sampling."""
    counts = counts_of(tried, periods)
    rate = 100.0 * outcome_rate(counts, name)
    return Measured(rate, np.full(rate.shape, np.nan), counts.sum(axis=-1))


def cell_factors(tried: Tried, period: str, cells: Sequence[Coded]) -> dict[tuple[str, ...], float]:
    """What the weight of an interview of each cell counts for: eligible cases of the cell, likely ones too, over interviews.

    Infinite where cases of the cell were eligible and none was interviewed. Eligibility is that of the whole period
    (AAPOR's e), since cells are small.
    """
    inside = np.flatnonzero(periods_within(period, tried.period))
    if not len(inside):
        return {}
    words = [tuple(cell.words[int(cell.code[at])] for cell in cells) for at in inside.tolist()]
    place = {word: at for at, word in enumerate(dict.fromkeys(words))}
    code = np.array([place[word] for word in words], dtype=np.int64) * len(OUTCOMES) + tried.outcome[inside]
    counts = sums(code, tried.count[inside], len(place) * len(OUTCOMES)).reshape(len(place), len(OUTCOMES))
    eligible = counts[:, :5].sum(axis=1) + float(eligible_share(counts.sum(axis=0))) * counts[:, 5:7].sum(axis=1)
    interviews = counts[:, :2].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = eligible / interviews
    return {word: float(factor[at]) for word, at in place.items() if eligible[at] > 0}
