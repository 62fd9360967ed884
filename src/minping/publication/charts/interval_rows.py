"""Rows with an interval each: what the charts of ranks and of scores have in common.

A row is a name, a dot for the figure, a bar for its interval and the interval in words. Rows of a group (a tier)
stand on one band under the group's own line.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from minping.publication.charts.chart import Chart, Heading, Table, drawing
from minping.publication.charts.markup import shortened, svg_text, width_em
from minping.publication.charts.scales import Scale
from minping.words import Text

WIDTH = 760  #: of a drawing that stands alone; in a page it takes the width it finds
NAMES, PLOT, END = 23.0, 25.0, 82.0  #: per cent: end of the names, start and end of the plot
_NARROW_EM = 7.0  #: names up to this stand beside their bar, longer ones above it
_WIDE_EM = 13.0  #: names up to this stand beside their bar where the page is wide (charts.css moves them)
_LONGEST_EM = 40.0


class Row(NamedTuple):
    """One body."""

    name: Text
    figure: float
    low: float
    high: float
    said: str  #: figure and interval in words
    group: int = 0  #: 0: in no group
    other: float = math.nan  #: another figure to set beside it, drawn as a stroke


class Axis(NamedTuple):
    """What is marked along the top and the bottom."""

    scale: Scale
    marks: Sequence[tuple[float, str]]
    title: Text


def stands_above(names: Sequence[Text]) -> bool:
    """Whether some name is too long to stand beside its bar."""
    return any(width_em(words) > _NARROW_EM for name in names for words in name)


def interval_rows(heading: Heading, rows: Sequence[Row], axis: Axis, groups: Mapping[int, Text], table: Table) -> Chart:
    """Draw rows in the order given."""
    above = stands_above([row.name for row in rows])
    step, bar = (34.0, 25.0) if above else (22.0, 11.0)
    top = y = 40.0
    bands, marks, group = [], [], 0
    for row in rows:
        if row.group != group and row.group in groups:
            group = row.group
            if group % 2:
                bands.append([y, y])
            marks.append(svg_text(groups[group], f'class="group" x="0.6%" y="{y + 15:g}"'))
            y += 22
        marks.append(_row(row, y, bar, axis.scale, above))
        y += step
        if group % 2:
            bands[-1][1] = y
    shaded = "".join(
        f'<rect class="band" x="0" y="{start:g}" width="100%" height="{end - start:g}"/>' for start, end in bands
    )
    body = shaded + _axis(axis, top, y) + "".join(marks)
    return Chart(heading, drawing(heading, body, width=WIDTH, height=y + 26), table)


def _row(row: Row, y: float, bar: float, scale: Scale, above: bool) -> str:
    name = Text(shortened(row.name.zh, _LONGEST_EM), shortened(row.name.en, _LONGEST_EM))
    centre = y + bar
    if above:
        fits = all(width_em(words) <= _WIDE_EM for words in name)
        said = svg_text(name, f'class="label{" beside" if fits else ""}" x="0.6%" y="{y + 14:g}"')
    else:
        said = svg_text(name, f'class="label" x="{NAMES}%" y="{centre + 4.5:g}" text-anchor="end"')
    said += f'<text class="num" x="99.4%" y="{centre + 4.5:g}" text-anchor="end">{row.said}</text>'
    if not math.isfinite(row.figure):
        return said
    if math.isfinite(row.low) and math.isfinite(row.high):
        start, end = scale.at(row.low), scale.at(row.high)
        said += f'<rect class="interval" x="{start:.2f}%" y="{centre - 4:g}" width="{max(end - start, 0.3):.2f}%" '
        said += 'height="8" rx="2"/>'
    if math.isfinite(row.other):
        x = f"{scale.at(row.other):.2f}%"
        said += f'<line class="other" x1="{x}" x2="{x}" y1="{centre - 8:g}" y2="{centre + 8:g}"/>'
    return said + f'<circle class="dot" cx="{scale.at(row.figure):.2f}%" cy="{centre:g}" r="4"/>'


def _axis(axis: Axis, top: float, bottom: float) -> str:
    drawn = [svg_text(axis.title, f'class="axis" x="{PLOT}%" y="13"')]
    for figure, said in axis.marks:
        x = f"{axis.scale.at(figure):.2f}%"
        drawn.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{top - 6:g}" y2="{bottom + 4:g}"/>')
        ends = (top - 10, bottom + 18)
        drawn += [f'<text class="axis" x="{x}" y="{y:g}" text-anchor="middle">{said}</text>' for y in ends]
    return "".join(drawn)
