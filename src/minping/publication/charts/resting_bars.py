"""Resting bars: how much of a body's weight rests on figures that are not this period's own, unlimited observations."""

from __future__ import annotations

from collections.abc import Sequence

from minping.model.arrays import Floats
from minping.publication.charts.chart import Cell, Chart, Column, Heading, Table, drawing
from minping.publication.charts.interval_rows import WIDTH, stands_above
from minping.publication.charts.markup import shortened, svg_text
from minping.publication.charts.numbers import percent
from minping.words import Text


def resting_bars(heading: Heading, names: Sequence[Text], states: Sequence[Text], share: Floats) -> Chart:
    """Draw shares (N, S) of the weight, 0–1, a column of bars per state (a cell may be in two of them)."""
    above = stands_above(names)
    step, offset, start = (36.0, 16.0, 0.6) if above else (22.0, 0.0, 25.0)
    each = (99.4 - start) / max(len(states), 1)
    drawn = [svg_text(state, f'class="axis" x="{start + each * at:.2f}%" y="16"') for at, state in enumerate(states)]
    y = 24.0
    for name, shares in zip(names, share.tolist(), strict=True):
        short = Text(shortened(name.zh, 40), shortened(name.en, 40))
        place = f'x="0.6%" y="{y + 12:g}"' if above else f'x="23%" y="{y + 15:g}" text-anchor="end"'
        drawn.append(svg_text(short, f'class="label" {place}'))
        for at, part in enumerate(shares):
            drawn.append(_bar(part, start + each * at, each * 0.6, y + offset))
        y += step
    columns = [Column(Text("单位", "Body")), *(Column(state, True) for state in states)]
    rows: list[Sequence[Cell]] = [
        (name, *(percent(part) for part in shares)) for name, shares in zip(names, share.tolist(), strict=True)
    ]
    return Chart(heading, drawing(heading, "".join(drawn), width=WIDTH, height=y + 4), Table(columns, rows))


def _bar(part: float, x: float, whole: float, y: float) -> str:
    if not part > 0:
        return f'<text class="axis" x="{x:.2f}%" y="{y + 15:g}">—</text>'
    end = x + whole * min(part, 1.0)
    return (
        f'<rect class="interval" x="{x:.2f}%" y="{y + 6:g}" width="{max(end - x, 0.3):.2f}%" height="10"/>'
        f'<text class="num" x="{end:.2f}%" dx="5" y="{y + 15:g}">{percent(part)}</text>'
    )
