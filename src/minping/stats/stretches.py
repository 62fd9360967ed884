"""Stretches: how long a state was seen to last, in observations now and then; several groups at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints


class Waits(NamedTuple):
    """Time until a stretch begins, (G,); NaN for a group that was not watched for long enough."""

    time: Floats  #: from the start of the group; to the last day on which a stretch could have begun, if none did
    begun: Bools  #: there is such a stretch


def first_stretch(group: Ints, time: Floats, held: Bools, groups: int, least: float) -> Waits:
    """When the first stretch began in which a state held at every observation for at least `least`.

    Time runs from the start of each group (0). A stretch begins with its first observation, or at the start where that
    is the group's first; it lasts till its last observation. Were `least` not taken off the time of groups without a
    stretch, those watched for less than it would seem to have escaped.

    Args:
        group: (n,) from 0; −1 is left out
        time: (n,) of each observation
        held: (n,) whether the state held
        groups: how many there are
        least: how long a stretch must last

    >>> first_stretch(np.array([0, 0, 0, 1, 1]), np.array([6.0, 12, 24, 6, 20]), np.array([0, 1, 1, 1, 0]) > 0, 2, 12.0)
    Waits(time=array([12.,  8.]), begun=array([ True, False]))
    """
    order = np.lexsort((time, group))
    order = order[(group[order] >= 0) & (time[order] >= 0)]
    home, at, low = group[order], time[order], held[order]
    last = np.full(groups, -np.inf)
    np.maximum.at(last, home, at)
    new = np.ones(home.size, dtype=np.bool_)
    new[1:] = (home[1:] != home[:-1]) | (low[1:] != low[:-1])
    first = np.flatnonzero(new)
    ends = at[np.append(first[1:], home.size) - 1] if home.size else at
    of_group = home[first]
    opening = np.ones(first.size, dtype=np.bool_)
    opening[1:] = of_group[1:] != of_group[:-1]
    begins = np.where(opening, 0.0, at[first])
    long = low[first] & (ends - begins >= least)
    begin = np.full(groups, np.inf)
    np.minimum.at(begin, of_group[long], begins[long])
    begun = np.isfinite(begin)
    free = last - least
    return Waits(np.where(begun, begin, np.where(free >= 0, free, np.nan)), begun)


def more_begun(waits: Waits, owner: Ints, owners: int, kind: Ints, width: float) -> tuple[Floats, Floats, Floats]:
    """P that so many stretches or more begin among the groups of each owner: the log-rank test, exact and one-sided.

    Mantel (1966) with the sum of hypergeometric counts in place of its normal limit, one table for each kind and
    interval of time, in which those who wait are as likely as one another to begin.

    Args:
        waits: of G groups
        owner: (G,) from 0; −1 is left out
        owners: how many there are
        kind: (G,) from 0, whose hazards may differ; −1 is a kind of its own
        width: of an interval of time

    Returns:
        found, expected and p, (owners,); p is NaN where nothing of the owner waited when a stretch began.
    """
    from minping.stats.exceedance import more_than_dealt

    there = np.flatnonzero((owner >= 0) & np.isfinite(waits.time))
    mine, of_kind, begun = owner[there], kind[there] + 1, waits.begun[there]
    step = np.floor(waits.time[there] / width).astype(np.int64)
    shape = (owners, int(of_kind.max(initial=0)) + 1, int(step.max(initial=0)) + 1)
    cell = np.ravel_multi_index((mine, of_kind, step), shape)
    size = int(np.prod(shape))
    waiting = np.bincount(cell, minlength=size).reshape(shape)[:, :, ::-1].cumsum(axis=2)[:, :, ::-1]
    events = np.bincount(cell[begun], minlength=size).reshape(shape)
    marked = events.sum(axis=0)
    tables = marked > 0
    dealt = waiting[:, tables].astype(np.float64)
    found = events.sum(axis=(1, 2)).astype(np.float64)
    whole = np.broadcast_to(dealt.sum(axis=0), dealt.shape)
    hits = np.broadcast_to(marked[tables].astype(np.float64), dealt.shape)
    expected = (dealt * hits / np.maximum(whole, 1.0)).sum(axis=1)
    if not tables.any():
        return found, expected, np.full(owners, np.nan)
    return found, expected, more_than_dealt(found, dealt, hits, whole)
