"""A plan of interviews on the terminal: what was asked for, the bodies, the power table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from minping.words import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

    from minping.indicators.sample_plan import PowerTable, SamplePlan

MOST_SHOWN = 60  #: bodies on the terminal; --csv and --json give all
_HEADS = (
    Text("单位", "body"),
    Text("人数", "people"),
    Text("访问", "interviews"),
    Text("邀请", "invitations"),
    Text("群", "clusters"),
    Text("正负（分）", "± points"),
)


def show(
    out: Console,
    plan: SamplePlan,
    table: PowerTable,
    rows: Sequence[tuple[str, str, float, float, float, float, float]],
    lang: Lang,
) -> None:
    """Print a plan."""
    from rich.table import Table

    out.print(asked_for(plan).say(lang), style="bold")
    has_clusters = plan.wish.cluster_size > 1
    heads = [head for head in _HEADS if has_clusters or head is not _HEADS[4]]
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for at, head in enumerate(heads):
        shown.add_column(head.say(lang), justify="left" if at == 0 else "right")
    for _, name, people, interviews, invitations, clusters, margin in rows[:MOST_SHOWN]:
        figures = [people, interviews, invitations, *([clusters] if has_clusters else [])]
        shown.add_row(name, *map(_count, figures), f"{margin:.1f}")
    sums = [plan.interviews.sum(), plan.invitations.sum(), *([plan.clusters.sum()] if has_clusters else [])]
    people = float(plan.population.sum())
    whole = "—" if math.isnan(plan.whole_margin) else f"{plan.whole_margin:.1f}"
    shown.add_row(Text("合计", "total").say(lang), _count(people), *map(_count, sums), whole, style="bold")
    out.print(shown)
    for words in remarks(plan, len(rows)):
        out.print(words.say(lang))
    _show_power(out, table, lang)


def asked_for(plan: SamplePlan) -> Text:
    """What the plan is for, in one line."""
    wish = plan.wish
    level = f"{wish.level:.3g}" if plan.level == wish.level else f"{wish.level:.3g}→{plan.level:.4g}"
    what = (
        Text(f"预期比例 {wish.share:.0%}", f"expected share {wish.share:.0%}")
        if wish.share is not None
        else Text(f"标准差 {wish.sd:g} 分", f"standard deviation {wish.sd:g} points")
    )
    if wish.margin is not None:
        aim = Text(f"正负 {wish.margin:g} 分", f"± {wish.margin:g} points")
    else:
        aim = Text(
            f"分清相差 {wish.difference:g} 分的两个单位，把握 {wish.power:.0%}",
            f"to tell two bodies {wish.difference:g} points apart with a chance of {wish.power:.0%}",
        )
    deff = f"{wish.effect:.3g}"
    return Text(
        f"{aim.zh}；置信水平 {level}，{what.zh}，设计效应 {deff}",
        f"{aim.en}; confidence {level}, {what.en}, design effect {deff}",
    )


def remarks(plan: SamplePlan, bodies: int) -> list[Text]:
    """What must be said beside the figures."""
    found: list[Text] = []
    if bodies > MOST_SHOWN:
        found.append(Text(f"只列前 {MOST_SHOWN} 个；全部见 --csv", f"the first {MOST_SHOWN}; all of them with --csv"))
    if plan.cost is not None:
        found.append(Text(f"费用 {plan.cost:,.0f}", f"cost {plan.cost:,.0f}"))
    if count := int(plan.too_few.sum()):
        found.append(
            Text(
                f"{count} 个单位要邀请的人多于全部人数：提高应答率，或放宽误差",
                f"{count} bodies have fewer people than must be invited: raise the response, or ask for less",
            )
        )
    if plan.wish.response == 1:
        found.append(
            Text(
                "没有给应答率（--response）：邀请数按全部应答算；电话调查常见 5%–10%",
                "no response rate given (--response): everybody is taken to answer; telephone surveys get 5–10 %",
            )
        )
    if bool(plan.population.size) and math.isinf(float(plan.population.max())):
        found.append(Text("没有人数的单位按人很多算", "bodies without a number of people are taken as large"))
    return found


def _show_power(out: Console, table: PowerTable, lang: Lang) -> None:
    from rich.table import Table

    title = Text(
        "每个单位访问这么多人，分清这样的差距有几成把握",
        "The chance to tell such a difference, by interviews in each body",
    )
    out.print(f"\n{title.say(lang)}", style="bold")
    shown = Table(box=None, pad_edge=False, header_style="bold")
    points = [f"{difference:g} {Text('分', 'points').say(lang)}" for difference in table.differences.tolist()]
    told = not bool(all(math.isnan(one) for one in table.tail.tolist()))
    heads = [Text("访问", "interviews").say(lang), Text("正负", "±").say(lang), *points]
    heads += (
        [Text("可靠性", "reliability").say(lang), Text("末位十分之一属实", "bottom tenth true").say(lang)]
        if told
        else []
    )
    for head in heads:
        shown.add_column(head, justify="right")
    for at, size in enumerate(table.sizes.tolist()):
        cells = [_count(size), f"{table.margin[at]:.1f}", *(f"{power:.0%}" for power in table.power[at].tolist())]
        cells += [f"{table.reliability[at]:.2f}", f"{table.tail[at]:.0%}"] if told else []
        shown.add_row(*cells)
    out.print(shown)


def _count(number: float) -> str:
    return "—" if math.isinf(number) else f"{number:,.0f}"
