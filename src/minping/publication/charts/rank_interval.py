"""Rank intervals: every body's rank with the ranks it may as well have, in tiers that can't be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from minping.model.arrays import Floats, Ints
from minping.publication.charts.chart import Chart, Column, Heading, Table
from minping.publication.charts.interval_rows import END, PLOT, Axis, Row, interval_rows
from minping.publication.charts.numbers import span, whole
from minping.publication.charts.scales import Scale, ticks
from minping.words import Text


def rank_intervals(
    heading: Heading,
    names: Sequence[Text],
    rank: Floats,
    low: Floats,
    high: Floats,
    tier: Ints,
    *,
    last: int | None = None,
    table: Table | None = None,
) -> Chart:
    """Draw bodies in the order given, best first.

    Args:
        heading: name of the chart
        names: (N,) of the bodies
        rank: (N,) 1 is best, NaN where there is none
        low: (N,) best rank of the interval, NaN where there is none
        high: (N,) worst rank of the interval
        tier: (N,) 1 is the top group; 0 where there is none
        last: the worst rank there is, where the bodies drawn are only a part
        table: the table to put beside it, where it is to say more than the ranks
    """
    rows = [
        Row(name, float(at), float(one), float(other), _said(float(at), float(one), float(other)), int(group))
        for name, at, one, other, group in zip(names, rank, low, high, tier, strict=True)
    ]
    count = last or len(rows)
    scale = Scale(1.0, float(max(count, 1)), PLOT + 1, END)
    round_ones = [figure for figure in ticks(1, count, 6) if figure == int(figure) and figure > 1]
    marks = [(figure, whole(figure)) for figure in dict.fromkeys([1.0, *round_ones])]
    own = Table(COLUMNS, [(row.name, whole(row.figure), _interval(row), whole(row.group or None)) for row in rows])
    axis = Axis(scale, marks, Text("位次（1 为最高）", "Rank (1 is best)"))
    return interval_rows(heading, rows, axis, _groups(tier), table or own)


def _groups(tier: Ints) -> dict[int, Text]:
    return {
        group: Text(f"第 {group} 组 · {size} 个单位", f"Tier {group} · {size} {'body' if size == 1 else 'bodies'}")
        for group, size in Counter(int(group) for group in tier if group > 0).items()
    }


def _interval(row: Row) -> str:
    return span(whole(row.low), whole(row.high))


def _said(at: float, low: float, high: float) -> str:
    interval = span(whole(low), whole(high))
    return whole(at) if interval == "—" else f"{whole(at)}（{interval}）".replace("（", " (").replace("）", ")")


COLUMNS = (
    Column(Text("单位", "Body")),
    Column(Text("位次", "Rank"), True),
    Column(Text("位次区间", "Rank interval"), True),
    Column(Text("组", "Tier"), True),
)
