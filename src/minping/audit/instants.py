"""Instant ratings: given so soon after the case ended that the person can hardly have done it alone."""

from __future__ import annotations

import numpy as np

from minping.audit.sources import Outcome, Sources, columns
from minping.stats.exceedance import best_of, more_than_drawn
from minping.stats.groups import sums
from minping.words import Text

AT_ONCE = 12  #: seconds
NO_SECONDS = Text(
    "没有办结到评价的秒数（seconds 列）", "no seconds from the end of a case to its rating (column seconds)"
)


def instant_ratings(sources: Sources) -> Outcome | Text:
    """The channel of each body that stands out most against the same channel elsewhere (Fisher; Bonferroni)."""
    table = sources.ratings.filter(sources.ratings.seconds.notnull())
    quick = table.seconds < AT_ONCE
    cells = columns(table.group_by("body", "channel").aggregate(n=table.count(), quick=quick.cast("int64").sum()))
    if not cells["n"].size:
        return NO_SECONDS
    body = cells["body"].astype(np.int64)
    channel = np.unique(cells["channel"].astype(str), return_inverse=True)[1]
    whole, all_quick = (sums(channel, cells[name], int(channel.max()) + 1)[channel] for name in ("n", "quick"))
    p = more_than_drawn(cells["quick"], cells["n"], all_quick, whole)
    observed, expected, n = (
        sums(body, figure, sources.bodies) for figure in (cells["quick"], cells["n"] * all_quick / whole, cells["n"])
    )
    return Outcome(observed, expected, n, best_of(p, body, sources.bodies), table.filter(quick))
