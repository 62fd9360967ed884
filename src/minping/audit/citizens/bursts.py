"""Bursts: many ratings on two days, more than the cases that had just ended can explain.

What is expected on a day comes from the days on which the body's own cases ended, and from how long raters of the same
channel take: a busy day of the service, or of the whole calendar, is no burst.
"""

from __future__ import annotations

import numpy as np

from minping.audit.cases import Outcome
from minping.audit.citizens.sources import Sources, columns
from minping.model.arrays import Floats, Ints
from minping.stats.exceedance import best_of, more_than_expected
from minping.stats.groups import sums
from minping.words import Text

LONGEST = 60  #: days from the end of a case to its rating that are looked at
NO_DAYS = Text("没有办结日期（completed_on 列）", "no day on which cases ended (column completed_on)")


def bursts(sources: Sources) -> Outcome | Text:
    """The two days of each body that stand out most; the bound holds for all two days of the period (Bonferroni)."""
    import ibis
    import pyarrow as pa

    table = sources.ratings.filter(sources.ratings.completed_on.notnull())
    table = table.mutate(
        done=table.completed_on.cast("timestamp").epoch_seconds() // 86_400,
        lag=(table.rated_on.cast("timestamp").epoch_seconds() - table.completed_on.cast("timestamp").epoch_seconds())
        // 86_400,
    )
    table = table.filter((table.lag >= 0) & (table.lag <= LONGEST))
    cells = columns(table.group_by("body", "channel", "done", "lag").aggregate(n=table.count()))
    if not cells["n"].size:
        return NO_DAYS
    channel = np.unique(cells["channel"].astype(str), return_inverse=True)[1].astype(np.int64)
    body, done, lag = (cells[name].astype(np.int64) for name in ("body", "done", "lag"))
    start = int(done.min())
    found, expected = _days(sources.bodies, body, channel, done - start, lag, cells["n"])
    found, expected = (days[:, :-1] + days[:, 1:] for days in (found, expected))
    n = sums(body, cells["n"], sources.bodies)
    p = more_than_expected(found, n[:, None], expected)
    group = np.repeat(np.arange(sources.bodies), p.shape[1])
    which = np.argmin(np.nan_to_num(p, nan=2.0), axis=1)
    at = (np.arange(sources.bodies), which)
    days = ibis.memtable(pa.table({"where": pa.array(at[0], pa.int64()), "first": pa.array(which + start, pa.int64())}))
    rated = table.done + table.lag
    rows = table.inner_join(days, [table.body == days.where, (rated == days["first"]) | (rated == days["first"] + 1)])
    return Outcome(found[at], expected[at], n, best_of(p.ravel(), group, sources.bodies), rows)


def _days(bodies: int, body: Ints, channel: Ints, done: Ints, lag: Ints, n: Floats) -> tuple[Floats, Floats]:
    """Ratings found and expected of each body and day, (N, D) each."""
    days, channels = int((done + lag).max()) + 2, int(channel.max()) + 1
    found, expected = np.zeros((bodies, days)), np.zeros((bodies, days))
    np.add.at(found, (body, done + lag), n)
    ended = np.zeros((channels, bodies, days))
    np.add.at(ended, (channel, body, done), n)
    after = np.zeros((channels, LONGEST + 1))
    np.add.at(after, (channel, lag), n)
    after /= after.sum(axis=1, keepdims=True)
    for at, share in np.ndenumerate(after):
        if share and at[1] < days:
            expected[:, at[1] :] += share * ended[at[0], :, : days - at[1]]
    return found, expected
