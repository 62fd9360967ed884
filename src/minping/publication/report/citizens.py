"""Citizens: how far the figures beside the score, first of all what citizens say, agree with it."""

from __future__ import annotations

import math

import numpy as np

from minping.model.arrays import Ints
from minping.publication.charts.chart import Cell, Column, Heading, Table
from minping.publication.charts.grade_bars import grade_bars
from minping.publication.charts.interval_rows import END, PLOT, Axis, Row, interval_rows
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import fixed, span
from minping.publication.charts.scales import Scale
from minping.publication.charts.scatter import Beside, scatter
from minping.publication.extra_tables import Agreement, agreements
from minping.publication.report.view import View
from minping.scoring.silence import Silence, silence
from minping.words import Text

MOST_SHOWN = 4  #: companions that get a chart


def companion_charts(view: View) -> list[Html]:
    """A chart per companion with a sentence before it, those through which citizens speak first."""
    found = sorted(agreements(view.evaluation), key=lambda one: not one.citizen)
    return [_chart(view, one) for one in found[:MOST_SHOWN]]


def _chart(view: View, found: Agreement) -> Html:
    scores = view.evaluation.scores
    at = scores.column(found.node)
    beside = Beside(
        found.title, scores.nodes[at].unit, scores.points[:, at], found.spearman, found.direction == "lower"
    )
    title = Text(f"总分与{found.title.zh}", f"The score and {found.title.en}")
    about = Text("虚线为各自的中位数。", "Dashed lines are medians.")
    if view.ranked:
        about = Text(f"{about.zh}位次相差最大的单位最先标名。", f"{about.en} Names of the bodies furthest apart first.")
    heading = Heading(f"with-{found.node}", title, about, view.lang)
    chart = scatter(heading, view.names, scores.score, beside, ranked=view.ranked, decimals=view.decimals)
    return Html(f'<p class="lead">{spans(agreement_words(found))}</p>{chart.figure(level="h3")}')


def ratings_chart(view: View) -> Html:
    """How many of the ratings of each body are of which level; bodies in the order in which they are shown."""
    table = view.evaluation.table("ratings")
    if not table.num_rows:
        return Html("")
    counts = np.array([table.column(f"level_{level}").to_numpy(zero_copy_only=False) for level in range(5, 0, -1)]).T
    rows = _shown(view)
    counts = counts[rows].astype(np.float64)
    heard, at = view.evaluation.values.heard, view.evaluation.values.at(view.evaluation.period)
    whole = counts.sum(axis=1, keepdims=True) if heard is None else heard[at][rows, :5].sum(axis=1, keepdims=True)
    whole = np.where(np.isnan(counts).all(axis=1, keepdims=True), 0.0, whole)  # a body of too few: nothing of it
    rest = whole - np.nansum(counts, axis=1, keepdims=True)
    counts = np.hstack([np.nan_to_num(counts), rest])
    share = np.divide(counts, whole, out=np.full(counts.shape, np.nan), where=whole > 0)
    about = Text(
        "只计实际评价；逾期默认不是评价，被剔除的也在内。人数少、可能认出个人的等级并在一起，不单列。",
        "Ratings only: defaults are none, removed ones are in. Levels so small that somebody could be made out stand together.",
    )
    heading = Heading("ratings", Text("好差评各等级的比例", "Share of each level of rating"), about, view.lang)
    return grade_bars(heading, [view.names[at] for at in rows], LEVELS, share, rest=True).figure(level="h3")


def silence_chart(view: View) -> Html:
    """What the share satisfied can be for each body, whatever those who did not rate think."""
    found = silence(view.evaluation)
    if found is None or np.isnan(found.low).all():
        return Html("")
    rows = [
        Row(
            view.names[at],
            float(found.share[at]),
            float(found.low[at]),
            float(found.high[at]),
            _percent(found.share[at]),
        )
        for at in _shown(view)
    ]
    axis = Axis(Scale(0.0, 100.0, PLOT + 1, END), [(at, f"{at:g}") for at in range(0, 101, 20)], _SATISFIED)
    about = Text(
        "点为评价者中的好评率；横条为全部办事群众的好评率可能的范围：左端是没有评价的都不满意，右端是都满意。"
        "横条越长，参评的人越少，能确定的越少。",
        "The dot is the share satisfied among those who rated. The bar is where the share of all who were served may "
        "lie: its left end if all the silent were dissatisfied, its right end if all were satisfied. The longer the "
        "bar, the fewer rated, and the less is sure.",
    )
    heading = Heading("silence", Text("没有评价的人也算上", "With those who did not rate"), about, view.lang)
    chart = interval_rows(heading, rows, axis, {}, _silence_table(view, found))
    return Html(f'<p class="lead">{spans(silence_words(found))}</p>{chart.figure(level="h3")}')


