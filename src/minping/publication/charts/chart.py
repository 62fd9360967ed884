"""A chart: a drawing that says what it shows, always followed by the table of its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minping.publication.charts.markup import LANG_TAG, Html, escaped, spans
from minping.words import Lang, Text

Cell = str | Text  #: `Html` is printed as it is, any other text is escaped


class Heading(NamedTuple):
    """The name of a chart; `key` is its id in the page, of letters, digits and hyphens."""

    key: str
    title: Text
    about: Text
    lang: Lang = "zh"  #: the language shown first


class Column(NamedTuple):
    """One column of a table."""

    title: Text
    number: bool = False


class Table(NamedTuple):
    """The figures of a chart; the first cell of a row names it."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


class Chart(NamedTuple):
    """A drawing and its table; `figure` is what a page shows."""

    heading: Heading
    drawing: str
    table: Table

    def figure(self, *, open_table: bool = False, level: str = "") -> Html:
        """The drawing under its name, then its table (folded, unless it is to stand open)."""
        key, title, about, _ = self.heading
        level = level or "p"
        folded = f'<details class="figures"><summary>{spans(FIGURES)}</summary>{table_html(self.table, key, title)}</details>'
        shown = table_html(self.table, key, title) if open_table else folded
        return Html(
            f'<figure class="chart" id="{key}"><figcaption><{level} class="name">{spans(title)}</{level}>'
            f'<p class="about">{spans(about)}</p></figcaption>{self.drawing}{shown}</figure>'
        )


FIGURES = Text("数据表", "Data table")


def drawing(heading: Heading, body: str, *, width: int, height: float) -> str:
    """The SVG around marks; places along it are per cent of its width, so its text never shrinks."""
    key, _, _, lang = heading
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="{width}" height="{height:g}" role="img" '
        f'aria-labelledby="{key}-t-{lang} {key}-d-{lang}">{names(heading)}{body}</svg>'
    )


def names(heading: Heading) -> str:
    """Title and description in both languages, the one shown first in front."""
    key, title, about, lang = heading
    order: tuple[Lang, ...] = ("zh", "en") if lang == "zh" else ("en", "zh")
    titles = "".join(
        f'<title id="{key}-t-{one}" lang="{LANG_TAG[one]}">{escaped(title.say(one))}</title>' for one in order
    )
    return titles + "".join(
        f'<desc id="{key}-d-{one}" lang="{LANG_TAG[one]}">{escaped(about.say(one))}</desc>' for one in order
    )


def table_html(table: Table, key: str, caption: Text, rows: str = "") -> Html:
    """A table in a box of its own that scrolls and can be reached by keyboard; `rows` stand in for its rows."""
    head = "".join(
        f'<th scope="col"{" class=n" if column.number else ""}>{spans(column.title)}</th>' for column in table.columns
    )
    numbers = [column.number for column in table.columns]
    body = rows or "".join(row_html(row, numbers) for row in table.rows)
    return Html(
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{key}-c"><table>'
        f'<caption id="{key}-c">{spans(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def row_html(row: Sequence[Cell], numbers: Sequence[bool]) -> str:
    """One row: its name, then its cells."""
    cells = [f'<th scope="row">{cell_html(row[0])}</th>']
    for cell, number in zip(row[1:], numbers[1:], strict=True):
        cells.append(f"<td{' class=n' if number else ''}>{cell_html(cell)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def cell_html(cell: Cell) -> str:
    """The content of a cell, safe."""
    if isinstance(cell, Html):
        return cell
    return spans(cell) if isinstance(cell, Text) else escaped(cell)
