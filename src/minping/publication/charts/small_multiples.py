"""Small multiples: one small line per body or node over the periods, all on the same axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from minping.model.arrays import Floats
from minping.publication.charts.chart import Cell, Chart, Column, Heading, Table, names
from minping.publication.charts.markup import escaped, spans
from minping.publication.charts.numbers import fixed
from minping.publication.charts.scales import Scale, around
from minping.words import Text

_WIDE, _HIGH, _EDGE = 120.0, 44.0, 4.0


def small_multiples(
    heading: Heading, titles: Sequence[Text], periods: Sequence[str], figures: Floats, *, decimals: int = 2
) -> Chart:
    """Draw a line per row of `figures` (N, P) over P periods, with the median of all behind it.

    A period without a figure is a gap in the line, never a bridge.
    """
    scale = around(figures.ravel().tolist(), _HIGH - _EDGE, _EDGE, 3)
    places = _places(len(periods))
    middle = _line(places, _median(figures), scale, "middle")
    each = [_one(title, row, places, middle, scale, decimals) for title, row in zip(titles, figures, strict=True)]
    ends = f"{fixed(scale.low, 0)}–{fixed(scale.high, 0)}"
    note = Text(f"纵轴均为 {ends}；灰线为中位数", f"all axes {ends}; the grey line is the median")
    columns = [Column(Text("名称", "Name")), *(Column(Text(period, period), True) for period in periods)]
    rows: list[Sequence[Cell]] = [
        (title, *(fixed(figure, decimals) for figure in row))
        for title, row in zip(titles, figures.tolist(), strict=True)
    ]
    drawn = f'{_named(heading)}<p class="about">{spans(note)}</p><ul class="multiples">{"".join(each)}</ul>'
    return Chart(heading, drawn, Table(columns, rows))


def _named(heading: Heading) -> str:
    """One drawing without marks that bears the name of them all."""
    key, lang = heading.key, heading.lang
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bearer" width="0" height="0" role="img" '
        f'aria-labelledby="{key}-t-{lang} {key}-d-{lang}">{names(heading)}</svg>'
    )


def _one(title: Text, row: Floats, places: Sequence[float], middle: str, scale: Scale, decimals: int) -> str:
    known = np.flatnonzero(np.isfinite(row))
    ends = "—"
    if len(known):
        first, last = fixed(float(row[known[0]]), decimals), fixed(float(row[known[-1]]), decimals)
        ends = f"{first} → {last}" if len(known) > 1 else last
    dot = ""
    if len(known):
        at = int(known[-1])
        dot = f'<path class="last" d="M{places[at]:.1f} {scale.at(float(row[at])):.1f}h0"/>'
    return (
        f'<li><svg viewBox="0 0 {_WIDE:g} {_HIGH:g}" preserveAspectRatio="none" aria-hidden="true">{middle}'
        f'{_line(places, row, scale, "own")}{dot}</svg><span class="what">{spans(title)}</span>'
        f'<span class="ends">{escaped(ends)}</span></li>'
    )


def _line(places: Sequence[float], row: Floats, scale: Scale, kind: str) -> str:
    parts, pen = [], "M"
    for x, figure in zip(places, row.tolist(), strict=True):
        if not math.isfinite(figure):
            pen = "M"
            continue
        parts.append(f"{pen}{x:.1f} {scale.at(figure):.1f}")
        pen = "L"
    return f'<path class="{kind}" d="{"".join(parts)}"/>' if parts else ""


def _places(count: int) -> list[float]:
    whole = _WIDE - 2 * _EDGE
    return [_WIDE / 2] if count == 1 else [_EDGE + whole * at / (count - 1) for at in range(count)]


def _median(figures: Floats) -> Floats:
    columns = [column[np.isfinite(column)] for column in figures.T]
    return np.array([np.median(column) if len(column) else np.nan for column in columns])
