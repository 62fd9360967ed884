"""Spans: stretches of time of groups, such as who was responsible when; what contains a day."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Ints
from minping.stats.groups import counts

NONE = np.iinfo(np.int64).min  #: no span contains the day


def latest_end(days: Ints, group: Ints, start: Ints, end: Ints, owner: Ints, groups: int) -> Ints:
    """The latest end among the spans of its group that contain each day, (n,); `NONE` where none does.

    Days are whole numbers; a span holds both its ends.

    Args:
        days: (n,)
        group: (n,) from 0; −1 has no spans
        start: (T,) of the spans
        end: (T,) a large number for one that goes on
        owner: (T,) the group of each span; −1 is left out
        groups: how many there are

    >>> latest_end(np.array([5, 50]), np.array([0, 0]), np.array([0, 4]), np.array([9, 20]), np.array([0, 0]), 1)[:1]
    array([20])
    """
    order = np.argsort(owner, kind="stable")
    order = order[owner[order] >= 0]
    many = counts(owner, groups)
    first = np.cumsum(many) - many
    found = np.full(days.shape, NONE, dtype=np.int64)
    there = np.flatnonzero(group >= 0)
    each = many[group[there]]
    row = np.repeat(there, each)
    turn = np.arange(row.size) - np.repeat(np.cumsum(each) - each, each)
    span = order[first[group[row]] + turn]
    inside = (start[span] <= days[row]) & (days[row] <= end[span])
    np.maximum.at(found, row[inside], end[span[inside]])
    return found
