"""Drill: from one figure of citizens' words (or of works) down to its rows, its exclusions and its calibration.

In the evidence and how a scheme counts it, out counts, reasons, weights and places for one body and period. The engine
counts anew, by kinds of rows that the figure itself does not tell apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.indicators.drill_rows import of_body, places_of, removals_of
from minping.indicators.drill_works import drill_inspections, drill_projects, drill_tasks
from minping.indicators.events import event_table, here, kept, with_bodies
from minping.indicators.lags import periods_within
from minping.model.calibration import Calibration, Outcome
from minping.model.drill import CellWeight, Drill, Place, Tally
from minping.model.evidence import Evidence
from minping.scheme.shape import From
from minping.words import Text

if TYPE_CHECKING:
    import ibis

_NONE = Text("", "")


def drill(evidence: Evidence, how: From, body: int, period: str, weighed: Calibration | None = None) -> Drill:
    """What a figure of a body in a period rests on; `weighed` is the calibration that it comes from, if any.

    Raises:
        KeyError: the figure is of no table of events.
    """
    with here(evidence.records[how.tables[0]]) as opened:
        if how.is_work:
            return WORKS[how.tables[0]](opened, evidence, how, body, period)
        return DRILLS[how.tables[0]](opened, evidence, how, body, period, weighed)


def _ratings(opened: Any, evidence: Evidence, how: From, body: int, period: str, weighed: Calibration | None) -> Drill:
    import ibis

    columns = ("body", "status", "level", "rated_on", "window", "reason", "approved_by")
    table = event_table(opened, evidence.records["ratings"], columns, placed=True)
    table = of_body(table, evidence.bodies, body, "rated_on", period)
    silent, out = table.status == "defaulted", table.status == "removed"
    kind = ibis.cases((silent, "defaulted"), (out, "removed"), else_="rated")
    unnamed = ibis.ifelse(table.window.isnull(), table.rated_on, ibis.null().cast("date"))
    keys = ("kind", "level", "window", "day", "reason", "approved_by", "file", "row")
    table = kept(opened, table.mutate(kind=ibis.coalesce(kind, "rated"), day=unnamed).select(*keys))
    tallies = (_levels(table), _clusters(table.filter(table.kind != "defaulted")))
    served, places = _offers(opened, evidence, body, period)
    return Drill(
        (*tallies, served),
        removals_of(table, "removed"),
        _weights(weighed, body, period),
        _outcome(weighed, body, period),
        places_of(table, evidence, RATED) + places,
    )


def _levels(table: ibis.Table) -> tuple[Tally, ...]:
    counts = {
        f"level{level}": table.count(where=(table.level == level) & (table.kind != "defaulted"))
        for level in range(5, 0, -1)
    }
    counts |= {name: table.count(where=table.kind == name) for name in ("defaulted", "removed")}
    found = table.aggregate(**counts).to_pyarrow().to_pylist()[0]
    names = {f"level{level}": Text(f"{level}★", f"{level}★") for level in range(5, 0, -1)} | {
        name: RATED[name] for name in ("defaulted", "removed")
    }
    return tuple(Tally(names[name], found[name]) for name in counts)


def _clusters(table: ibis.Table) -> tuple[Tally, ...]:
    """How many windows and days the error is told from, and the largest of them."""
    each = table.group_by("window", "day").aggregate(count=table.count())
    found = (
        each.aggregate(
            windows=each.count(where=each.window.notnull()),
            days=each.count(where=each.window.isnull()),
            most=each["count"].max(),
        )
        .to_pyarrow()
        .to_pylist()[0]
    )
    names = {
        "windows": Text("窗口（同一窗口的评价视为一组）", "windows (ratings of one are one cluster)"),
        "days": Text(
            "没有写明窗口的日子（同一天视为一组）", "days of ratings without a window (one day is one cluster)"
        ),
        "most": Text("最大一组的评价", "ratings in the largest cluster"),
    }
    return tuple(Tally(name, found[key]) for key, name in names.items() if found[key])


def _offers(opened: Any, evidence: Evidence, body: int, period: str) -> tuple[tuple[Tally, ...], tuple[Place, ...]]:
    """Cases, those asked, those that answered; where the offers do tell."""
    import ibis

    if "offers" not in evidence.records:
        return (), ()
    table = event_table(
        opened, evidence.records["offers"], ("body", "period", "issued", "offered", "answered"), placed=True
    )
    table = with_bodies(table, evidence.bodies)
    table = table.filter(table.body == body)
    told = [one for one in table.select("period").distinct().to_pyarrow()["period"].to_pylist() if one]
    inside = [one for one, is_in in zip(told, periods_within(period, told).tolist(), strict=True) if is_in]
    table = kept(opened, table.filter(table.period.isin(inside or [""])).mutate(kind=ibis.literal("offers")))
    found = table.aggregate(**{name: table[name].sum() for name in SERVED}).to_pyarrow().to_pylist()[0]
    tallies = tuple(Tally(words, float(found[name])) for name, words in SERVED.items() if found[name] is not None)
    return tallies, places_of(table, evidence, {"offers": Text("办件与邀评", "cases and invitations")})


def _outcome(weighed: Calibration | None, body: int, period: str) -> Text:
    if weighed is None:
        return _NONE
    at = weighed.periods.index(period)
    outcome = Outcome(int(weighed.outcome[at, body]))
    if outcome != Outcome.WEIGHED:
        return OUTCOMES[outcome]
    spread = f"{weighed.spread[at, body]:.3g}"
    return Text(
        f"已校准；权重不等使方差变为 {spread} 倍",
        f"calibrated; unequal weights make the variance {spread} times as large",
    )


def _weights(weighed: Calibration | None, body: int, period: str) -> tuple[CellWeight, ...]:
    """The cells of a body's calibration, those of the most cases first."""
    if weighed is None:
        return ()
    cells = weighed.cells
    rows = np.flatnonzero((cells.body == body) & (cells.period == weighed.periods.index(period)))
    rows = rows[np.lexsort((-cells.rated[rows], -cells.issued[rows]))]
    found = []
    for row in rows.tolist():
        words = tuple(weighed.words[code[row]] or "—" for code in cells.code)
        factor = float(cells.factor[row])
        note = UNKNOWN if cells.unknown[row] else _pooled(weighed, row)
        found.append(
            CellWeight(
                words, float(cells.issued[row]), float(cells.rated[row]), None if np.isnan(factor) else factor, note
            )
        )
    return tuple(found)