def silence_words(found: Silence) -> Text:
    """How many bodies' ratings bear their own conclusion."""
    known = ~np.isnan(found.low)
    total, half = int(known.sum()), int((found.response[known] < 50).sum())
    zh = f"{total} 个单位中，{half} 个的参评率不到一半。"
    en = f"Of {total} bodies, {half} have ratings of less than half of those served."
    if np.isnan(found.least):
        return Text(zh, en)
    sure, least = int((found.low[known] > found.least).sum()), fixed(found.least, 0)
    return Text(
        f"{zh}即使没有评价的人全都不满意，仍有 {sure} 个单位的好评率高于 {least} %（得分下限）；其余单位的结论取决于沉默者。",
        f"{en} Were all the silent dissatisfied, {sure} would still lie above {least} % (where points begin); "
        "for the others the conclusion hangs on the silent.",
    )


def _silence_table(view: View, found: Silence) -> Table:
    columns = [
        Column(Text("单位", "Body")),
        Column(Text("好评率 %", "Satisfied %"), True),
        Column(Text("参评率 %", "Rated %"), True),
        Column(Text("可能范围 %", "May be %"), True),
        Column(Text("沉默者须低多少个百分点", "Silent must be lower by"), True),
    ]
    lines: list[tuple[Cell, ...]] = []
    for at in _shown(view):
        bounds = span(fixed(float(found.low[at]), 1), fixed(float(found.high[at]), 1))
        gap = _percent(found.gap[at]) if found.attainable[at] == 1 else _BEYOND if found.attainable[at] == 0 else "—"
        lines.append((view.names[at], _percent(found.share[at]), _percent(found.response[at]), bounds, gap))
    if view.ranked:
        columns.append(Column(Text("界内位次", "Rank within the bounds"), True))
        ranks = [span(str(found.best[at]), str(found.worst[at])) if found.best[at] else "—" for at in _shown(view)]
        lines = [(*line, rank) for line, rank in zip(lines, ranks, strict=True)]
    return Table(tuple(columns), lines)


def _shown(view: View) -> Ints:
    return view.order[:MOST_RATED]


def _percent(figure: float) -> str:
    return fixed(float(figure), 1)


def agreement_words(found: Agreement) -> Text:
    """What the correlation says, in a sentence without blame.

    >>> agreement_words(Agreement("s", Text("满意度", "satisfaction"), "higher", 0.17, 31, True)).en[:52]
    'satisfaction and the score hardly agree in their ord'
    """
    if math.isnan(found.spearman):
        return Text(
            f"{found.title.zh}与总分同时有数的单位太少，看不出是否一致。",
            f"Too few bodies have both {found.title.en} and a score to say whether they agree.",
        )
    zh, en = next(words for least, words in _DEGREES if found.spearman >= least)
    rho = fixed(found.spearman, 2)
    return Text(
        f"{found.title.zh}与总分的排序{zh}：斯皮尔曼等级相关为 {rho}（{found.bodies} 个单位；1 为完全一致，0 为无关，"
        "−1 为相反）。二者为何不同，需要解释，不说明任何一方有错。",
        f"{found.title.en} and the score {en} in their order: Spearman's rank correlation is {rho} "
        f"({found.bodies} bodies; 1 is full agreement, 0 none, −1 the reverse). Why they differ needs an explanation; "
        "it does not mean that either is wrong.",
    )


_SATISFIED = Text("好评率 %", "Share satisfied, %")
_BEYOND = Text("再低也不会", "cannot")
_DEGREES = (
    (0.7, ("大体一致", "largely agree")),
    (0.3, ("部分一致", "agree in part")),
    (-0.3, ("几乎看不出一致", "hardly agree")),
    (-2.0, ("大体相反", "largely disagree")),
)
LEVELS = (
    Text("非常满意", "very satisfied"),
    Text("满意", "satisfied"),
    Text("基本满意", "fairly satisfied"),
    Text("不满意", "dissatisfied"),
    Text("非常不满意", "very dissatisfied"),
    Text("人数少，不单列", "too few to tell apart"),
)
MOST_RATED = 60  #: bodies in the chart; the table `ratings` of the bundle holds all
