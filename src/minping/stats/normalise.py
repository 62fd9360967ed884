"""Normalise: from an indicator's own unit to 0 (worst) … 100 (best).

A method is a plain function ``(values, *, lower, **parameters) -> points``; `values` has the bodies on its last
axis (``(bodies,)`` or ``(draws, bodies)``), `lower` says that less is better. More points are always better; a
missing value (NaN) stays missing. A bound may be one number or one number per body. Where a method can't tell
(all values equal), the answer is NaN, never a made-up number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from minping.model.arrays import Floats
from minping.stats.ranks import fractional_ranks
from minping.words import Text

Bound = float | Floats


class Method(NamedTuple):
    """One row of METHODS; `in_words` is printed beside every published figure."""

    points: Callable[..., Floats]
    needs_peers: bool  #: True: another body's result can move yours
    in_words: Text
    own_scale: bool = False  #: True: the result is already on the scheme's scale


def given(values: Floats, *, lower: bool = False) -> Floats:
    """The figure is points already (a nested index): it stands as it is.

    >>> given(np.array([82.92, np.nan]))
    array([82.92,   nan])
    """
    return -values if lower else values + 0.0


def goalposts(
    values: Floats, *, floor: Bound, target: Bound, log: bool = False, clip: bool = True, lower: bool = False
) -> Floats:
    """Share of the way from `floor` to `target`, both in the indicator's unit (UNDP HDR technical note 1).

    With `log`, of the way in natural logarithms. For "less is better" `floor` lies above `target`, so that `lower`
    needs no other treatment.

    >>> goalposts(np.array([40.0, 70.0, 130.0]), floor=40, target=100)
    array([  0.,  50., 100.])
    """
    x, low, high = (np.log(_positive(v)) for v in (values, floor, target)) if log else (values, floor, target)
    width = np.asarray(high, dtype=np.float64) - low
    share = (x - low) / np.where(width == 0, np.nan, width)
    return 100.0 * (np.clip(share, 0.0, 1.0) if clip else share)


def efficacy(
    values: Floats,
    *,
    unallowable: Bound,
    satisfactory: Bound,
    base: float = 60.0,
    span: float = 40.0,
    clip: bool = True,
    lower: bool = False,
) -> Floats:
    """Efficacy coefficient (功效系数法): `base` at the unallowable value, `base + span` at the satisfactory one.

    >>> efficacy(np.array([2.0, 6.0, 10.0]), unallowable=2, satisfactory=10)
    array([ 60.,  80., 100.])
    """
    share = goalposts(values, floor=unallowable, target=satisfactory, clip=False) / 100.0
    points = base + span * share
    return np.clip(points, 0.0, 100.0) if clip else points


def bands(values: Floats, *, bands: Sequence[Sequence[float]], between: bool = False, lower: bool = False) -> Floats:
    """Points by band: ``[[from, points], …]``, a value gets the points of the highest `from` it reaches.

    With `lower`, of the lowest `from` that it doesn't exceed. Below the first band the points are 0. With
    `between`, points run in a straight line from band to band.

    >>> bands(np.array([55.0, 60.0, 95.0]), bands=[[60, 60], [80, 80], [90, 100]])
    array([  0.,  60., 100.])
    >>> bands(np.array([310.0, 120.0]), bands=[[300, 0], [200, 40], [120, 100]], lower=True)
    array([  0., 100.])
    """
    ordered = np.array(sorted((float(start), float(points)) for start, points in bands))
    starts, points = ordered[:, 0], ordered[:, 1]
    if between:
        found = np.interp(values, starts, points)
    elif lower:
        at = np.searchsorted(starts, values, side="left")
        found = np.append(points, 0.0)[at]
    else:
        at = np.searchsorted(starts, values, side="right")
        found = np.insert(points, 0, 0.0)[at]
    return np.where(np.isnan(values), np.nan, found)


def attainment(
    values: Floats,
    *,
    target: Bound,
    deduct: float | None = None,
    per: float = 1.0,
    whole_steps: bool = False,
    lower: bool = False,
) -> Floats:
    """Target attainment: full points at the target, no credit above it, down to zero (扣完为止).

    With `deduct`, so many points are taken for each `per` units short of the target (每差 `per` 扣 `deduct` 分),
    only for whole units with `whole_steps`; without it, points are the share of the target attained.

    >>> attainment(np.array([35.0, 37.0, 50.0]), target=35, deduct=0.5, per=1, lower=True)
    array([100. ,  99. ,  92.5])
    >>> attainment(np.array([45.0, 60.0]), target=50)
    array([ 90., 100.])

    A target reached is full points whatever the ratio: no accident at all, where five were allowed.

    >>> attainment(np.array([0.0, 10.0]), target=5, lower=True)
    array([100.,  50.])
    """
    if deduct is None:
        share = np.asarray(target) / _positive(values) if lower else values / _positive(target)
        reached = values <= target if lower else values >= target
        return 100.0 * np.where(reached, 1.0, np.clip(share, 0.0, 1.0))
    short = (values - target if lower else np.asarray(target) - values) / per
    short = np.maximum(short, 0.0)
    # a shortfall like 0.30000000000000004 / 0.1 is three steps, not four
    steps = np.ceil(np.round(short, 9)) if whole_steps else short
    return np.clip(100.0 - deduct * steps, 0.0, 100.0)


def minmax(values: Floats, *, lower: bool = False) -> Floats:
    """0 for the worst body present, 100 for the best (OECD/JRC Handbook 2008, step 5).

    >>> minmax(np.array([1.0, 3.0, 5.0]), lower=True)
    array([100.,  50.,   0.])
    """
    signed = -values if lower else values
    low = np.fmin.reduce(signed, axis=-1, keepdims=True)
    width = np.fmax.reduce(signed, axis=-1, keepdims=True) - low
    points: Floats = (signed - low) / np.where(width == 0, np.nan, width)
    points *= 100.0  # in this order: the best has 100 exactly
    return points


def standard_scores(values: Floats) -> Floats:
    """Distance from the mean in standard deviations (n - 1).

    >>> standard_scores(np.array([1.0, 2.0, 3.0]))
    array([-1.,  0.,  1.])
    """
    present = ~np.isnan(values)
    count = present.sum(axis=-1, keepdims=True)
    filled = np.where(present, values, 0.0)
    mean = filled.sum(axis=-1, keepdims=True) / np.maximum(count, 1)
    off = np.where(present, values - mean, 0.0)
    deviation = np.sqrt((off**2).sum(axis=-1, keepdims=True) / np.maximum(count - 1, 1))
    # rounding leaves a deviation of some 1e-16 where all values are equal
    flat = deviation <= 1e-13 * np.maximum(np.abs(mean), 1e-300)
    scores: Floats = (values - mean) / np.where(flat, np.nan, deviation)
    return scores


def zscore(values: Floats, *, mean: float = 50.0, sd: float = 10.0, clip: bool = True, lower: bool = False) -> Floats:
    """Standard score as points: `mean` at the bodies' mean, `sd` points per standard deviation.

    >>> zscore(np.array([1.0, 2.0, 3.0]))
    array([40., 50., 60.])
    """
    points = mean + sd * standard_scores(-values if lower else values)
    return np.clip(points, 0.0, 100.0) if clip else points


def rank(values: Floats, *, lower: bool = False) -> Floats:
    """100 for the best rank, 0 for the last; ties share the better rank (Borda points over n - 1).

    >>> rank(np.array([5.0, 9.0, 9.0, 1.0]))
    array([ 33.33333333, 100.        , 100.        ,   0.        ])
    """
    ranks, others = _ranks_and_others(values if lower else -values)
    points: Floats = 100.0 * (others + 1 - ranks) / others
    return points


def percentile(values: Floats, *, lower: bool = False) -> Floats:
    """Share of the other bodies that lie strictly below, in per cent (COINr's percentile rank).

    >>> percentile(np.array([5.0, 9.0, 9.0, 1.0]))
    array([33.33333333, 66.66666667, 66.66666667,  0.        ])
    """
    ranks, others = _ranks_and_others(-values if lower else values)
    points: Floats = 100.0 * (ranks - 1) / others
    return points


def _ranks_and_others(values: Floats) -> tuple[Floats, Floats]:
    """Ranks from the smallest, and how many others each is compared with; NaN where all values are equal."""
    ranks = fractional_ranks(values, ties="min")
    count = (~np.isnan(values)).sum(axis=-1, keepdims=True)
    all_equal = ~(np.fmax.reduce(ranks, axis=-1, keepdims=True) > 1)
    return ranks, np.where(all_equal, np.nan, count - 1.0)


def passes(values: Floats, *, at: Bound = 1.0, lower: bool = False) -> Floats:
    """All or nothing: 100 at or beyond `at`, else 0.

    >>> passes(np.array([1.0, 0.0, np.nan]))
    array([100.,   0.,  nan])
    """
    reached = values <= at if lower else values >= at
    return np.where(np.isnan(values), np.nan, np.where(reached, 100.0, 0.0))


def _positive(values: Bound) -> Floats:
    """Zero and negative numbers have no logarithm and no ratio: NaN."""
    numbers = np.asarray(values, dtype=np.float64)
    return np.where(numbers > 0, numbers, np.nan)


METHODS: Mapping[str, Method] = {
    "given": Method(given, False, Text("指标值即得分", "the value is the points"), own_scale=True),
    "goalposts": Method(
        goalposts, False, Text("从底线 {floor} 到目标 {target} 的完成比例", "share of the way from {floor} to {target}")
    ),
    "efficacy": Method(
        efficacy,
        False,
        Text(
            "功效系数法：不允许值 {unallowable}，满意值 {satisfactory}",
            "efficacy coefficient: unallowable {unallowable}, satisfactory {satisfactory}",
        ),
    ),
    "bands": Method(bands, False, Text("分档计分：{bands}", "points by band: {bands}")),
    "attainment": Method(
        attainment,
        False,
        Text("目标 {target} 完成度，超额不加分", "attainment of the target {target}, no credit above"),
    ),
    "minmax": Method(minmax, True, Text("在同类中最差到最好之间的位置", "place between the worst and the best peer")),
    "zscore": Method(zscore, True, Text("与同类均值相差的标准差数", "standard deviations from the peers' mean")),
    "rank": Method(rank, True, Text("在同类中的位次", "rank among the peers")),
    "percentile": Method(percentile, True, Text("低于它的同类所占比例", "share of the peers below")),
    "pass": Method(passes, False, Text("达标得满分，不达标为零", "full points if passed, else none")),
}


def parameters_of(method: str) -> dict[str, Any]:
    """The parameters that a method takes, name -> default (`inspect.Parameter.empty`: must be given).

    >>> sorted(parameters_of("goalposts"))
    ['clip', 'floor', 'log', 'target']
    """
    from inspect import signature

    found = signature(METHODS[method].points).parameters
    return {name: part.default for name, part in found.items() if name not in ("values", "lower")}