def _pooled(weighed: Calibration, row: int) -> Text:
    names = (" × ".join(weighed.columns),) if weighed.joint else weighed.columns
    pooled = [name for name, one in zip(names, weighed.cells.pooled, strict=True) if one[row]]
    short = [name for name, one in zip(names, weighed.cells.short, strict=True) if one[row] and name not in pooled]
    if pooled:
        said = "、".join(pooled)
        return Text(f"{said} 与其他类别合并计算", f"{', '.join(pooled)} counted together with others")
    if short:
        return Text(f"{'、'.join(short)} 的评价太少", f"too few ratings of this {', '.join(short)}")
    return _NONE


def _requests(opened: Any, evidence: Evidence, how: From, body: int, period: str, weighed: Calibration | None) -> Drill:
    import ibis

    columns = (
        "body", "opened_at", "responded_at", "closed_at", "reopened_at", "resolved", "satisfied", "duplicate_of",
        "excluded", "approved_by",
    )  # fmt: skip
    table = event_table(opened, evidence.records["requests"], columns, placed=True)
    table = of_body(table, evidence.bodies, body, "opened_at", period)
    kind = ibis.ifelse(table.excluded.notnull(), "excluded", "counted")
    flags = {
        "responded": table.responded_at.notnull(),
        "closed": table.closed_at.notnull(),
        "reopened": table.reopened_at.notnull(),
        "marked": table.duplicate_of.notnull(),
        "asked_solved": table.resolved.notnull(),
        "said_solved": table.resolved == "yes",
        "asked_satisfied": table.satisfied.notnull(),
        "satisfied": table.satisfied == "yes",
    }
    table = table.mutate(
        kind=kind, reason=table.excluded, **{name: ibis.coalesce(flag, False) for name, flag in flags.items()}
    )
    table = kept(opened, table.select("kind", "reason", "approved_by", "file", "row", *flags))
    counts = {"opened": table.count(), "excluded": table.count(where=table.kind == "excluded")}
    found = (
        table.aggregate(**counts, **{name: table.count(where=table[name]) for name in flags})
        .to_pyarrow()
        .to_pylist()[0]
    )
    tallies = tuple(Tally(words, found[name]) for name, words in ASKED.items())
    return Drill((tallies,), removals_of(table, "excluded"), (), _NONE, places_of(table, evidence, REQUESTED))


