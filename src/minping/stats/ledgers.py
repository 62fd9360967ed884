"""Ledgers: every statistic of digits of a long column of amounts, each amount looked at once.

In: amounts as read from text; out: leading digits against Benford's law, last two against equal shares, mantissas.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats
from minping.stats.digits import (
    LARGEST,
    Conformity,
    Mantissas,
    benford,
    benford_second,
    conformity,
    leading,
    mantissas,
    whole,
)


class Ledger(NamedTuple):
    """Of the amounts other than nought."""

    first: Conformity
    first_two: Conformity
    first_three: Conformity
    second: Conformity
    last_two: Conformity | None  #: in units of the smallest place; None where the amounts have too many digits for that
    mantissas: Mantissas


def ledger(amounts: Floats) -> Ledger:
    """Digits and mantissas of (N,) amounts, found exactly: 0.29 begins with 29.

    Raises:
        ValueError: an amount is not finite or has more digits than a float holds, or fewer than two aren't nought.

    >>> found = ledger(np.array([41.76, 3.0, -0.05, 0.0]))
    >>> found.first.counts.tolist(), found.last_two.counts[[76, 0, 5]].tolist()
    ([0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0])
    """
    written, places = whole(amounts)
    if not written.all():
        there = written != 0
        written, places = written[there], places[there]
    told = mantissas(written)
    three = np.bincount(leading(written, 3) - 100, minlength=900).astype(np.float64)
    two = three.reshape(90, 10).sum(axis=1)
    one, second = two.reshape(9, 10).sum(axis=1), two.reshape(9, 10).sum(axis=0)
    most = int(places.max())
    even = (places == most).all()
    last = None
    if even or np.abs(amounts).max() * 10.0**most <= LARGEST:
        same = np.abs(written if even else written * 10 ** (most - places))
        counts = np.bincount(same % 100, minlength=100).astype(np.float64)
        last = conformity(counts, np.full(100, 0.01), 0)
    return Ledger(
        conformity(one, benford(1), 1),
        conformity(two, benford(2), 10),
        conformity(three, benford(3), 100),
        conformity(second, benford_second(), 0),
        last,
        told,
    )
