"""Rows behind a figure: those of one body and period, counted by kind, with where they stand and why some are left out.

Every function takes a table that has `kind`, `file` and `row`, as an engine keeps it; what anybody wrote is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from minping.indicators.events import month_of, with_bodies
from minping.indicators.lags import months_of
from minping.model.drill import Place, Removal
from minping.model.evidence import Bodies, Evidence
from minping.words import Text

if TYPE_CHECKING:
    import ibis

FIRST = 5  #: rows of each kind and file that are named
MOST_REASONS = 50


def of_body(table: ibis.Table, bodies: Bodies, body: int, moment: str, period: str) -> ibis.Table:
    """The expression: rows of a body whose day or time lies in a period."""
    first, last = months_of(period) or (1, 0)
    month = month_of(table[moment])
    table = with_bodies(table.filter((month >= first) & (month <= last)), bodies)
    return table.filter(table.body == body)


def places_of(table: ibis.Table, evidence: Evidence, kinds: Mapping[str, Text]) -> tuple[Place, ...]:
    """Where rows stand, by kind and file, in the order of `kinds`."""
    import ibis

    whole = table.group_by("kind", "file").aggregate(count=table.count()).to_pyarrow().to_pylist()
    order = ibis.row_number().over(ibis.window(group_by=["kind", "file"], order_by=table.row))
    first = table.select("kind", "file", "row", order=order).filter(ibis._.order < FIRST).to_pyarrow().to_pylist()
    rows: dict[tuple[str, int], list[int]] = {}
    for one in first:
        rows.setdefault((one["kind"], one["file"]), []).append(int(one["row"]))
    ranked = sorted(whole, key=lambda one: (list(kinds).index(one["kind"]), one["file"]))
    return tuple(
        _place(evidence, kinds[one["kind"]], int(one["file"]), int(one["count"]), rows[one["kind"], one["file"]])
        for one in ranked
    )


def removals_of(table: ibis.Table, kind: str) -> tuple[Removal, ...]:
    """Why rows of a kind were left out (`reason`) and who approved it (`approved_by`), most frequent first."""
    table = table.filter(table.kind == kind)
    found = table.group_by("reason", "approved_by").aggregate(count=table.count()).to_pyarrow().to_pylist()
    told = [Removal(one["reason"] or "", one["approved_by"] or "", int(one["count"])) for one in found]
    told.sort(key=lambda one: (-one.count, one.reason, one.approved_by))
    rest = sum(one.count for one in told[MOST_REASONS:])
    return tuple(told[:MOST_REASONS]) + ((Removal("…", "…", rest),) if rest else ())


def _place(evidence: Evidence, kind: Text, file: int, count: int, rows: list[int]) -> Place:
    source = evidence.files[file]
    return Place(kind, source.path, source.sheet, source.sha256, source.rows, count, tuple(sorted(rows)))
