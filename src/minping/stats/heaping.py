"""Heaping of percentages at whole numbers: how many units lie there, and how many would by chance; exact, no draws.

Kobak, Shpilkin and Pshenichnikov (2016, "Integer percentages as electoral falsification fingerprints", Annals of
Applied Statistics 10) draw each unit's count again and again from the binomial with its own share. Here the chance of
each unit is summed over the counts whose percentage lies near a whole one, so the answer has no noise of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Bools, Floats, Ints

SPREADS = 9.0  #: standard deviations from the mean beyond which no count is looked at (less than 1e-15 of chance)
MARGIN = 40.0  #: counts by which that is widened, for small means
NARROW = 24  #: counts of a band up to which their chances are summed; wider bands are differences of tails
LARGE = 1_000_000  #: trials beyond which single chances lose digits, so tails are used
_UNITS_AT_ONCE = 2048
_TIE = 1e-9  #: what counts as on the edge of a band, in counts


@dataclass(frozen=True, slots=True)
class Heaping:
    """How many units lie at whole percentages, against what chance gives."""

    units: int  #: those whose chance is known
    observed: int
    expected: float  #: the sum of the units' chances
    variance: float  #: the sum of chance × (1 − chance)

    @property
    def excess(self) -> float:
        """Units above what chance gives."""
        return self.observed - self.expected

    @property
    def z(self) -> float:
        """The excess in standard deviations; NaN where chance leaves nothing open."""
        return self.excess / math.sqrt(self.variance) if self.variance > 0 else math.nan


def near_whole(successes: Floats, trials: Floats, *, within: float = 0.05, every: float = 1.0) -> Bools:
    """Whether 100 × successes / trials lies within ± `within` (percentage points) of a multiple of `every`; (N,).

    Both edges belong to the band. False where either count is missing or trials are none.

    Raises:
        ValueError: the bands are not narrower than what lies between them, or there are more successes than trials.

    >>> near_whole(np.array([30.0, 301.0, 0.0]), np.array([60.0, 700.0, 0.0]))
    array([ True,  True, False])
    """
    _check(successes, trials, within, every)
    known = trials > 0
    size = np.where(known, trials, 1.0)
    step = size * every / 100
    apart = np.abs(successes - np.round(successes / step) * step)
    return np.asarray(known & (apart <= within * size / 100 + _TIE))


def chance_near_whole(successes: Floats, trials: Floats, *, within: float = 0.05, every: float = 1.0) -> Floats:
    """P(the percentage of Binomial(trials, successes / trials) lies near a whole one), else as `near_whole`; (N,).

    A unit's own share stands for its true one; with few trials this makes the chance too large for units at a whole
    percentage and too small for others, which on the whole is cautious. NaN where `near_whole` can't be told.

    >>> chance_near_whole(np.array([5.0, 500.0]), np.array([10.0, 1000.0])).round(4)
    array([1. , 0.1])
    """
    _check(successes, trials, within, every)
    chances = np.full(np.shape(trials), np.nan)
    known = np.flatnonzero((trials > 0) & np.isfinite(successes))
    for start in range(0, known.size, _UNITS_AT_ONCE):
        rows = known[start : start + _UNITS_AT_ONCE]
        chances[rows] = _chances(successes[rows], trials[rows], within, every)
    return chances


def either(one: Floats, other: Floats) -> Floats:
    """Chance that at least one of two independent things happens, from the chance of each; shapes broadcast.

    >>> either(np.array([0.1]), np.array([0.5]))
    array([0.55])
    """
    return np.asarray(one + other - one * other)


def heaping(near: Bools, chances: Floats) -> Heaping:
    """Count what lies at whole percentages, against the sum of independent chances (Poisson binomial); (N,) each.

    Units whose chance is NaN are left out.

    >>> heaping(np.array([True, True, False]), np.array([0.1, 0.1, 0.3])).excess
    1.5
    """
    known = np.isfinite(chances)
    there = chances[known]
    return Heaping(int(known.sum()), int(near[known].sum()), float(there.sum()), float((there * (1 - there)).sum()))


def _check(successes: Floats, trials: Floats, within: float, every: float) -> None:
    if not 0 <= 2 * within < every <= 100:
        raise ValueError(f"within is {within:g} and every {every:g}; 0 <= 2 × within < every <= 100 must hold")
    if bool(np.any((successes < 0) | (successes > trials))):
        raise ValueError("successes must lie between nought and the trials")


def _chances(successes: Floats, trials: Floats, within: float, every: float) -> Floats:
    """The chance of each unit: the sum over the bands that its binomial reaches."""
    share = successes / trials
    reach = SPREADS * np.sqrt(trials * share * (1 - share)) + MARGIN
    step = trials * every / 100
    first = np.ceil((np.maximum(successes - reach, 0.0) / step) - 0.5)
    last = np.floor((np.minimum(successes + reach, trials) / step) + 0.5)
    unit, place = _spread((last - first + 1).astype(np.int64))
    middle, half = (first[unit] + place) * step[unit], within * trials[unit] / 100
    low = np.maximum(np.ceil(middle - half - _TIE), 0.0)
    high = np.minimum(np.floor(middle + half + _TIE), trials[unit])
    filled = high >= low
    unit, low, high = unit[filled], low[filled], high[filled]
    narrow = (high - low < NARROW) & (trials[unit] <= LARGE)
    total = np.zeros(trials.size)
    for rows, of_bands in ((narrow, _summed), (~narrow, _between)):
        at = unit[rows]
        total += np.bincount(at, of_bands(low[rows], high[rows], trials[at], share[at]), minlength=trials.size)
    return np.clip(total, 0.0, 1.0)


def _spread(lengths: Ints) -> tuple[Ints, Ints]:
    """The owner and the place from nought of each cell, where owner i has `lengths[i]` cells."""
    owner = np.repeat(np.arange(lengths.size), lengths)
    return owner, np.arange(owner.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _summed(low: Floats, high: Floats, trials: Floats, share: Floats) -> Floats:
    """P(low <= count <= high), chance by chance."""
    from scipy.special import gammaln, xlog1py, xlogy

    band, place = _spread((high - low + 1).astype(np.int64))
    count, size, chance = low[band] + place, trials[band], share[band]
    other = size - count
    ways = gammaln(size + 1) - gammaln(count + 1) - gammaln(other + 1)
    logs = ways + xlogy(count, chance) + xlog1py(other, -chance)
    return np.asarray(np.bincount(band, np.exp(logs), minlength=low.size), dtype=np.float64)


def _between(low: Floats, high: Floats, trials: Floats, share: Floats) -> Floats:
    """P(low <= count <= high) as a difference of tails (the regularised incomplete beta function)."""
    from scipy.special import betainc

    at_least = np.where(low > 0, betainc(np.maximum(low, 1.0), trials - low + 1, share), 1.0)
    more = np.where(high < trials, betainc(high + 1, np.maximum(trials - high, 1.0), share), 0.0)
    return np.asarray(at_least - more)