def _surveys(opened: Any, evidence: Evidence, how: From, body: int, period: str, weighed: Calibration | None) -> Drill:
    import ibis

    columns = ("respondent", "body", "question", "answer", "asked_on", "weight", "stratum", "cluster")
    table = event_table(opened, evidence.records["surveys"], columns, placed=True)
    table = table.filter(table.question == how.surveys)
    table = of_body(table, evidence.bodies, body, "asked_on", period)
    keys = ("answer", "respondent", "stratum", "cluster", "weight", "file", "row")
    table = kept(opened, table.select(*keys, kind=ibis.literal("answers")))
    told = table.group_by("answer").aggregate(count=table.count()).order_by("answer").to_pyarrow().to_pylist()
    design = {
        "people": table.respondent.nunique(),
        "strata": table.stratum.nunique(),
        "clusters": table.select("stratum", "cluster").distinct().filter(ibis._.cluster.notnull()).count(),
    }
    found = table.aggregate(people=design["people"], strata=design["strata"]).to_pyarrow().to_pylist()[0]
    found["clusters"] = int(design["clusters"].to_pyarrow().as_py())
    answers = tuple(
        Tally(Text(f"回答 {one['answer']}", f"answer {one['answer']}"), one["count"]) for one in told[:MOST_ANSWERS]
    )
    tallies = tuple(Tally(words, found[name]) for name, words in POLLED.items() if found[name])
    return Drill((answers, tallies), (), (), _NONE, places_of(table, evidence, {"answers": Text("回答", "answers")}))


MOST_ANSWERS = 30
RATED: Mapping[str, Text] = {
    "rated": Text("已评", "rated"),
    "removed": Text("剔除", "removed"),
    "defaulted": Text("逾期默认", "defaults"),
}
SERVED: Mapping[str, Text] = {
    "issued": Text("办件", "cases served"),
    "offered": Text("邀评", "asked to rate"),
    "answered": Text("参评", "rated, by the offers"),
}
REQUESTED: Mapping[str, Text] = {"counted": Text("计入", "counted"), "excluded": Text("剔除", "left out")}
ASKED: Mapping[str, Text] = {
    "opened": Text("受理", "opened"),
    "responded": Text("有首次联系", "answered for the first time"),
    "closed": Text("已办结", "closed"),
    "reopened": Text("重办", "reopened"),
    "marked": Text("标为重复", "marked as duplicates"),
    "asked_solved": Text("回访问过是否解决", "asked whether it was solved"),
    "said_solved": Text("回访说已解决", "said to be solved"),
    "asked_satisfied": Text("回访问过是否满意", "asked whether satisfied"),
    "satisfied": Text("回访满意", "satisfied"),
    "excluded": Text("剔除", "left out"),
}
POLLED: Mapping[str, Text] = {
    "people": Text("受访者", "people"),
    "strata": Text("层", "strata"),
    "clusters": Text("抽样单元", "clusters"),
}
UNKNOWN = Text("offers 中没有，不计入", "not in the offers: without weight")
OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.NO_LOG: Text("没有校准：offers 中没有办件", "not calibrated: the offers tell of no case"),
    Outcome.NO_RATINGS: Text("没有校准：没有可用的评价", "not calibrated: no rating that counts"),
    Outcome.TOO_FEW: Text("没有校准：有的类别评价太少", "not calibrated: too few ratings of a category"),
    Outcome.UNATTAINABLE: Text(
        "没有校准：没有一组权重符合办件构成", "not calibrated: no weights give the log's margins"
    ),
}
Driller = Callable[[Any, Evidence, From, int, str, Calibration | None], Drill]
DRILLS: Mapping[str, Driller] = {"ratings": _ratings, "requests": _requests, "surveys": _surveys}
WORKS = {"projects": drill_projects, "tasks": drill_tasks, "inspections": drill_inspections}
