"""Two phases: the mean of all, when some answered at once and a random part of the silent was asked again.

In: how often each level was answered at once, by group; how many kept silent in each stratum of a group, and what those
of them who were drawn and reached said. Out: one row per group. The silent of a stratum are spoken for by those of
them who were reached (so not being reached is taken as random within a stratum, and only there).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.groups import column_sums, sums


@dataclass(frozen=True, slots=True)
class SecondPhase:
    """What was found of the silent, one row per stratum (H strata, L levels)."""

    group: Ints  #: (H,) 0 … groups − 1
    silent: Floats  #: (H,) how many kept silent
    reached: Floats  #: (H, L) how many of those drawn said each level
    weight: Floats  #: (H, L) sum of their weights (1 / probability of being drawn)
    square: Floats  #: (H, L) sum of their squared weights


@dataclass(frozen=True, slots=True)
class TwoPhase:
    """Means of G groups, (G,) each; NaN where they can't be told."""

    mean: Floats  #: of all
    se: Floats
    first: Floats  #: of those who answered at once
    second: Floats  #: of the silent, as those who were reached speak for them
    second_se: Floats
    gap: Floats  #: first − second
    gap_se: Floats
    reached: Floats
    silent: Floats  #: share who kept silent
    degrees: Floats  #: of Student's t for `mean` (Satterthwaite 1946); infinite where everybody is known


