"""Asked: what people ask for, by theme, month and body; which themes grow; and how far effort goes there.

Only what the bundle's tables hold is shown: counts in steps of k, ratios with two figures that count. Terms stand as
people wrote them.
"""

from __future__ import annotations

import numpy as np

from minping.indicators.alignment import shares
from minping.model.arrays import Floats
from minping.model.themes import Alignment, Themes
from minping.publication.charts.chart import Cell, Column, Heading, Table, table_html
from minping.publication.charts.count_bars import count_bars
from minping.publication.charts.heat_table import heat_table
from minping.publication.charts.interval_rows import END, PLOT, Axis, Row, interval_rows
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import NOTHING, fixed, percent, signed, span
from minping.publication.charts.scales import Scale
from minping.publication.charts.small_multiples import small_multiples
from minping.publication.report.view import View
from minping.publication.theme_tables import (
    BETWEEN,
    coarse,
    fast_growing,
    grows,
    least_shown,
    shown_categories,
)
from minping.words import Text, both

MOST_BODIES = 60  #: in a chart; the tables of the bundle hold all
MOST_COLUMNS = 10  #: themes in the table by body
LEAST_GAP = 0.05  #: of the shares, for a word about it
FEWEST_MONTHS = 3  #: with a figure, for a line
SHORT = 2  #: terms of a name where there is little room
MEASURES = {
    "spending_cny": Text("支出", "spending"),
    "hours": Text("工时", "working hours"),
    "tasks": Text("任务", "tasks"),
}
NO_THEME = Text("不属于任何主题", "of no theme")


def asked_section(view: View) -> Html:
    """Everything about what people ask for; empty without requests."""
    themes, alignment = view.evaluation.themes, view.evaluation.alignment
    parts = []
    if themes is not None:
        parts += [_lead(view, themes), _bars(view, themes), _months(view, themes), _bodies(view, themes)]
    if alignment is not None:
        parts += [_together(view, alignment), *(_apart(view, alignment, measure) for measure in alignment.apart)]
    return Html("".join(parts))


def growth_words(themes: Themes, k: int) -> Text:
    """Which themes grow beyond the usual ups and downs."""
    growth = themes.growth
    if not growth.after or np.isnan(growth.p).all():
        return Text(
            "月份太少，还看不出平常的起伏，不判断增长。",
            "Too few months to tell the usual ups and downs; growth is not judged.",
        )
    told = grows(themes, k)
    rows = np.flatnonzero(fast_growing(themes) & np.isfinite(told["q"]))
    if not rows.size:
        return Text(
            f"{growth.after} 没有主题的增长超出平常的起伏。",
            f"In {growth.after} no theme grows beyond the usual ups and downs.",
        )
    zh, en = [], []
    for at in rows.tolist():
        name, ratio = BETWEEN.join(themes.terms[at]), told["growth"][at]
        interval = span(f"{told['growth_lo'][at]:g}", f"{told['growth_hi'][at]:g}")
        known = np.isfinite(ratio)
        zh.append(f"“{name}”" + (f"是此前的 {ratio:g} 倍（{interval}）" if known else "是新出现的"))
        en.append(f"“{name}” " + (f"{ratio:g} times as before ({interval})" if known else "is new"))
    before = span(growth.before[0], growth.before[-1])
    return Text(
        f"与 {before} 相比，{growth.after} 日均件数增长超出平常起伏的主题：{'；'.join(zh)}。",
        f"Beyond the usual ups and downs, requests a day of {growth.after} against {before}: {'; '.join(en)}.",
    )


def _lead(view: View, themes: Themes) -> str:
    return f'<p class="lead">{spans(growth_words(themes, least_shown(view.evaluation)))}</p>'


