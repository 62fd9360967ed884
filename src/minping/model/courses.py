"""Courses and funnels: how rates of requests went through a period, and what became of those who were served."""

from __future__ import annotations

from dataclasses import dataclass

from minping.model.arrays import Floats


@dataclass(frozen=True, slots=True)
class Course:
    """R rates of requests through one period, in per cent; the last axis is estimate, low, high, number of requests."""

    rates: tuple[str, ...]  #: ids of the indicators
    months: tuple[str, ...]
    quarters: tuple[str, ...]
    together: Floats  #: (R, months, 4) all bodies as one
    bodies: Floats  #: (R, quarters, N, 4)
