"""Official figures as rows: the same columns for every series, whatever it is and however often it is told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from minping.model.arrays import Bools, Floats, Ints
from minping.simulation.writing import Table, coded, days, fixed, numbers

SOURCE = "模拟"
Days = NDArray[np.datetime64]


def figures(
    ids: Sequence[str],
    periods: Sequence[str],
    name: str,
    value: Floats,
    *,
    decimals: int | Ints = 0,
    reporter: str = "statistics",
    released: Days | None = None,
    n: Ints | None = None,
    numerator: Ints | None = None,
    denominator: Ints | None = None,
) -> Table:
    """Rows of one series, (N, P) values of bodies and periods in turn; NaN gives no row. `released`: (P,)."""
    body, period = (at.ravel() for at in np.indices(value.shape))
    kept = np.isfinite(value).ravel()
    rows = int(kept.sum())

    def counts(column: Ints | None) -> pa.Array:
        empty = pa.nulls(rows, pa.int64())
        return empty if column is None else numbers(np.broadcast_to(column, value.shape).ravel()[kept])

    places = np.broadcast_to(np.asarray(decimals), value.shape).ravel()[kept]
    return {
        "body": coded(body[kept], list(ids)),
        "period": coded(period[kept], list(periods)),
        "indicator": coded(np.zeros(rows, dtype=np.int64), [name]),
        "value": fixed(value.ravel()[kept], places),
        "n": counts(n),
        "numerator": counts(numerator),
        "denominator": counts(denominator),
        "released_on": pa.nulls(rows, pa.date32()) if released is None else days(released[period[kept]]),
        "reporter": coded(np.zeros(rows, dtype=np.int64), [reporter]),
        "source": coded(np.zeros(rows, dtype=np.int64), [SOURCE]),
    }


def after(periods: Sequence[str], months: int) -> Days:
    """The 20th of the month so many months after the end of each year or month, (P,).

    >>> after(["2024", "2025-11"], 3).astype(str).tolist()
    ['2025-03-20', '2026-02-20']
    """
    last = [period if len(period) > 4 else f"{period}-12" for period in periods]
    return (np.array(last, dtype="datetime64[M]") + months).astype("datetime64[D]") + 19


def last_months(end: np.datetime64, count: int) -> tuple[str, ...]:
    """The months up to that of a day, as 2025-01.

    >>> last_months(np.datetime64("2025-02-03"), 3)
    ('2024-12', '2025-01', '2025-02')
    """
    last = end.astype("datetime64[M]")
    return tuple(str(last - at) for at in range(count - 1, -1, -1))


def rounded(value: Floats, decimals: int = 0, where: Bools | None = None) -> Floats:
    """As printed; NaN where not `where`."""
    told = np.round(value, decimals)
    return told if where is None else np.where(where, told, np.nan)
