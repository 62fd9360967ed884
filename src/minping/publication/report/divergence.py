"""Divergence: bodies by what offices report and by what citizens say, and where the two differ beyond chance."""

from __future__ import annotations

import numpy as np

from minping.publication.charts.chart import Cell, Column, Heading, Table
from minping.publication.charts.interval_rows import END, PLOT, Axis, Row, interval_rows
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import fixed, span
from minping.publication.charts.scales import Scale, ticks
from minping.publication.report.citizens import MOST_RATED
from minping.publication.report.view import View
from minping.scoring.divergence import Divergence
from minping.words import Text


def divergence_chart(view: View) -> Html:
    """Both ranks of each body, those that differ most first; nothing where ranks may not be shown."""
    found = view.evaluation.divergence
    if found is None or not view.ranked:
        return Html("")
    gap = np.abs(found.official.rank - found.citizens.rank)
    keys = np.where(np.isnan(gap), np.inf, np.where(found.apart, -1e6, 0.0) - gap)
    order = np.argsort(keys, kind="stable")[: min(MOST_RATED, int(np.isfinite(gap).sum()))].tolist()
    both = int(np.isfinite(gap).sum())
    rows = [
        Row(
            view.names[at],
            float(found.citizens.rank[at]),
            float(found.citizens.low[at]),
            float(found.citizens.high[at]),
            f"{found.official.rank[at]:.0f} → {found.citizens.rank[at]:.0f}",
            1 if found.apart[at] else 2,
            float(found.official.rank[at]),
        )
        for at in order
    ]
    marks = [1.0, *(at for at in ticks(1, both) if 0.08 * both < at - 1 and at < 0.92 * both), float(both)]
    axis = Axis(Scale(1.0, float(both), PLOT + 1, END), [(at, f"{at:g}") for at in marks], _RANK)
    about = Text(
        "竖线为只按官方指标（没有“群众”标签的）的位次，圆点和横条为只按群众指标的位次及其 95 % 区间；右侧为官方位次 → 群众位次。"
        "位次不同本身不说明谁对谁错，官方数字没有给出误差时，区间只反映群众指标的误差。",
        "The stroke is the rank by official indicators alone (those without the tag citizen); the dot and the bar are the rank "
        "by citizens' indicators alone and its 95 % interval; on the right official → citizens' rank. A difference does not "
        "say who is right; where official figures come without errors, intervals know those of the citizens' figures only.",
    )
    heading = Heading(
        "divergence", Text("官方怎么看，群众怎么看", "As offices see it and as citizens do"), about, view.lang
    )
    chart = interval_rows(heading, rows, axis, _GROUPS, _table(view, found, order))
    return Html(f'<p class="lead">{spans(divergence_words(found))}</p>{chart.figure(level="h3")}')


def divergence_words(found: Divergence) -> Text:
    """How many bodies differ beyond chance, and how far the two orders agree."""
    both, apart = int(np.isfinite(found.official.rank).sum()), int(found.apart.sum())
    rho = fixed(found.spearman, 2)
    zh = f"只看官方指标与只看群众指标，{both} 个单位的排序相关为 {rho}（1 为一致，0 为无关）。"
    en = f"By official and by citizens' indicators alone, the order of {both} bodies agrees by {rho} (1 fully, 0 not at all). "
    if not apart:
        return Text(
            f"{zh}没有单位在两种排序中相差超过十分之一的位次而误差解释不了。",
            f"{en}No body lies more than a tenth of the places apart by more than errors explain.",
        )
    return Text(
        f"{zh}其中 {apart} 个单位相差超过十分之一的位次，且误差解释不了（错判比例预期不超过 5 %），需要查明原因。",
        f"{en}{apart} lie more than a tenth of the places apart by more than errors explain (of these at most 5 % by chance, "
        "in expectation): find out why.",
    )


def _table(view: View, found: Divergence, order: list[int]) -> Table:
    columns = [
        Column(Text("单位", "Body")),
        *(
            Column(words, True)
            for words in (
                Text("官方得分", "Official points"),
                Text("官方位次", "Official rank"),
                Text("群众得分", "Citizens' points"),
                Text("群众位次", "Citizens' rank"),
                Text("位次差", "Difference"),
            )
        ),
        Column(Text("超出误差", "Beyond chance")),
    ]
    lines: list[tuple[Cell, ...]] = [
        (
            view.names[at],
            fixed(float(found.official.points[at]), view.decimals),
            _rank(found.official.rank[at], found.official.low[at], found.official.high[at]),
            fixed(float(found.citizens.points[at]), view.decimals),
            _rank(found.citizens.rank[at], found.citizens.low[at], found.citizens.high[at]),
            span(f"{found.low[at]:.0f}", f"{found.high[at]:.0f}"),
            Text("是", "yes") if found.apart[at] else Text("否", "no"),
        )
        for at in order
    ]
    return Table(columns, lines)


def _rank(rank: float, low: float, high: float) -> str:
    return f"{rank:.0f} ({span(f'{low:.0f}', f'{high:.0f}')})"


_RANK = Text("位次（1 为最好）", "Rank (1 is best)")
_GROUPS = {1: Text("差别超出误差", "Differ beyond chance"), 2: Text("差别可能是误差", "May differ by chance")}
