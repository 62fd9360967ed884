"""Missing blame: the unhappy were not asked, or their ratings did not arrive. Only weak traces of it can be seen."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from minping.audit.cases import Outcome
from minping.audit.citizens.sources import Sources, by_channel, columns
from minping.indicators.lags import periods_within
from minping.model.arrays import Floats
from minping.stats.exceedance import fewer_than_chance
from minping.words import Text

NO_OFFERS = Text("没有邀评数（offers 表的 offered 列）", "no counts of who was asked (table offers, column offered)")
NORMAL = NormalDist()
NO_LOW = Text("没有 3 级以下的评价", "no rating of level 3 or below")


def blocked_levels(sources: Sources) -> Outcome | Text:
    """Levels 1 and 2 among those of 3 or below, against a body as good as this one but with nothing missing.

    The chance is that of an ordinal probit model (McCullagh 1980) with the cuts of all bodies, moved to the body's own
    share of levels 3 or below.
    """
    n, low, bad = (sources.counts[name] for name in ("n", "low", "bad"))
    if not low.sum():
        return NO_LOW
    cuts = _quantile((np.array([bad.sum(), low.sum()]) + 0.5) / (n.sum() + 1))
    shift = _quantile((low + 0.5) / (n + 1)) - cuts[1]
    chance = _below(cuts[0] + shift) / _below(cuts[1] + shift)
    return Outcome(bad, low * chance, low, fewer_than_chance(bad, low, chance))


def unhappy_not_invited(sources: Sources) -> Outcome | Text:
    """Fewer asked than elsewhere in the same channel, and low levels missing too: the larger p-value of both counts.

    An intersection–union test (Berger 1982): neither alone is taken for a sign.
    """
    asked = _asked(sources)
    missing = blocked_levels(sources)
    if isinstance(asked, Text) or isinstance(missing, Text):
        return asked if isinstance(asked, Text) else missing
    both: Floats = np.maximum(asked.p, missing.p)
    return Outcome(asked.observed, asked.expected, asked.n, both)


def _quantile(share: Floats) -> Floats:
    """The standard normal's quantiles, of one figure for each body (scipy would take longer to import)."""
    return np.array([NORMAL.inv_cdf(float(one)) for one in share])


def _below(at: Floats) -> Floats:
    return np.array([NORMAL.cdf(float(one)) for one in at])


def _asked(sources: Sources) -> Outcome | Text:
    """How many were asked, against the same channel elsewhere (Fisher's exact test; Bonferroni)."""
    if sources.offers is None:
        return NO_OFFERS
    table = sources.offers.filter(sources.offers.offered.notnull())
    told = table.group_by("body", "channel", "period").aggregate(n=table.issued.sum(), part=table.offered.sum())
    cells = columns(told)
    inside = periods_within(sources.period, cells["period"].tolist())
    return by_channel(sources, {name: cell[inside] for name, cell in cells.items()}, fewer=True) or NO_OFFERS
