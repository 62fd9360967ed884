"""tables.xlsx: the result for people who work in a spreadsheet: ranks, scores, values, weights, method, findings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats
from minping.model.cells import State
from minping.model.scores import Node
from minping.publication.columns import column_note
from minping.publication.method import Line, method_lines, node_lines
from minping.publication.sheet_words import (
    FIX,
    FOUND,
    ITEM,
    KINDS,
    LEGEND,
    MEANING,
    NONE,
    NOT_AS_OBSERVED,
    RULE,
    SEVERITY,
    SHEETS,
    SOURCE,
    TITLE,
)
from minping.publication.standing import Standing, standings
from minping.publication.workbook import HEADER_ROW, Column, Link, Shade, Shaded, Sheet, workbook_bytes
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

INDENT = "\u3000"  #: before a title, once for each level of the tree


def xlsx_bytes(evaluation: Evaluation, lang: Lang, facts: Sequence[Line] = (), on: date | None = None) -> bytes:
    """The workbook of an evaluation; `facts` are hashes and versions to print under the method."""
    title = f"{evaluation.scheme.title.text.say(lang)} {evaluation.period}"
    found = standings(evaluation, lang)
    sheets = [
        _readme(evaluation, title, lang, facts),
        _ranks(evaluation, found, title, lang),
        _matrix(evaluation, found, "scores", title, lang),
        _matrix(evaluation, found, "contributions", title, lang),
        _values(evaluation, found, title, lang),
        _matrix(evaluation, found, "weights", title, lang),
        _method(evaluation, title, lang),
        _findings(evaluation, title, lang),
        _waivers(evaluation, title, lang),
    ]
    return workbook_bytes(sheets, title, lang, on, open_at=1)


def _readme(evaluation: Evaluation, title: str, lang: Lang, facts: Sequence[Line]) -> Sheet:
    rows: list[list[object]] = []
    for name, (sheet, about) in SHEETS.items():
        if name != "readme":
            rows.append([Link(sheet.say(lang), sheet.say(lang), 0), about.say(lang)])
    rows.append(["", ""])
    rows += [[line.name.say(lang), line.said.say(lang)] for line in (*method_lines(evaluation), *facts)]
    rows.append(["", ""])
    rows += [[Shaded(LEGEND[shade][0].say(lang), shade), LEGEND[shade][1].say(lang)] for shade in LEGEND]
    columns = [
        Column(ITEM.say(lang), 26, wrap=True, strong=True),
        Column(MEANING.say(lang), 92, wrap=True, strong=True),
    ]
    sheet, about = SHEETS["readme"]
    return Sheet(sheet.say(lang), title, about.say(lang), columns, rows, filtered=False, portrait=True)


def _ranks(evaluation: Evaluation, found: Sequence[Standing], title: str, lang: Lang) -> Sheet:
    resting, target = evaluation.scores.resting_on, SHEETS["scores"][0].say(lang)
    shares = [name for name, share in resting.items() if np.nan_to_num(share).any()]
    columns = _rank_columns(evaluation, lang)
    columns += [Column(column_note("", f"share_{name}").title.say(lang), 12, "0.0%") for name in shares]
    rows: list[list[object]] = []
    for at, one in enumerate(found):
        shade: Shade = "band" if one.tier and one.tier % 2 == 0 else ""
        leads = Link(one.name, target, HEADER_ROW + 1 + at)
        cells: list[object] = [
            one.rank,
            leads,
            one.score,
            one.score_lo,
            one.score_hi,
            one.rank_lo,
            one.rank_hi,
            one.tier,
            one.last_tenth,
        ]
        cells += [one.grade, one.probability] if evaluation.grades else []
        cells += [float(resting[name][one.at]) for name in shares]
        rows.append([Shaded(cell, shade) for cell in cells])
    sheet, about = SHEETS["ranks"]
    return Sheet(sheet.say(lang), f"{title} · {sheet.say(lang)}", about.say(lang), columns, rows, frozen=2)


def _rank_columns(evaluation: Evaluation, lang: Lang) -> list[Column]:
    """Columns of the ranks; those of the grades only where there are grades."""
    decimals = _decimals(evaluation)
    shapes = {
        "rank": (8, "0"),
        "name": (18, "@"),
        "score": (11, decimals),
        "score_lo": (11, decimals),
        "score_hi": (11, decimals),
        "rank_lo": (11, "0"),
        "rank_hi": (11, "0"),
        "tier": (8, "0"),
        "last_tenth": (14, "0%"),
    }
    if evaluation.grades:
        shapes |= {"ranks.grade": (22, "@"), "probability": (10, "0%")}
    return [
        Column(
            column_note("", name).title.say(lang), width, number, strong=True, centred=number in "0@" and name != "name"
        )
        for name, (width, number) in shapes.items()
    ]


def _matrix(evaluation: Evaluation, found: Sequence[Standing], name: str, title: str, lang: Lang) -> Sheet:
    """Bodies down, nodes across; what was not observed is marked."""
    scores = evaluation.scores
    figures = {"scores": scores.points, "contributions": scores.contribution, "weights": scores.weight}[name]
    shown = [at for at in range(len(scores.nodes)) if not np.isnan(figures[:, at]).all()]
    number = "0.00%" if name == "weights" else _decimals(evaluation)
    nodes = [scores.nodes[at] for at in shown]
    columns = [*_body_columns(lang), *(_node_column(node, number, name, lang) for node in nodes)]
    indicators = np.array([node.kind == "indicator" for node in nodes], dtype=bool)
    marked = (scores.state[:, shown] & int(NOT_AS_OBSERVED)).astype(bool) & indicators & (name != "weights")
    exempt = (scores.state[:, shown] & int(State.NOT_APPLICABLE)).astype(bool) & indicators
    rows = [_shaded_row(one, figures[one.at, shown], marked[one.at], exempt[one.at]) for one in found]
    sheet, about = SHEETS[name]
    return Sheet(sheet.say(lang), f"{title} · {sheet.say(lang)}", about.say(lang), columns, rows, frozen=2)


def _values(evaluation: Evaluation, found: Sequence[Standing], title: str, lang: Lang) -> Sheet:
    values, at = evaluation.values, evaluation.values.at(evaluation.period)
    parts = {part.id: part for part in evaluation.scheme.indicators}
    columns = _body_columns(lang)
    for column, name in enumerate(values.indicators):
        part = parts[name]
        words = part.title.text.say(lang) + (f"\n{part.unit}" if part.unit else "")
        columns.append(Column(words, 13, _number_format(values.estimate[at, :, column])))
    missing = (values.state[at] & int(State.MISSING)).astype(bool)
    exempt = (values.state[at] & int(State.NOT_APPLICABLE)).astype(bool)
    rows = [_shaded_row(one, values.estimate[at, one.at], missing[one.at], exempt[one.at]) for one in found]
    sheet, about = SHEETS["values"]
    return Sheet(sheet.say(lang), f"{title} · {sheet.say(lang)}", about.say(lang), columns, rows, frozen=2)


def _shaded_row(one: Standing, figures: Floats, marked: Sequence[bool], exempt: Sequence[bool]) -> list[object]:
    cells: list[object] = [one.name, one.body]
    for figure, mark, grey in zip(figures.tolist(), marked, exempt, strict=True):
        cells.append(Shaded(figure, "grey" if grey else "marked") if mark or grey else figure)
    return cells


def _method(evaluation: Evaluation, title: str, lang: Lang) -> Sheet:
    columns = [
        Column(TITLE.say(lang), 34, "@", wrap=True, strong=True),
        Column(column_note("", "node").title.say(lang), 22, "@", strong=True),
        Column(column_note("", "kind").title.say(lang), 16, "@", strong=True),
        Column(column_note("", "unit").title.say(lang), 14, "@", strong=True),
        Column(column_note("", "weight").title.say(lang), 12, "0.00%", strong=True),
        Column(RULE.say(lang), 60, "@", wrap=True, strong=True),
        Column(SOURCE.say(lang), 40, "@", wrap=True, strong=True),
    ]
    rows = [
        [
            INDENT * line.depth + line.title.say(lang),
            line.node,
            KINDS[line.kind].say(lang),
            line.unit,
            line.weight,
            line.rule.say(lang),
            line.source,
        ]
        for line in node_lines(evaluation)
    ]
    sheet, about = SHEETS["method"]
    return Sheet(sheet.say(lang), f"{title} · {sheet.say(lang)}", about.say(lang), columns, rows)


def _findings(evaluation: Evaluation, title: str, lang: Lang) -> Sheet:
    severity, place, code = (column_note("", name).title.say(lang) for name in ("severity", "place", "code"))
    heads = [severity, place, FOUND.say(lang), FIX.say(lang), code]
    widths = [10, 36, 60, 44, 24]
    columns = [Column(head, width, wrap=True, strong=True) for head, width in zip(heads, widths, strict=True)]
    rows = [
        [SEVERITY[one.severity].say(lang), str(one.place), one.found.say(lang), one.fix.say(lang), one.code]
        for one in (*evaluation.linted.problems, *evaluation.problems)
    ]
    sheet, about = SHEETS["findings"]
    rows = rows or [["", "", NONE.say(lang), "", ""]]
    return Sheet(sheet.say(lang), f"{title} · {sheet.say(lang)}", about.say(lang), columns, rows)


def _waivers(evaluation: Evaluation, title: str, lang: Lang) -> Sheet:
    heads = [column_note("", name).title.say(lang) for name in ("rule", "reason", "approved_by", "expires_on")]
    columns = [Column(head, width, wrap=True, strong=True) for head, width in zip(heads, [14, 90, 24, 14], strict=True)]
    rows = [
        [waiver.rule, waiver.reason, waiver.approved_by, str(waiver.expires_on or "")]
        for waiver in evaluation.scheme.waivers
    ]
    sheet, about = SHEETS["waivers"]
    rows = rows or [["", NONE.say(lang), "", ""]]
    return Sheet(sheet.say(lang), f"{title} · {sheet.say(lang)}", about.say(lang), columns, rows)


def _body_columns(lang: Lang) -> list[Column]:
    titles = [column_note("", name).title.say(lang) for name in ("name", "body")]
    return [Column(titles[0], 18, "@", strong=True), Column(titles[1], 14, "@", strong=True)]


def _node_column(node: Node, number: str, name: str, lang: Lang) -> Column:
    words = Text(node.title_zh, node.title_en).say(lang)
    if node.kind == "companion":
        words += f"\n{node.unit}\n{KINDS['companion'].say(lang)}" if name == "scores" else ""
    leaf = node.kind == "indicator" and node.depth > 1
    return Column(words, 13, number, level=1 if leaf else 0, strong=node.kind in ("total", "dimension"))


def _number_format(figures: Floats) -> str:
    """Digits enough to tell the bodies apart, no more."""
    present = figures[np.isfinite(figures)]
    if not len(present) or (present == np.round(present)).all():
        return "#,##0"
    size = float(np.abs(present).max())
    return "#,##0." + "0" * max(1, min(6, 3 - math.floor(math.log10(size)))) if size else "0.00"


def _decimals(evaluation: Evaluation) -> str:
    decimals = evaluation.scheme.points.decimals
    return "0." + "0" * decimals if decimals else "0"
