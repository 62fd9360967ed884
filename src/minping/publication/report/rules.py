"""Rules: the method as tables: weights given and effective, adjustments, grades, waivers, failed draws, problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from minping.errors import Problem
from minping.publication.charts.chart import Cell, Column, Table, table_html
from minping.publication.charts.markup import Html, escaped, spans
from minping.publication.charts.numbers import fixed, percent, plain, span
from minping.publication.method import NodeLine, node_lines
from minping.publication.report.view import View
from minping.scheme.shape import Bonus, Cap, Deduction, Scheme, Tolerance, Veto
from minping.words import Text, both

MOST_ROWS = 200  #: rows of a table of problems; the rest is counted
_SEVERITY = {"error": Text("错误", "error"), "warning": Text("提示", "warning"), "note": Text("说明", "note")}


def nodes_table(view: View) -> Html:
    """Every node: weight as given, effective weight, rule in words, source."""
    rows = "".join(_node_row(view, at, line) for at, line in enumerate(node_lines(view.evaluation)))
    title = Text("指标、权重与计分规则", "Indicators, weights and rules")
    columns = [
        Column(Text("指标", "Indicator")),
        Column(Text("给定权重", "Weight as given"), True),
        Column(Text("有效权重", "Effective weight"), True),
        Column(Text("计量单位", "Unit")),
        Column(Text("规则", "Rule")),
        Column(Text("数据来源", "Source")),
    ]
    return table_html(Table(columns, ()), "nodes", title, rows)


def _node_row(view: View, at: int, line: NodeLine) -> str:
    title = Text("总分", "Score") if line.kind == "total" else line.title
    given = escaped(given_weight(view.evaluation.scheme, line.node))
    return (
        f'<tr class="{line.kind} d{line.depth}" id="i-{escaped(line.node)}"><th scope="row">{spans(title)} '
        f"<code>{escaped(line.node)}</code></th><td class=n>{given}</td><td class=n>{_effective(view, at)}</td>"
        f"<td>{escaped(line.unit)}</td><td>{spans(line.rule)}</td><td>{escaped(line.source)}</td></tr>"
    )


def given_weight(scheme: Scheme, node: str) -> str:
    """A node's weight as the scheme gives it, by type of body where it does."""
    part = next((part for part in scheme.parts if part.id == node), None)
    if part is None or part.weight is None:
        return ""
    if isinstance(part.weight, dict):
        return "; ".join(f"{kind} {weight:g}" for kind, weight in part.weight.items())
    return f"{part.weight:g}"


def _effective(view: View, at: int) -> str:
    scores = view.evaluation.scores
    weights = scores.weight[scores.scored, at]
    weights = weights[np.isfinite(weights)]
    return span(percent(float(weights.min()), 2), percent(float(weights.max()), 2)) if len(weights) else ""


def adjustments_table(view: View) -> Html:
    """What may change a score after aggregation, with its authority."""
    adjust = view.evaluation.scheme.adjust
    entries: tuple[Bonus | Deduction | Cap | Veto | Tolerance, ...]
    entries = (*adjust.bonus, *adjust.deduct, *adjust.caps, *adjust.veto, *adjust.tolerance)
    rows: list[Sequence[Cell]] = [
        (entry.title.text, KINDS[type(entry)], _what(entry), both(entry.authority_ref or "—")) for entry in entries
    ]
    columns = [
        Column(Text("名称", "Name")),
        Column(Text("种类", "Kind")),
        Column(Text("作用", "Effect")),
        Column(Text("依据", "Authority")),
    ]
    return _table(rows, columns, "adjustments", Text("调整项", "Adjustments"))


def _what(entry: Bonus | Deduction | Cap | Veto | Tolerance) -> Text:
    if isinstance(entry, Bonus):
        return Text(f"最多加 {entry.max:g} 分", f"at most +{entry.max:g}")
    if isinstance(entry, Deduction):
        most = Text(f"，最多 {entry.max:g} 分", f", at most {entry.max:g}") if entry.max else both("")
        points = entry.points if isinstance(entry.points, dict) else {"": entry.points}
        said = "; ".join(f"{kind} −{taken:g}".strip() for kind, taken in points.items())
        return Text(f"{said}{most.zh}", f"{said}{most.en}")
    if isinstance(entry, Cap):
        said = entry.grade_at_most or plain(entry.score_at_most)
        return Text(f"不高于 {said}", f"no better than {said}")
    if isinstance(entry, Veto):
        return Text(f"定为 {entry.grade}", f"sets {entry.grade}")
    return Text(f"免除 {'、'.join(entry.lifts)}", f"lifts {', '.join(entry.lifts)}")


