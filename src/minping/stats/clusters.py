"""Clusters: how much alike the members of a group are."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.groups import first_rows, sums


def intraclass(values: Floats, group: Ints, stratum: Ints) -> float:
    """The intraclass correlation of groups within strata, by analysis of variance; NaN without groups to compare.

    (MSB - MSW) / (MSB + (m - 1) MSW), with m the size of a group corrected for unequal ones (Donner 1986, "A review of
    inference procedures for the intraclass correlation coefficient", 2.1; nested in strata).

    Args:
        values: (n,) no NaN
        group: (n,) codes from 0, none left out; each lies in one stratum
        stratum: (n,) codes from 0, none left out

    >>> round(intraclass(np.array([1.0, 1.0, 3.0, 3.5]), np.array([0, 0, 1, 1]), np.zeros(4, dtype=int)), 4)
    0.9756
    """
    if not len(values):
        return float("nan")
    groups, strata = int(group.max()) + 1, int(stratum.max()) + 1
    size, total = sums(group, np.ones(len(values)), groups), sums(group, values, groups)
    above = stratum[first_rows(group, groups)]
    whole, mean = sums(above, size, strata), sums(above, total, strata)
    mean = mean / whole
    between_df, within_df = groups - strata, len(values) - groups
    if between_df < 1 or within_df < 1:
        return float("nan")
    between = float((size * (total / size - mean[above]) ** 2).sum()) / between_df
    within = float(((values - (total / size)[group]) ** 2).sum()) / within_df
    each = float((len(values) - (size**2 / whole[above]).sum()) / between_df)
    spread = between + (each - 1) * within
    return (between - within) / spread if spread > 0 else float("nan")
