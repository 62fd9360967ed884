"""Shares told from a sample with unequal probabilities: of all units and by group, with errors and intervals.

In: what was found of the units drawn and the probabilities they were drawn with; out: shares of all units. Good for
designs of fixed size and large entropy, such as `unequal_draws.unequal_draw`: of joint probabilities nothing need be known.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import counts, sums
from minping.stats.proportions import share_interval


class Shares(NamedTuple):
    """One row per group, (G,); NaN where none of the group was drawn."""

    share: Floats
    error: Floats  #: standard error; NaN for a single unit that was not certain
    low: Floats
    high: Floats
    drawn: Ints  #: units of the group that were drawn


def unequal_shares(
    wrong: Floats, probability: Floats, group: Ints, groups: int, whole: Floats | None = None, *, level: float = 0.95
) -> Shares:
    """Share of units that are wrong, by group.

    With `whole` the Horvitz-Thompson estimate (1952), without the ratio of two such (Hájek 1971), which is steadier.
    Variances by Deville's formula for designs of large entropy (Deville 1999; Tillé 2006, section 7.4.3), of which the
    domain's residuals are taken, nought elsewhere; intervals as `proportions.share_interval`. The error behind an
    interval is never less than that of as many equal draws as Kish's effective size (1965): where few are wrong, the
    variance told from those few is too small by far (one interval of three missed the share in simulations).

    Args:
        wrong: (n,) 1 or 0 (or a share in between) for each unit drawn; no NaN
        probability: (n,) above nought and at most 1
        group: (n,) from 0; -1 is in no group, but belongs to the sample
        groups: how many groups there are
        whole: (G,) how many units each group has
        level: of the intervals

    Raises:
        ValueError: a probability or a finding is out of its range.

    >>> wrong, probability = np.array([1.0, 0.0, 0.0, 1.0]), np.array([0.5, 0.5, 0.25, 1.0])
    >>> found = unequal_shares(wrong, probability, np.zeros(4, dtype=np.int64), 1)
    >>> found.share.round(3), found.error.round(3)
    (array([0.333]), array([0.203]))
    """
    if not ((probability > 0) & (probability <= 1)).all():
        raise ValueError("a probability is missing, not above nought, or above 1")
    if not ((wrong >= 0) & (wrong <= 1)).all():
        raise ValueError("what was found lies outside 0 to 1")
    weight, drawn = 1 / probability, counts(group, groups)
    there, total = sums(group, weight, groups), sums(group, weight * wrong, groups)
    size = there if whole is None else np.asarray(whole, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(drawn > 0, total / size, np.nan)
        left = wrong if whole is not None else wrong - np.where(group >= 0, share[group], 0.0)
        variance = _variance(weight * left, probability, group, groups) / size**2
        kish = there**2 / sums(group, weight**2, groups)
        middle = (np.clip(share, 0, 1) * kish + 0.5) / (kish + 1)
        unseen = sums(group, (1 - probability) * weight, groups) / there  # share of the group that was not drawn
        plain = middle * (1 - middle) / (kish + 2) * unseen
    error = np.sqrt(np.where(drawn > 0, variance, np.nan))
    behind = np.fmax(error, np.sqrt(plain))
    low, high = np.full(groups, np.nan), np.full(groups, np.nan)
    told = np.isfinite(behind)
    trials = drawn[told].astype(np.float64)
    found = share_interval(np.clip(share[told], 0, 1), behind[told], trials, degrees=trials - 1, level=level)
    low[told], high[told] = found.low, found.high
    return Shares(share, error, low, high, drawn)


def _variance(total: Floats, probability: Floats, group: Ints, groups: int) -> Floats:
    """Of the sum of (n,) weighted findings by group, from the whole sample's probabilities; NaN from one open unit."""
    rest = 1 - probability
    whole = float(rest.sum())
    if whole == 0:
        return np.zeros(groups)
    open_share = 1 - float((rest**2).sum()) / whole**2
    squares, middle = sums(group, rest * total**2, groups), sums(group, rest * total, groups)
    single = np.zeros(groups) if open_share > 0 else np.full(groups, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.maximum(squares - middle**2 / whole, 0.0) / open_share + single
    return found
