"""Coverage in the report: who, beside the body itself, can vouch for a figure, and what is asked of bodies.

It speaks of the scheme and of the sources, never of a body: that a figure is self-reported is no sign against anybody.
"""

from __future__ import annotations

from collections.abc import Sequence

from minping.audit.coverage.coverage import coverage
from minping.audit.coverage.words import REPORTERS, reporting_words, resting_words
from minping.model.coverage import STANDINGS, Coverage, IndicatorCoverage
from minping.publication.charts.chart import Cell, Column, Heading, Table, table_html
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import fixed, percent
from minping.publication.charts.weight_bars import Piece, Row, weight_bars
from minping.publication.report.view import View
from minping.scheme.shape import Scheme
from minping.scheme.tree import ROOT, children_of
from minping.words import Text

MOST_ROWS = 16  #: indicators with a bar of their own
TITLE = Text("权重靠谁的数字", "Whose figures carry the weight")
ABOUT = Text(
    "占总分的权重，按数字由谁报出、有无独立来源可核对归类，各单位平均；逐个指标见数据表。只靠自报不等于不实，只是旁人无从核实。",
    "Shares of the score by who reports the figures and whether an independent source can check them, mean over the "
    "bodies; the data table has every indicator. Self-reported alone does not mean wrong, only that nobody else can tell.",
)
BY_TYPE = Text("各类单位的权重靠谁的数字", "Whose figures carry the weight, by type of body")


def coverage_part(view: View) -> Html:
    """Words, the map of indicators, and shares by type where there are several."""
    scheme = view.evaluation.scheme
    found = coverage(scheme, view.evaluation.evidence, view.evaluation.period)
    if not found.bodies:
        return Html("")
    words = f"<p>{spans(resting_words(found))}</p><p>{spans(reporting_words(found))}</p>"
    return Html(words + _map(found, view) + _by_type(found, view))


def _map(found: Coverage, view: View) -> Html:
    heading = Heading("coverage", TITLE, ABOUT, view.lang)
    table = Table(_COLUMNS, [_row(one) for one in found.indicators])
    return weight_bars(heading, _rows(found, view.evaluation.scheme), list(STANDINGS.values()), table).figure()


def _rows(found: Coverage, scheme: Scheme) -> list[Row]:
    """A bar for each indicator, or where these are many for each part of the score, heaviest first."""
    scored = [one for one in found.indicators if one.weight > 0]
    pieces = {
        one.id: [Piece(one.title, share, kind) for kind, share in enumerate(one.resting) if share > 0] for one in scored
    }
    if len(scored) <= MOST_ROWS:
        rows = [Row(one.title, pieces[one.id]) for one in scored]
    else:
        home = {one: top for top in children_of(scheme)[ROOT] for one in _below(scheme, top)}
        titles = {part.id: part.title.text for part in scheme.parts}
        of: dict[str, list[Piece]] = {}
        for one in scored:
            of.setdefault(home[one.id], []).extend(pieces[one.id])
        rows = [Row(titles[top], sorted(mine, key=lambda one: (one.kind, -one.share))) for top, mine in of.items()]
    return sorted(rows, key=lambda row: -row.share)


def _below(scheme: Scheme, top: str) -> list[str]:
    """The indicators within a part of the score, itself if it is one."""
    children = children_of(scheme)
    found, waiting = [], [top]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting += children.get(here, [])
    return found


_COLUMNS = (
    Column(Text("指标", "Indicator")),
    Column(Text("权重", "Weight"), True),
    Column(Text("由谁报出", "Reported by")),
    Column(Text("独立程度（0–1）", "Independence (0–1)"), True),
    Column(Text("靠什么", "Rests on")),
    Column(Text("证据中的其他来源（单位数）", "Other sources in the evidence (bodies)")),
    Column(Text("方案写明的核对来源", "Check that the scheme names")),
)


def _row(one: IndicatorCoverage) -> Sequence[Cell]:
    others = Text(
        "；".join(f"{other.title.zh}（{other.bodies}）" for other in one.others) or "—",
        "; ".join(f"{other.title.en} ({other.bodies})" for other in one.others) or "—",
    )
    weight = percent(one.weight) if one.weight > 0 else "—"
    who = REPORTERS[one.reporter]
    return (one.title, weight, who, fixed(one.independence, 1), STANDINGS[one.standing], others, one.check or "—")


def _by_type(found: Coverage, view: View) -> Html:
    if len(found.by_type) < 2:
        return Html("")
    types = view.evaluation.scheme.subjects.types
    rows: list[Sequence[Cell]] = [
        (types[kind].title.text if kind in types else kind, *(percent(share) for share in shares.values()))
        for kind, shares in found.by_type.items()
    ]
    columns = [Column(Text("类型", "Type")), *(Column(title, True) for title in STANDINGS.values())]
    return table_html(Table(columns, rows), "coverage-types", BY_TYPE)
