"""Rows with several figures each, every figure with its own interval: one line per figure, told apart by its mark.

A mark is a shape and a shade, so that neither colour nor print is needed to tell them apart; the figure stands at the
end of its line.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from minping.publication.charts.chart import Chart, Heading, Table, drawing
from minping.publication.charts.interval_rows import NAMES, PLOT, WIDTH, Axis, stands_above
from minping.publication.charts.markup import shortened, svg_text, width_em
from minping.words import Text

LINE, GAP = 15.0, 9.0  #: pixels of a line, between bodies
_NARROW = 330.0  #: width of a telephone's page
_LONGEST_EM = 40.0


class Line(NamedTuple):
    """One figure of a body; NaN where there is none."""

    figure: float
    low: float
    high: float
    said: str


class Set(NamedTuple):
    """One body with its figures, as many for each body."""

    name: Text
    lines: Sequence[Line]


def interval_sets(heading: Heading, sets: Sequence[Set], kinds: Sequence[Text], axis: Axis, table: Table) -> Chart:
    """Draw the bodies in the order given; `kinds` name the lines of each, MARKS of them at most."""
    above = stands_above([one.name for one in sets])
    key, top = _key(kinds)
    y = top + 34.0
    drawn = []
    for at, one in enumerate(sets):
        height = len(kinds) * LINE + (20.0 if above else 0.0)
        if at % 2 == 0:
            drawn.append(f'<rect class="band" x="0" y="{y - GAP / 2:g}" width="100%" height="{height + GAP:g}"/>')
        drawn.append(_name(one.name, y, len(kinds), above))
        start = y + (20.0 if above else 0.0)
        drawn += [_line(line, MARKS[kind], start + LINE * (kind + 0.5), axis) for kind, line in enumerate(one.lines)]
        y += height + GAP
    grid = _axis(axis, top + 20.0, y)
    bands = [mark for mark in drawn if mark.startswith('<rect class="band"')]
    marks = [mark for mark in drawn if not mark.startswith('<rect class="band"')]
    body = key + "".join(bands) + grid + "".join(marks)
    return Chart(heading, drawing(heading, body, width=WIDTH, height=y + 22), table)


def _name(name: Text, y: float, lines: int, above: bool) -> str:
    short = Text(shortened(name.zh, _LONGEST_EM), shortened(name.en, _LONGEST_EM))
    if above:
        return svg_text(short, f'class="label" x="0.6%" y="{y + 13:g}"')
    middle = y + LINE * lines / 2 + 4.5
    return svg_text(short, f'class="label" x="{NAMES}%" y="{middle:g}" text-anchor="end"')


def _line(line: Line, mark: str, y: float, axis: Axis) -> str:
    said = f'<text class="num" x="99.4%" y="{y + 4.5:g}" text-anchor="end">{line.said}</text>'
    if not math.isfinite(line.figure):
        return said
    if math.isfinite(line.low) and math.isfinite(line.high):
        start, end = axis.scale.at(line.low), axis.scale.at(line.high)
        said += f'<rect class="interval {mark}" x="{start:.2f}%" y="{y - 2.5:g}" width="{max(end - start, 0.3):.2f}%" '
        said += 'height="5" rx="2"/>'
    return said + _mark(mark, f"{axis.scale.at(line.figure):.2f}%", y)


def _mark(mark: str, x: str, y: float) -> str:
    if mark == "ring":
        return f'<circle class="ring" cx="{x}" cy="{y:g}" r="3.75"/>'
    if mark == "dot":
        return f'<circle class="dot" cx="{x}" cy="{y:g}" r="4.25"/>'
    # an inner drawing, so that a shape of pixels can stand at a place in per cent
    return f'<svg class="bearer" x="{x}" y="{y:g}" overflow="visible"><path class="diamond" d="M0-5.5L5.5 0L0 5.5L-5.5 0Z"/></svg>'


def _key(kinds: Sequence[Text]) -> tuple[str, float]:
    """What each mark means, as many in a row as a telephone has room for; and where it ends."""
    widest = max(width_em(words) for kind in kinds for words in kind)
    in_a_row = max(1, min(len(kinds), int(_NARROW / (30.0 + 13.0 * widest))))
    drawn, each = [], 98.0 / in_a_row
    for at, kind in enumerate(kinds):
        line, column = divmod(at, in_a_row)
        x, y = 0.6 + each * column, 12.0 + 22.0 * line
        drawn.append(f'<svg class="bearer" x="{x:.2f}%" y="{y:g}" overflow="visible">{_mark(MARKS[at], "8", 0)}</svg>')
        drawn.append(svg_text(kind, f'class="label" x="{x:.2f}%" dx="22" y="{y + 4.5:g}"'))
    return "".join(drawn), 12.0 + 22.0 * (1 + (len(kinds) - 1) // in_a_row)


def _axis(axis: Axis, top: float, bottom: float) -> str:
    drawn = [svg_text(axis.title, f'class="axis" x="{PLOT}%" y="{top - 10:g}"')]
    for figure, said in axis.marks:
        x = f"{axis.scale.at(figure):.2f}%"
        drawn.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{top + 8:g}" y2="{bottom - 2:g}"/>')
        drawn += [
            f'<text class="axis" x="{x}" y="{y:g}" text-anchor="middle">{said}</text>' for y in (top + 5, bottom + 12)
        ]
    return "".join(drawn)


MARKS = ("ring", "dot", "diamond")  #: of the first line of each body, of the second, of the third
