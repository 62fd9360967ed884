"""Band bars: a ratio per body against the lines where bands begin, and beside it a share, as a second small bar."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from minping.publication.charts.chart import Chart, Heading, Table, drawing
from minping.publication.charts.interval_rows import WIDTH, stands_above
from minping.publication.charts.markup import shortened, svg_text
from minping.publication.charts.numbers import fixed, percent
from minping.publication.charts.scales import Scale
from minping.words import Text

BEYOND = 1.5  #: times the last line: where the axis ends at the latest; longer bars end there with an arrow
_TOP = 46.0


class Bar(NamedTuple):
    """One body."""

    name: Text
    ratio: float  #: per cent; NaN where it can't be told
    band: Text
    share: float  #: 0 to 1; NaN where it can't be told


def band_bars(heading: Heading, bars: Sequence[Bar], lines: Sequence[float], titles: tuple[Text, Text], table: Table) -> Chart:  # fmt: skip
    """Draw ratios with `lines` (per cent, rising) across them, and shares; `titles` stand over the two."""
    above = stands_above([bar.name for bar in bars])
    step, offset, start = (38.0, 16.0, 0.6) if above else (24.0, 0.0, 24.0)
    split = start + 0.62 * (99.4 - start)
    most = max([bar.ratio for bar in bars if math.isfinite(bar.ratio)], default=0.0)
    high = min(max(most, 1.06 * lines[-1]), BEYOND * lines[-1])
    ratios = Scale(0.0, high, start, start + 0.68 * (split - start))
    shares = Scale(0.0, 1.0, split + 2, split + 2 + 0.66 * (97.4 - split))
    y, drawn = _TOP, []
    for bar in bars:
        name = Text(shortened(bar.name.zh, 40), shortened(bar.name.en, 40))
        place = f'x="{start}%" y="{y + 12:g}"' if above else f'x="{start - 1}%" y="{y + 15:g}" text-anchor="end"'
        drawn.append(svg_text(name, f'class="label point" {place}'))
        drawn.append(_bar(ratios, bar.ratio, y + offset, _said(bar, high)))
        told = percent(bar.share, 0)
        drawn.append(_bar(shares, bar.share, y + offset, Text(told, told)))
        y += step
    heads = [svg_text(title, f'class="axis" x="{x:.2f}%" y="14"') for title, x in zip(titles, (start, split + 2), strict=True)]  # fmt: skip
    marks = [_line(ratios.at(line), f"{line:g}%", y) for line in lines]
    body = "".join([*heads, *marks, *drawn])
    return Chart(heading, drawing(heading, body, width=WIDTH, height=y + 4), table)


def _said(bar: Bar, high: float) -> Text:
    if not math.isfinite(bar.ratio):
        return Text("—", "—")
    figure = f"{'→ ' if bar.ratio > high else ''}{fixed(bar.ratio, 0)}%"
    return Text(f"{figure} {bar.band.zh}", f"{figure} {bar.band.en}")


def _bar(scale: Scale, figure: float, y: float, said: Text) -> str:
    start = end = scale.start
    rect = ""
    if math.isfinite(figure):
        end = scale.at(figure)
        rect = f'<rect class="interval" x="{start:.2f}%" y="{y + 5:g}" width="{end - start:.2f}%" height="11"/>'
    return rect + svg_text(said, f'class="point" x="{end:.2f}%" dx="5" y="{y + 15:g}"')


def _line(x: float, said: str, bottom: float) -> str:
    return (
        f'<line class="median" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_TOP - 8:g}" y2="{bottom:g}"/>'
        f'<text class="axis" x="{x:.2f}%" y="{_TOP - 13:g}" text-anchor="middle">{said}</text>'
    )
