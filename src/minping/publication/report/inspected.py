"""Inspections in the report: how many of the claims do not hold, as told by those that were drawn at random."""

from __future__ import annotations

from collections.abc import Sequence

from minping.audit.inspections.rate import error_rate
from minping.audit.inspections.words import rate_words
from minping.model.inspected import CLAIM_KINDS, ErrorRate
from minping.publication.charts.chart import Cell, Column, Table, table_html
from minping.publication.charts.markup import Html, spans
from minping.publication.charts.numbers import percent
from minping.publication.report.view import View
from minping.words import Text

ALL = Text("全部", "all")


def inspected_part(view: View) -> Html:
    """A sentence, and a table by stratum; empty where no plan has come back."""
    found = error_rate(view.evaluation.evidence, view.evaluation.period)
    if isinstance(found, Text):
        return Html("")
    return Html(f"<p>{spans(rate_words(found))}</p>{_table(found)}")


def _table(found: ErrorRate) -> Html:
    rows: list[Sequence[Cell]] = [
        (_name(stratum, found.period), str(n), str(wrong), percent(share), f"{percent(low)}–{percent(high)}")
        for stratum, n, wrong, share, low, high in zip(
            found.groups,
            *(getattr(found, name).tolist() for name in ("inspected", "wrong", "share", "low", "high")),
            strict=True,
        )
    ]
    columns = [
        Column(Text("说法", "Claims")),
        Column(Text("实查", "Inspected"), True),
        Column(Text("不符", "Wrong"), True),
        Column(Text("差错率", "Error rate"), True),
        Column(Text(f"{found.level:.0%} 区间", f"{found.level:.0%} interval"), True),
    ]
    return table_html(
        Table(columns, rows), "inspected", Text("抽样核查的差错率", "Error rate by inspections drawn at random")
    )


def _name(stratum: str, period: str) -> Text:
    """A stratum by the title of its kind, or as it is."""
    if not stratum:
        return ALL
    kind = stratum.removeprefix(f"{period} ")
    return next((title for name, title in CLAIM_KINDS.items() if name == kind), Text(kind, kind))
