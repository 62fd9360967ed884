"""Bodies: a section for each: where it stands, how it got there against its peers, every figure down to its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from minping.model.cells import WORDS
from minping.model.scores import Node
from minping.publication.charts.chart import Column, Heading, Table, table_html
from minping.publication.charts.markup import Html, escaped, spans
from minping.publication.charts.numbers import chance, fixed, percent, plain, signed, span, whole
from minping.publication.charts.waterfall import waterfall
from minping.publication.columns import state_words
from minping.publication.report.trail import Figure, figures_of
from minping.publication.report.view import View
from minping.publication.standing import grade_in_words, grade_titles
from minping.scoring.compare import Comparison, compare
from minping.scoring.findings_shown import decision_words, in_words
from minping.scoring.plan import compile_plan
from minping.words import Text


def body_sections(view: View, replies: Mapping[str, Text]) -> list[Html]:
    """The sections of the bodies shown in detail, in their order."""
    evaluation = view.evaluation
    peers = compile_plan(evaluation.scheme, evaluation.evidence.bodies).peers
    say = row_writer(view)
    sections = []
    for place, at in enumerate(view.detailed.tolist()):
        beside = compare(evaluation.scores, peers, at)
        reply = replies.get(evaluation.scores.bodies[at])
        parts = [
            _remarks(view, at),
            _findings(view, at),
            _against_peers(view, at, beside, place),
            _figures_table(view, at, beside, place, say),
            _reply(reply) if reply else "",
        ]
        sections.append(
            Html(
                f'<section class="body" id="{escaped(view.anchors[at])}"><details><summary><h3>{spans(view.names[at])}'
                f'</h3> <span class="standing">{standing_words(view, at)}</span></summary>{"".join(parts)}</details></section>'
            )
        )
    return sections


def standing_words(view: View, at: int) -> Html:
    """Score, rank with interval, tier and proposed grade in a line."""
    scores, drawn = view.evaluation.scores, view.evaluation.intervals
    score = fixed(scores.score[at], view.decimals)
    said = [Text(f"总分 {score}", f"score {score}")]
    if drawn is not None and score != "—":
        between = span(fixed(drawn.score_lo[at], view.decimals), fixed(drawn.score_hi[at], view.decimals))
        said = [Text(f"总分 {score}（{between}）", f"score {score} ({between})")]
        if view.ranked:
            rank, interval = whole(scores.rank[at]), span(whole(drawn.rank_lo[at]), whole(drawn.rank_hi[at]))
            said.append(Text(f"位次 {rank}（{interval}）", f"rank {rank} ({interval})"))
            last = chance(drawn.last_tenth[at])
            said.append(Text(f"居末十分之一的概率 {last}", f"chance of the last tenth {last}"))
        if view.tiered and drawn.tier[at]:
            said.append(Text(f"第 {drawn.tier[at]} 组", f"tier {drawn.tier[at]}"))
    if view.evaluation.grades:
        proposal, titles = view.evaluation.grades[at], grade_titles(view.evaluation)
        zh, en = grade_in_words(proposal, titles, "zh"), grade_in_words(proposal, titles, "en")
        if zh:
            said.append(Text(f"建议 {zh}", f"proposed {en}"))
    return Html(" · ".join(f"<span>{spans(words)}</span>" for words in said))


def _remarks(view: View, at: int) -> str:
    """Why there is no score, what capped it, why the grade is open, what its figures rest on."""
    scores, grades = view.evaluation.scores, view.evaluation.grades
    said = [Text(zh, en) for body, zh, en in scores.notes if body == at]
    if grades and grades[at].reason_zh:
        said.append(Text(f"等次：{grades[at].reason_zh}", f"Grade: {grades[at].reason_en}"))
    for name, share in scores.resting_on.items():
        if name != "observed" and share[at] > 0:
            words, part = state_words(name), percent(float(share[at]))
            said.append(Text(f"{part} 的权重：{words.zh}", f"{part} of the weight: {words.en}"))
    return f'<ul class="remarks">{"".join(f"<li>{spans(words)}</li>" for words in said)}</ul>' if said else ""


def _findings(view: View, at: int) -> str:
    """What the audit found of the body, as far as it may be named, with its replies."""
    body = view.evaluation.scores.bodies[at]
    told = [one for one in view.found if one.body == body]
    if not told:
        return ""
    said = [f"<li>{spans(in_words(one))}<br><small>{spans(decision_words(one))}</small></li>" for one in told]
    link = '<a href="#audit-findings">' + spans(Text("核查", "the audit")) + "</a>"
    return f'<ul class="remarks found">{"".join(said)}</ul><p class="about">{spans(SEE)}{link}</p>'


def _against_peers(view: View, at: int, beside: Comparison, place: int) -> str:
    scores = view.evaluation.scores
    score = float(scores.score[at])
    if not len(beside.peers) or not np.isfinite([score, beside.mean_score]).all():
        words = Text(
            "没有可以比较的同类单位，或没有总分。", "There are no peers to compare with, or there is no score."
        )
        return f'<p class="about">{spans(words)}</p>'
    first = [
        column
        for column, node in enumerate(scores.nodes)
        if node.kind == "adjustment" or (node.depth == 1 and node.kind in ("dimension", "indicator"))
    ]
    first = [column for column in first if scores.nodes[column].kind != "adjustment" or beside.difference[column]]
    change = [float(beside.difference[column]) for column in first]
    steps = [Text(scores.nodes[column].title_zh, scores.nodes[column].title_en) for column in first]
    rest = score - beside.mean_score - float(np.nansum(change))
    if abs(rest) > 0.5 * 10.0**-view.decimals:
        steps, change = [*steps, REST], [*change, rest]
    name, peers = view.names[at], len(beside.peers)
    title = Text(f"{name.zh}与同类单位的差别从何而来", f"Where {name.en} differs from its peers")
    about = Text(
        f"从 {peers} 个同类单位的平均总分到本单位总分，各步之和等于分差。（中位数之差不能相加，故用平均数。）",
        f"From the mean score of {peers} peers to the body's own; the steps sum to the difference. "
        "(Means, because differences from medians don't sum.)",
    )
    heading = Heading(f"path-{place + 1}", title, about, view.lang)
    start = (Text("同类平均", "peers' mean"), beside.mean_score)
    chart = waterfall(heading, start, steps, np.array(change), Text("本单位", "this body"), decimals=view.decimals)
    return chart.figure(level="h4")


RowWriter = Callable[[int, Comparison, Mapping[str, Figure]], str]


def row_writer(view: View) -> RowWriter:
    """A function that writes the rows of a body's table; what all bodies share is written once."""
    scores, decimals = view.evaluation.scores, view.decimals
    heads = [_row_head(node) for node in scores.nodes]
    units = [f"<td>{escaped(node.unit)}</td>" for node in scores.nodes]
    states = {int(state): states_html(int(state)) for state in np.unique(scores.state)}
    kinds = [f"{node.kind} d{node.depth}" for node in scores.nodes]

    def say(at: int, beside: Comparison, figures: Mapping[str, Figure]) -> str:
        rows = []
        columns = zip(
            scores.nodes,
            scores.points[at].tolist(),
            scores.weight[at].tolist(),
            scores.contribution[at].tolist(),
            beside.difference.tolist(),
            scores.state[at].tolist(),
            strict=True,
        )
        for column, (node, points, weight, contribution, difference, state) in enumerate(columns):
            shown = "—" if node.kind == "companion" else fixed(points, decimals)
            unused = " off" if node.kind == "indicator" and weight == 0 else ""
            rows.append(
                f'<tr class="{kinds[column]}{unused}">{heads[column]}{_value_cells(figures.get(node.id), units[column], view)}'
                f"<td class=n>{shown}</td><td class=n>{percent(weight, 2)}</td>"
                f"<td class=n>{fixed(contribution, decimals)}</td><td class=n>{signed(difference, decimals)}</td>"
                f"<td class=s>{states[state] if node.kind in _WITH_STATE else ''}</td>{_source_cells(figures.get(node.id), view)}</tr>"
            )
        return "".join(rows)

    return say


