"""Alignment: what people ask a body for beside what it does and spends, by category of request.

In checked records of requests and effort, out both by body and category, and how far their shares lie apart. A
distance is a question and no verdict: matters differ in cost and in urgency, and much is done that nobody has to ask
for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from minping.indicators.events import event_table, here, month_of, numbers, whole_numbers, with_bodies
from minping.indicators.lags import months_of, periods_within
from minping.model.arrays import Floats
from minping.model.evidence import EFFORTS, Bodies, Records
from minping.model.themes import Alignment, Apart
from minping.stats.divergence import apart


def compare_effort(records: Mapping[str, Records], bodies: Bodies, period: str, *, seed: int) -> Alignment | None:
    """Requests opened in a period, and the effort of the periods within it; None where either is not known.

    Args:
        records: with `requests` and `effort`
        bodies: whom it is about
        period: as 2025, 2025Q2, 2025-05
        seed: of the draws for the intervals
    """
    if "effort" not in records or "requests" not in records or months_of(period) is None:
        return None
    with here(records["requests"]) as opened:
        asked = _asked(opened, records["requests"], bodies, period)
        done = _done(opened, records["effort"], bodies, period)
    names = sorted({*asked["category"], *done["category"]})
    if not len(asked["category"]) or not len(done["category"]):
        return None
    place = {name: at for at, name in enumerate(names)}
    cells = {kind: _cells(found, place, len(bodies.ids)) for kind, found in (("asked", asked), ("done", done))}
    counts = _table(cells["asked"], asked["n"])
    efforts = {name: _table(cells["done"], done[name]) for name in EFFORTS if np.isfinite(done[name]).any()}
    random = np.random.default_rng([seed, len(names)])
    return Alignment(
        period,
        tuple(names),
        counts,
        efforts,
        {name: Apart(*apart(counts, shares(effort), random)) for name, effort in efforts.items()},
    )


def shares(amounts: Floats) -> Floats:
    """Of each row's sum, (N, C); NaN where there is none.

    >>> shares(np.array([[1.0, 3.0], [0.0, 0.0]]))
    array([[0.25, 0.75],
           [ nan,  nan]])
    """
    whole = amounts.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(amounts, whole, out=np.full(amounts.shape, np.nan), where=whole > 0))


def _asked(opened: Any, records: Records, bodies: Bodies, period: str) -> dict[str, Any]:
    table = with_bodies(event_table(opened, records, ("body", "opened_at", "category")), bodies)
    month = month_of(table.opened_at)
    first, last = months_of(period) or (1, 0)
    table = table.filter(month >= first, month <= last, table.category.notnull())
    found = table.group_by("body", "category").aggregate(n=table.count()).to_pyarrow()
    return {"body": whole_numbers(found["body"]), "category": found["category"].to_pylist(), "n": numbers(found["n"])}


def _done(opened: Any, records: Records, bodies: Bodies, period: str) -> dict[str, Any]:
    table = with_bodies(event_table(opened, records, ("body", "period", "category", *EFFORTS)), bodies)
    found = table.select("body", "period", "category", *EFFORTS).to_pyarrow()
    kept = periods_within(period, found["period"].to_pylist())
    category = [name for name, is_kept in zip(found["category"].to_pylist(), kept.tolist(), strict=True) if is_kept]
    amounts = {name: numbers(found[name])[kept] for name in EFFORTS}
    return {"body": whole_numbers(found["body"])[kept], "category": category, **amounts}


def _cells(found: Mapping[str, Any], place: Mapping[str, int], bodies: int) -> tuple[Any, tuple[int, int]]:
    return (found["body"], np.array([place[name] for name in found["category"]], dtype=np.int64)), (bodies, len(place))


def _table(cells: tuple[Any, tuple[int, int]], amounts: Floats) -> Floats:
    """Sums of the amounts in each cell, (N, C)."""
    where, shape = cells
    whole = np.zeros(shape)
    np.add.at(whole, where, np.nan_to_num(amounts))
    return whole
