"""Surveys: what a sample of the public says of each body, as values whose errors know how the sample was drawn.

In what the public was asked, out measures of one question by body and period. All bodies of a period are domains of
one sample: a stratum or cluster may reach over several. Where all answers of a body are alike, the sample shows no
error; that of independent answers stands in (as for ratings), but where everyone was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from minping.indicators.intervals import LEVEL, around
from minping.indicators.polls import NOT_ASKED, REFUSED, UNKNOWN, Replies
from minping.indicators.ratings import independent
from minping.indicators.replication import error_of
from minping.indicators.samples import Public, Sample
from minping.model.arrays import Bools, Floats, Ints
from minping.model.surveys import Answered, Surveyed
from minping.scheme.shape import From
from minping.stats.designs import Design
from minping.stats.estimates import Estimate, design_effects, interval, mean, ratio, total
from minping.stats.groups import codes, counts, sums
from minping.stats.proportions import share_interval
from minping.stats.quantiles import domain_quantiles

SPREAD = 1e-9  #: points; an error below is that of adding up answers that are all alike
ENDS = np.array([0.0, 100.0])
SHARES = ("share_satisfied", "share_positive", "share_bad", "share_very_satisfied", "answer_rate")


def measure_surveys(public: Public, how: From) -> Surveyed:
    """A measure of one question in each period, (P, N); `n` counts the answers."""
    found = [_of_sample(public, sample, how) for sample in public.samples]
    return Surveyed(*(np.stack(column) for column in zip(*found, strict=True)))


def answers(public: Public, question: str) -> Answered:
    """How the answers to a question are spread over its levels, each with its interval, (P, N, L); and who was silent."""
    said = public.polled.replies[question]
    levels = tuple(np.unique(np.round(said.points[~np.isnan(said.points)], 6)).tolist()[:MOST_LEVELS])
    each = [[_level(public, sample, said, level) for level in levels] for sample in public.samples]
    shape = (4, len(public.samples), public.polled.bodies, len(levels))
    stacked = np.full(shape, np.nan)
    for at, row in enumerate(each):
        for level, figures in enumerate(row):
            stacked[:, at, :, level] = figures
    return Answered(question, levels, *stacked)


def silent(public: Public | None, question: str) -> Floats:
    """How many were asked and did not know, or refused, (P, N, 2); NaN where there was no survey."""
    if public is None:
        return np.full(2, np.nan)
    polled = public.polled
    how = polled.replies[question].how
    found = [
        [
            counts(np.where(how[sample.rows] == kind, polled.body[sample.rows], -1), polled.bodies)
            for kind in (UNKNOWN, REFUSED)
        ]
        for sample in public.samples
    ]
    return np.array(found, dtype=np.float64).transpose(0, 2, 1)


def worth_of(said: Replies, rows: Ints, name: str) -> Floats:
    """What each interview's answer counts for in a measure, (n,); NaN where it has none."""
    how, points = said.how[rows], said.points[rows]
    if name == "answer_rate":
        return np.where(how == NOT_ASKED, np.nan, np.where(np.isnan(points), 0.0, 100.0))
    if name not in COUNTS:
        return points
    return np.where(np.isnan(points), np.nan, np.where(COUNTS[name](points), 100.0, 0.0))


def _of_sample(public: Public, sample: Sample, how: From) -> tuple[Floats, ...]:
    """Estimate, error, answers, both ends of the interval, design effect and how many were asked, (N,) each."""
    polled, bodies = public.polled, public.polled.bodies
    if not len(sample.rows):
        none = np.full(bodies, np.nan)
        return none, none, np.zeros(bodies), none, none, none, np.zeros(bodies), none
    said, body = polled.replies[how.surveys or ""], polled.body[sample.rows]
    design = replace(sample.design, lonely=how.lonely or public.lonely)
    worth = worth_of(said, sample.rows, how.measure)
    asked = counts(np.where(said.how[sample.rows] == NOT_ASKED, -1, body), bodies).astype(np.float64)
    degrees = degrees_of(design, ~np.isnan(worth), body, bodies)
    if how.measure == "quantile":
        told = domain_quantiles(design, worth, how.share, body, bodies, LEVEL)
        size = told.rows.astype(np.float64)
        flat = ~(told.se > SPREAD)
        se = np.where(flat, _alike(design, worth, body, size), told.se)
        return told.value, se, size, told.low, told.high, np.full(bodies, np.nan), asked, degrees
    found, statistic = _estimate(public, sample, design, worth, how)
    if sample.replicates is not None:
        found = replace(found, se=error_of(sample.replicates, found.value, statistic))
    size = found.rows.astype(np.float64)
    if how.measure not in ("people_satisfied", "people_bad", "ratio"):
        found = replace(found, se=np.where(found.se > SPREAD, found.se, _alike(design, worth, body, size)))
    low, high = _interval(public, design, found, degrees, how.measure)
    effect = np.full(bodies, np.nan)
    if how.measure == "mean_points" or how.measure in SHARES:
        effect = design_effects(design, worth, found, body, bodies)
    return found.value, found.se, size, low, high, effect, asked, degrees


