"""Figures that can be, and figures that can't."""

from __future__ import annotations

import numpy as np

from benchmarks.error_rates.rate import Effect, Rate, World
from minping.audit.cases import broken
from minping.model.arrays import Floats
from minping.stats.feasible import feasible_sum
from minping.words import Text

DECIMALS, PARTS, BODIES = 1, 3, 200


def _sums(off: float) -> World:
    def world(random: np.random.Generator) -> Floats:
        parts = random.lognormal(4, 1, (BODIES, PARTS))
        printed, whole = np.round(parts, DECIMALS), np.round(parts.sum(axis=1) + off, DECIMALS)
        places = np.full(BODIES, DECIMALS)
        return broken(~feasible_sum(printed.sum(axis=1), whole, places, np.full(BODIES, PARTS)))

    return world


ROUNDED = Text("三个部分与总数各自四舍五入到一位小数", "three parts and the whole, each rounded to one decimal")
RATES = {
    "sums": Rate(
        ROUNDED,
        _sums(0.0),
        (
            Effect(Text("总数偏 0.3", "the whole is 0.3 off"), _sums(0.3)),
            Effect(Text("总数偏 1", "the whole is 1 off"), _sums(1.0)),
        ),
        worlds=20,
    ),
}
