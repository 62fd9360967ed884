"""Exact tails of counts: how likely so many or more (so few or fewer) would be; all groups at once."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.tails import binomial, drawn_chance, hypergeometric

LEAST = 1e-14  #: no smaller probability can be told from nought by generating functions
_MOST_CELLS = 4_000_000  #: of an array of chances


def more_than_drawn(found: Floats, size: Floats, marked: Floats, whole: Floats) -> Floats:
    """P(at least `found` marked among `size` drawn from `whole`, of which `marked`): Fisher's exact test, one-sided.

    Arrays of counts, (M,); Fisher (1935), hypergeometric tail. NaN where nothing was drawn.

    >>> more_than_drawn(np.array([3.0]), np.array([4.0]), np.array([4.0]), np.array([8.0])).round(4)
    array([0.2429])
    """
    return _known(hypergeometric(found, size, marked, whole), size)


def more_than_elsewhere(found: Floats, size: Floats) -> Floats:
    """P(at least `found` among the `size` of a group), were those found dealt at random among all groups; (G,).

    `more_than_drawn`, with what all groups have together. NaN for an empty group.

    >>> more_than_elsewhere(np.array([3.0, 1.0]), np.array([4.0, 4.0])).round(4)
    array([0.2429, 0.9857])
    """
    return more_than_drawn(found, size, np.full(size.shape, found.sum()), np.full(size.shape, size.sum()))


def marked_in_groups(marked: Bools, group: Ints, groups: int, fewest: int = 1) -> tuple[Floats, Floats, Floats]:
    """Marked rows, all rows and `more_than_elsewhere` of each group, (G,); NaN for groups of fewer than `fewest`.

    >>> marked_in_groups(np.array([True, True, False, False]), np.array([0, 0, 1, 1]), 2)[2].round(4)
    array([0.1667, 1.    ])
    """
    found, size = (np.bincount(group[which], minlength=groups).astype(np.float64) for which in (marked, slice(None)))
    return found, size, np.where(size >= fewest, more_than_elsewhere(found, size), np.nan)


def fewer_than_drawn(found: Floats, size: Floats, marked: Floats, whole: Floats) -> Floats:
    """P(at most `found`), else as `more_than_drawn`.

    >>> fewer_than_drawn(np.array([1.0]), np.array([4.0]), np.array([4.0]), np.array([8.0])).round(4)
    array([0.2429])
    """
    return _known(hypergeometric(found, size, marked, whole, fewer=True), size)


def more_than_dealt(found: Floats, size: Floats, marked: Floats, whole: Floats) -> Floats:
    """P(at least `found` marked in all strata together), where each stratum deals its own at random, (M,).

    The exact test of Cochran, Mantel and Haenszel's problem (Birch 1964; Agresti 2002, 6.4): the sum of independent
    hypergeometric counts, by their generating functions. What lies below their absolute error is given as `LEAST`.

    Args:
        found: (M,) marked ones among those dealt, over all strata
        size: (M, S) how many were dealt
        marked: (M, S) marked ones in the stratum
        whole: (M, S) all of the stratum

    >>> more_than_dealt(np.array([3.0]), np.array([[4.0, 0.0]]), np.array([[4.0, 1.0]]), np.array([[8.0, 2.0]])).round(4)
    array([0.2429])
    """
    longest = int(size.sum(axis=1).max(initial=0)) + 1
    tail, step = np.empty(len(found)), max(1, _MOST_CELLS // (longest * size.shape[1]))
    at = np.arange(longest, dtype=np.float64)
    for start in range(0, len(found), step):
        rows = slice(start, start + step)
        chance = drawn_chance(at, size[rows, :, None], marked[rows, :, None], whole[rows, :, None])
        whole_chance = np.fft.irfft(np.fft.rfft(chance, 2 * longest, axis=-1).prod(axis=1), 2 * longest, axis=-1)
        tail[rows] = np.where(at >= found[rows, None], whole_chance[:, :longest], 0.0).sum(axis=-1)
    return _known(np.maximum(tail, LEAST), size.sum(axis=1))


def more_than_expected(found: Floats, size: Floats, expected: Floats) -> Floats:
    """P(at least `found` of `size` trials with `expected` successes), whatever the chance of each trial.

    The binomial tail with the mean chance bounds that of unequal chances (Hoeffding 1956, theorem 5) from one above the
    mean on; nearer to it the tail is no evidence, and 1 is given. Arrays broadcast together.

    >>> more_than_expected(np.array([5.0, 1.0]), np.array([10.0, 10.0]), np.array([1.0, 1.0])).round(4)
    array([0.0016, 1.    ])
    """
    found, size, expected = np.broadcast_arrays(found, size, expected)
    tail, far = np.ones(found.shape), (found >= expected + 1) & (size > 0)
    tail[far] = binomial(found[far], size[far], np.minimum(expected[far] / size[far], 1.0))
    return _known(tail, size)


def more_than_chances(found: Floats, group: Ints, chances: Floats, groups: int) -> Floats:
    """P(at least `found` of a group's independent trials, each with a chance of its own): Poisson binomial, (groups,).

    Exact but for rounding, by multiplying out the generating functions of all groups together, trial by trial. NaN for
    a group without trials.

    Args:
        found: (groups,) successes
        group: (n,) group of each trial, from 0
        chances: (n,)
        groups: how many groups

    >>> more_than_chances(np.array([2.0, 0.0]), np.array([0, 0]), np.array([0.5, 0.2]), 2)
    array([0.1, nan])
    """
    order = np.argsort(group, kind="stable")
    size = np.bincount(group, minlength=groups)
    place = np.arange(group.size) - np.repeat(np.cumsum(size) - size, size)
    longest = int(size.max(initial=0))
    law = np.zeros((groups, longest + 1))
    law[:, 0] = 1.0
    for step in range(longest):
        here = order[place == step]
        at, chance = group[here], chances[here, None]
        moved = np.zeros((here.size, longest + 1))
        moved[:, 1:] = law[at, :-1]
        law[at] = law[at] * (1 - chance) + moved * chance
    tail = np.where(np.arange(longest + 1) >= found[:, None], law, 0.0).sum(axis=1)
    return _known(tail, size)


def fewer_than_chance(found: Floats, size: Floats, chance: Floats) -> Floats:
    """P(at most `found` of `size` trials, each with this chance): the binomial's lower tail.

    >>> fewer_than_chance(np.array([0.0]), np.array([10.0]), np.array([0.3])).round(4)
    array([0.0282])
    """
    return _known(binomial(found, size, chance, fewer=True), size)


def best_of(p: Floats, group: Ints, groups: int, tests: int | None = None) -> Floats:
    """The smallest of each group's p-values times how many tests it stands for, at most 1 (Bonferroni), (groups,).

    By default a group stands for the p-values that it has; `tests` tells how many, where those of 1 are not listed.

    >>> best_of(np.array([0.01, 0.2, 0.4]), np.array([0, 0, 2]), 3)
    array([0.02,  nan, 0.4 ])
    """
    known = ~np.isnan(p)
    least, many = np.ones(groups), np.bincount(group[known], minlength=groups)
    np.minimum.at(least, group[known], p[known])
    return np.where(many > 0, np.minimum(least * (many if tests is None else tests), 1.0), np.nan)


def _known(tail: Floats, size: Floats | Ints) -> Floats:
    """The tail, a probability; NaN where there was nothing to count."""
    found: Floats = np.where(size > 0, np.clip(tail, 0.0, 1.0), np.nan)
    return found
