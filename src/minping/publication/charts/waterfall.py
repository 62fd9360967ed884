"""Waterfall: from the peers' mean score to a body's own, one step per dimension or adjustment; the steps sum."""

from __future__ import annotations

import math
from collections.abc import Sequence

from minping.model.arrays import Floats
from minping.publication.charts.chart import Chart, Column, Heading, Table, drawing
from minping.publication.charts.interval_rows import WIDTH
from minping.publication.charts.markup import shortened, svg_text
from minping.publication.charts.numbers import fixed, plain, signed
from minping.publication.charts.scales import Scale, around, ticks
from minping.words import Text

_STEP, _TOP = 24.0, 14.0
_NAMES, _PLOT, _END = 31.0, 33.0, 86.0
_LONGEST_EM = 13.0


def waterfall(
    heading: Heading, start: tuple[Text, float], steps: Sequence[Text], change: Floats, end: Text, *, decimals: int = 2
) -> Chart:
    """Draw the way from `start` to `start + sum(change)`.

    Args:
        heading: name of the chart
        start: what it starts from, and its figure
        steps: (S,) names of the steps
        change: (S,) what each adds (+) or takes (−); NaN counts for nothing
        end: what it ends at
        decimals: of printed figures
    """
    moves = [0.0 if not math.isfinite(move) else float(move) for move in change]
    levels = [start[1]]
    for move in moves:
        levels.append(levels[-1] + move)
    scale = around(levels, _PLOT, _END, 4)
    height = _TOP + _STEP * (len(moves) + 2)
    drawn = [_marks(scale, height), _level(start[0], levels[0], 0, scale, decimals)]
    for at, (name, move) in enumerate(zip(steps, moves, strict=True), 1):
        drawn.append(_bar(name, levels[at - 1], move, at, scale, decimals))
    drawn.append(_level(end, levels[-1], len(moves) + 1, scale, decimals))
    rows = [
        (start[0], "", fixed(levels[0], decimals)),
        *(
            (name, signed(move, decimals), fixed(level, decimals))
            for name, move, level in zip(steps, moves, levels[1:], strict=True)
        ),
        (end, "", fixed(levels[-1], decimals)),
    ]
    return Chart(heading, drawing(heading, "".join(drawn), width=WIDTH, height=height + 24), Table(COLUMNS, rows))


def _y(at: int) -> float:
    return _TOP + _STEP * at + _STEP / 2


def _name(name: Text, at: int, kind: str) -> str:
    short = Text(shortened(name.zh, _LONGEST_EM), shortened(name.en, _LONGEST_EM))
    return svg_text(short, f'class="{kind}" x="{_NAMES}%" y="{_y(at) + 4.5:g}" text-anchor="end"')


def _level(name: Text, level: float, at: int, scale: Scale, decimals: int) -> str:
    x, y = scale.at(level), _y(at)
    return (
        _name(name, at, "label strong")
        + f'<line class="level" x1="{x:.2f}%" x2="{x:.2f}%" y1="{y - 9:g}" y2="{y + 9:g}"/>'
        + f'<text class="num strong" x="99.4%" y="{y + 4.5:g}" text-anchor="end">{fixed(level, decimals)}</text>'
    )


def _bar(name: Text, before: float, move: float, at: int, scale: Scale, decimals: int) -> str:
    start, end, y = scale.at(before), scale.at(before + move), _y(at)
    kind = "gain" if move >= 0 else "loss"
    left, width = min(start, end), max(abs(end - start), 0.2)
    return (
        f'<line class="joint" x1="{start:.2f}%" x2="{start:.2f}%" y1="{y - _STEP + 8:g}" y2="{y + 8:g}"/>'
        + _name(name, at, "label")
        + f'<rect class="{kind}" x="{left:.2f}%" y="{y - 8:g}" width="{width:.2f}%" height="16"/>'
        + f'<text class="num" x="99.4%" y="{y + 4.5:g}" text-anchor="end">{signed(move, decimals)}</text>'
    )


def _marks(scale: Scale, height: float) -> str:
    drawn = []
    for figure in ticks(scale.low, scale.high, 4):
        x = f"{scale.at(figure):.2f}%"
        drawn.append(f'<line class="grid" x1="{x}" x2="{x}" y1="6" y2="{height + 2:g}"/>')
        drawn.append(f'<text class="axis" x="{x}" y="{height + 17:g}" text-anchor="middle">{plain(figure)}</text>')
    return "".join(drawn)


COLUMNS = (
    Column(Text("步骤", "Step")),
    Column(Text("增减", "Change"), True),
    Column(Text("累计", "Running total"), True),
)
