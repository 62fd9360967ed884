"""Courses: how the rates of requests went through the period, with their intervals."""

from __future__ import annotations

import math

from minping.publication.charts.chart import Cell, Column, Heading, Table
from minping.publication.charts.markup import Html
from minping.publication.charts.numbers import fixed, span
from minping.publication.charts.rate_panels import Panel, rate_panels
from minping.publication.citizen_tables import rates
from minping.publication.report.view import View
from minping.words import Text


def courses_chart(view: View) -> Html:
    """A panel for each rate, all bodies together; nothing where the scheme asks for no rate of requests."""
    import numpy as np

    found, told = view.evaluation.values.pictures.courses.get(view.evaluation.period), rates(view.evaluation)
    if found is None or not told:
        return Html("")
    titles = {part.id: part.title.text for part in view.evaluation.scheme.indicators}
    place = {key: at for at, key in enumerate(zip(told["indicator"], told["period"], told["body"], strict=True))}
    panels = []
    for rate in found.rates:
        rows = [place[rate, month, ""] for month in found.months]
        panels.append(Panel(titles[rate], np.column_stack([told[name][rows] for name in ("value", "low", "high")])))
    about = Text(
        "全部单位合计，按受理月份。点为当月的率（%），竖条为 95 % 区间：两个月的竖条大半重叠时，升降可能只是偶然。"
        "期末几个月的诉求有的还没到重复、重办的时候，解决率会偏高。各单位每季的数见成果包的 rates.csv。",
        "All bodies together, by month of opening. A dot is the month's rate (%), its bar the 95 % interval: where the bars of "
        "two months largely overlap, a change may be chance. Requests of the last months have had less time to come back, so "
        "the rate solved may flatter there. Quarters of each body are in the bundle's rates.csv.",
    )
    heading = Heading("courses", Text("诉求各率的逐月变化", "Rates of requests month by month"), about, view.lang)
    columns = [Column(Text("月份", "Month")), *(Column(panel.name, True) for panel in panels)]
    lines: list[tuple[Cell, ...]] = [
        (month, *(_said(panel.figures[at].tolist()) for panel in panels)) for at, month in enumerate(found.months)
    ]
    return rate_panels(heading, panels, found.months, Table(columns, lines)).figure(level="h3")


def _said(figures: list[float]) -> str:
    value, low, high = figures
    if not math.isfinite(value):
        return "—"
    return f"{fixed(value, 1)} ({span(fixed(low, 1), fixed(high, 1))})"
