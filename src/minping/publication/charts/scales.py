"""Scales: from figures to places along an axis, and the round figures to mark on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight axis from `low`..`high` (figures) to `start`..`end` (places, in per cent of a drawing's width)."""

    low: float
    high: float
    start: float
    end: float

    def at(self, figure: float) -> float:
        """The place of a figure; figures beyond the axis stand at its end, and all in the middle of a null axis.

        >>> Scale(0, 10, 20, 80).at(5), Scale(3, 3, 20, 80).at(3)
        (50.0, 50.0)
        """
        if self.high == self.low:
            return (self.start + self.end) / 2
        part = (figure - self.low) / (self.high - self.low)
        return self.start + min(max(part, 0.0), 1.0) * (self.end - self.start)


def step_of(low: float, high: float, count: int = 5) -> float:
    """A round step (1, 2, 5 × a power of ten) that gives about `count` of them between two figures.

    >>> step_of(0, 31), step_of(70, 84)
    (5.0, 2.0)
    """
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return 1.0
    rough = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(factor for factor in (1, 2, 5, 10) if rough <= factor * power * 1.4)


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round figures from `low` to `high`.

    >>> ticks(71.2, 83.9)
    [72.0, 74.0, 76.0, 78.0, 80.0, 82.0]
    """
    step = step_of(low, high, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(at * step, 10) for at in range(first, last + 1)]


def around(figures: Iterable[float], start: float, end: float, count: int = 5) -> Scale:
    """An axis that holds all figures and begins and ends on round ones; NaN is left out.

    >>> around([71.2, 83.9], 0, 100)
    Scale(low=70.0, high=84.0, start=0, end=100)
    """
    known = [figure for figure in figures if math.isfinite(figure)]
    if not known:
        return Scale(0.0, 1.0, start, end)
    low, high = min(known), max(known)
    if low == high:
        low, high = low - 1, high + 1
    step = step_of(low, high, count)
    return Scale(round(math.floor(low / step) * step, 10), round(math.ceil(high / step) * step, 10), start, end)
