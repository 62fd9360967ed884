"""Funnel bars: how many are left at each step, each bar as long as its share of the first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from minping.publication.charts.chart import Chart, Heading, Table, drawing
from minping.publication.charts.interval_rows import WIDTH
from minping.publication.charts.markup import svg_text
from minping.words import Text

_HIGH, _BAR = 46.0, 18.0


class Step(NamedTuple):
    """One step; `of` is the number that its bar is measured by."""

    name: Text
    number: float
    of: float
    said: Text  #: beside the name: the count, and its share of the step before


def funnel_bars(heading: Heading, steps: Sequence[Step], table: Table) -> Chart:
    """Draw the steps one below the other; one that is not known is named without a bar."""
    drawn = []
    for at, step in enumerate(steps):
        y = 4 + at * _HIGH
        drawn.append(svg_text(step.name, f'class="label" x="0.6%" y="{y + 13:g}"'))
        drawn.append(svg_text(step.said, f'class="num" x="99.4%" y="{y + 13:g}" text-anchor="end"'))
        drawn.append(f'<rect class="shade rest" x="0.6%" y="{y + 20:g}" width="98.8%" height="{_BAR:g}"/>')
        if math.isfinite(step.number) and step.of > 0:
            width = max(98.8 * min(step.number / step.of, 1.0), 0.3)
            drawn.append(
                f'<rect class="shade s{0 if step.number == step.of else 1}" x="0.6%" y="{y + 20:g}" width="{width:.2f}%" height="{_BAR:g}"/>'
            )
    return Chart(heading, drawing(heading, "".join(drawn), width=WIDTH, height=4 + len(steps) * _HIGH), table)
