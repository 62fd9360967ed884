"""Heat table: bodies × nodes with the points in every cell; the tint repeats what the number says."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from minping.model.arrays import Floats
from minping.publication.charts.chart import Cell, Column, Heading, Table, cell_html, table_html
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import fixed
from minping.words import Text

LEVELS = 6  #: tints, from the lowest to the highest


def heat_table(
    heading: Heading, names: Sequence[Cell], columns: Sequence[Text], points: Floats, *, decimals: int = 2
) -> Html:
    """A table of points (N, C) whose cells are tinted over the range of all of them; NaN cells stay blank.

    It is chart and data table in one, so it needs no second table.
    """
    known = points[np.isfinite(points)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    rows = []
    for name, row in zip(names, points.tolist(), strict=True):
        cells = "".join(_cell(figure, low, high, decimals) for figure in row)
        rows.append(f'<tr><th scope="row">{cell_html(name)}</th>{cells}</tr>')
    heads = [Column(Text("单位", "Body")), *(Column(title, True) for title in columns)]
    table = table_html(Table(heads, ()), heading.key, heading.title, "".join(rows) or " ")
    legend = "".join(f'<span class="heat h{level}"></span>' for level in range(LEVELS))
    ends = (fixed(low, decimals), fixed(high, decimals)) if known.size else ("—", "—")
    return Html(
        f'<figure class="chart heat-table" id="{heading.key}"><figcaption><p class="about">{spans(heading.about)} '
        f'<span class="legend" aria-hidden="true">{ends[0]} {legend} {ends[1]}</span></p></figcaption>{table}</figure>'
    )


def level_of(figure: float, low: float, high: float) -> int:
    """The tint of a figure, 0 to `LEVELS` − 1.

    >>> level_of(10, 10, 20), level_of(20, 10, 20), level_of(5, 5, 5)
    (0, 5, 2)
    """
    if high <= low:
        return LEVELS // 2 - 1
    return min(int(LEVELS * (figure - low) / (high - low)), LEVELS - 1)


def _cell(figure: float, low: float, high: float, decimals: int) -> str:
    if not math.isfinite(figure):
        return '<td class="n">—</td>'
    return f'<td class="n h{level_of(figure, low, high)}">{fixed(figure, decimals)}</td>'
