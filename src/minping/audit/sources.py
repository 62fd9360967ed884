"""Sources: the ratings and offers of one period as expressions, and their counts as arrays.

Ratings are those that somebody gave, removed ones among them; silence counted as a rating is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.events import engine, event_table, with_bodies
from minping.indicators.ratings import months_of
from minping.model.arrays import Floats
from minping.model.evidence import Evidence
from minping.stats.groups import sums
from minping.words import Text

if TYPE_CHECKING:
    import ibis

RATING_COLUMNS = ("body", "rated_on", "completed_on", "level", "status", "channel", "window", "device", "comment",
                  "seconds")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sources:
    """What the tests look at; `body` is the position of the body, `file` and `row` where a rating stands."""

    bodies: int
    ratings: ibis.Table
    offers: ibis.Table | None  #: None where the folder has none

    def per_body(self, table: ibis.Table, **figures: Any) -> dict[str, Floats]:
        """Figures of each body by one expression, (N,) each; nought where it has none."""
        found = columns(table.group_by("body").aggregate(**figures))
        at = found["body"].astype(np.int64)
        return {name: sums(at, found[name], self.bodies) for name in figures}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test says of N bodies; NaN where a body has nothing to test."""

    observed: Floats  #: (N,)
    expected: Floats  #: (N,) were the body like the others
    n: Floats  #: (N,)
    p: Floats  #: (N,)
    rows: ibis.Table | None = None  #: body, file, row of every rating concerned; None where it is about missing ones


Check = Callable[[Sources], Outcome | Text]  #: a text says why the test is not applicable


def open_sources(opened: Any, evidence: Evidence, period: str) -> Sources:
    """The expressions over a folder's ratings and offers, for one period."""
    import ibis

    ratings = with_bodies(
        event_table(opened, evidence.records["ratings"], RATING_COLUMNS, placed=True), evidence.bodies
    )
    first, last = months_of(period) or (1, 0)
    month = ratings.rated_on.year().cast("int64") * 12 + ratings.rated_on.month().cast("int64") - 1
    status = ibis.coalesce(ratings.status, "rated")
    ratings = ratings.filter((month >= first) & (month <= last) & (status != "defaulted"))
    ratings = ratings.mutate(
        body=ratings.body.cast("int64"),
        channel=ibis.coalesce(ratings.channel, ""),
        removed=ibis.coalesce(ratings.status, "rated") == "removed",
    )
    offers = None
    if "offers" in evidence.records:
        table = event_table(opened, evidence.records["offers"], ("body", "period", "channel", "issued", "offered"))
        table = with_bodies(table, evidence.bodies)
        told = table.select("period").distinct().to_pyarrow()["period"].to_pylist()
        spans = [(name, months_of(name) or (0, -1)) for name in told]
        within = [name for name, (start, end) in spans if first <= start and end <= last]
        offers = table.filter(table.period.isin(within)).mutate(
            body=table.body.cast("int64"), channel=ibis.coalesce(table.channel, "")
        )
    return Sources(len(evidence.bodies.ids), ratings, offers)


def busiest_year(evidence: Evidence) -> str:
    """The year with most ratings; empty where there is none."""
    if "ratings" not in evidence.records:
        return ""
    opened = engine()
    try:
        table = event_table(opened, evidence.records["ratings"], ("rated_on",))
        found = columns(table.group_by(year=table.rated_on.year()).aggregate(n=table.count()))
    finally:
        opened.disconnect()
    return f"{found['year'][np.argmax(found['n'])]:.0f}" if found["n"].size else ""


def columns(table: ibis.Table) -> dict[str, Any]:
    """An aggregated table as arrays: numbers as float64, the rest as objects."""
    found = table.to_pyarrow()
    return {name: _column(found[name]) for name in found.column_names}


def _column(column: Any) -> Any:
    import pyarrow.types as kinds

    if kinds.is_integer(column.type) or kinds.is_floating(column.type) or kinds.is_decimal(column.type):
        return np.array([np.nan if value is None else float(value) for value in column.to_pylist()], dtype=np.float64)
    return np.array(column.to_pylist(), dtype=object)
