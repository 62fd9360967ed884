"""Weight bars: what share of a whole each row has, cut into pieces whose fill tells their kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minping.publication.charts.chart import Chart, Heading, Table, drawing
from minping.publication.charts.interval_rows import NAMES, WIDTH, stands_above
from minping.publication.charts.markup import shortened, svg_text
from minping.publication.charts.numbers import percent
from minping.words import Text

FILLS = ("gain", "interval", "shade rest", "loss")  #: classes of charts.css, one for each kind
_ROOM = 0.86  #: of the width that the longest bar takes, so that its number has room
_LONGEST_EM = 40.0


class Piece(NamedTuple):
    """A piece of a row."""

    name: Text  #: told where the pointer rests on it
    share: float  #: of the whole, 0–1
    kind: int  #: position in `kinds`


class Row(NamedTuple):
    """A bar."""

    name: Text
    pieces: Sequence[Piece]

    @property
    def share(self) -> float:
        """Of the whole."""
        return sum(one.share for one in self.pieces)


def weight_bars(heading: Heading, rows: Sequence[Row], kinds: Sequence[Text], table: Table) -> Chart:
    """Draw rows in the order given; `kinds` tell what fills mean (FILLS of them at most), those that occur."""
    above = stands_above([row.name for row in rows])
    most = max((row.share for row in rows), default=0.0)
    totals = [sum(one.share for row in rows for one in row.pieces if one.kind == at) for at in range(len(kinds))]
    y, drawn = 4.0, []
    for title, fill, total in zip(kinds, FILLS, totals, strict=False):
        if not total > 0:
            continue
        said = Text(f"{title.zh} {percent(total)}", f"{title.en} {percent(total)}")
        drawn.append(f'<rect class="{fill}" x="0.6%" y="{y:g}" width="14" height="14"/>')
        drawn.append(svg_text(said, f'class="label" x="0.6%" dx="22" y="{y + 12:g}"'))
        y += 22.0
    y += 10.0
    for row in rows:
        drawn.append(_row(row, y, above, most))
        y += 40.0 if above else 26.0
    return Chart(heading, drawing(heading, "".join(drawn), width=WIDTH, height=y + 4), table)


def _row(row: Row, y: float, above: bool, most: float) -> str:
    start, offset = (0.6, 17.0) if above else (NAMES + 2.0, 0.0)
    short = Text(shortened(row.name.zh, _LONGEST_EM), shortened(row.name.en, _LONGEST_EM))
    place = f'x="0.6%" y="{y + 12:g}"' if above else f'x="{NAMES}%" y="{y + 15:g}" text-anchor="end"'
    drawn, x = [svg_text(short, f'class="label" {place}')], start
    whole = (99.4 - start) * _ROOM / most if most > 0 else 0.0
    for one in row.pieces:
        if one.share > 0:
            drawn.append(_piece(one, x, whole * one.share, y + offset + 3))
            x += whole * one.share
    drawn.append(f'<text class="num" x="{x:.2f}%" dx="6" y="{y + offset + 15:g}">{percent(row.share)}</text>')
    return "".join(drawn)


def _piece(one: Piece, x: float, width: float, y: float) -> str:
    said = svg_text(Text(f"{one.name.zh} {percent(one.share)}", f"{one.name.en} {percent(one.share)}"), "")
    names = said.replace("<text ", "<title ").replace("</text>", "</title>")
    fill = FILLS[one.kind]
    return f'<rect class="{fill} piece" x="{x:.2f}%" y="{y:g}" width="{width:.2f}%" height="15">{names}</rect>'
