"""Dates of events: whether they cluster in the days before given days, or at a time of the year."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import sums
from minping.stats.tails import binomial


class Clustered(NamedTuple):
    """One row per group, (G,)."""

    inside: Floats  #: events in the days looked at
    events: Floats
    share: Floats  #: of the whole time that these days are
    p: Floats  #: of so many inside or more, were all days alike; NaN without events


class Around(NamedTuple):
    """One row per group, (G,); NaN without events."""

    length: Floats  #: of the mean direction, 0 (spread evenly) to 1 (all on one day)
    direction: Floats  #: mean time, as a share of the cycle from 0 to 1
    p: Floats  #: of such a length or more, were all times alike
    events: Floats


def before_days(
    days: Ints,
    group: Ints,
    groups: int,
    ahead_of: Ints,
    *,
    within: int,
    start: int,
    end: int,
    owner: Ints | None = None,
) -> Clustered:
    """Whether events fall in the `within` days that end with the day before one of some days; exact binomial.

    Days are whole numbers, from `start` on and before `end`; events outside are left out. Overlapping stretches are
    counted once. Days that nobody works on, or seasons, make days unlike: compare with peers too.

    Args:
        days: (N,) of the events
        group: (N,) from 0; -1 is left out
        groups: how many groups there are
        ahead_of: (D,) days that events may be hurried for
        within: days of a stretch
        start: first day that an event could have
        end: the day after the last
        owner: (D,) the group whose day it is, −1 for a day of all groups; None: all of them are

    Raises:
        ValueError: `within` is not positive, or there is no day between `start` and `end`.

    >>> found = before_days(np.array([95, 97, 99, 40]), np.zeros(4, int), 1, np.array([100]), within=10, start=0, end=200)
    >>> found.inside, found.share, found.p.round(6)
    (array([3.]), array([0.05]), array([0.000481]))
    """
    if within < 1 or end <= start:
        raise ValueError(f"within is {within}, from {start} to {end}; both stretches need at least a day")
    whose = np.full(ahead_of.shape, -1) if owner is None else owner
    marks = np.zeros((groups + 1, end - start + 1), dtype=np.int32)  # the last row: the days of all groups
    np.add.at(marks, (whose, np.clip(ahead_of - within - start, 0, end - start)), 1)
    np.add.at(marks, (whose, np.clip(ahead_of - start, 0, end - start)), -1)
    running = np.cumsum(marks, axis=1)[:, :-1]
    hurried = running[:-1] + running[-1] > 0
    there = (group >= 0) & (days >= start) & (days < end)
    home, at = group[there], days[there] - start
    inside, events = sums(home, hurried[home, at].astype(np.float64), groups), sums(home, np.ones(at.size), groups)
    share = hurried.mean(axis=1)
    p = np.where(events > 0, binomial(inside, events, share), np.nan)
    return Clustered(inside, events, share, np.where((events > 0) & (share >= 1), 1.0, p))


def around_cycle(times: Floats, group: Ints, groups: int) -> Around:
    """Rayleigh's test that events come at any time of a cycle alike, by group.

    p by the series of Greenwood and Durand (1955), as in Mardia and Jupp (2000, "Directional Statistics", 6.3.6).

    Args:
        times: (N,) in cycles, of which the whole part is nothing: 0.25 is a quarter through; NaN is left out
        group: (N,) from 0; -1 is left out
        groups: how many groups there are

    >>> found = around_cycle(np.array([0.95, 0.97, 0.98, 0.99, 0.01]), np.zeros(5, dtype=np.int64), 1)
    >>> found.length.round(3), found.direction.round(3), found.p.round(4)
    (array([0.992]), array([0.98]), array([0.0013]))
    """
    home = np.where(np.isfinite(times), group, -1)
    turn = 2 * np.pi * np.where(np.isfinite(times), times, 0.0)
    n, x, y = (sums(home, part, groups) for part in (np.ones(turn.size), np.cos(turn), np.sin(turn)))
    with np.errstate(divide="ignore", invalid="ignore"):
        length = np.hypot(x, y) / n
        z = n * length**2
        series = 1 + (2 * z - z**2) / (4 * n) - (24 * z - 132 * z**2 + 76 * z**3 - 9 * z**4) / (288 * n**2)
        p = np.clip(np.exp(-z) * series, 0.0, 1.0)
    direction = np.where(n > 0, np.arctan2(y, x) / (2 * np.pi) % 1.0, np.nan)
    return Around(length, direction, p, n)