def two_phase_means(worth: Floats, answered: Floats, second: SecondPhase, *, finite: bool = False) -> TwoPhase:
    """Mean of all by double sampling for non-response (Hansen & Hurwitz 1946; Cochran 1977, section 13.6).

    ``W1 ȳ1 + W2 ȳ2``, with ȳ2 stratified over the silent. The variance is ``S²/n + W2² Σ (N_h/N)² s_h² (1 − r_h/N_h)/r_h``:
    Cochran's with an endless population, so that the n served are themselves a sample of what a group does; with
    `finite` the first part is left out, and only these n are spoken of. Strata in which nobody was reached are spoken
    for by the others of the group. Where answers are (nearly) all alike, the variance is that of one more answer,
    half at either end of the scale (Jeffreys).

    Args:
        worth: (L,) what each level is worth
        answered: (G, L) how many answered at once at each level
        second: the strata of the silent
        finite: speak of the n served only

    Raises:
        ValueError: shapes that differ, negative counts, more reached in a stratum than kept silent.

    >>> second = SecondPhase(np.array([0]), np.array([50.0]), *(np.array([[5.0, 5.0]]) * k for k in (1, 5, 25)))
    >>> found = two_phase_means(np.array([0.0, 100.0]), np.array([[10.0, 40.0]]), second)
    >>> found.mean, found.first, found.second, found.se.round(2)
    (array([65.]), array([80.]), array([50.]), array([8.83]))
    """
    groups = len(answered)
    _check(worth, answered, second)
    told, quiet = answered.sum(axis=1), _of_silent(worth, second, groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        first = answered @ worth / told
        served = told + quiet.count
        share = quiet.count / served
        none = quiet.count == 0
        mean = np.where(none, first, np.where(told == 0, quiet.mean, (1 - share) * first + share * quiet.mean))
        squares = answered @ worth**2 + quiet.count * quiet.square
        own = np.zeros(groups) if finite else _plain(worth, np.nan_to_num(mean) * served, squares, served)
        se = np.sqrt(own + share**2 * np.where(none, 0.0, quiet.error))
        loose = share**4 * np.where(none, 0.0, quiet.loose) + own**2 / np.maximum(served - 1, 1)
        degrees = np.where(loose > 0, se**4 / loose, np.inf)
        apart = np.sqrt(quiet.error + _plain(worth, answered @ worth, answered @ worth**2, told))
    unknown = np.isnan(mean)
    silent_mean = np.where(none, np.nan, quiet.mean)
    return TwoPhase(
        mean,
        np.where(unknown, np.nan, se),
        first,
        silent_mean,
        np.where(none, np.nan, np.sqrt(quiet.error)),
        first - silent_mean,
        np.where(none, np.nan, apart),
        quiet.reached,
        share,
        np.where(unknown, np.nan, degrees),
    )


@dataclass(frozen=True, slots=True)
class _Silent:
    """The silent of G groups, as those reached speak for them, (G,) each."""

    count: Floats
    reached: Floats
    mean: Floats
    error: Floats  #: variance of the mean
    loose: Floats  #: sum over strata of the square of their part of the variance, by its degrees
    square: Floats  #: mean of the squared answers


def _of_silent(worth: Floats, second: SecondPhase, groups: int) -> _Silent:
    """Strata that nobody was reached in are left out of mean and error."""
    count, weight = second.reached.sum(axis=1), second.weight.sum(axis=1)
    there = count > 0
    spoken = np.where(there, second.silent, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        of_stratum = second.weight @ worth / weight
        spread, told = _spread(worth, second, count, weight, of_stratum)
        spread *= 1.0 - count / second.silent
        whole = sums(second.group, spoken, groups)
        mean = sums(second.group, np.where(there, spoken * of_stratum, 0.0), groups) / whole
        part = np.where(there, (spoken / whole[second.group]) ** 2 * spread, 0.0)
        error = np.where(whole > 0, sums(second.group, part, groups), np.nan)
        loose = sums(second.group, np.where(told, part**2 / np.maximum(count - 1.0, 1.0), 0.0), groups)
        square = _second_moment(worth, second, groups, spoken, there, whole)
    silent, reached = sums(second.group, second.silent, groups), sums(second.group, count, groups)
    return _Silent(silent, reached, mean, error, loose, square)


def planned_error(sd: float, silent_sd: float, size: Floats, silent: Floats, reached: Floats) -> Floats:
    """Standard error of the mean of all to expect, when `reached` of the silent speak for them (Cochran 1977, 13.6).

    ``√(S²/n + W2² S2² (1/r − 1/n2))`` with n2 = W2 n: Cochran's ``S²/n + W2 (k − 1) S2²/n`` for k = n2/r.

    >>> planned_error(1.0, 1.0, np.array([1870.0]), np.array([0.5]), np.array([935 / 2.739])).round(5)
    array([0.03162])
    """
    kept = silent * size
    if (reached > kept * (1 + 1e-9)).any():
        raise ValueError("more are reached than kept silent")
    with np.errstate(divide="ignore", invalid="ignore"):
        again = np.where(kept > 0, silent**2 * silent_sd**2 * (1.0 / reached - 1.0 / kept), 0.0)
    error: Floats = np.sqrt(sd**2 / size + again)
    return error


def _check(worth: Floats, answered: Floats, second: SecondPhase) -> None:
    levels = (len(second.group), len(worth))
    if (
        answered.shape[1] != len(worth)
        or not levels == second.reached.shape == second.weight.shape == second.square.shape
    ):
        raise ValueError("answers have a column for each level, and strata a row each")
    if len(second.group) and (second.group.min() < 0 or second.group.max() >= len(answered)):
        raise ValueError(f"groups must be whole numbers from 0 to {len(answered) - 1}")
    if min(float(counts.min(initial=0)) for counts in (answered, second.silent, second.reached, second.weight)) < 0:
        raise ValueError("a count is negative")
    if (second.reached.sum(axis=1) > second.silent).any():
        raise ValueError("more were reached in a stratum than kept silent")


def _spread(worth: Floats, second: SecondPhase, count: Floats, weight: Floats, mean: Floats) -> tuple[Floats, Bools]:
    """Variance of each stratum's weighted mean, drawn from an endless stratum, and whether the answers tell it, (H,)."""
    off = (second.square * (worth[None, :] - mean[:, None]) ** 2).sum(axis=1) / weight**2
    drawn = np.where(count > 1, off * count / (count - 1.0), 0.0)
    supposed = _plain(worth, second.reached @ worth, second.reached @ worth**2, count)
    return np.maximum(drawn, supposed), drawn > supposed


def _second_moment(
    worth: Floats, second: SecondPhase, groups: int, spoken: Floats, there: Floats, whole: Floats
) -> Floats:
    """Mean square of what the silent of each group would say, (G,); 0 where there are none."""
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = second.weight / second.weight.sum(axis=1, keepdims=True)
        of_levels = column_sums(second.group, np.where(there[:, None], spoken[:, None] * shares, 0.0), groups)
        return np.nan_to_num(of_levels @ worth**2 / whole)


def _plain(worth: Floats, total: Floats, squares: Floats, count: Floats) -> Floats:
    """Variance of the mean of so many answers, with half an answer more at either end of the scale (Jeffreys)."""
    low, high = float(worth.min()), float(worth.max())
    middle = (total + (low + high) / 2.0) / (count + 1.0)
    spread = (squares + (low**2 + high**2) / 2.0) / (count + 1.0) - middle**2
    return np.maximum(spread, 0.0) / (count + 2.0)
