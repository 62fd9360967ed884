"""Drill of works: from a figure of projects, tasks or inspections down to the rows that it counts and those it can't.

In evidence and how a scheme counts it, out counts and places of rows of one body and period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from minping.indicators.drill_rows import of_body, places_of
from minping.indicators.events import event_table, kept, month_of, with_bodies
from minping.indicators.inspections import COLUMNS as VISITED
from minping.indicators.inspections import ROUNDING
from minping.indicators.projects import COLUMNS as BUILT
from minping.indicators.projects import MEASURES, in_each_period, there
from minping.indicators.tasks import COLUMNS as DECIDED
from minping.indicators.tasks import FLAGS, with_flags
from minping.model.drill import Drill, Place, Tally
from minping.model.evidence import Evidence
from minping.scheme.shape import From
from minping.words import Text

if TYPE_CHECKING:
    import ibis


def drill_projects(opened: Any, evidence: Evidence, how: From, body: int, period: str) -> Drill:
    """Projects that count in the period, and those that would but don't tell what the measure needs."""
    import ibis

    table = with_bodies(event_table(opened, evidence.records["projects"], BUILT, placed=True), evidence.bodies)
    uses = evidence.records.get("uses")
    pairs = in_each_period(opened, table, uses, [period])
    pair = MEASURES[how.projects or ""](pairs)
    kind = ibis.cases((there(pair), "counted"), (ibis.coalesce(pair.counts, False), "silent"), else_="apart")
    here = kept(opened, pairs.mutate(kind=kind).filter(pairs.body == body))
    found = _told(opened, evidence, here, PROJECTS)
    if uses is None or how.projects not in BY_USE:
        return found
    seen = event_table(opened, uses, ("project", "observed_on"), placed=True)
    told = here.filter(here.kind == "counted").select(counted="project", final="final")
    seen = seen.inner_join(told, [seen.project == told.counted, month_of(seen.observed_on) <= told.final])
    order = ibis.row_number().over(ibis.window(group_by="project", order_by=ibis.desc("observed_on")))
    latest = kept(opened, seen.mutate(order=order).filter(ibis._.order == 0).mutate(kind=ibis.literal("seen")))
    observed = latest.count().to_pyarrow().as_py()
    places = places_of(latest, evidence, SEEN)
    return replace(found, tallies=(*found.tallies, (Tally(SEEN["seen"], observed),)), places=found.places + places)


def drill_tasks(opened: Any, evidence: Evidence, how: From, body: int, period: str) -> Drill:
    """Tasks due in the period, and what became of them."""
    import ibis

    table = event_table(opened, evidence.records["tasks"], DECIDED, placed=True)
    # what is due depends on the last thing known of any task: flags come before the body
    flagged = with_flags(table)
    here = of_body(flagged, evidence.bodies, body, "due_on", period)
    out = (here.stopped == 1) & how.as_ruled
    kind = ibis.cases((here.is_due == 0, "later"), (out, "stopped"), else_="counted")
    return _told(opened, evidence, here.mutate(kind=kind), TASKS, {name: FLAG_WORDS[name] for name in FLAGS})


def drill_inspections(opened: Any, evidence: Evidence, how: From, body: int, period: str) -> Drill:
    """Inspections of the period, those that agree, and those that are left out."""
    import ibis

    table = event_table(opened, evidence.records["inspections"], VISITED, placed=True)
    here = of_body(table, evidence.bodies, body, "visited_on", period)
    own = ibis.coalesce(here.inspected_by, "") == "self"
    told = here.reported_value.notnull() & here.found_value.notnull()
    if how.inspections != "agree_rate":
        told &= ibis.coalesce(here.found_value != 0, False)
    kind = ibis.cases((own, "own"), (~told, "silent"), else_="counted")
    apart, largest = (
        (here.reported_value - here.found_value).abs(),
        ibis.greatest(here.reported_value.abs(), here.found_value.abs()),
    )
    agrees = ~own & ibis.coalesce(apart <= ibis.coalesce(here.tolerance, 0.0) + ROUNDING * largest, False)
    here = here.mutate(kind=kind, agrees=agrees.cast("int8"))
    return _told(opened, evidence, here, INSPECTIONS, {"agrees": Text("与上报数一致", "agree with what was reported")})


def _told(
    opened: Any,
    evidence: Evidence,
    table: ibis.Table,
    kinds: Mapping[str, Text],
    flags: Mapping[str, Text] | None = None,
) -> Drill:
    """Counts of each kind, of each flag among the counted, and where the rows of all kinds but `apart` stand."""
    flags = flags or {}
    table = kept(opened, table.select("kind", "file", "row", *flags))
    counted = table.kind == "counted"
    figures = {name: table.count(where=table.kind == name) for name in kinds} | {
        f"flag_{name}": table.count(where=counted & (table[name] == 1)) for name in flags
    }
    found = table.aggregate(**figures).to_pyarrow().to_pylist()[0]
    first = tuple(Tally(words, found[name]) for name, words in kinds.items() if found[name] or name == "counted")
    second = tuple(Tally(words, found[f"flag_{name}"]) for name, words in flags.items())
    places: tuple[Place, ...] = places_of(table.filter(table.kind != "apart"), evidence, kinds)
    return Drill((first, second), (), (), Text("", ""), places)


BY_USE = ("utilisation", "use_of_forecast", "idle_share")  #: measures that look at use
SEEN: Mapping[str, Text] = {"seen": Text("使用取自观测的项目", "projects whose use was observed")}
PROJECTS: Mapping[str, Text] = {
    "counted": Text("计入的项目", "projects counted"),
    "silent": Text("缺少所需数据、按缺失计的项目", "projects that don't tell what is needed"),
    "apart": Text("不属本期或本指标的项目", "projects that are not of the period or the measure"),
}
TASKS: Mapping[str, Text] = {
    "counted": Text("到期的事项", "tasks due"),
    "stopped": Text("终止、按规定不计的事项", "tasks stopped and left out by rule"),
    "later": Text("时限未到的事项", "tasks not due yet"),
}
INSPECTIONS: Mapping[str, Text] = {
    "counted": Text("计入的核查", "inspections counted"),
    "silent": Text(
        "不能计入的核查（缺数，或核实数为 0）", "inspections that can't count (a value is missing, or found nought)"
    ),
    "own": Text("自查，不计", "inspections by the body itself, left out"),
}
FLAG_WORDS: Mapping[str, Text] = {
    "closed": Text("已办结", "closed"),
    "ever_closed": Text("办结过", "closed at some time"),
    "in_time": Text("按时办结", "closed in time"),
    "verified": Text("按时核查（材料核查不算）", "verified in time (by more than papers)"),
    "reopened": Text("重开", "taken up again"),
    "with_target": Text("有结果目标", "with a target"),
    "attained": Text("达到目标", "target reached"),
    "without_outcome": Text("办结而无结果数值", "closed without an outcome"),
}
