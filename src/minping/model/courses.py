"""Courses and funnels: how rates of requests went through a period, and what became of those who were served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from minping.model.arrays import Floats


@dataclass(frozen=True, slots=True)
class Course:
    """R rates of requests through one period, in per cent; the last axis is estimate, low, high, number of requests."""

    rates: tuple[str, ...]  #: ids of the indicators
    months: tuple[str, ...]
    quarters: tuple[str, ...]
    together: Floats  #: (R, months, 4) all bodies as one
    bodies: Floats  #: (R, quarters, N, 4)


@dataclass(frozen=True, slots=True)
class Pictures:
    """What reports show beside the values."""

    funnel: Floats | None = None  #: (P, N, 5) served, asked, rated; bad ratings due, put right; NaN where not told
    courses: Mapping[str, Course] = field(default_factory=dict)  #: period -> how the rates of requests went
    both_ways: Mapping[str, Floats] = field(default_factory=dict)  #: indicator -> (P, N, 2) as counted, as ruled
