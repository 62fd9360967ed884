"""What one test's error rates are measured on: worlds without and with an effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats
from minping.words import Text

World = Callable[[np.random.Generator], Floats]  #: draws a world; the p-values of its cases


class Effect(NamedTuple):
    """Something planted."""

    words: Text  #: what, and how large
    world: World  #: p-values of the planted cases only


class Rate(NamedTuple):
    """One test."""

    honest: Text  #: how honest worlds are made
    null: World  #: p-values of all cases of an honest world
    effects: tuple[Effect, ...]
    worlds: int = 200  #: drawn of each


SIZES = (0.01, 0.05)


class Measured(NamedTuple):
    """Shares of cases with p at or below 1 % and 5 %."""

    cases: int
    at: tuple[float, float]


def measure(world: World, worlds: int, seed: int) -> Measured:
    """Draw so many worlds; every case counts once."""
    p = np.concatenate([world(np.random.default_rng([seed, at])) for at in range(worlds)])
    p = p[np.isfinite(p)]
    shares = [float(np.mean(p <= size)) if p.size else float("nan") for size in SIZES]
    return Measured(int(p.size), (shares[0], shares[1]))
