"""Removals: bad ratings taken out as mistaken more often than elsewhere. Praise and blame are looked at alike."""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Outcome
from minping.audit.citizens.sources import Sources
from minping.stats.exceedance import more_than_drawn
from minping.words import Text

NOTHING_REMOVED = Text("没有被剔除的差评", "no bad rating was removed")


def removed_blame(sources: Sources) -> Outcome | Text:
    """Removed ones among the bad ratings of each body, and among all its ratings: the larger p-value (Fisher's tests).

    An intersection–union test (Berger 1982): where low levels don't get through, a large share of the few that are left
    may be removed, though removals are no more frequent than elsewhere.
    """
    n, removed, every = (sources.counts[name] for name in ("bad", "removed", "n"))
    if not removed.sum():
        return NOTHING_REMOVED
    among_bad, among_all = (
        more_than_drawn(removed, of, np.full_like(n, removed.sum()), np.full_like(n, of.sum())) for of in (n, every)
    )
    rows = sources.ratings.filter((sources.ratings.level <= 2) & sources.ratings.removed)
    return Outcome(removed, n * removed.sum() / n.sum(), n, np.maximum(among_bad, among_all), rows)