def _bars(view: View, themes: Themes) -> str:
    k = least_shown(view.evaluation)
    counts = coarse(themes.by_month.sum(axis=1), k)
    told, fast = grows(themes, k), fast_growing(themes)
    names = [both(BETWEEN.join(words)) for words in themes.terms] + [NO_THEME]
    said = [_count(count, k) for count in counts.tolist()]
    shown = [
        f"{words} · ×{told['growth'][at]:g}"
        if at < len(fast) and fast[at] and np.isfinite(told["growth"][at])
        else words
        for at, words in enumerate(said)
    ]
    marked = [*(fast & np.isfinite(told["q"])).tolist(), False]
    lines: list[tuple[Cell, ...]] = [
        (name, words, *(_ratio(told, at) if at < len(fast) else (NOTHING, NOTHING)), _YES if is_fast else both(""))
        for at, (name, words, is_fast) in enumerate(zip(names, said, marked, strict=True))
    ]
    columns = [
        Column(Text("主题", "Theme")),
        Column(Text("件数", "Requests"), True),
        Column(Text("增长（倍）", "Growth (times)"), True),
        Column(Text("95% 区间", "95% interval"), True),
        Column(Text("超出平常起伏", "Beyond the usual")),
    ]
    about = Text(
        f"主题由至少 {k} 处、{k} 件诉求共用的词归并而成，以最有代表性的词命名；不含人名、地名、号码。件数按 {k} 的倍数给出，不足 {k} 件不公布。",
        f"Themes come from words that at least {k} requests from {k} places share, and are named by the most telling ones, as "
        f"people wrote them; no names, places or numbers. Counts are given in steps of {k}, none below {k}.",
    )
    heading = Heading("themes", Text("诉求主题", "Themes of the requests"), about, view.lang)
    return count_bars(heading, names, counts, shown, marked, Table(columns, lines)).figure(level="h3")


def _months(view: View, themes: Themes) -> str:
    k = least_shown(view.evaluation)
    counts = coarse(themes.by_month[:-1], k)
    rows = np.flatnonzero(np.isfinite(counts).sum(axis=1) >= FEWEST_MONTHS)
    if not rows.size:
        return ""
    about = Text(
        f"每月件数，按 {k} 的倍数；断开处不足 {k} 件，几乎每月不足 {k} 件的主题不画。首月或末月可能不满一月。",
        f"Requests a month in steps of {k}; a gap is fewer than {k}, and themes with fewer in nearly every month are left "
        "out. The first or last month may be incomplete.",
    )
    heading = Heading("themes-months", Text("各主题逐月件数", "Themes month by month"), about, view.lang)
    names = [both(BETWEEN.join(themes.terms[at])) for at in rows.tolist()]
    return small_multiples(heading, names, themes.months, counts[rows], decimals=0).figure(level="h3")


def _bodies(view: View, themes: Themes) -> str:
    k = least_shown(view.evaluation)
    counts = coarse(themes.by_body[:-1], k).T
    columns = np.argsort(-themes.by_body[:-1].sum(axis=1), kind="stable")[:MOST_COLUMNS]
    rows = [at for at in view.order.tolist() if np.isfinite(counts[at][columns]).any()][:MOST_BODIES]
    if not rows:
        return ""
    linked = view.linked()
    about = Text(f"件数按 {k} 的倍数；— 为不足 {k} 件。", f"Requests in steps of {k}; — is fewer than {k}.")
    heading = Heading("themes-bodies", Text("各单位收到的诉求", "What each body is asked for"), about, view.lang)
    titles = [both(BETWEEN.join(themes.terms[at][:SHORT])) for at in columns.tolist()]
    table = heat_table(heading, [linked[at] for at in rows], titles, counts[np.ix_(rows, columns)], decimals=0)
    return f"<h3>{spans(heading.title)}</h3>{table}"


def _together(view: View, alignment: Alignment) -> str:
    """All bodies together: shares of requests and of each kind of effort by category."""
    k = least_shown(view.evaluation)
    kept = np.flatnonzero(shown_categories(alignment, k))
    asked = alignment.asked.sum(axis=0, keepdims=True)
    mine = coarse(asked, k)[0] / max(asked.sum(), 1.0)
    done = {name: shares(effort.sum(axis=0, keepdims=True))[0] for name, effort in alignment.done.items()}
    first = next(iter(done))
    order = kept[np.argsort(-np.nan_to_num(mine[kept] - done[first][kept], nan=-1.0), kind="stable")]
    columns = [Column(Text("类别", "Category")), Column(Text("诉求占比", "Share of requests"), True)]
    columns += [
        Column(Text(f"{words.zh}占比", f"Share of {words.en}"), True) for words in (MEASURES[name] for name in done)
    ]
    columns.append(
        Column(Text(f"诉求减{MEASURES[first].zh}（百分点）", f"Requests less {MEASURES[first].en} (points)"), True)
    )
    lines: list[tuple[Cell, ...]] = [
        (
            both(alignment.categories[at]),
            percent(float(mine[at])),
            *(percent(float(share[at])) for share in done.values()),
            signed(100 * float(mine[at] - done[first][at]), 1),
        )
        for at in order.tolist()
    ]
    title = Text("问的是什么，做的是什么", "What is asked for, what is done")
    about = Text(
        "全部单位合计。上面的问得多、投入少，下面的投入多、问得少。这是问题，不是结论：事情的轻重缓急和花费各不相同，有的事不必等人来问。",
        "All bodies together. At the top much is asked for and little done, at the bottom the other way round. This is a "
        "question and no verdict: matters differ in urgency and cost, and some need nobody to ask.",
    )
    return f'<h3>{spans(title)}</h3><p class="about">{spans(about)}</p>{table_html(Table(columns, lines), "asked-done", title)}'


