"""Tables of what became of those who were served, of rates over time, and of both views of the bodies.

No count below the scheme's k is told, nor can it be reckoned from what is told: see `hidden_below`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.model.arrays import Bools, Floats
from minping.model.cells import State
from minping.scoring.showing import showing
from minping.scoring.tables import hidden_below

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

STEPS = ("issued", "offered", "rated", "bad", "removed", "due", "in_time")
TOGETHER = ""  #: in place of a body: all of them


def funnel_counts(evaluation: Evaluation) -> Floats:
    """Each body's count at each of STEPS, then that of all together, (N + 1, 7), as far as it may be told."""
    values, at = evaluation.values, evaluation.values.at(evaluation.period)
    if values.heard is None or values.pictures.funnel is None:
        return np.zeros((0, len(STEPS)))
    heard, served, k = values.heard[at], values.pictures.funnel[at], evaluation.scheme.publish.k or 1
    rated, bad = heard[:, :5].sum(axis=1), heard[:, :2].sum(axis=1)
    counts = np.column_stack([served[:, 0], served[:, 1], rated, bad, heard[:, 6], served[:, 3], served[:, 4]])
    shown = np.where(hidden_below(np.nan_to_num(counts).T, k).T >= 0, counts, np.nan)
    levels = np.isnan(hidden_below(heard[:, :5], k))
    # of levels told one by one, a sum with a hidden one would give that one away
    shown[levels[:, 0] != levels[:, 1], STEPS.index("bad")] = np.nan
    shown[np.isnan(shown[:, STEPS.index("due")]), STEPS.index("in_time")] = np.nan
    whole = np.where(np.isnan(counts).all(axis=0), np.nan, np.nansum(counts, axis=0))
    return np.vstack([shown, np.where(whole < k, np.nan, whole)])


def funnel(evaluation: Evaluation) -> dict[str, Any]:
    """One row per body and one for all together."""
    counts = funnel_counts(evaluation)
    if not len(counts):
        return {}
    return {
        "body": [*evaluation.values.bodies, TOGETHER],
        **{name: _whole(counts[:, at]) for at, name in enumerate(STEPS)},
    }


def told_bodies(numbers: Floats, k: int) -> Bools:
    """Whose quarters may be told: all of k requests at least; and never all but one or few, (Q, N) -> (N,)."""
    told: Bools = np.full(numbers.shape[1], len(numbers) > 0) & np.all(numbers >= k, axis=0)
    order = np.argsort(numbers.sum(axis=0), kind="stable")
    for at in order[told[order]].tolist():
        hidden = numbers[:, ~told]
        if not hidden.any() or ((~told).sum() > 1 and (hidden.sum(axis=1) >= k).all()):
            break
        told[at] = False
    return told


def rates(evaluation: Evaluation) -> dict[str, Any]:
    """One row per rate and month for all bodies together, and per rate, quarter and body."""
    names = ("value", "low", "high", "n")
    found = evaluation.values.pictures.courses.get(evaluation.period)
    if found is None:
        return {}
    rows: list[tuple[str, str, str]] = []
    figures: list[Floats] = []
    k = evaluation.scheme.publish.k or 1
    for rate, together, bodies in zip(found.rates, found.together, found.bodies, strict=True):
        rows += [(rate, month, TOGETHER) for month in found.months]
        hidden = np.isnan(hidden_below(together[None, :, 3], k))[0]
        figures.append(np.where(hidden[:, None], np.nan, together))
        may = np.flatnonzero(told_bodies(bodies[..., 3], k)).tolist()
        rows += [(rate, quarter, evaluation.values.bodies[at]) for quarter in found.quarters for at in may]
        figures.append(bodies[:, may].reshape(-1, 4))
    told = np.concatenate(figures)
    keys = {name: [row[at] for row in rows] for at, name in enumerate(("indicator", "period", "body"))}
    return keys | {name: told[:, at] for at, name in enumerate(names[:3])} | {"n": _whole(told[:, 3])}


def divergence(evaluation: Evaluation) -> dict[str, Any]:
    """One row per body: points and rank by official and by citizens' indicators, with intervals, and who differs."""
    names = ("official_points", "official_rank", "official_lo", "official_hi",
             "citizens_points", "citizens_rank", "citizens_lo", "citizens_hi", "less_lo", "less_hi")  # fmt: skip
    found = evaluation.divergence
    if found is None or not showing(evaluation).ranked:
        return {}
    views = [
        column for view in (found.official, found.citizens) for column in (view.points, view.rank, view.low, view.high)
    ]
    columns = dict(zip(names, (*views, found.low, found.high), strict=True))
    told = {name: column if name.endswith("points") else _whole(column) for name, column in columns.items()}
    return {"body": list(evaluation.values.bodies), **told, "q": found.q, "differs": found.apart}


def _whole(figures: Floats) -> Any:
    import pyarrow as pa

    return pa.array(np.nan_to_num(figures).astype(np.int64), mask=np.isnan(figures))


def both_ways(evaluation: Evaluation) -> dict[str, Any]:
    """One row per measure of ratings or requests and body: as counted, and as the rules count."""
    values, found = evaluation.values, evaluation.values.pictures.both_ways
    at, exempt = values.at(evaluation.period), (values.state & State.NOT_APPLICABLE) > 0
    rows = [
        (node, body, *found[node][at, row].tolist())
        for node in found
        for row, body in enumerate(values.bodies)
        if not exempt[at, row, values.indicators.index(node)]
    ]
    names = ("indicator", "body", "counted", "ruled")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}


#: published where the evidence has what they tell; a function gives nothing where it has not
CITIZEN_TABLES: dict[str, Callable[[Evaluation], dict[str, Any]]] = {
    "funnel": funnel,
    "rates": rates,
    "both_ways": both_ways,
    "divergence": divergence,
}
