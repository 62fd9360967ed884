"""Weighted means of groups from a stratified sample with unequal probabilities: Hájek's, with errors by linearisation.

In: what was found, the weight (one over the probability of being drawn), the group and the stratum of each row; out
one array per figure, by group. Strata are told apart within their group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import codes, counts, sums


@dataclass(frozen=True, slots=True)
class WeightedMean:
    """Means of G groups, (G,) each."""

    value: Floats  #: NaN where the group has no row
    se: Floats
    rows: Floats
    degrees: Floats  #: rows less strata, at least 1


def hajek_mean(y: Floats, weight: Floats, group: Ints, stratum: Ints, groups: int) -> WeightedMean:
    """Σwy / Σw of each group, with the variance of draws with replacement within strata.

    With z = w(y − mean)/Σw it is the sum over strata of n/(n − 1) · Σ(z − z̄)² (Särndal, Swensson & Wretman 1992,
    5.8 and 3.7); a stratum with a single row adds z², its distance from the group's mean. A group with a single row
    gets the spread of all rows together.

    >>> found = hajek_mean(np.array([1.0, 3.0]), np.ones(2), np.zeros(2, int), np.zeros(2, int), 2)
    >>> found.value, found.se, found.rows
    (array([ 2., nan]), array([ 1., nan]), array([2., 0.]))
    """
    rows, whole = counts(group, groups).astype(np.float64), sums(group, weight, groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = sums(group, weight * y, groups) / whole
        z = weight * (y - value[group]) / whole[group]
    code = codes(group, stratum)
    strata = int(code.max(initial=-1)) + 1
    size = counts(code, strata).astype(np.float64)
    mean = sums(code, z, strata) / np.maximum(size, 1.0)
    single = size[code] < 2
    scale = size[code] / np.where(single, 1.0, size[code] - 1.0)
    squares = np.where(single, z**2, scale * (z - mean[code]) ** 2)
    se = np.sqrt(sums(group, squares, groups))
    held = np.bincount(_group_of(code, group, strata), minlength=groups).astype(np.float64)
    if len(y) > 1:
        centre = np.average(y, weights=weight)
        spread = np.sqrt(np.average((y - centre) ** 2, weights=weight) * len(y) / (len(y) - 1.0))
        se = np.where(rows == 1, spread, se)
    se = np.where((rows == 0) | ((rows == 1) & (len(y) < 2)), np.nan, se)
    return WeightedMean(value, se, rows, np.maximum(rows - held, 1.0))


def _group_of(code: Ints, group: Ints, strata: int) -> Ints:
    """The group of each stratum, (H,)."""
    found = np.zeros(strata, dtype=np.int64)
    found[code] = group
    return found
