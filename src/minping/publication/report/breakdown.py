"""Breakdown: what lies behind the ranks: scores, dimensions, grades, what the figures rest on, the map."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from minping.model.arrays import Ints
from minping.publication.charts.chart import Heading
from minping.publication.charts.choropleth import areas_of, tier_map
from minping.publication.charts.grade_bars import grade_bars
from minping.publication.charts.heat_table import heat_table
from minping.publication.charts.markup import Html
from minping.publication.charts.numbers import exact_percent
from minping.publication.charts.resting_bars import resting_bars
from minping.publication.charts.score_interval import score_intervals
from minping.publication.columns import state_words
from minping.publication.report.view import View
from minping.publication.standing import grade_titles
from minping.words import Text

MOST_CHARTED = 60  #: bodies in a chart; the tables of the bundle hold all
MOST_HEATED = 300  #: rows of the heat table
_SETTLED = 0.995  #: a grade of this probability needs no bar


def scores_chart(view: View) -> Html:
    """The scores with their intervals."""
    drawn, rows = view.evaluation.intervals, view.order[:MOST_CHARTED]
    if drawn is None:
        return Html("")
    about = Text(
        f"圆点为总分，横条为 {exact_percent(drawn.level)} 区间。横轴不从零开始。",
        f"Dots are scores, bars are {exact_percent(drawn.level)} intervals. The axis does not begin at zero.",
    )
    heading = Heading(
        "scores", Text("总分与区间", "Scores and intervals"), _cut(about, len(view.order), rows), view.lang
    )
    score = view.evaluation.scores.score[rows]
    names = [view.names[at] for at in rows]
    low, high = drawn.score_lo[rows], drawn.score_hi[rows]
    return score_intervals(heading, names, score, low, high, decimals=view.decimals).figure(level="h3")


def dimensions_table(view: View) -> Html:
    """Bodies × first level of the tree."""
    scores = view.evaluation.scores
    columns = [
        at for at, node in enumerate(scores.nodes) if node.depth == 1 and node.kind in ("dimension", "indicator")
    ]
    rows = view.order[:MOST_HEATED]
    if not columns or not len(rows):
        return Html("")
    about = Text("颜色只重复数字：越深得分越高。", "The tint only repeats the number: the darker, the more points.")
    about = _cut(about, len(view.order), rows)
    heading = Heading("dimensions", Text("各维度得分", "Points by dimension"), about, view.lang)
    titles = [Text(scores.nodes[at].title_zh, scores.nodes[at].title_en) for at in columns]
    linked = view.linked()
    points = scores.points[rows[:, np.newaxis], np.array(columns)]
    return heat_table(heading, [linked[at] for at in rows.tolist()], titles, points, decimals=view.decimals)


def grades_chart(view: View) -> Html:
    """The bodies whose grade the data leave open."""
    drawn, titles = view.evaluation.intervals, list(grade_titles(view.evaluation).values())
    if drawn is None or not titles or not drawn.grade_probability.size:
        return Html("")
    chance = drawn.grade_probability
    open_rows = [at for at in view.order if 0 < chance[at].max() < _SETTLED]
    rows = np.array(open_rows[:MOST_CHARTED], dtype=np.int64)
    if not len(rows):
        return Html("")
    about = Text(
        f"{len(open_rows)} 个单位的等次未完全确定；其余单位在所有抽样中等次不变。每一段为抽样中得到该等次的比例。",
        f"{len(open_rows)} bodies whose grade is not settled; the others keep theirs in all draws. "
        "Each part is the share of the draws that give the grade.",
    )
    about = _cut(about, len(open_rows), rows)
    heading = Heading("grades", Text("各等次的概率", "Probability of each grade"), about, view.lang)
    return grade_bars(heading, [view.names[at] for at in rows], titles, chance[rows]).figure(level="h3")


def resting_chart(view: View) -> Html:
    """The bodies whose score rests on anything but this period's own observations."""
    resting = {name: share for name, share in view.evaluation.scores.resting_on.items() if name != "observed"}
    resting = {name: share for name, share in resting.items() if np.nan_to_num(share).max(initial=0.0) > 0}
    if not resting:
        return Html("")
    share = np.nan_to_num(np.column_stack(list(resting.values())))
    order = np.argsort(-share.sum(axis=1), kind="stable")
    touched = order[share.sum(axis=1)[order] > 0]
    rows = touched[:MOST_CHARTED]
    about = Text(
        f"{len(touched)} 个单位的部分权重不是落在本期实测、未触界的数字上。一个数字可以同时属于两种状态。",
        f"{len(touched)} bodies have part of their weight on figures that are not this period's own, uncapped "
        "observations. A figure may be in two states.",
    )
    about = _cut(about, len(touched), rows)
    heading = Heading("resting", Text("数字依据什么", "What the figures rest on"), about, view.lang)
    states = [state_words(name) for name in resting]
    return resting_bars(heading, [view.names[at] for at in rows], states, share[rows]).figure(level="h3")


def map_chart(view: View, geojson: Mapping[str, object] | None) -> Html:
    """The tiers on a map, where shapes are given."""
    drawn, areas = view.evaluation.intervals, areas_of(geojson)
    bodies = view.evaluation.scores.bodies
    if drawn is None or not view.tiered or not areas.keys() & set(bodies):
        return Html("")
    without = sum(body not in areas for body in bodies)
    about = Text("数字为组号；颜色越深，组越靠前。", "Figures are tiers; the darker, the higher the tier.")
    if without:
        about = Text(f"{about.zh}{without} 个单位没有边界数据。", f"{about.en} {without} bodies have no shape.")
    heading = Heading("map", Text("各组分布", "Where the tiers are"), about, view.lang)
    return tier_map(heading, bodies, view.names, drawn.tier, areas).figure(level="h3")


def _cut(about: Text, whole: int, rows: Ints) -> Text:
    """Say that not all are shown, where not all are."""
    if len(rows) == whole:
        return about
    return Text(
        f"{about.zh}此处只列 {whole} 个中的 {len(rows)} 个，其余见成果包中的表。",
        f"{about.en} Shown here: {len(rows)} of {whole}; the tables of the bundle hold the rest.",
    )