def _row_head(node: Node) -> str:
    title = spans(Text(node.title_zh, node.title_en) if node.kind != "total" else Text("总分", "Score"))
    return f'<th scope="row"><a href="#i-{escaped(node.id)}">{title}</a></th>'


def _value_cells(figure: Figure | None, unit: str, view: View) -> str:
    if figure is None:
        return "<td></td><td></td>"
    error = f"<small> ± {plain(float(f'{figure.se:.4g}'))}</small>" if figure.se else ""
    before = None if figure.raw is None else figure.raw if figure.place else _computed(figure.raw)
    raw = f"<small> ← {plain(before)}</small>" if before is not None else ""
    value = figure.value if figure.place and figure.raw is None else _computed(figure.value)
    return f"<td class=n>{plain(value)}{error}{raw}</td>{unit}"


def _computed(figure: float) -> float:
    """A figure that stands in no row but was computed, with as many digits as bear reading."""
    return float(f"{figure:.6g}")


def _source_cells(figure: Figure | None, view: View) -> str:
    if figure is None:
        return "<td></td>"
    earlier = f"<small> {escaped(figure.period)}</small>" if figure.period != view.evaluation.period else ""
    place = f"<code>{escaped(figure.place)}</code>{earlier}" if figure.place else ""
    note = f"<br><small>{escaped(figure.note)}</small>" if figure.note else ""
    return f"<td>{place}{note}</td>"


def states_html(state: int) -> str:
    """What a figure rests on, in words."""
    found = [words for flag, words in WORDS.items() if state & flag]
    return spans(Text("、".join(words.zh for words in found), ", ".join(words.en for words in found))) if found else ""


def _figures_table(view: View, at: int, beside: Comparison, place: int, say: RowWriter) -> Html:
    name = view.names[at]
    title = Text(f"{name.zh}：每个数字及其出处", f"{name.en}: every figure and where it comes from")
    rows = say(at, beside, figures_of(view.evaluation, at))
    return table_html(Table(COLUMNS, ()), f"rows-{place + 1}", title, rows)


def _reply(reply: Text) -> str:
    title = Text("该单位的回应", "The body's reply")
    return f'<aside class="reply"><h4>{spans(title)}</h4><p>{spans(reply)}</p></aside>'


_WITH_STATE = ("indicator", "companion")
SEE = Text(
    "待核实的不影响得分；依据与核实办法见", "What needs checking changes no score; for sources and how to check see "
)
REST = Text("其他（如封顶）", "other (such as a cap)")
COLUMNS = (
    Column(Text("指标", "Indicator")),
    Column(Text("指标值", "Value"), True),
    Column(Text("单位", "Unit")),
    Column(Text("得分", "Points"), True),
    Column(Text("有效权重", "Effective weight"), True),
    Column(Text("贡献", "Contribution"), True),
    Column(Text("比同类平均", "Against peers' mean"), True),
    Column(Text("状态", "State")),
    Column(Text("出处", "Source")),
)