def grades_table(view: View) -> Html:
    """The grades with thresholds and quotas."""
    grades, decimals = view.evaluation.scheme.grades, view.decimals
    if grades is None:
        return Html("")
    rows: list[Sequence[Cell]] = []
    for level in grades.levels:
        least = "—" if level.at_least is None else f"≥ {fixed(level.at_least, decimals)}"
        rows.append((level.title.text, least, "—" if level.quota is None else percent(level.quota.max_share, 0)))
    columns = [
        Column(Text("等次", "Grade")),
        Column(Text("分数线", "Threshold"), True),
        Column(Text("名额上限", "Quota"), True),
    ]
    return _table(rows, columns, "grade-rules", Text("等次规则", "Rules of the grades"))


def waivers_table(view: View) -> Html:
    """Rules of good practice that the scheme sets aside."""
    rows: list[Sequence[Cell]] = [
        (waiver.rule, both(waiver.reason), both(waiver.approved_by or "—"), str(waiver.expires_on or "—"))
        for waiver in view.evaluation.scheme.waivers
    ]
    columns = [
        Column(Text("规则", "Rule")),
        Column(Text("理由", "Reason")),
        Column(Text("批准人", "Approved by")),
        Column(Text("有效至", "Until")),
    ]
    return _table(rows, columns, "waivers", Text("方案豁免的检查规则", "Rules that the scheme sets aside"))


def failures_table(view: View) -> Html:
    """Draws that gave no ranking."""
    failures = view.evaluation.intervals.failures if view.evaluation.intervals else ()
    rows: list[Sequence[Cell]] = [
        (str(failure.draw), Text(failure.reason_zh, failure.reason_en)) for failure in failures[:MOST_ROWS]
    ]
    columns = [Column(Text("抽样", "Draw")), Column(Text("原因", "Reason"))]
    title = Text(f"失败的抽样（{len(failures)} 次）", f"Failed draws ({len(failures)})")
    return _table(rows, columns, "failures", title)


def problems_table(problems: Sequence[Problem], key: str, title: Text) -> Html:
    """Findings of the linter, or warnings of the evidence."""
    rows: Iterable[Sequence[Cell]] = [
        (problem.code, _SEVERITY[problem.severity], str(problem.place), problem.found, problem.fix)
        for problem in problems[:MOST_ROWS]
    ]
    columns = [
        Column(Text("代码", "Code")),
        Column(Text("程度", "Severity")),
        Column(Text("位置", "Place")),
        Column(Text("所见（待核实）", "Found (needs verification)")),
        Column(Text("怎么办", "What to do")),
    ]
    more = len(problems) - MOST_ROWS
    if more > 0:
        title = Text(f"{title.zh}（另有 {more} 项）", f"{title.en} ({more} more)")
    return _table(list(rows), columns, key, title)


def sources_table(view: View) -> Html:
    """The files of evidence with their hashes."""
    rows: list[Sequence[Cell]] = [
        (
            f"{source.path}{f'[{source.sheet}]' if source.sheet else ''}",
            source.table,
            f"{source.rows:,}",
            Html(f"<code>{escaped(source.sha256)}</code>"),
        )
        for source in view.evaluation.evidence.files
    ]
    columns = [
        Column(Text("文件", "File")),
        Column(Text("表", "Table")),
        Column(Text("行数", "Rows"), True),
        Column(both("SHA-256")),
    ]
    return _table(rows, columns, "sources", Text("证据文件", "Files of evidence"))


def _table(rows: Sequence[Sequence[Cell]], columns: Sequence[Column], key: str, title: Text) -> Html:
    """A table, or nothing where there is no row."""
    return table_html(Table(columns, rows), key, title) if rows else Html("")


KINDS: dict[type, Text] = {
    Bonus: Text("加分", "bonus"),
    Deduction: Text("扣分", "deduction"),
    Cap: Text("上限", "cap"),
    Veto: Text("一票否决", "veto"),
    Tolerance: Text("容错", "tolerance"),
}
