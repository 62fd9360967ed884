"""Criteria matrix: things × criteria, a sign in every cell: met, not met, or could not be told.

The three signs differ in form, not in colour alone, and each is said in words to those who listen. It is chart and
data table in one, so it needs no second table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minping.publication.charts.chart import Cell, Column, Heading, Table, cell_html, table_html
from minping.publication.charts.markup import Html, spans
from minping.words import Text


class Sign(NamedTuple):
    """How a cell looks and what it says."""

    mark: str
    look: str
    words: Text


MET = Sign("●", "met", Text("符合", "met"))
NOT_MET = Sign("○", "unmet", Text("不符合", "not met"))
UNTOLD = Sign("?", "untold", Text("缺数据，不能判断", "could not be told"))


def criteria_matrix(
    heading: Heading,
    thing: Text,
    criteria: Sequence[Text],
    beside: Sequence[Text],
    rows: Sequence[tuple[Cell, Sequence[Sign], Sequence[Cell]]],
) -> Html:
    """A table: the name of a `thing`, one sign for each of the criteria, then the cells under `beside`."""
    body = []
    for name, signs, cells in rows:
        told = "".join(f"<td>{cell_html(cell)}</td>" for cell in cells)
        body.append(f'<tr><th scope="row">{cell_html(name)}</th>{"".join(_cell(sign) for sign in signs)}{told}</tr>')
    heads = [Column(title) for title in (thing, *criteria, *beside)]
    table = table_html(Table(heads, ()), heading.key, heading.title, "".join(body) or " ")
    legend = " ".join(
        f'<span class="legend"><span class="sign {one.look}">{one.mark}</span> {spans(one.words)}</span>'
        for one in (MET, NOT_MET, UNTOLD)
    )
    return Html(
        f'<figure class="chart criteria" id="{heading.key}"><figcaption><h3 class="name">{spans(heading.title)}</h3>'
        f'<p class="about">{spans(heading.about)}</p><p class="about">{legend}</p></figcaption>{table}</figure>'
    )


def _cell(sign: Sign) -> str:
    said = f'<span class="hidden">{spans(sign.words)}</span>'
    return f'<td class="sign {sign.look}"><span aria-hidden="true">{sign.mark}</span>{said}</td>'
