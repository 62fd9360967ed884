"""Durations: how long it takes until cases are finished, when some aren't yet.

In: one row per case: how long it has lasted, whether it is finished, the group it belongs to; out: one row per
group. Durations are in any one unit, times and medians are in the same. Leaving out the unfinished cases makes a
group look quick, counting them as finished too; the product-limit estimator (Kaplan & Meier 1958) does neither. It
supposes that cases are not left unfinished for a reason that has to do with how long they would have lasted.

`product_limit` does the work for all groups at once, in O(n log n); the other functions read its table. Where a
group can't tell (no cases, a time beyond the last one seen), the answer is NaN, never a made-up number. Impossible
input (a negative duration) raises ValueError.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np

from minping.model.arrays import Bools, Floats, Ints


class Steps(NamedTuple):
    """The estimate as a table: one row per group and time at which a case ended or was last seen, in that order."""

    group: Ints  #: (rows,)
    time: Floats  #: (rows,)
    at_risk: Ints  #: (rows,) cases of the group that lasted at least so long
    finished: Ints  #: (rows,) of these, finished at that time
    survival: Floats  #: (rows,) share that lasts longer
    hazard_variance: Floats  #: (rows,) Greenwood's sum; infinite where the survival is 0
    first: Ints  #: (groups + 1,) where each group's rows begin, and how many there are in all


class Survival(NamedTuple):
    """Shares with their standard errors and intervals; all of one shape."""

    share: Floats
    error: Floats  #: Greenwood's; NaN where the survival is 0
    low: Floats  #: NaN, like `high`, where the survival is 0 or 1: the log-log interval has no end there
    high: Floats
    at_risk: Ints  #: cases of the group that lasted at least so long


def product_limit(durations: Floats, finished: Bools, group: Ints, *, groups: int) -> Steps:
    """Product-limit estimate of each group (Kaplan & Meier 1958), with the variance sums of Greenwood (1926).

    Shapes: (n,) three times. `group` is 0 … groups - 1; a group may have no cases. A case last seen at the time
    when another one finishes is still at risk then. ValueError: a duration that is negative, missing or infinite,
    `finished` other than yes or no, shapes that differ, a group out of range.

    >>> steps = product_limit(np.array([1.0, 2, 2, 3]), np.array([True, True, False, True]), np.zeros(4, int), groups=1)
    >>> steps.time, steps.at_risk, np.round(steps.survival, 3)
    (array([1., 2., 3.]), array([4, 3, 1]), array([0.75, 0.5 , 0.  ]))
    """
    times, done, code = _cases(durations, finished, group, groups)
    order = np.lexsort((times, code))
    times, done, code = times[order], done[order], code[order]
    n = len(times)
    new = np.ones(n, dtype=np.bool_)
    new[1:] = (code[1:] != code[:-1]) | (times[1:] != times[:-1])
    starts = np.flatnonzero(new)
    end = np.cumsum(np.bincount(code, minlength=groups))
    row_group, row_time = code[starts], times[starts]
    at_risk = end[row_group] - starts
    events = np.add.reduceat(done.astype(np.int64), starts) if n else np.zeros(0, dtype=np.int64)
    first = np.searchsorted(row_group, np.arange(groups + 1)).astype(np.int64)
    last = events == at_risk  # the end of the curve: nothing of the group comes after it
    left = np.where(last, 1, at_risk - events)
    log_survival = _running(np.where(last, 0.0, np.log(left / at_risk)), row_group)
    greenwood = _running(np.where(last, 0.0, events / (at_risk * left)), row_group)
    return Steps(
        group=row_group,
        time=row_time,
        at_risk=at_risk.astype(np.int64),
        finished=events,
        survival=np.where(last, 0.0, np.exp(log_survival)),
        hazard_variance=np.where(last, np.inf, greenwood),
        first=first,
    )


def survival_at(steps: Steps, times: Floats, *, level: float = 0.95) -> Survival:
    """Share of each group that lasts longer than each time: (times,) -> (groups, times).

    Greenwood's standard errors, and intervals by the logarithm of minus the logarithm of the survival, which stay
    within 0 … 1 (Kalbfleisch & Prentice 1980; Borgan & Liestøl 1990). NaN beyond the last time at which a group was
    seen, unless all its cases are finished by then. ValueError: a time that is negative, a level outside 0 … 1.

    >>> steps = product_limit(np.array([1.0, 2, 2, 3]), np.array([True, True, False, True]), np.zeros(4, int), groups=1)
    >>> survival_at(steps, np.array([0.0, 1.5, 9.0])).share
    array([[1.  , 0.75, 0.  ]])
    """
    asked = np.asarray(times, dtype=np.float64)
    if asked.ndim != 1:
        raise ValueError("the times must be one row")
    return _at(steps, np.broadcast_to(asked, (len(steps.first) - 1, len(asked))), level)


def finished_within(steps: Steps, limit: float | Floats, *, level: float = 0.95) -> Survival:
    """Share of each group's cases that are finished within `limit`, one for all or one per group: -> (groups,).

    One less the survival of `survival_at`, with the same standard error and NaN in the same places. A case that
    takes exactly `limit` is within it. ValueError as in `survival_at`.

    >>> steps = product_limit(np.array([1.0, 2, 2, 3]), np.array([True, True, False, True]), np.zeros(4, int), groups=1)
    >>> finished_within(steps, 2.0).share
    array([0.5])
    """
    asked = np.asarray(limit, dtype=np.float64)
    groups = len(steps.first) - 1
    if asked.shape not in ((), (groups,)):
        raise ValueError("the limit must be one number or one per group")
    found = _at(steps, np.broadcast_to(asked, (groups,))[:, None], level)
    return Survival(
        share=1.0 - found.share[:, 0],
        error=found.error[:, 0],
        low=1.0 - found.high[:, 0],
        high=1.0 - found.low[:, 0],
        at_risk=found.at_risk[:, 0],
    )


def time_until(steps: Steps, share: float = 0.5) -> Floats:
    """The first time by which at least `share` of a group's cases are finished; the median unless said: (groups,).

    NaN where a group doesn't get there. ValueError: a share that isn't above 0 and at most 1.

    >>> steps = product_limit(np.array([1.0, 2, 2, 3]), np.array([True, True, False, True]), np.zeros(4, int), groups=1)
    >>> time_until(steps), time_until(steps, 0.9)
    (array([2.]), array([3.]))
    """
    if not 0.0 < share <= 1.0:
        raise ValueError(f"a share must be above 0 and at most 1, not {share}")
    # five of ten steps of a tenth may leave 0.5000000000000001
    reached = np.where(steps.survival <= 1.0 - share + 1e-9, steps.time, np.inf)
    if share == 1.0:
        reached = np.where(steps.survival == 0.0, steps.time, np.inf)
    found = np.full(len(steps.first) - 1, np.nan)
    begun = np.flatnonzero(np.diff(steps.first))
    if len(begun):
        earliest = np.minimum.reduceat(reached, steps.first[begun])
        found[begun] = np.where(np.isinf(earliest), np.nan, earliest)
    return found


def _at(steps: Steps, times: Floats, level: float) -> Survival:
    """The estimate for (groups, times), each group's times its own."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"level: must lie between 0 and 1, like 0.95, not {level}")
    if (times < 0).any():
        raise ValueError("a time is negative")
    at, started = _before(steps, times, "right")
    with np.errstate(invalid="ignore"):
        survival = np.where(started, _pick(steps.survival, at), 1.0)
        variance = np.where(started, _pick(steps.hazard_variance, at), 0.0)
        beyond = ~(times <= _last_seen(steps)[:, None]) & ~(started & (survival == 0.0))
        survival[beyond | np.isnan(times)] = np.nan
        error = survival * np.sqrt(variance)
        inside = (survival > 0.0) & (survival < 1.0)
        logs = np.log(np.where(inside, survival, np.nan))
        apart = NormalDist().inv_cdf(0.5 + level / 2.0) * np.sqrt(variance) / -logs
        low, high = np.exp(logs * np.exp(apart)), np.exp(logs * np.exp(-apart))
    return Survival(survival, error, low, high, _at_risk(steps, times))


