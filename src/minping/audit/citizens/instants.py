"""Instant ratings: given so soon after the case ended that the person can hardly have done it alone."""

from __future__ import annotations

from dataclasses import replace

from minping.audit.cases import Outcome
from minping.audit.citizens.sources import Sources, by_channel, columns
from minping.words import Text

AT_ONCE = 12  #: seconds
NO_SECONDS = Text(
    "没有办结到评价的秒数（seconds 列）", "no seconds from the end of a case to its rating (column seconds)"
)


def instant_ratings(sources: Sources) -> Outcome | Text:
    """The channel of each body that stands out most against the same channel elsewhere (Fisher; Bonferroni)."""
    table = sources.ratings.filter(sources.ratings.seconds.notnull())
    quick = table.seconds < AT_ONCE
    told = table.group_by("body", "channel").aggregate(n=table.count(), part=table.count(where=quick))
    found = by_channel(sources, columns(told))
    return NO_SECONDS if found is None else replace(found, rows=table.filter(quick))
