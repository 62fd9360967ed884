"""tables.xlsx: the result for people who work in a spreadsheet: ranks, scores, values, weights, method, findings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats
from minping.model.cells import WORDS, State
from minping.model.scores import Node
from minping.publication.columns import column_note
from minping.publication.method import Line, method_lines, node_lines
from minping.publication.standing import Standing, standings
from minping.publication.workbook import HEADER_ROW, Column, Link, Shade, Shaded, Sheet, workbook_bytes
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

_NOT_AS_OBSERVED = State.MISSING | State.IMPUTED | State.CARRIED | State.CAPPED | State.PENALISED | State.BOUNDED


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
    decimals, target = _decimals(evaluation), SHEETS["scores"][0].say(lang)
    names = [
        "rank",
        "name",
        "score",
        "score_lo",
        "score_hi",
        "rank_lo",
        "rank_hi",
        "tier",
        "ranks.grade",
        "probability",
    ]
    formats = ["0", "@", decimals, decimals, decimals, "0", "0", "0", "@", "0%"]
    widths = [8, 18, 11, 11, 11, 11, 11, 8, 20, 10]
    said = [column_note("", name).title.say(lang) for name in names]
    columns = [
        Column(head, width, number, strong=True, centred=number in ("0", "@") and name != "name")
        for name, head, width, number in zip(names, said, widths, formats, strict=True)
    ]
    shares = [name for name, share in evaluation.scores.resting_on.items() if np.nan_to_num(share).any()]
    columns += [Column(column_note("", f"share_{name}").title.say(lang), 12, "0.0%") for name in shares]
    rows: list[list[object]] = []
    for at, one in enumerate(found):
        shade: Shade = "band" if one.tier and one.tier % 2 == 0 else ""
        figures = [
            one.score,
            one.score_lo,
            one.score_hi,
            one.rank_lo,
            one.rank_hi,
            one.tier,
            one.grade,
            one.probability,
        ]
        rest = [float(evaluation.scores.resting_on[name][one.at]) for name in shares]
        leads = Link(one.name, target, HEADER_ROW + 1 + at)
        rows.append([Shaded(value, shade) for value in (one.rank, leads, *figures, *rest)])
    sheet, about = SHEETS["ranks"]
    return Sheet(sheet.say(lang), f"{title} · {sheet.say(lang)}", about.say(lang), columns, rows, frozen=2)


def _matrix(evaluation: Evaluation, found: Sequence[Standing], name: str, title: str, lang: Lang) -> Sheet:
    """Bodies down, nodes across; what was not observed is marked."""
    scores = evaluation.scores
    figures = {"scores": scores.points, "contributions": scores.contribution, "weights": scores.weight}[name]
    shown = [at for at in range(len(scores.nodes)) if not np.isnan(figures[:, at]).all()]
    number = "0.00%" if name == "weights" else _decimals(evaluation)
    nodes = [scores.nodes[at] for at in shown]
    columns = [*_body_columns(lang), *(_node_column(node, number, name, lang) for node in nodes)]
    indicators = np.array([node.kind == "indicator" for node in nodes], dtype=bool)
    marked = (scores.state[:, shown] & int(_NOT_AS_OBSERVED)).astype(bool) & indicators & (name != "weights")
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
        for one in evaluation.problems
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


SHEETS = {
    "readme": (
        Text("说明", "README"),
        Text(
            "本工作簿由民评生成；同样的数据另有 CSV 与 Parquet。",
            "Made by Minping; the same figures as CSV and Parquet.",
        ),
    ),
    "ranks": (
        Text("位次", "Ranks"),
        Text(
            "底色相同、相邻的单位属于同一组，现有数据不能区分高下；等次为建议，由有权机关决定。点单位名称看各项得分。",
            "Bodies of one tier (same shade) can't be told apart; grades are proposed. A name leads to its scores.",
        ),
    ),
    "scores": (
        Text("得分", "Scores"),
        Text(
            "各节点得分；黄色为非本期实测，灰色为不适用。",
            "Points of every node; yellow: not observed as such, grey: n/a.",
        ),
    ),
    "contributions": (
        Text("贡献", "Contributions"),
        Text(
            "各节点对总分的贡献，指标与调整项之和等于总分。",
            "In points of the score; indicators and adjustments sum to it.",
        ),
    ),
    "values": (
        Text("指标值", "Values"),
        Text("换算后的指标值；黄色为缺失，灰色为不适用。", "After conversion; yellow: missing, grey: not applicable."),
    ),
    "weights": (
        Text("有效权重", "Effective weights"),
        Text("处理缺失与不适用之后，各节点占总分的比例。", "Share of the whole, after missing and not applicable."),
    ),
    "method": (
        Text("方法", "Method"),
        Text("每项指标如何得分、数据从何而来；权重为各单位均值。", "How each indicator earns points; mean weight."),
    ),
    "findings": (
        Text("核查提示", "Findings"),
        Text("均为待核实，不等于认定。", "All need verification; none is a verdict."),
    ),
    "waivers": (
        Text("豁免", "Waivers"),
        Text("考核方案书面豁免的检查规则。", "Rules that the scheme sets aside in writing."),
    ),
}
KINDS = {
    "total": Text("总分", "total"),
    "dimension": Text("维度", "dimension"),
    "indicator": Text("指标", "indicator"),
    "adjustment": Text("调整项", "adjustment"),
    "companion": Text("并列公布，不计分", "beside the score"),
}
SEVERITY = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "note": Text("提示", "note")}
LEGEND: dict[Shade, tuple[Text, Text]] = {
    "band": (Text("浅蓝", "light blue"), Text("逐组交替，便于看出分组", "alternates from tier to tier")),
    "marked": (
        Text("黄色", "yellow"),
        Text(
            "数字不是本期实测：" + "、".join(WORDS[flag].zh for flag in WORDS if flag & _NOT_AS_OBSERVED),
            "not as observed: " + ", ".join(WORDS[flag].en for flag in WORDS if flag & _NOT_AS_OBSERVED),
        ),
    ),
    "grey": (Text("灰色", "grey"), Text("该指标不适用于该单位", "the indicator doesn't apply to the body")),
}
ITEM, MEANING = Text("项目", "item"), Text("说明", "meaning")
TITLE = Text("名称", "title")
RULE, SOURCE = Text("得分规则", "rule"), Text("数据来源", "source")
FOUND, FIX = Text("所见", "found"), Text("怎么办", "what to do")
NONE = Text("无", "none")
INDENT = "\u3000"
