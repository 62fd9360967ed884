"""Rate panels: one small plot per rate over the months, a dot for each with its interval as a bar."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from minping.model.arrays import Floats
from minping.publication.charts.chart import Chart, Heading, Table, drawing
from minping.publication.charts.interval_rows import WIDTH
from minping.publication.charts.markup import svg_text
from minping.publication.charts.scales import Scale, around, ticks
from minping.words import Text

_START, _END = 9.0, 98.0  #: per cent: where the months begin and end
_NAME, _HIGH, _FOOT = 24.0, 110.0, 28.0


class Panel(NamedTuple):
    """One rate."""

    name: Text
    figures: Floats  #: (Q, 3) estimate, low, high in per cent; NaN where there is none


def rate_panels(heading: Heading, panels: Sequence[Panel], periods: Sequence[str], table: Table) -> Chart:
    """Draw the panels one below the other, each with an axis of its own that begins and ends on round figures."""
    drawn, y = [], 0.0
    places = _places(len(periods))
    for panel in panels:
        top, bottom = y + _NAME + 8, y + _NAME + _HIGH
        scale = around(panel.figures.ravel().tolist(), bottom, top, 3)
        drawn.append(svg_text(panel.name, f'class="label strong" x="0.6%" y="{y + 15:g}"'))
        drawn += _axis(scale)
        drawn += _marks(panel.figures, places, scale)
        drawn += _months(periods, places, bottom)
        y = bottom + _FOOT
    return Chart(heading, drawing(heading, "".join(drawn), width=WIDTH, height=y), table)


def _axis(scale: Scale) -> list[str]:
    marked = []
    for figure in ticks(scale.low, scale.high, 3):
        y = scale.at(figure)
        marked.append(f'<line class="grid" x1="{_START - 1:g}%" x2="{_END + 1:g}%" y1="{y:.1f}" y2="{y:.1f}"/>')
        marked.append(f'<text class="axis" x="{_START - 2:g}%" y="{y + 4:.1f}" text-anchor="end">{figure:g}</text>')
    return marked


def _marks(figures: Floats, places: Sequence[float], scale: Scale) -> list[str]:
    marked, before = [], None
    for x, (figure, low, high) in zip(places, figures.tolist(), strict=True):
        if not math.isfinite(figure):
            before = None
            continue
        y = scale.at(figure)
        if before is not None:
            marked.insert(
                0, f'<line class="trace" x1="{before[0]:.2f}%" y1="{before[1]:.1f}" x2="{x:.2f}%" y2="{y:.1f}"/>'
            )
        if math.isfinite(low) and math.isfinite(high):
            ends = (scale.at(low), scale.at(high))
            marked.append(f'<line class="span" x1="{x:.2f}%" x2="{x:.2f}%" y1="{ends[0]:.1f}" y2="{ends[1]:.1f}"/>')
        marked.append(f'<circle class="dot" cx="{x:.2f}%" cy="{y:.1f}" r="4"/>')
        before = (x, y)
    return marked


def _months(periods: Sequence[str], places: Sequence[float], bottom: float) -> list[str]:
    """Every month by its number where there is room, every third on a telephone; the year at the first."""
    marked = []
    for at, (period, x) in enumerate(zip(periods, places, strict=True)):
        said = period if at == 0 else period[5:].lstrip("0") if period[5:] != "01" else period
        wide = "" if at % 3 == 0 else " wide"
        marked.append(f'<text class="axis{wide}" x="{x:.2f}%" y="{bottom + 17:g}" text-anchor="middle">{said}</text>')
    return marked


def _places(count: int) -> list[float]:
    first, last = _START + 4, _END - 2
    return [first + (last - first) * at / max(count - 1, 1) for at in range(count)]
