"""Quantiles of many domains at once, with Woodruff's intervals, from a sample whose design is known.

In a `Design`, a variable (n,) and the domain of each row; out one record with an array per figure, (D,).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.designs import Design
from minping.stats.estimates import interval, mean, t_quantile
from minping.stats.groups import counts


class Quantiles(NamedTuple):
    """A quantile of each of D domains."""

    value: Floats  #: (D,) NaN where the domain has no row
    se: Floats  #: (D,) half the interval over Student's t
    low: Floats  #: (D,) NaN where the interval reaches beyond the answers
    high: Floats  #: (D,)
    rows: Ints  #: (D,) rows that it rests on


def domain_quantiles(
    design: Design, y: Floats, share: float, domain: Ints, domains: int, level: float = 0.95
) -> Quantiles:
    """The least value that `share` of the weight of a domain does not exceed (Woodruff 1952, JASA 47: 635).

    Rows whose variable is NaN are left out. As `estimates.quantiles` with the rule `math`, of each domain.
    """
    code = np.where(np.isnan(y), -1, domain)
    inside = np.flatnonzero(code >= 0)
    order = inside[np.lexsort((y[inside], code[inside]))]
    summed = np.concatenate([[0.0], np.cumsum(design.weight[order])])
    ends = np.concatenate([[0], np.cumsum(counts(code, domains))])
    there = ends[1:] > ends[:-1]

    def read(shares: Floats) -> Floats:
        base, whole = summed[ends[:-1]], summed[ends[1:]] - summed[ends[:-1]]
        target = base + np.nan_to_num(shares) * whole * (1 - 1e-14)
        at = np.clip(np.searchsorted(summed[1:], target, side="left"), ends[:-1], np.maximum(ends[1:] - 1, 0))
        found = y[order][np.minimum(at, max(len(order) - 1, 0))] if len(order) else np.full(domains, np.nan)
        return np.where(there & (shares >= 0) & (shares <= 1), found, np.nan)

    value = read(np.full(domains, share))
    below = np.where(code >= 0, (y <= value[np.maximum(code, 0)]).astype(np.float64), np.nan)
    found = mean(design, below, domain, domains)
    low, high = (read(end) for end in interval(found, level))
    return Quantiles(value, (high - low) / (2 * t_quantile(found.degrees, 0.5 + level / 2)), low, high, found.rows)
