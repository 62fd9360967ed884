"""Grade bars: one bar per body, cut by the share of the draws in which it reaches each grade."""

from __future__ import annotations

import math
from collections.abc import Sequence

from minping.model.arrays import Floats
from minping.publication.charts.chart import Cell, Chart, Column, Heading, Table, drawing
from minping.publication.charts.interval_rows import WIDTH, stands_above
from minping.publication.charts.markup import shortened, svg_text, width_em
from minping.publication.charts.numbers import percent
from minping.words import Text

SHADES = 5  #: fills there are; further grades share the last
_NARROW = 330.0  #: width of a telephone's page
_SAID_FROM = 0.09  #: a share below this has no room for its figure


def grade_bars(
    heading: Heading, names: Sequence[Text], grades: Sequence[Text], probability: Floats, *, rest: bool = False
) -> Chart:
    """Draw P(grade) (N, G), grades best first; a row without figures stays empty.

    With `rest` the last column is what remains, and is of no grade.
    """
    above = stands_above(names)
    step, offset, start = (38.0, 16.0, 0.6) if above else (25.0, 0.0, 25.0)
    fills = [f"s{min(at, SHADES - 1)}" for at in range(len(grades))]
    fills[-1:] = ["rest"] if rest else fills[-1:]
    key, y = _key(grades, fills)
    drawn = [key]
    for name, shares in zip(names, probability.tolist(), strict=True):
        short = Text(shortened(name.zh, 40), shortened(name.en, 40))
        place = f'x="0.6%" y="{y + 12:g}"' if above else f'x="23%" y="{y + 14:g}" text-anchor="end"'
        drawn.append(svg_text(short, f'class="label" {place}'))
        drawn.append(_bar(shares, fills, y + offset, start))
        y += step
    columns = [Column(Text("单位", "Body")), *(Column(grade, True) for grade in grades)]
    rows: list[Sequence[Cell]] = [
        (name, *(percent(share, 0) for share in shares))
        for name, shares in zip(names, probability.tolist(), strict=True)
    ]
    return Chart(heading, drawing(heading, "".join(drawn), width=WIDTH, height=y + 4), Table(columns, rows))


def _key(grades: Sequence[Text], fills: Sequence[str]) -> tuple[str, float]:
    """What each fill means, as many in a row as a telephone has room for; and where the bars begin."""
    widest = max((width_em(words) for grade in grades for words in grade), default=1.0)
    in_a_row = max(1, min(len(grades), int(_NARROW / (26.0 + 13.0 * widest))))
    drawn, each = [], 98.0 / in_a_row
    for at, (grade, fill) in enumerate(zip(grades, fills, strict=True)):
        line, column = divmod(at, in_a_row)
        x, y = 0.6 + each * column, 6 + 24 * line
        drawn.append(f'<rect class="shade {fill}" x="{x:.2f}%" y="{y}" width="14" height="14"/>')
        drawn.append(svg_text(grade, f'class="label" x="{x:.2f}%" dx="20" y="{y + 12}"'))
    return "".join(drawn), 34.0 + 24.0 * ((max(len(grades), 1) - 1) // in_a_row)


def _bar(shares: Sequence[float], fills: Sequence[str], y: float, start: float) -> str:
    drawn, x, whole = [], start, 99.4 - start
    for share, fill in zip(shares, fills, strict=True):
        if not math.isfinite(share) or share <= 0:
            continue
        width = whole * share
        drawn.append(f'<rect class="shade {fill}" x="{x:.2f}%" y="{y:g}" width="{width:.2f}%" height="19"/>')
        if share >= _SAID_FROM:
            place = f'x="{x + width / 2:.2f}%" y="{y + 14:g}" text-anchor="middle"'
            drawn.append(f'<text class="num on{fill.removeprefix("s")}" {place}>{percent(share, 0)}</text>')
        x += width
    return "".join(drawn)
