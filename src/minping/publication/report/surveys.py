"""Surveys: who was asked, who answered, what they said of each body, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.model.surveys import Answered
from minping.publication.charts.chart import Cell, Column, Heading, Table, table_html
from minping.publication.charts.grade_bars import grade_bars
from minping.publication.charts.interval_rows import END, PLOT, Axis, Row, interval_rows
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import fixed, span
from minping.publication.charts.scales import Scale
from minping.publication.report.citizens import LEVELS
from minping.publication.report.view import View
from minping.scoring.survey_tables import RATES, answers, indices, responses, surveys
from minping.words import Text, both

MOST_SHOWN = 3  #: measures and questions that get a chart; the tables of the bundle hold all
MOST_BODIES = 60
FIVE = (100.0, 75.0, 50.0, 25.0, 0.0)
MEASURES = {
    "mean_points": Text("平均分（0–100）", "mean points (0–100)"),
    "share_satisfied": Text("满意的比例，%", "share satisfied, %"),
    "share_positive": Text("满意和非常满意的比例，%", "share satisfied or very satisfied, %"),
    "share_bad": Text("不满意的比例，%", "share dissatisfied, %"),
    "share_very_satisfied": Text("非常满意的比例，%", "share very satisfied, %"),
    "answer_rate": Text("作了回答的比例，%", "share who answered, %"),
    "quantile": Text("分位数（0–100）", "quantile (0–100)"),
    "index": Text("满意度指数（0–100）", "satisfaction index (0–100)"),
}


def survey_charts(view: View) -> Html:
    """Everything of surveys; empty where there was none."""
    told = surveys(view.evaluation)
    if not told["body"] and not responses(view.evaluation)["body"]:
        return Html("")
    lead = f'<p class="lead">{spans(asked_words(view, told))}</p>' if told["body"] else ""
    parts = [lead, *_measures(view, told), *_distributions(view), _response(view), _models(view)]
    return Html("".join(parts))


def asked_words(view: View, told: dict[str, Any]) -> Text:
    """How many were asked about how many bodies, and how far the design widens the errors."""
    first = told["node"][0]
    rows = [at for at, node in enumerate(told["node"]) if node == first]
    n = _numbers(told["n"])[rows]
    effects = _numbers(told["effect"])
    people, bodies = int(np.nansum(n)), int((n > 0).sum())
    zh = f"{bodies} 个单位共有 {people} 人的回答可以公布。"
    en = f"Answers of {people} people about {bodies} bodies can be published."
    if np.isfinite(effects).any():
        middle = fixed(float(np.nanmedian(effects)), 1)
        zh += f"设计效应的中位数为 {middle}：按抽样设计和加权，误差的方差是同样多人的简单随机样本的 {middle} 倍。"
        en += f" The median design effect is {middle}: by the design of the sample and its weights, the variance is {middle} times that of a simple random sample of as many."
    weighting = view.evaluation.scheme.surveys.weighting
    if weighting.margins:
        zh += f"权重已按已知人口（{'、'.join(weighting.margins)}）校正，误差计入了这一校正。"
        en += f" Weights are calibrated to the known public ({', '.join(weighting.margins)}); the errors know that."
    return Text(zh, en)


def _measures(view: View, told: dict[str, Any]) -> list[Html]:
    """A chart of each measure that lies between 0 and 100."""
    nodes = list(dict.fromkeys(told["node"]))
    kinds = dict(zip(told["node"], told["measure"], strict=True))
    return [_measure(view, told, node, MEASURES[kinds[node]]) for node in nodes if kinds[node] in MEASURES][:MOST_SHOWN]


def _measure(view: View, told: dict[str, Any], node: str, unit: Text) -> Html:
    of = {told["body"][at]: at for at, one in enumerate(told["node"]) if one == node}
    figures = {name: _numbers(told[name]) for name in ("estimate", "low", "high", "n", "effect", "effective")}
    rows, lines = [], list[Sequence[Cell]]()
    for body in _shown(view).tolist():
        at = of[view.evaluation.values.bodies[body]]
        estimate, low, high, n, effect, effective = (float(part[at]) for part in figures.values())
        rows.append(Row(view.names[body], estimate, low, high, fixed(estimate, 1)))
        counts = (fixed(n, 0), fixed(effect, 2), fixed(effective, 0))
        lines.append((view.names[body], fixed(estimate, 1), span(fixed(low, 1), fixed(high, 1)), *counts))
    title = next(part.title.text for part in view.evaluation.scheme.indicators if part.id == node)
    about = Text(
        "点为估计值，横条为 95 % 区间；两个单位的横条重叠较多时，分不出高下。不足公布人数的单位没有横条。",
        "The dot is the estimate, the bar its 95 % interval. Where bars of two bodies overlap widely, they can't be told "
        "apart. A body of too few answers to be published has no bar.",
    )
    columns = [
        Column(Text("单位", "Body")),
        Column(unit, True),
        Column(Text("95 % 区间", "95 % interval"), True),
        Column(Text("回答人数", "Answers"), True),
        Column(Text("设计效应", "Design effect"), True),
        Column(Text("有效样本量", "Effective n"), True),
    ]
    axis = Axis(Scale(0.0, 100.0, PLOT + 1, END), [(at, f"{at:g}") for at in range(0, 101, 20)], unit)
    heading = Heading(f"survey-{node}", title, about, view.lang)
    return interval_rows(heading, rows, axis, {}, Table(columns, lines)).figure(level="h3")


def _distributions(view: View) -> list[Html]:
    """Bars of the levels of each question."""
    told = view.evaluation.values.surveys
    return (
        []
        if told is None
        else [
            _distribution(view, told.answers[name])
            for name in list(told.answers)[:MOST_SHOWN]
            if told.answers[name].levels
        ]
    )


def _distribution(view: View, found: Answered) -> Html:
    told = answers(view.evaluation)
    rows = [at for at, question in enumerate(told["question"]) if question == found.question]
    shape = (len(view.evaluation.values.bodies), len(found.levels))
    share, low, high = (_numbers(told[name])[rows].reshape(shape)[:, ::-1] for name in ("share", "low", "high"))
    shown = _shown(view)
    share = share[shown] / 100.0
    nobody = np.isnan(share).all(axis=1, keepdims=True)
    rest = np.where(nobody, np.nan, 1.0 - np.nansum(share, axis=1, keepdims=True))
    bars = np.where(nobody, np.nan, np.hstack([np.nan_to_num(share), np.maximum(rest, 0.0)]))
    labels = [*level_words(found), LEVELS[-1]]
    about = Text(
        "按权重计算的比例；不知道和拒答的不在内。人数少的级别并在一起，不单列。数据表有每一级的 95 % 区间。",
        "Weighted shares; who did not know or refused is left out. Levels that few chose stand together. The data table "
        "has the 95 % interval of each level.",
    )
    heading = Heading(
        f"answers-{found.question}",
        Text(f"题目 {found.question} 的回答", f"Answers to {found.question}"),
        about,
        view.lang,
    )
    names = [view.names[at] for at in shown]
    chart = grade_bars(heading, names, labels, bars, rest=True)
    columns = [Column(Text("单位", "Body")), *(Column(label, True) for label in labels[:-1])]
    lines = [
        (
            name,
            *(_with_ends(*figures) for figures in zip(share[at] * 100, low[shown[at]], high[shown[at]], strict=True)),
        )
        for at, name in enumerate(names)
    ]
    return chart._replace(table=Table(columns, lines)).figure(level="h3")


def _with_ends(share: float, low: float, high: float) -> str:
    return "—" if np.isnan(share) else f"{fixed(share, 0)} ({span(fixed(low, 0), fixed(high, 0))})"


def level_words(found: Answered) -> list[Text]:
    """The levels best first: in words where there are five, else in points."""
    if set(found.levels) <= set(FIVE):
        return [words for points, words in zip(FIVE, LEVELS, strict=False) if points in found.levels]
    return [both(f"{level:.4g}") for level in reversed(found.levels)]


def _response(view: View) -> Html:
    """How the cases ended that were tried."""
    told = responses(view.evaluation)
    if not told["body"]:
        return Html("")
    at = {body: row for row, body in enumerate(told["body"])}
    columns = [
        Column(Text("单位", "Body")),
        Column(Text("样本数", "Cases"), True),
        Column(Text("访问数", "Interviews"), True),
        *(Column(Text(zh, en), True) for zh, en in _RATES),
    ]
    cells = {name: _numbers(told[name]) for name in ("cases", "interviews", *RATES)}
    lines = []
    for body in _shown(view).tolist():
        row = at[view.evaluation.values.bodies[body]]
        counts = [fixed(float(cells[name][row]), 0) for name in ("cases", "interviews")]
        lines.append((view.names[body], *counts, *(fixed(float(cells[name][row]), 1) for name in RATES)))
    words = Text(
        "应答率按美国民意研究协会（AAPOR）的定义：RR2 把资格不明的全算合格，RR4 按已知样本的比例计，RR6 都不算。",
        "Response rates as AAPOR defines them: RR2 counts all cases of unknown eligibility, RR4 the share that known ones "
        "suggest, RR6 none.",
    )
    title = Text("谁参加了调查", "Who took part")
    return Html(
        f"<h3>{spans(title)}</h3><p>{spans(words)}</p>{table_html(Table(columns, lines), 'responses', _OUTCOMES)}"
    )


def _models(view: View) -> Html:
    """Loadings, paths and reliability of the indices."""
    told = indices(view.evaluation)
    if not told["index"]:
        return Html("")
    titles = {
        latent.id: latent.title.text for index in view.evaluation.scheme.surveys.indices for latent in index.latents
    }
    columns = [
        Column(Text("指数与种类", "Index and kind")),
        Column(Text("潜变量", "Latent variable")),
        Column(Text("来自", "By")),
        Column(Text("数值", "Figure"), True),
        Column(Text("标准误", "Standard error"), True),
    ]
    lines: list[Sequence[Cell]] = []
    for index, kind, of, by, figure, se in zip(
        *(told[name] for name in ("index", "kind", "of", "by", "figure", "se")), strict=True
    ):
        name = Text(f"{index} · {_KINDS[kind].zh}", f"{index} · {_KINDS[kind].en}")
        lines.append(
            (name, titles.get(of, both(of)), titles.get(by, both(by)), fixed(float(figure), 3), fixed(float(se), 3))
        )
    words = Text(
        "指数用偏最小二乘路径模型（ECSI、ACSI 的做法）：载荷说明题目与潜变量的一致程度，信度 α 低于 0.7 的潜变量要慎用。",
        "The index is a path model by partial least squares, as ECSI and ACSI do it. Loadings tell how far a question goes "
        "with its latent variable; be careful with one whose alpha lies below 0.7.",
    )
    title = Text("满意度指数的模型", "The model of the satisfaction index")
    table = f'<details class="figures"><summary>{spans(Text("模型的数值", "Figures of the model"))}</summary>{table_html(Table(columns, lines), "index-model", title)}</details>'
    return Html(f"<h3>{spans(title)}</h3><p>{spans(words)}</p>{table}")


def _shown(view: View) -> Ints:
    return view.order[:MOST_BODIES]


def _numbers(column: Any) -> Floats:
    """A column of a table as an array, NaN where it is empty."""
    if isinstance(column, np.ndarray):
        return column
    return np.asarray(column.cast("float64").to_numpy(zero_copy_only=False), dtype=np.float64)


_OUTCOMES = Text("各单位的样本与比率", "Cases and rates of each body")
_KINDS = {
    "loading": Text("载荷", "loading"),
    "path": Text("路径", "path"),
    "alpha": Text("信度 α", "alpha"),
}
_RATES = (
    ("应答率 RR2 %", "Response RR2 %"),
    ("应答率 RR4 %", "Response RR4 %"),
    ("应答率 RR6 %", "Response RR6 %"),
    ("合作率 %", "Cooperation %"),
    ("拒访率 %", "Refusal %"),
    ("接触率 %", "Contact %"),
)