def _apart(view: View, alignment: Alignment, measure: str) -> str:
    """How far each body's requests and effort lie apart, furthest first."""
    found, words = alignment.apart[measure], MEASURES[measure]
    k = least_shown(view.evaluation)
    few = alignment.asked.sum(axis=1) < k
    known = np.flatnonzero(~np.isnan(found.estimate) & ~few)
    order = known[np.argsort(-found.low[known], kind="stable")][:MOST_BODIES]
    if not order.size:
        return ""
    figures = {name: 100 * getattr(found, name) for name in ("estimate", "low", "high", "by_chance")}
    rows = [
        Row(
            view.names[at],
            figures["estimate"][at],
            figures["low"][at],
            figures["high"][at],
            f"{figures['estimate'][at]:.0f}%",
        )
        for at in order.tolist()
    ]
    top = min(100.0, 10 * np.ceil(np.nanmax(figures["high"][order]) / 10 + 1e-9))
    marks = [(float(at), f"{at:g}") for at in np.arange(0, top + 1, 20 if top > 50 else 10)]
    title = Text(f"各单位：诉求与{words.zh}相差多少", f"Requests and {words.en} of each body: how far apart")
    axis = Axis(Scale(0.0, top, PLOT + 1, END), marks, Text("须挪动的比例，%", "share that would have to move, %"))
    about = Text(
        f"要使{words.zh}的分布与诉求一致，须有多大比例换个地方；横条为 95% 区间，已扣除件数少带来的偏差。件数少时即使完全一致也会显出差距，见数据表。",
        f"How much of the {words.en} would have to go elsewhere to match what people ask for; bars are 95% intervals, what few "
        "requests add is taken off. With few requests some distance shows even where both agree: see the table.",
    )
    heading = Heading(f"apart-{measure.split('_', maxsplit=1)[0]}", title, about, view.lang)
    return interval_rows(heading, rows, axis, {}, _apart_table(view, alignment, measure, order.tolist())).figure(
        level="h3"
    )


def _apart_table(view: View, alignment: Alignment, measure: str, order: list[int]) -> Table:
    k = least_shown(view.evaluation)
    found = alignment.apart[measure]
    asked = coarse(alignment.asked, k) / alignment.asked.sum(axis=1, keepdims=True).clip(1)
    more = asked - shares(alignment.done[measure])
    less = np.where(np.isnan(asked), -k / alignment.asked.sum(axis=1, keepdims=True).clip(1), 0.0) + np.where(
        np.isnan(asked), shares(alignment.done[measure]), -more
    )
    columns = [
        Column(Text("单位", "Body")),
        Column(Text("相差", "Apart"), True),
        Column(Text("95% 区间", "95% interval"), True),
        Column(Text("仅因件数少", "By chance alone"), True),
        Column(Text("问得多、投入少（百分点）", "Asked for, little done (points)")),
        Column(Text("投入多、问得少（百分点）", "Done, little asked for (points)")),
    ]
    lines: list[tuple[Cell, ...]] = [
        (
            view.names[at],
            percent(float(found.estimate[at]), 0),
            span(percent(float(found.low[at]), 0), percent(float(found.high[at]), 0)),
            percent(float(found.by_chance[at]), 0),
            _most(alignment, more[at]),
            _most(alignment, less[at]),
        )
        for at in order
    ]
    return Table(columns, lines)


def _most(alignment: Alignment, gap: Floats) -> Cell:
    """The category with the largest gap, where it is worth a word."""
    if not (gap >= LEAST_GAP).any():
        return NOTHING
    at = int(np.nanargmax(gap))
    return both(f"{alignment.categories[at]} {signed(100 * float(gap[at]), 0)}")


def _ratio(told: dict[str, Floats], at: int) -> tuple[str, str]:
    ratio, low, high = (float(told[name][at]) for name in ("growth", "growth_lo", "growth_hi"))
    return (f"{ratio:g}", span(f"{low:g}", f"{high:g}")) if np.isfinite(ratio) else (NOTHING, NOTHING)


def _count(count: float, k: int) -> str:
    return fixed(count, 0) if np.isfinite(count) else f"< {k}"


_YES = Text("是", "yes")