def _estimate(
    public: Public, sample: Sample, design: Design, worth: Floats, how: From
) -> tuple[Estimate, Callable[[Floats], Floats]]:
    """A mean, total or ratio of each body, and how it is taken with other weights."""
    body, bodies = public.polled.body[sample.rows], public.polled.bodies
    below = np.ones_like(worth)
    if how.measure in ("people_satisfied", "people_bad"):
        worth = worth / 100.0
        code = np.where(np.isnan(worth), -1, body)
        filled = np.nan_to_num(worth)
        return total(design, worth, body, bodies), lambda weight: sums(code, weight * filled, bodies)
    if how.over is not None:
        below = worth_of(public.polled.replies[how.over], sample.rows, "mean_points") / 100.0
    there = np.where(np.isnan(worth + below), -1, body)
    above, under = np.nan_to_num(worth), np.nan_to_num(below)

    def again(weight: Floats) -> Floats:
        with np.errstate(invalid="ignore", divide="ignore"):
            return sums(there, weight * above, bodies) / sums(there, weight * under, bodies)

    if how.over is None:
        return mean(design, worth, body, bodies), again
    return ratio(design, worth, below, body, bodies), again


def _interval(public: Public, design: Design, found: Estimate, degrees: Floats, name: str) -> tuple[Floats, Floats]:
    """Ends of the interval: of a share by the scheme's method, else on either side of the estimate."""
    if name not in SHARES:
        most = 100.0 if name == "mean_points" else np.inf
        return around(found.value, found.se, degrees, (0.0, most))
    value = found.value / 100.0
    value = np.where(value < SPREAD, 0.0, np.where(value > 1 - SPREAD, 1.0, value))
    if public.shape == "jeffreys":
        ends = share_interval(value, found.se / 100.0, found.rows.astype(np.float64), degrees=degrees, level=LEVEL)
        return 100.0 * ends.low, 100.0 * ends.high
    share = replace(found, value=value, se=found.se / 100.0)
    low, high = interval(share, LEVEL, public.shape, design=design, degrees=np.maximum(degrees, 1.0))
    # of answers that are all alike the sample tells no spread: what as many independent ones would (Clopper & Pearson)
    least = np.where(found.se > 0, ((1 - LEVEL) / 2) ** (1 / np.maximum(found.rows, 1)), 1.0)
    low = np.where(value == 1, least, np.where(value == 0, 0.0, low))
    high = np.where(value == 0, 1 - least, np.where(value == 1, 1.0, high))
    return 100.0 * low, 100.0 * high


def _level(public: Public, sample: Sample, said: Replies, level: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Share of a level in per cent, both ends of its interval and how many chose it, (N,) each."""
    bodies = public.polled.bodies
    if not len(sample.rows):
        return np.full(bodies, np.nan), np.full(bodies, np.nan), np.full(bodies, np.nan), np.zeros(bodies)
    body, points = public.polled.body[sample.rows], said.points[sample.rows]
    chosen = np.abs(points - level) < SPREAD * 1e4
    worth = np.where(np.isnan(points), np.nan, np.where(chosen, 100.0, 0.0))
    design = replace(sample.design, lonely=public.lonely)
    found = mean(design, worth, body, bodies)
    alike = _alike(design, worth, body, found.rows.astype(np.float64))
    found = replace(found, se=np.where(found.se > SPREAD, found.se, alike))
    degrees = degrees_of(design, ~np.isnan(worth), body, bodies)
    low, high = _interval(public, design, found, degrees, "share_satisfied")
    return found.value, low, high, counts(np.where(chosen, body, -1), bodies).astype(np.float64)


def degrees_of(design: Design, there: Bools, body: Ints, bodies: int) -> Floats:
    """Degrees of freedom of each body's error: drawn units with an answer of it, less their strata, (N,)."""
    drawn, own = design.stages[0], body[there]

    def different(*columns: Ints) -> Ints:
        first = np.unique(codes(own, *(column[there] for column in columns)), return_index=True)[1]
        return counts(own[first], bodies)

    return (different(drawn.stratum, drawn.unit) - different(drawn.stratum)).astype(np.float64)


def _alike(design: Design, worth: Floats, body: Ints, size: Floats) -> Floats:
    """Error where all answers of a body are alike, as of independent ones; nought where all people were asked, (N,)."""
    there = np.where(np.isnan(worth), -1, body)
    filled, share = np.nan_to_num(worth), design.stages[0].fraction
    added, squares = (sums(there, figure, len(size)) for figure in (filled, filled**2))
    everyone = len(design.stages) == 1 and share is not None
    missed = sums(body, np.ones(len(body)) if share is None or not everyone else 1.0 - share, len(size))
    with np.errstate(invalid="ignore", divide="ignore"):
        plain = np.sqrt(independent(added, squares, size, ENDS))
    return np.where(size == 0, np.nan, np.where(missed > 0, plain, 0.0))


#: which answers count for a share, by their points: of five levels the third has 50, the fourth 75
COUNTS: Mapping[str, Callable[[Floats], Bools]] = {
    "share_satisfied": lambda points: points > 50.0 - SPREAD,
    "share_bad": lambda points: points < 50.0 - SPREAD,
    "share_very_satisfied": lambda points: points > 100.0 - SPREAD,
    "share_positive": lambda points: points > 75.0 - SPREAD,
    "people_satisfied": lambda points: points > 50.0 - SPREAD,
    "people_bad": lambda points: points < 50.0 - SPREAD,
}
MOST_LEVELS = 21  #: of a distribution; a finer scale is shown by its mean
