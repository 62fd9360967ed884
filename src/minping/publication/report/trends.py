"""Trends: the scores of every period, as small lines."""

from __future__ import annotations

import numpy as np

from minping.publication.charts.chart import Heading
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.small_multiples import small_multiples
from minping.publication.report.view import View
from minping.words import Text


def trend_charts(view: View) -> Html:
    """Scores of the bodies shown in detail, and the median points of every dimension, over the periods."""
    history = view.evaluation.history
    periods = sorted(history)
    if len(periods) < 2:
        words = Text("只有一个考核期有数据，没有趋势可言。", "Only one period has figures; there is no trend to show.")
        return Html(f"<p>{spans(words)}</p>")
    rows = view.detailed
    scores = np.column_stack([history[period].score[rows] for period in periods])
    about = Text(
        "历年总分按同一方案、各期自己的数据计算；断开处为没有总分的考核期。单看一期升降，可能在区间之内。",
        "Scores of every period by the same scheme from the period's own figures; a gap is a period without a score. "
        "A change within the interval may be none.",
    )
    heading = Heading("trends", Text("各单位历年总分", "Scores over time"), about, view.lang)
    names = [view.names[at] for at in rows]
    chart = small_multiples(heading, names, periods, scores, decimals=view.decimals).figure(level="h3")
    return Html(chart + _dimensions(view, periods))


def _dimensions(view: View, periods: list[str]) -> str:
    found = view.evaluation.scores
    columns = [at for at, node in enumerate(found.nodes) if node.depth == 1 and node.kind in ("dimension", "indicator")]
    if not columns:
        return ""
    medians = np.array(
        [[_median(view.evaluation.history[period].points[:, at]) for period in periods] for at in columns]
    )
    about = Text("全部单位得分的中位数。", "Median points of all bodies.")
    heading = Heading("trends-dimensions", Text("各维度历年得分", "Dimensions over time"), about, view.lang)
    titles = [Text(found.nodes[at].title_zh, found.nodes[at].title_en) for at in columns]
    return small_multiples(heading, titles, periods, medians, decimals=view.decimals).figure(level="h3")


def _median(points: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    known = points[np.isfinite(points)]
    return float(np.median(known)) if len(known) else float("nan")
