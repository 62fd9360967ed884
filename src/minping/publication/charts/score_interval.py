"""Score intervals: every body's score with the scores it may as well have."""

from __future__ import annotations

from collections.abc import Sequence

from minping.model.arrays import Floats
from minping.publication.charts.chart import Chart, Column, Heading, Table
from minping.publication.charts.interval_rows import END, PLOT, Axis, Row, interval_rows
from minping.publication.charts.numbers import fixed, plain, span
from minping.publication.charts.scales import around, ticks
from minping.words import Text


def score_intervals(
    heading: Heading, names: Sequence[Text], score: Floats, low: Floats, high: Floats, *, decimals: int = 2
) -> Chart:
    """Draw bodies in the order given; all arrays have shape (N,), NaN where there is no figure."""
    rows = [
        Row(name, float(at), float(one), float(other), fixed(float(at), decimals))
        for name, at, one, other in zip(names, score, low, high, strict=True)
    ]
    scale = around([*score.tolist(), *low.tolist(), *high.tolist()], PLOT + 1, END)
    marks = [(figure, plain(figure)) for figure in ticks(scale.low, scale.high)]
    said = [(row.name, row.said, span(fixed(row.low, decimals), fixed(row.high, decimals))) for row in rows]
    return interval_rows(heading, rows, Axis(scale, marks, Text("总分", "Score")), {}, Table(COLUMNS, said))


COLUMNS = (
    Column(Text("单位", "Body")),
    Column(Text("总分", "Score"), True),
    Column(Text("区间", "Interval"), True),
)
