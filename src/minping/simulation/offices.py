"""Offices: who heads each body and for how long, under pseudonyms; terms of about five years, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Ints
from minping.simulation.writing import Table, coded, days, texts

if TYPE_CHECKING:
    from minping.simulation.county import County
    from minping.simulation.official import Days

TERMS = 4  #: at most, of each body
LENGTH = (1_500, 2_000)  #: days of a term: from the first, below the last
BACK = 10 * 365  #: days before the end of the county in which terms are told
ASSESSED = (12, 20)  #: month and day of the yearly assessment
ASSESSMENTS = 8  #: years of them


@dataclass(frozen=True, slots=True)
class Offices:
    """Terms of N bodies."""

    start: Days  #: (N, TERMS)
    end: Days  #: (N, TERMS) last day; beyond the county's end while in office
    last: np.datetime64  #: day of the county

    def at(self, body: Ints, when: Days) -> Ints:
        """Which term of its body each day is in, 0 before the second; (R,) each."""
        later = when[:, None] > self.end[body]
        return np.asarray(later.sum(axis=1).clip(0, TERMS - 1))


def draw_offices(random: np.random.Generator, county: County) -> Offices:
    """Terms of every body, from some day before the years that are told."""
    last = county.days[-1].astype("datetime64[D]")
    length = random.integers(*LENGTH, (county.size, TERMS))
    first = last - BACK - random.integers(0, LENGTH[0], county.size)
    end = first[:, None] + np.cumsum(length, axis=1)
    start = end - length + 1
    return Offices(start, end, last)


def terms_table(county: County, offices: Offices) -> Table:
    """One row for each term that had begun by the end."""
    body, turn = np.nonzero(offices.start <= offices.last)
    end = offices.end[body, turn]
    return {
        "term": texts([f"T-{county.ids[one]}-{at + 1}" for one, at in zip(body.tolist(), turn.tolist(), strict=True)]),
        "body": coded(body, county.ids),
        "role": coded(np.zeros(body.size, dtype=np.int64), ["head"]),
        "start_on": days(offices.start[body, turn]),
        "end_on": days(end, end <= offices.last),
    }


def assessments(county: County) -> Days:
    """The days on which bodies are assessed, in time order."""
    last = int(str(county.days[-1])[:4])
    years = range(last - ASSESSMENTS + 1, last + 1)
    return np.array([f"{year}-{ASSESSED[0]:02d}-{ASSESSED[1]:02d}" for year in years], dtype="datetime64[D]")
