"""Precision: with how many decimals a series is published."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats
from minping.stats.written import written


def decimals_of(values: Floats, declared: int | None) -> int | None:
    """The decimals that a series is published with: as declared, else the most that are written; None if computed."""
    if declared is not None:
        return declared
    found = written(values)
    there = np.isfinite(values)
    return int(found.places[there].max(initial=0)) if found.known[there].all() else None
