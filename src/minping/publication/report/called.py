"""Those who did not rate, called back: raters, the silent and all who were served, side by side with intervals."""

from __future__ import annotations

import numpy as np

from minping.publication.charts.chart import Cell, Column, Heading, Table
from minping.publication.charts.interval_rows import END, PLOT, Axis
from minping.publication.charts.interval_sets import Line, Set, interval_sets
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import fixed, signed, span
from minping.publication.charts.scales import Scale, around, ticks
from minping.publication.report.view import View
from minping.scoring.called import Called, Z, called_back
from minping.words import Text

MOST_SHOWN = 60  #: bodies in the chart and its table; the table `callbacks` of the bundle holds all
KINDS = (
    Text("评价者", "those who rated"),
    Text("未评价者（回访）", "those who did not (called back)"),
    Text("全部办事群众", "all who were served"),
)


def called_chart(view: View) -> Html:
    """Three figures for each body, and a sentence on the difference; nothing without call-backs."""
    found = called_back(view.evaluation)
    if found is None or np.isnan(found.figure).all():
        return Html("")
    rows = view.order[:MOST_SHOWN].tolist()
    sets = [Set(view.names[at], [_line(found, kind, at) for kind in range(3)]) for at in rows]
    ends = np.concatenate([found.low[:, rows].ravel(), found.high[:, rows].ravel()])
    within = around(ends[np.isfinite(ends)].tolist(), PLOT + 1, END)
    scale = Scale(max(within.low, 0.0), min(within.high, 100.0), within.start, within.end)
    marks = [(figure, f"{figure:g}") for figure in ticks(scale.low, scale.high)]
    unit = f" {found.unit}" if found.unit else ""
    about = Text(
        "从没有评价的办件中随机抽取，由独立机构回访；全部办事群众的数按两部分人的件数合并，计入抽样误差。横条为 95 % 区间。"
        "接通的人太少的单位不列。",
        "Drawn at random from the cases that were not rated, and called back by somebody independent. The figure of all "
        "puts both together by their numbers, with the error of the draw. Bars are 95 % intervals. Where too few were "
        "reached nothing is shown.",
    )
    heading = Heading(
        "called", Text("没有评价的人，回访怎么说", "Those who did not rate, called back"), about, view.lang
    )
    axis = Axis(scale, marks, Text(f"{found.title.zh}{unit}", f"{found.title.en}{unit}"))
    chart = interval_sets(heading, sets, KINDS, axis, _table(view, found, rows))
    return Html(f'<p class="lead">{spans(called_words(found))}</p>{chart.figure(level="h3")}')


def called_words(found: Called) -> Text:
    """How many were called and reached, and whether the silent think otherwise."""
    called, reached = int(found.called.sum()), int(found.reached.sum())
    share = f"{reached / called:.0%}" if called else "—"
    zh = f"回访 {called} 件，{reached} 件接通并回答（{share}）。"
    en = f"{called} cases were called back; {reached} answered ({share})."
    known = np.isfinite(found.gap) & (found.gap_se > 0)
    if not known.any():
        return Text(zh, en)
    apart = found.worse * found.gap[known] / found.gap_se[known]
    less, more, total = int((apart > Z).sum()), int((apart < -Z).sum()), int(known.sum())
    middle = signed(float(np.median(found.gap[known])), 1)
    zh += f"{total} 个单位中，{less} 个的未评价者明显更不满意，{more} 个明显更满意，其余分不出；评价者比未评价者，差的中位数 {middle}。"
    en += (
        f" Of {total} bodies, in {less} those who did not rate are clearly less content, in {more} more so; for the rest it "
        f"can't be told. Raters less the others: median {middle}."
    )
    return Text(zh, en)


def _line(found: Called, kind: int, at: int) -> Line:
    figure, low, high = (float(part[kind, at]) for part in (found.figure, found.low, found.high))
    return Line(figure, low, high, fixed(figure, 1))


def _table(view: View, found: Called, rows: list[int]) -> Table:
    columns = [Column(Text("单位", "Body"))]
    for words in KINDS:
        columns += [Column(words, True), Column(Text("区间", "interval"), True)]
    columns += [
        Column(Text("相差", "difference"), True),
        Column(Text("未评 %", "not rated %"), True),
        Column(Text("回访/接通", "called/reached"), True),
    ]
    k = view.evaluation.scheme.publish.k or 1
    lines: list[tuple[Cell, ...]] = []
    for at in rows:
        cells: list[Cell] = [view.names[at]]
        for kind in range(3):
            line = _line(found, kind, at)
            cells += [line.said, span(fixed(line.low, 1), fixed(line.high, 1))]
        gap = (
            "—"
            if np.isnan(found.gap[at])
            else f"{signed(float(found.gap[at]), 1)} ± {fixed(Z * float(found.gap_se[at]), 1)}"
        )
        reached = f"{found.reached[at]:.0f}" if found.reached[at] >= k or not found.reached[at] else f"<{k}"
        cells += [gap, fixed(float(found.silent[at]), 1), f"{found.called[at]:.0f}/{reached}"]
        lines.append(tuple(cells))
    return Table(tuple(columns), lines)
