"""Funnel: of those who were served, how many were asked, rated, rated badly, and saw it put right."""

from __future__ import annotations

import math

from minping.model.arrays import Floats
from minping.publication.charts.chart import Cell, Column, Heading, Table
from minping.publication.charts.funnel_bars import Step, funnel_bars
from minping.publication.charts.markup import Html
from minping.publication.charts.numbers import percent
from minping.publication.citizen_tables import STEPS, funnel_counts
from minping.publication.report.citizens import MOST_RATED
from minping.publication.report.view import View
from minping.words import Text

#: step -> what it is called, and the step whose part it is
NAMES: dict[str, tuple[Text, str]] = {
    "issued": (Text("办结的事项", "Served"), ""),
    "offered": (Text("邀请评价", "Asked for a rating"), "issued"),
    "rated": (Text("作出评价", "Rated"), "offered"),
    "bad": (Text("其中差评", "Of these rated badly"), "rated"),
    "removed": (Text("被剔除的评价", "Ratings taken out"), "rated"),
    "due": (Text("整改期限已到的差评", "Bad ratings due to be put right"), ""),
    "in_time": (Text("按期整改", "Put right in time"), "due"),
}


def funnel_chart(view: View) -> Html:
    """All bodies together as bars, each body as a row of the table; nothing where nobody rated."""
    counts = funnel_counts(view.evaluation)
    if not len(counts) or not math.isfinite(counts[-1, STEPS.index("rated")]):
        return Html("")
    whole = dict(zip(STEPS, counts[-1].tolist(), strict=True))
    known = {name: whole[name] for name in NAMES if math.isfinite(whole[name])}
    top = max(known.values())
    steps = [
        Step(NAMES[name][0], number, whole["due"] if name in REMEDY else top, _said(name, whole))
        for name, number in known.items()
    ]
    about = Text(
        "全部单位合计。深色条为一段的开头，浅色条的长度为占开头的比例；括号内，邀评、评价为占上一步，差评、剔除为占评价，整改为占应整改的比例。"
        "逾期默认不是评价，不在其中；整改只计期限已到的差评，所以与差评数略有出入。",
        "All bodies together. A dark bar begins a part, and the others are as long as their share of it. In brackets: those "
        "asked and those who rated as a share of the step before, bad and removed ratings of all ratings, remedies of those "
        "due. Defaults are no ratings and not in it; bad ratings are due only when their deadline has come.",
    )
    heading = Heading(
        "funnel", Text("从办件到评价，从差评到整改", "From services to ratings, from blame to remedy"), about, view.lang
    )
    return funnel_bars(heading, steps, _table(view, counts)).figure(level="h3")


def _said(name: str, counts: dict[str, float]) -> Text:
    number = f"{counts[name]:,.0f}"
    before = NAMES[name][1]
    if not before or not math.isfinite(counts[before]) or counts[before] <= 0:
        return Text(number, number)
    share = percent(counts[name] / counts[before], 1)
    return Text(f"{number}（{share}）", f"{number} ({share})")


def _table(view: View, counts: Floats) -> Table:
    columns = [Column(Text("单位", "Body")), *(Column(NAMES[name][0], True) for name in NAMES)]
    rows: list[tuple[Cell, ...]] = []
    together = Text("合计", "All together")
    for at, name in [(len(counts) - 1, together), *((at, view.names[at]) for at in view.order[:MOST_RATED].tolist())]:
        told = dict(zip(STEPS, counts[at].tolist(), strict=True))
        rows.append((name, *(_said(step, told) if math.isfinite(told[step]) else HIDDEN for step in NAMES)))
    return Table(columns, rows)


HIDDEN = Text("—", "—")
REMEDY = ("due", "in_time")
