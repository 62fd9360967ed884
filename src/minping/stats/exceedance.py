"""Exact tails of counts: how likely so many or more (so few or fewer) would be; all groups at once."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats, Ints


def more_than_drawn(found: Floats, size: Floats, marked: Floats, whole: Floats) -> Floats:
    """P(at least `found` marked among `size` drawn from `whole`, of which `marked`): Fisher's exact test, one-sided.

    Arrays of counts, (M,); Fisher (1935), hypergeometric tail. NaN where nothing was drawn.

    >>> more_than_drawn(np.array([3.0]), np.array([4.0]), np.array([4.0]), np.array([8.0])).round(4)
    array([0.2429])
    """
    from scipy.stats import hypergeom

    return _known(hypergeom.sf(found - 1, whole, marked, size), size)


def fewer_than_drawn(found: Floats, size: Floats, marked: Floats, whole: Floats) -> Floats:
    """P(at most `found`), else as `more_than_drawn`.

    >>> fewer_than_drawn(np.array([1.0]), np.array([4.0]), np.array([4.0]), np.array([8.0])).round(4)
    array([0.2429])
    """
    from scipy.stats import hypergeom

    return _known(hypergeom.cdf(found, whole, marked, size), size)


def more_than_expected(found: Floats, size: Floats, expected: Floats) -> Floats:
    """P(at least `found` of `size` trials with `expected` successes), whatever the chance of each trial.

    The binomial tail with the mean chance bounds that of unequal chances (Hoeffding 1956, theorem 5) from one above the
    mean on; nearer to it the tail is no evidence, and 1 is given. Arrays broadcast together.

    >>> more_than_expected(np.array([5.0, 1.0]), np.array([10.0, 10.0]), np.array([1.0, 1.0])).round(4)
    array([0.0016, 1.    ])
    """
    from scipy.stats import binom

    with np.errstate(invalid="ignore", divide="ignore"):
        tail = binom.sf(found - 1, size, np.minimum(expected / size, 1.0))
    return _known(np.where(found >= expected + 1, tail, 1.0), size)


def fewer_than_chance(found: Floats, size: Floats, chance: Floats) -> Floats:
    """P(at most `found` of `size` trials, each with this chance): the binomial's lower tail.

    >>> fewer_than_chance(np.array([0.0]), np.array([10.0]), np.array([0.3])).round(4)
    array([0.0282])
    """
    from scipy.stats import binom

    return _known(binom.cdf(found, size, chance), size)


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


def _known(tail: Floats, size: Floats) -> Floats:
    """The tail, a probability; NaN where there was nothing to count."""
    found: Floats = np.where(size > 0, np.clip(tail, 0.0, 1.0), np.nan)
    return found
