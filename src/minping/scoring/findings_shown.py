"""Which findings may be named, what they are about, and how they are said: beside figures, in explanations, in reports.

A finding from one source (E3) is for checking inside: no body is named before an authorised body has confirmed it. One
of grade E1 or E2 is named as needing checking, with what the body replied; a dismissed one stays, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from minping.audit.suspicions import SUSPICIONS
from minping.model.findings import NEEDS_CHECKING, Finding
from minping.scheme.shape import Scheme
from minping.scoring.beside import moved
from minping.scoring.plan import TOTAL
from minping.words import Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

STATES = {
    "open": Text("待核实", "needs checking"),
    "replied": Text("已答复，待核实", "replied to, needs checking"),
    "confirmed": Text("已认定", "confirmed"),
    "dismissed": Text("已排除", "dismissed"),
}
GRADED = ("E1", "E2")
PERSONS = frozenset(
    {"ratings", "offers", "cases", "callbacks", "requests", "surveys", "appraisals"}
)  #: rows of persons


def may_be_named(scheme: Scheme, one: Finding) -> bool:
    """Whether a publication names the body of a finding."""
    if one.state == "confirmed":
        return True
    if one.grade not in GRADED or scheme.publish.findings == "confirmed":
        return False
    return scheme.publish.findings == "graded" or bool(one.steps)


def named(evaluation: Evaluation) -> tuple[Finding, ...]:
    """The findings that may be named, confirmed ones first, dismissed ones last."""
    found = () if evaluation.findings is None else evaluation.findings.findings
    order = {"confirmed": 0, "open": 1, "replied": 1, "dismissed": 2}
    k = evaluation.scheme.publish.k or 1
    kept = [as_published(one, k) for one in found if may_be_named(evaluation.scheme, one)]
    return tuple(sorted(kept, key=lambda one: order[one.state]))


def as_published(one: Finding, k: int) -> Finding:
    """A finding without what must stay inside: rows of persons, words that count few of them or quote what was written."""
    row, persons = SUSPICIONS[one.suspicion], is_of_persons(one)
    said = None if row.inside or (persons and is_small(one, k)) else one.said
    return replace(one, said=said, sample=(), beside=()) if persons else replace(one, said=said)


def is_of_persons(one: Finding) -> bool:
    """Whether it looks at rows that each tell of a person: what citizens said, who appraised whom."""
    return not PERSONS.isdisjoint(SUSPICIONS[one.suspicion].needs)


def is_small(one: Finding, k: int) -> bool:
    """Whether a finding about persons counts fewer than k of them."""
    return is_of_persons(one) and any(0 < getattr(one, name) < k for name in ("observed", "rows"))


def concerned(evaluation: Evaluation) -> Mapping[str, tuple[str, ...]]:
    """Finding -> the indicators whose figures rest on its rows; those of bodies as a whole rest on none."""
    found, evidence = evaluation.findings, evaluation.evidence
    if found is None:
        return {}
    tables = np.array([one.table for one in evidence.files])
    official = evidence.official
    by_series, by_table = _indicators(evaluation.scheme)
    told = {}
    for number, one in enumerate(found.findings):
        place = found.places.of(number)
        here = tables[place.file] if place.file.size else tables[:0]
        figures = place.figures[place.figures >= 0]
        series = {official.indicators[code] for code in np.unique(official.indicator[figures]).tolist()}
        names = [name for which in series for name in by_series.get(which, ())]
        names += [name for table in set(here.tolist()) for name in by_table.get(table, ())]
        told[one.id] = tuple(dict.fromkeys(sorted(names)))
    return told


def _indicators(scheme: Scheme) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Indicators by the official series, and by the table of events, that they are computed from."""
    by_series: dict[str, list[str]] = {}
    by_table: dict[str, list[str]] = {}
    for part in scheme.indicators:
        if part.evidence.is_event:
            for table in part.evidence.tables:
                by_table.setdefault(table, []).append(part.id)
        else:
            by_series.setdefault(part.official, []).append(part.id)
    return by_series, by_table


def in_words(one: Finding) -> Text:
    """A finding in a line: what, in which figures, how far it has come."""
    state, about = STATES[one.state], f" {one.about}" if one.about else ""
    zh, en = f"{one.title.zh}{about}", f"{one.title.en}{about}"
    if one.said is not None:
        zh, en = f"{zh}：{one.said.zh}", f"{en}: {one.said.en}"
    return Text(f"{zh}（{one.grade}，{state.zh}）", f"{en} ({one.grade}, {state.en})")


def decision_words(one: Finding) -> Text:
    """What became of a finding: the reply, then the decision with office, document, day and reason; or that none came."""
    if not one.steps:
        return Text("单位尚未答复", "the body has not replied yet")
    parts = []
    for step in one.steps:
        zh, en = STEPS[step.state].zh, STEPS[step.state].en
        told = "，".join(part for part in (step.decided_by, step.document, step.decided_on) if part)
        reason = (f"：{step.reason}", f": {step.reason}") if step.reason else ("", "")
        parts.append(Text(f"{zh}（{told}）{reason[0]}", f"{en} ({told.replace('，', ', ')}){reason[1]}"))
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


STEPS = {
    "open": Text("重新待核实", "open again"),
    "replied": Text("单位答复", "the body replied"),
    "confirmed": Text("认定", "confirmed"),
    "dismissed": Text("排除", "dismissed"),
}


def notes_of(evaluation: Evaluation, body: str, node: str, rests: Mapping[str, tuple[str, ...]]) -> list[Text]:
    """What explanations say of a node's findings: the named ones, and how the score would be otherwise (total only).

    `rests`: as `concerned` gives it.
    """
    found, is_total = named(evaluation), node == TOTAL
    notes = []
    for one in found:
        if one.body != body or not (is_total or node in rests.get(one.id, ())):
            continue
        words, became = in_words(one), decision_words(one)
        effect = effect_of(one)
        zh = f"⚑ {one.id}：{words.zh}；{became.zh}；{effect.zh}"
        notes.append(Text(zh, f"⚑ {one.id}: {words.en}; {became.en}; {effect.en}"))
    if notes and any(one.state in ("open", "replied") for one in found if one.body == body):
        notes.insert(0, NEEDS_CHECKING)
    return [*notes, *(_otherwise(evaluation, body) if is_total else [])]


def effect_of(one: Finding) -> Text:
    """What a finding does to the score."""
    if one.state == "confirmed" and SUSPICIONS[one.suspicion].stands:
        return STANDS
    return EFFECTS.get(one.state, EFFECTS["open"])


STANDS = Text("其记录属实，照常计分", "its rows tell what is so and count")
EFFECTS = {
    "open": Text("不影响得分", "no score changes by it"),
    "confirmed": Text("涉及的行不计入得分", "its rows do not count"),
    "dismissed": Text("照常计分", "its rows count as before"),
}


def _otherwise(evaluation: Evaluation, body: str) -> list[Text]:
    """The score with all rows, where a confirmed finding took some out."""
    scores, other = evaluation.scores, evaluation.beside.with_all
    at = scores.bodies.index(body)
    if other is None or not moved(scores, other)[at]:
        return []
    before, after = (
        "—" if np.isnan(figure) else f"{figure:.{evaluation.scheme.points.decimals}f}"
        for figure in (other.score[at], scores.score[at])
    )
    return [
        Text(
            f"全部行都计入时总分 {before}；不计已认定发现涉及的行 {after}",
            f"score {before} with all rows; {after} without those of confirmed findings",
        )
    ]
