"""Results: the chart of ranks with the table of results beneath, page by page where there are many bodies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minping.model.arrays import Ints
from minping.publication.charts.chart import Cell, Column, Heading, Table, table_html
from minping.publication.charts.markup import Html
from minping.publication.charts.numbers import chance, exact_percent, fixed, percent, span, whole
from minping.publication.charts.rank_interval import rank_intervals
from minping.publication.report.view import View
from minping.publication.standing import grade_in_words, grade_titles
from minping.words import Text

PAGE = 50  #: bodies per chart


class Page(NamedTuple):
    """A part of the ranking; the first stands open."""

    title: Text
    content: Html


def ranking(view: View) -> list[Page]:
    """The chart of ranks and the table of results, fifty bodies at a time."""
    pages = []
    linked, grades = view.linked(), _grades(view)
    for start in range(0, len(view.order), PAGE):
        rows = view.order[start : start + PAGE]
        last = start + len(rows)
        title = Text(f"第 {start + 1}–{last} 个单位", f"Bodies {start + 1}–{last}")
        pages.append(Page(title, _page(view, rows, f"ranks-{start // PAGE + 1}", linked, grades)))
    return pages


def _page(view: View, rows: Ints, key: str, linked: dict[int, Html], grades: Sequence[Text]) -> Html:
    table = Table(_columns(view), [_row(view, at, linked, grades) for at in rows.tolist()])
    drawn = view.evaluation.intervals
    if not view.ranked or drawn is None:
        return table_html(table, key, RESULTS)
    about = Text(
        f"圆点为位次，横条为 {exact_percent(drawn.level)} 的位次区间；同一组内的单位，现有证据分不出高下。"
        "居末十分之一的概率是多次抽样中位次落在最后十分之一的比例：是概率，不是结论。",
        f"Dots are ranks, bars are {exact_percent(drawn.level)} rank intervals; within a tier the evidence can't tell bodies "
        "apart. The chance of the last tenth is how often a body's rank fell there: a probability, not a verdict.",
    )
    heading = Heading(key, RANKS, about, view.lang)
    names = [view.names[at] for at in rows]
    rank, tier = view.evaluation.scores.rank, drawn.tier
    low, high = drawn.rank_lo, drawn.rank_hi
    last = len(view.order)
    chart = rank_intervals(heading, names, rank[rows], low[rows], high[rows], tier[rows], last=last, table=table)
    return chart.figure(open_table=True, level="h3")


def _columns(view: View) -> list[Column]:
    columns = [Column(Text("单位", "Body")), Column(Text("总分", "Score"), True)]
    if view.evaluation.intervals is not None:
        columns.append(Column(Text("总分区间", "Score interval"), True))
    if view.ranked:
        columns += [Column(Text("位次", "Rank"), True), Column(Text("位次区间", "Rank interval"), True)]
        columns.append(Column(Text("居末十分之一的概率", "Chance of last tenth"), True))
    if view.tiered:
        columns.append(Column(Text("组", "Tier"), True))
    if view.evaluation.grades:
        columns.append(Column(Text("建议等次", "Proposed grade")))
    return columns


def _row(view: View, at: int, linked: dict[int, Html], grades: Sequence[Text]) -> list[Cell]:
    scores, drawn = view.evaluation.scores, view.evaluation.intervals
    cells: list[Cell] = [linked[at], fixed(scores.score[at], view.decimals)]
    if drawn is not None:
        cells.append(span(fixed(drawn.score_lo[at], view.decimals), fixed(drawn.score_hi[at], view.decimals)))
    if view.ranked and drawn is not None:
        cells += [whole(scores.rank[at]), span(whole(drawn.rank_lo[at]), whole(drawn.rank_hi[at]))]
        cells.append(chance(drawn.last_tenth[at]))
    if view.tiered and drawn is not None:
        cells.append(whole(int(drawn.tier[at]) or None))
    if grades:
        cells.append(grades[at])
    return cells


def _grades(view: View) -> list[Text]:
    """Each body's proposed grade in words, with its probability where there is one; empty without grades."""
    titles, said = grade_titles(view.evaluation), []
    for proposal in view.evaluation.grades:
        zh, en = grade_in_words(proposal, titles, "zh"), grade_in_words(proposal, titles, "en")
        chance = percent(proposal.probability, 0)
        settled = f" {chance}" if chance != "—" and not proposal.undecided else ""
        said.append(Text((zh or "—") + settled, (en or "—") + settled))
    return said


RESULTS = Text("结果一览", "Results")
RANKS = Text("位次与区间", "Ranks with intervals")
