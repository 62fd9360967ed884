"""By body: one case for each body's debt, with the rows of the ledger that it rests on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minping.audit.cases import Cases, places_of
from minping.audit.debt.standing import Standing
from minping.model.arrays import Bools, Floats
from minping.model.findings import Places
from minping.words import Text


def cases_of(
    found: Standing, p: Floats, say: Callable[[int], Text], observed: Floats, expected: Floats, places: Places
) -> Cases:
    """Cases of N bodies; figures and p (N,)."""
    debts = found.debts.astype(np.float64)
    return Cases(np.arange(p.size), [""] * p.size, observed, expected, debts, p, say, places)


def debts_of(found: Standing, which: Bools) -> Places:
    """The rows of some debts, (D,), by their bodies."""
    ledger, at = found.ledger, np.flatnonzero(which)
    return places_of(ledger.body[at], ledger.file[at], ledger.row[at])
