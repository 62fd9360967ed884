"""Tiers: which bodies the evidence can't tell apart, and how likely each stands above the next."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from minping.publication.charts.chart import Cell, Column, Table, table_html
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import exact_percent, percent
from minping.publication.report.view import View
from minping.words import Text

MOST_NAMED = 60  #: bodies named of a tier


def undecided_words(view: View) -> Text:
    """How much of an order the evidence gives, in one sentence; no words where nothing was drawn."""
    drawn = view.evaluation.intervals
    if drawn is None:
        return Text(
            "没有抽样，因此没有区间：现有结果不足以说明谁高谁低，本报告不列位次。",
            "Nothing was drawn, so there are no intervals: these results can't say who stands above whom, and no ranks "
            "are shown.",
        )
    apart = view.evaluation.scheme.uncertainty.tell_apart
    if not drawn.above.size:
        tiers = int(drawn.tier.max(initial=0))
        return Text(f"现有证据只能把各单位分为 {tiers} 组。", f"The evidence tells no more than {tiers} tiers apart.")
    upper = drawn.above[np.triu_indices(len(view.names), 1)]
    upper = upper[np.isfinite(upper)]
    open_pairs = int(((upper < apart) & (upper > 1 - apart)).sum())
    share = percent(open_pairs / len(upper) if len(upper) else float("nan"), 0)
    return Text(
        f"两两比较共 {len(upper)} 对，其中 {open_pairs} 对（{share}）分不出高下：没有一方在 {exact_percent(apart)} 以上的抽样中居前。",
        f"Of {len(upper)} pairs, {open_pairs} ({share}) can't be told apart: neither stands above the other in "
        f"{exact_percent(apart)} of the draws.",
    )


def tier_list(view: View) -> Html:
    """Every tier with the names of its bodies."""
    drawn = view.evaluation.intervals
    if drawn is None or not view.tiered:
        return Html("")
    linked = view.linked()
    members: dict[int, list[int]] = {}
    for at in view.order.tolist():
        members.setdefault(int(drawn.tier[at]), []).append(at)
    rows = []
    for tier, bodies in sorted(members.items(), key=lambda item: item[0] or 10**9):
        title = Text(f"第 {tier} 组", f"Tier {tier}") if tier else Text("没有总分", "No score")
        named = '<span class="sep">、</span>'.join(
            f'<span class="who">{linked[at]}</span>' for at in bodies[:MOST_NAMED]
        )
        more = len(bodies) - MOST_NAMED
        rest = spans(Text(f" 等另外 {more} 个", f" and {more} more")) if more > 0 else ""
        rows.append(f"<div><dt>{spans(title)} <small>{len(bodies)}</small></dt><dd>{named}{rest}</dd></div>")
    return Html(f'<dl class="tiers">{"".join(rows)}</dl>')


def neighbours_table(view: View) -> Html:
    """How likely each body stands above the next, where pairs were counted and ranks may be shown."""
    drawn = view.evaluation.intervals
    if drawn is None or not view.ranked or not drawn.above.size:
        return Html("")
    scored = [at for at in view.order.tolist() if view.evaluation.scores.scored[at]]
    rows: list[list[Cell]] = []
    for one, other in pairwise(scored):
        chance = float(drawn.above[one, other])
        rows.append([view.names[one], view.names[other], percent(chance, 0)])
    if not rows:
        return Html("")
    columns = [
        Column(Text("单位", "Body")),
        Column(Text("与其后一位", "and the next")),
        Column(Text("居前的概率", "Probability to stand above"), True),
    ]
    title = Text("相邻两个单位，前者居前的概率", "How likely each body stands above the next")
    table = table_html(Table(columns, rows), "neighbours", title)
    return Html(f'<details class="figures"><summary>{spans(title)}</summary>{table}</details>')
