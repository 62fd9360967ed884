"""Views of ratings: as ruled, as rated and calibrated to all cases served, side by side with their intervals."""

from __future__ import annotations

import numpy as np

from minping.model.arrays import Floats
from minping.publication.charts.chart import Cell, Column, Heading, Table
from minping.publication.charts.interval_rows import END, PLOT, Axis
from minping.publication.charts.interval_sets import Line, Set, interval_sets
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import fixed, signed, span
from minping.publication.charts.scales import Scale, around, ticks
from minping.publication.report.view import View
from minping.scoring.views import KINDS, Views, views
from minping.words import Text

MOST_SHOWN = 60  #: bodies in the chart and its table; the table `values` of the bundle holds all


def views_chart(view: View) -> Html:
    """Two or three figures for each body, and a sentence on how far they lie apart; nothing where there is one only."""
    found = views(view.evaluation)
    if found is None or np.isnan(found.figure).all():
        return Html("")
    rows = view.order[:MOST_SHOWN].tolist()
    sets = [Set(view.names[at], [_line(found, kind, at) for kind in range(len(found.kinds))]) for at in rows]
    shown = np.concatenate([found.low[:, rows].ravel(), found.high[:, rows].ravel()])
    within = around(shown.tolist(), PLOT + 1, END)
    scale = Scale(max(within.low, 0.0), min(within.high, 100.0), within.start, within.end)
    marks = [(figure, f"{figure:g}") for figure in ticks(scale.low, scale.high)]
    unit = f" {found.unit}" if found.unit else ""
    heading = Heading(
        "views", Text("同一批评价，几种口径", "The same ratings, counted in several ways"), _about(found), view.lang
    )
    axis = Axis(scale, marks, Text(f"{found.title.zh}{unit}", f"{found.title.en}{unit}"))
    chart = interval_sets(heading, sets, [KINDS[kind] for kind in found.kinds], axis, _table(view, found, rows))
    return Html(f'<p class="lead">{spans(views_words(found))}</p>{chart.figure(level="h3")}')


def views_words(found: Views) -> Text:
    """How far the views lie apart, in a sentence or two."""
    parts = []
    by_kind = dict(zip(found.kinds, found.figure, strict=True))
    rated = by_kind.get("as_rated")
    if rated is not None and "as_ruled" in by_kind:
        apart = by_kind["as_ruled"] - rated
        parts.append(_apart(apart, Text("按规定口径", "As ruled, the figure"), Text("实际评价", "as rated")))
    if rated is not None and "calibrated" in by_kind:
        apart = by_kind["calibrated"] - rated
        parts.append(_apart(apart, Text("校准之后", "Calibrated, it"), Text("实际评价", "as rated")))
        without = int((np.isnan(by_kind["calibrated"]) & ~np.isnan(rated)).sum())
        if without:
            parts.append(
                Text(
                    f"{without} 个单位不能校准。",
                    f"{without} {'body' if without == 1 else 'bodies'} can't be calibrated.",
                )
            )
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts if part.en))


def _apart(apart: Floats, one: Text, other: Text) -> Text:
    known = apart[~np.isnan(apart)]
    if not len(known):
        return Text("", "")
    middle, most = signed(float(np.median(known)), 1), fixed(float(np.abs(known).max()), 1)
    above = int((known > 0).sum())
    return Text(
        f"{one.zh}比{other.zh}高的有 {above} 个单位（共 {len(known)} 个），差的中位数 {middle}，最多相差 {most}。",
        f"{one.en} lies above that {other.en} for {above} of {len(known)} bodies; the median difference is {middle}, "
        f"the largest {most}.",
    )


def _about(found: Views) -> Text:
    zh = ["按规定口径：逾期默认计为基本满意，剔除的不计。" if "as_ruled" in found.kinds else ""]
    en = [
        "As ruled: silence past the deadline counts as level 3, removed ratings are out."
        if "as_ruled" in found.kinds
        else ""
    ]
    if "as_rated" in found.kinds:
        zh.append("实际评价：只计收到的评价，剔除的也在内。")
        en.append("As rated: the ratings that were given, removed ones among them.")
    if "calibrated" in found.kinds:
        zh.append(
            "校准：各渠道、各事项参评率不同，按全部办件的构成加权，使评价代表所有办事的人；没有评价的人若与同渠道、同事项的评价者看法不同，校准看不出来。"
        )
        en.append(
            "Calibrated: channels and services are rated unequally often, so ratings are weighed by the make-up of all "
            "cases served. Should the silent think otherwise than raters of the same channel and service, it can't tell."
        )
    return Text("".join(zh) + "横条为 95 % 区间。", " ".join(part for part in en if part) + " Bars are 95 % intervals.")


def _line(found: Views, kind: int, at: int) -> Line:
    figure, low, high = (float(part[kind, at]) for part in (found.figure, found.low, found.high))
    return Line(figure, low, high, fixed(figure, 1))


def _table(view: View, found: Views, rows: list[int]) -> Table:
    columns = [Column(Text("单位", "Body"))]
    for kind in found.kinds:
        words = KINDS[kind]
        columns += [Column(words, True), Column(Text(f"{words.zh}，区间", f"{words.en}, interval"), True)]
    lines: list[tuple[Cell, ...]] = []
    for at in rows:
        cells: list[Cell] = [view.names[at]]
        for line in (_line(found, which, at) for which in range(len(found.kinds))):
            cells += [line.said, span(fixed(line.low, 1), fixed(line.high, 1))]
        lines.append(tuple(cells))
    return Table(tuple(columns), lines)
