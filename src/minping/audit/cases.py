"""Cases: what a test says of bodies, or of single figures, projects, tasks and reports of theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Bools, Codes, Floats, Ints
from minping.model.evidence import Official
from minping.model.findings import Places
from minping.words import Text

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test says of N bodies; NaN where a body has nothing to test."""

    observed: Floats  #: (N,)
    expected: Floats  #: (N,) were the body like the others
    n: Floats  #: (N,)
    p: Floats  #: (N,)
    rows: ibis.Table | None = None  #: body, file, row of every row concerned; None where it is about missing ones


def nowhere() -> Places:
    """No rows."""
    return Places(*(np.zeros(0, dtype=np.int64) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Cases:
    """What a test says of C cases; a body may have several, told apart by what they are about."""

    body: Ints  #: (C,) position of the body
    about: Sequence[str]  #: (C,) id of the indicator, project, task or report; empty: the body as a whole
    observed: Floats  #: (C,)
    expected: Floats  #: (C,)
    n: Floats  #: (C,) out of how many
    p: Floats  #: (C,) 0: it can't be; NaN: nothing to test
    say: Callable[[int], Text]  #: what was found in a case; asked of flagged ones only
    places: Places = field(default_factory=nowhere)  #: case, file and row of each row concerned
    beside: Places = field(default_factory=nowhere)  #: the same of rows that they are compared with


def broken(which: Bools) -> Floats:
    """p-values of an arithmetic test: 0 where figures can't be, 1 where they can."""
    return np.where(which, 0.0, 1.0)


def places_of(case: Ints, file: Ints | Codes, row: Ints, figure: Ints | None = None) -> Places:
    """Places in the order of cases, files, rows and figures; (R,) each."""
    known = np.full(row.shape, -1, dtype=np.int64) if figure is None else figure
    order = np.lexsort((known, row, file, case))
    return Places(*(part[order].astype(np.int64) for part in (case, file, row, known)))


def figures_at(official: Official, case: Ints, at: Ints) -> Places:
    """Places of official figures: the case of each, and its position in `Official`; (R,) each."""
    return places_of(case, official.file[at], official.row[at], at)
