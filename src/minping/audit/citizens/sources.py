"""Sources: the ratings and offers of one period as expressions, and their counts as arrays.

Ratings are those that somebody gave, removed ones among them; silence counted as a rating is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.audit.cases import Outcome
from minping.indicators.events import event_table, month_of, numbers, with_bodies
from minping.indicators.lags import months_of
from minping.model.arrays import Floats
from minping.model.evidence import Evidence
from minping.stats.exceedance import best_of, fewer_than_drawn, more_than_drawn
from minping.stats.groups import distinct, sums

if TYPE_CHECKING:
    import ibis

RATING_COLUMNS = ("body", "rated_on", "completed_on", "level", "status", "channel", "window", "device", "comment",
                  "seconds")  # fmt: skip


MOST_HELD = 1_000_000  #: rows that are put together once


@dataclass(frozen=True, slots=True)
class Sources:
    """What the tests look at; `body` is the position of the body, `file` and `row` where a rating stands."""

    bodies: int
    period: str
    ratings: ibis.Table
    offers: ibis.Table | None  #: of all periods; None where the folder has none
    #: ratings of each body, (N,): all of them `n`, level 3 or below `low`, 1 or 2 `bad` and of these `removed`, those given
    #: outside the halls from a device that is told `own`, and how many different `devices`
    counts: Mapping[str, Floats]


def open_sources(opened: Any, evidence: Evidence, period: str) -> Sources:
    """The expressions over a folder's ratings and offers, for one period."""
    import ibis

    ratings = with_bodies(
        event_table(opened, evidence.records["ratings"], RATING_COLUMNS, placed=True), evidence.bodies
    )
    first, last = months_of(period) or (1, 0)
    month, status = month_of(ratings.rated_on), ibis.coalesce(ratings.status, "rated")
    ratings = ratings.mutate(status=status).filter((month >= first) & (month <= last) & (status != "defaulted"))
    ratings = ratings.mutate(
        body=ratings.body.cast("int64"),
        channel=ibis.coalesce(ratings.channel, ""),
        removed=ratings.status == "removed",
    )
    ratings = held(opened, "audited_ratings", ratings, evidence.records["ratings"].rows)
    offers = None
    if "offers" in evidence.records:
        table = event_table(opened, evidence.records["offers"], ("body", "period", "channel", "issued", "offered"))
        table = with_bodies(table, evidence.bodies)
        offers = table.mutate(body=table.body.cast("int64"), channel=ibis.coalesce(table.channel, ""))
    return Sources(len(evidence.bodies.ids), period, ratings, offers, _counts(ratings, len(evidence.bodies.ids)))


def _counts(ratings: ibis.Table, bodies: int) -> dict[str, Floats]:
    """What several tests count of each body, (N,) each, by one query."""
    bad, own = ratings.level <= 2, ratings.device.notnull() & ratings.window.isnull()
    figures = {
        "n": ratings.count(),
        "low": ratings.count(where=ratings.level <= 3),
        "bad": ratings.count(where=bad),
        "removed": ratings.count(where=bad & ratings.removed),
        "own": ratings.count(where=own),
        "devices": ratings.device.nunique(where=own),
    }
    found = columns(ratings.group_by("body").aggregate(**figures))
    at = found["body"].astype(np.int64)
    return {name: sums(at, found[name], bodies) for name in figures}


def held(opened: Any, name: str, table: ibis.Table, rows: int) -> ibis.Table:
    """The same table under a name, for many queries: put together once, or (a large one) anew for each of them."""
    if rows > MOST_HELD:
        return opened.create_view(name, table, overwrite=True)
    return opened.create_table(name, table, temp=True)


def by_channel(sources: Sources, cells: Mapping[str, Any], *, fewer: bool = False) -> Outcome | None:
    """A part of a whole in each channel of each body, against the same channel elsewhere; None without rows.

    Fisher's exact test; the channel that stands out most counts for the body (Bonferroni).

    Args:
        sources: as `open_sources` gives them
        cells: body, channel, the whole `n` and the `part`, (C,) each; a body and channel may have several
        fewer: whether it is too few that stand out, not too many
    """
    if not cells["n"].size:
        return None
    channel = np.unique(cells["channel"].astype(str), return_inverse=True)[1].astype(np.int64)
    width = int(channel.max()) + 1
    code, place = distinct(cells["body"].astype(np.int64) * width + channel)
    body, channel = np.divmod(code, width)
    n, part = (sums(place, cells[name], code.size) for name in ("n", "part"))
    whole, marked = (sums(channel, figures, width)[channel] for figures in (n, part))
    p = (fewer_than_drawn if fewer else more_than_drawn)(part, n, marked, whole)
    observed, expected, size = (sums(body, figure, sources.bodies) for figure in (part, n * marked / whole, n))
    return Outcome(observed, expected, size, best_of(p, body, sources.bodies))


def columns(table: ibis.Table) -> dict[str, Any]:
    """An aggregated table as arrays: numbers as float64, the rest as objects."""
    found = table.to_pyarrow()
    return {name: _column(found[name]) for name in found.column_names}


def _column(column: Any) -> Any:
    import pyarrow.types as kinds

    if kinds.is_integer(column.type) or kinds.is_floating(column.type) or kinds.is_decimal(column.type):
        return numbers(column)
    return np.array(column.to_pylist(), dtype=object)
