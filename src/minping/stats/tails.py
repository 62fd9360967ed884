"""Tails of the binomial and the hypergeometric distribution: arrays of counts in, probabilities out, no loss of digits.

The chance of one count is Loader's saddle-point form, in which no large factorials are subtracted; a tail is the sum
of chances outwards from it, each from the one before. scipy's are what the tests compare with, and not used here:
`scipy.stats` takes longer to import than a county to audit.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.special import stirling_rest

SMALL = 16  #: below, the rest of Stirling's formula is taken from exact factorials
LAST = 1e-17  #: of a sum; a term that adds less is its last
EXACT = np.array(
    [0.0, *(math.lgamma(n + 1) - (n + 0.5) * math.log(n) + n - 0.5 * math.log(2 * math.pi) for n in range(1, SMALL))]
)
Ratio = Callable[[Floats, Ints], Floats]  #: the chance of a count + 1 over that of the count, for some cells


def chi2_tail(statistic: Floats, freedom: float) -> Floats:
    """P(a chi-square of so many degrees of freedom is as large or larger); NaN stays NaN; any shape.

    >>> chi2_tail(np.array([3.841458820694124]), 1).round(6)
    array([0.05])
    """
    from scipy.special import gammaincc

    return np.asarray(gammaincc(freedom / 2, np.asarray(statistic) / 2))


def binomial(found: Floats, size: Floats, chance: Floats, *, fewer: bool = False) -> Floats:
    """P(`found` or more of `size`, each with `chance`), or with `fewer`: `found` or fewer; (M,) each.

    Loader (2000), "Fast and accurate computation of binomial probabilities", for the first term.

    >>> binomial(np.array([3.0]), np.array([4.0]), np.array([0.5])).round(4)
    array([0.3125])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = chance / (1 - chance)
        inside = (found >= 0) & (found <= size)
        return _tail(
            found,
            size * chance,
            lambda at: np.where((at >= 0) & (at <= size), np.exp(_log_chance(at, size, chance, 1 - chance)), 0.0),
            lambda at, rows: (size[rows] - at) / (at + 1) * odds[rows],
            inside,
            fewer,
        )


def hypergeometric(found: Floats, size: Floats, marked: Floats, whole: Floats, *, fewer: bool = False) -> Floats:
    """P(`found` or more marked among `size` drawn from `whole`, of which `marked`), or `found` or fewer; (M,) each.

    A product of three binomial chances (Loader 2000, section 6).

    >>> hypergeometric(np.array([3.0]), np.array([4.0]), np.array([4.0]), np.array([8.0])).round(4)
    array([0.2429])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        least, most = np.maximum(0.0, size + marked - whole), np.minimum(size, marked)

        def ratio(at: Floats, rows: Ints) -> Floats:
            drawn, here, all_of = size[rows], marked[rows], whole[rows]
            return (here - at) * (drawn - at) / ((at + 1) * (all_of - here - drawn + at + 1))

        inside = (found >= least) & (found <= most)
        return _tail(
            found, size * marked / whole, lambda at: drawn_chance(at, size, marked, whole), ratio, inside, fewer
        )


def drawn_chance(found: Floats, size: Floats, marked: Floats, whole: Floats) -> Floats:
    """P(exactly `found` marked among `size` drawn), else as `hypergeometric`; arrays broadcast together.

    >>> drawn_chance(np.array([3.0]), np.array([4.0]), np.array([4.0]), np.array([8.0])).round(4)
    array([0.2286])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share, rest = size / whole, (whole - size) / whole
        logs = _log_chance(found, marked, share, rest) + _log_chance(size - found, whole - marked, share, rest)
        logs = logs - _log_chance(size, whole, share, rest)
        possible = (found >= np.maximum(0.0, size + marked - whole)) & (found <= np.minimum(size, marked))
        return np.where(possible, np.where(size > 0, np.exp(logs), 1.0), 0.0)


def _tail(
    found: Floats, mean: Floats, chance: Callable[[Floats], Floats], ratio: Ratio, inside: Bools, fewer: bool
) -> Floats:
    """The tail from `found` on; beyond the mean it is summed, else what lies on the other side is taken from one."""
    far = found < mean if fewer else found > mean
    start = np.where(far, found, found + 1.0 if fewer else found - 1.0)
    up = far != fewer
    summed = np.zeros(found.shape)
    for goes_up in (True, False):
        rows = np.flatnonzero(up == goes_up)
        first = chance(start)[rows]
        summed[rows] = _outwards(first, start[rows], ratio, rows, goes_up)
    tail = np.where(far, summed, 1.0 - summed)
    beyond = 0.0 if not fewer else 1.0
    outside = np.where(found > mean, beyond, 1.0 - beyond)
    return np.where(inside, np.clip(tail, 0.0, 1.0), np.where(np.isnan(mean), np.nan, outside))


def _outwards(first: Floats, start: Floats, ratio: Ratio, rows: Ints, up: bool) -> Floats:
    """The sum of chances from `start` outwards, until a term adds nothing."""
    total, term, at = first.copy(), first.copy(), start.copy()
    left = np.flatnonzero(first > 0)
    while left.size:
        here = at[left]
        term[left] *= ratio(here, rows[left]) if up else 1.0 / ratio(here - 1.0, rows[left])
        at[left] += 1.0 if up else -1.0
        total[left] += term[left]
        left = left[term[left] > LAST * total[left]]
    return total


def _log_chance(at: Floats, size: Floats, chance: Floats, rest: Floats) -> Floats:
    """Logarithm of the chance of `at` successes of `size` (Loader 2000, equation 8)."""
    other = size - at
    whole = _rest(size) - _rest(at) - _rest(other) - _deviance(at, size * chance) - _deviance(other, size * rest)
    logs = whole + 0.5 * np.log(size / (2 * math.pi * at * other))
    logs = np.where(at == 0, size * np.log(rest), np.where(other == 0, size * np.log(chance), logs))
    return np.where(size == 0, 0.0, logs)


def _rest(count: Floats) -> Floats:
    """Log n! less Stirling's formula."""
    small = np.clip(count, 0, SMALL - 1).astype(np.int64)
    return np.where(count < SMALL, EXACT[small], stirling_rest(np.maximum(count, SMALL)))


def _deviance(found: Floats, expected: Floats) -> Floats:
    """Return x log (x / m) + m - x, which is nought where both agree (Loader's bd0)."""
    apart = (found - expected) / expected
    impossible = np.where(found > 0, np.inf, 0.0)
    return np.where(expected > 0, expected * ((1 + apart) * np.log1p(apart) - apart), impossible)
