"""Courses: the rates of requests month by month for all bodies together, and quarter by quarter for each.

In requests in cells, as they were counted once, out rates with their intervals; nothing is read anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from minping.indicators.intervals import interval
from minping.indicators.lags import months_of
from minping.indicators.requests import Asked, measure_requests
from minping.model.arrays import Floats
from minping.model.courses import Course
from minping.scheme.request_rules import NAMED_RATES
from minping.scheme.shape import From, Scheme


def course(scheme: Scheme, asked: Asked, period: str) -> Course | None:
    """The rates of a period that the scheme asks for; None where it asks for none, or the period has no parts."""
    rates = {part.id: part.evidence for part in scheme.indicators if is_rate(part.evidence)}
    months, quarters = parts_of(period, 1), parts_of(period, 3)
    if not rates or len(months) < 2:
        return None
    whole = replace(asked, bodies=1, body=np.zeros_like(asked.body))
    return Course(
        tuple(rates),
        months,
        quarters,
        np.stack([_told(whole, months, how)[:, 0] for how in rates.values()]),
        np.stack([_told(asked, quarters, how) for how in rates.values()]),
    )


def is_rate(how: From) -> bool:
    """Whether it is a rate of requests (and not a time)."""
    return how.requests is not None and (not isinstance(how.requests, str) or how.requests in NAMED_RATES)


def parts_of(period: str, length: int) -> tuple[str, ...]:
    """The months (1) or quarters (3) of a period of up to two years; none of a longer one, an odd name or a part of one.

    >>> parts_of("2025", 3), parts_of("2025Q2", 1), parts_of("2021-2024", 1)
    (('2025Q1', '2025Q2', '2025Q3', '2025Q4'), ('2025-04', '2025-05', '2025-06'), ())
    """
    first, last = months_of(period) or (1, 0)
    if not 0 < last - first + 1 <= 24 or (last - first + 1) % length:
        return ()
    starts = range(first, last + 1, length)
    names = {1: lambda at: f"{at // 12:04d}-{at % 12 + 1:02d}", 3: lambda at: f"{at // 12:04d}Q{at % 12 // 3 + 1}"}
    return tuple(names[length](at) for at in starts)


def _told(asked: Asked, periods: Sequence[str], how: From) -> Floats:
    """Estimate, ends of the interval and number, (P, N, 4)."""
    if not periods or how.requests is None:
        return np.zeros((0, asked.bodies, 4))
    found = measure_requests(asked, periods, how.requests, as_ruled=how.as_ruled)
    return np.stack([found.estimate, *interval(found, "share"), found.n], axis=-1)
