"""Calibration: how ratings were weighed so that they stand for all cases served, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from minping.model.arrays import Bools, Bytes, Floats, Ints


class Outcome(IntEnum):
    """What came of weighing the ratings of one body in one period."""

    WEIGHED = 0
    NO_LOG = 1  #: the offers tell of no case
    NO_RATINGS = 2  #: none, or none of a category that the offers know
    TOO_FEW = 3  #: a category with cases has fewer ratings than asked for
    UNATTAINABLE = 4  #: no weights (within the bounds) give the log's margins


@dataclass(frozen=True, slots=True)
class LogCells:
    """R combinations of categories with a case or a rating."""

    period: Ints  #: (R,) position in `Calibration.periods`
    body: Ints  #: (R,)
    code: tuple[Ints, ...]  #: per column: (R,) position in `Calibration.words`
    issued: Floats  #: (R,) cases served
    rated: Floats  #: (R,)
    factor: Floats  #: (R,) what each rating counts for, 1 being the body's mean; NaN without weights or ratings
    short: tuple[Bools, ...]  #: per margin: (R,) of a category with fewer ratings than asked for
    pooled: tuple[Bools, ...]  #: per margin: (R,) counted together with other categories
    unknown: Bools  #: (R,) of a category that the offers do not know: no weight


@dataclass(frozen=True, slots=True)
class Calibration:
    """P periods × N bodies."""

    periods: tuple[str, ...]
    bodies: tuple[str, ...]
    columns: tuple[str, ...]  #: of `offers` and `ratings`
    words: tuple[str, ...]  #: of all columns; empty: none was given
    joint: bool  #: one margin of all combinations, in place of one per column
    estimate: Floats  #: (P, N, V) of the measures in the order of `ratings.MEASURES`; NaN without weights
    se: Floats  #: (P, N, V)
    degrees: Floats  #: (P, N, V) of freedom of the error
    n: Floats  #: (P, N) ratings that have a weight
    outcome: Bytes  #: (P, N) an `Outcome`
    spread: Floats  #: (P, N) by how much unequal weights alone enlarge a variance (Kish 1965), 1: not at all
    negative: Bools  #: (P, N) some weight is below nought
    cells: LogCells
