"""Burden: which figures a scheme asks bodies to report themselves, and how often in a year."""

from __future__ import annotations

from typing import NamedTuple

from minping.scheme.shape import Indicator, Scheme

#: a word of `source.frequency` -> reports a year; the first that occurs counts
TIMES = {
    "半年": 2.0,
    "half": 2.0,
    "quarter": 4.0,
    "季": 4.0,
    "month": 12.0,
    "月": 12.0,
    "week": 52.0,
    "周": 52.0,
    "daily": 250.0,
    "每日": 250.0,
    "annual": 1.0,
    "year": 1.0,
    "年": 1.0,
}


class Asked(NamedTuple):
    """One figure that every body it concerns reports itself."""

    indicator: Indicator
    a_year: float  #: how often


def times_a_year(frequency: str, usual: float) -> float:
    """How often a frequency in words is; `usual` where it says nothing that is known.

    >>> times_a_year("半年", 1.0), times_a_year("Quarterly", 1.0), times_a_year("", 1.0)
    (2.0, 4.0, 1.0)
    """
    words = frequency.casefold()
    return next((times for word, times in TIMES.items() if word in words), usual)


def asked(scheme: Scheme) -> tuple[Asked, ...]:
    """The figures that bodies report themselves, in file order; by its own frequency, or else that of the scheme."""
    usual = scheme.burden.reports_per_year
    return tuple(
        Asked(part, times_a_year(part.source.frequency, usual))
        for part in scheme.indicators
        if part.source.reporter == "self"
    )
