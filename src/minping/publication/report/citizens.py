"""Citizens: how far the figures beside the score, first of all what citizens say, agree with it."""

from __future__ import annotations

import math

import numpy as np

from minping.publication.charts.chart import Heading
from minping.publication.charts.grade_bars import grade_bars
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import fixed
from minping.publication.charts.scatter import Beside, scatter
from minping.publication.extra_tables import Agreement, agreements
from minping.publication.report.view import View
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
    rows = view.order[:MOST_RATED]
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