def _before(steps: Steps, times: Floats, side: Literal["left", "right"]) -> tuple[Ints, Bools]:
    """The last row of the group before each time ("right": or at it), and whether there is one."""
    kinds = np.unique(steps.time)
    width = len(kinds) + 1
    rows = steps.group * width + np.searchsorted(kinds, steps.time, side="right")
    asked = np.arange(len(times))[:, None] * width + np.searchsorted(kinds, times, side=side)
    at = np.searchsorted(rows, asked, side="right") - 1
    return at, at >= steps.first[:-1, None]


def _at_risk(steps: Steps, times: Floats) -> Ints:
    """How many of the group lasted at least so long."""
    following = _before(steps, times, "left")[0] + 1
    return np.where(following < steps.first[1:, None], _pick(steps.at_risk, following), 0).astype(np.int64)


def _pick(column: Floats | Ints, at: Ints) -> Floats:
    """The column at these rows; whatever, where there is no such row."""
    if not len(column):
        return np.zeros(at.shape)
    return column[np.clip(at, 0, len(column) - 1)].astype(np.float64)


def _last_seen(steps: Steps) -> Floats:
    """The longest duration of each group; NaN for a group without cases."""
    last = _pick(steps.time, steps.first[1:] - 1)
    return np.where(np.diff(steps.first) > 0, last, np.nan)


def _running(values: Floats, group: Ints) -> Floats:
    """Running sums that begin anew with each group; `group` rises."""
    if not len(values):
        return values
    begins = np.diff(group, prepend=-1) > 0
    begun = np.flatnonzero(begins)
    # taking off each group's total where the next begins keeps the sums, and what rounding does to them, small
    eased = values.copy()
    eased[begun[1:]] -= np.add.reduceat(values, begun)[:-1]
    sums = np.cumsum(eased)
    base = sums[begun] - values[begun]
    found: Floats = sums - base[np.cumsum(begins) - 1]
    return found


def _cases(durations: Floats, finished: Bools, group: Ints, groups: int) -> tuple[Floats, Bools, Ints]:
    """The three columns, checked."""
    times, done, code = np.asarray(durations, dtype=np.float64), np.asarray(finished), np.asarray(group)
    if times.ndim != 1 or not times.shape == done.shape == code.shape:
        raise ValueError("durations, finished and group must be three columns of one length")
    if not np.isfinite(times).all():
        raise ValueError("a duration is missing or infinite: leave that case out, or give how long it has lasted")
    if (times < 0).any():
        raise ValueError("a duration is negative")
    if not np.isin(done, (0, 1)).all():
        raise ValueError("finished must be yes or no for each case")
    if groups < 0 or (len(code) and (code.dtype.kind not in "iu" or code.min() < 0 or code.max() >= groups)):
        raise ValueError(f"groups must be whole numbers from 0 to {groups - 1}")
    return times, done.astype(np.bool_), code.astype(np.int64)
