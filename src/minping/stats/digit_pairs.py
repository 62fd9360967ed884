"""Last two digits of figures: repeats and neighbours, which people who make up figures avoid and prefer.

Beber and Scacco (2012, "What the numbers say: a digit-based test for election fraud", Political Analysis 20): of two
last digits that are free, one pair in ten repeats a digit and one in five are neighbours (0 and 9 too).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import sums
from minping.stats.tails import binomial

REPEATED = 0.1
NEIGHBOURS = 0.2
FREE = 1000  #: figures from here on have two digits before the last two: those are free of the first


class Pairs(NamedTuple):
    """One row per group, (G,); p-values are NaN without a figure."""

    figures: Floats
    repeated: Floats
    neighbours: Floats
    p_few_repeated: Floats  #: of so few or fewer
    p_many_repeated: Floats  #: of so many or more
    p_many_neighbours: Floats  #: of so many or more


def last_pairs(written: Ints, group: Ints, groups: int, *, least: int = FREE) -> Pairs:
    """Pairs of last digits by group, with exact binomial tails.

    Args:
        written: (N,) whole numbers of the last place, as `digits.whole` gives them; of one precision, which noughts at
            the end must not have shortened
        group: (N,) from 0; -1 is left out
        groups: how many groups there are
        least: smaller figures are left out; their last digits are not free

    >>> found = last_pairs(np.array([1233, 4556, 7890, 5012, 77]), np.zeros(5, dtype=np.int64), 1)
    >>> found.figures, found.repeated, found.neighbours, found.p_many_neighbours.round(4)
    (array([4.]), array([1.]), array([3.]), array([0.0272]))
    """
    size = np.abs(written)
    home = np.where(size >= least, group, -1)
    last, before = size % 10, size // 10 % 10
    apart = (last - before) % 10
    figures = sums(home, np.ones(size.size), groups)
    repeated = sums(home, (apart == 0) * 1.0, groups)
    neighbours = sums(home, ((apart == 1) | (apart == 9)) * 1.0, groups)
    tails = (
        binomial(repeated, figures, np.full(groups, REPEATED), fewer=True),
        binomial(repeated, figures, np.full(groups, REPEATED)),
        binomial(neighbours, figures, np.full(groups, NEIGHBOURS)),
    )
    return Pairs(figures, repeated, neighbours, *(np.where(figures > 0, tail, np.nan) for tail in tails))
