"""Removals: bad ratings taken out as mistaken more often than elsewhere. Praise and blame are looked at alike."""

from __future__ import annotations

import numpy as np

from minping.audit.sources import Outcome, Sources
from minping.stats.exceedance import more_than_drawn
from minping.words import Text

NOTHING_REMOVED = Text("没有被剔除的差评", "no bad rating was removed")


def removed_blame(sources: Sources) -> Outcome | Text:
    """Removed ones among the bad ratings of each body, against all bodies (Fisher's exact test)."""
    bad = sources.ratings.filter(sources.ratings.level <= 2)
    counted = sources.per_body(bad, n=bad.count(), removed=bad.removed.cast("int64").sum())
    n, removed = counted["n"], counted["removed"]
    if not removed.sum():
        return NOTHING_REMOVED
    p = more_than_drawn(removed, n, np.full_like(n, removed.sum()), np.full_like(n, n.sum()))
    return Outcome(removed, n * removed.sum() / n.sum(), n, p, bad.filter(bad.removed))
