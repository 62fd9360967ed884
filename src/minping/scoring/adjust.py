"""Adjust: what confirmed incidents and verified achievements add to or take from a score, each with its authority.

Only confirmed incidents of the period count. An incident exempted by a tolerance decision (容错) stays listed and
counts for nothing. Documents and accusations never reach this stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from minping.model.arrays import Floats
from minping.model.evidence import Incident
from minping.scheme.shape import Bonus, Cap, Deduction, Scheme, Tolerance, Veto
from minping.scoring.points import NamedFigures
from minping.words import Text


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What adjustments do to N bodies."""

    ids: tuple[str, ...]  #: of bonuses and deductions, A of them
    points: Floats  #: (N, A) added (+) or taken (-)
    score_at_most: Floats  #: (N,) infinite where nothing caps
    grade_at_most: tuple[str, ...]  #: (N,) grade id or empty
    grade_set: tuple[str, ...]  #: (N,) grade a veto sets, or empty
    notes: tuple[tuple[int, Text], ...]  #: (body, what happened and by which authority)

    def applied(self, score: Floats) -> Floats:
        """Scores (..., N) with bonuses, deductions and caps."""
        final: Floats = np.minimum(score + self.points.sum(axis=1), self.score_at_most)
        return final


def in_period(incident: Incident, period: str) -> bool:
    """Whether an incident happened in a period (a year, part of a year, or a span of years).

    >>> in_period(Incident("1", "b", "2016-05-03", "k", "x"), "2016Q2")
    True
    """
    day = incident.occurred_on
    year, month = day[:4], int(day[5:7] or 1)
    if len(period) == 9:
        return period[:4] <= year <= period[5:]
    if year != period[:4]:
        return False
    if "Q" in period:
        return (month - 1) // 3 + 1 == int(period[5:])
    if "H" in period:
        return (month - 1) // 6 + 1 == int(period[5:])
    return month == int(period[5:]) if len(period) == 7 else True


def adjustments(
    scheme: Scheme, bodies: Sequence[str], incidents: Sequence[Incident], period: str, named: NamedFigures
) -> Adjusted:
    """Work out every adjustment of a period."""
    position = {body: at for at, body in enumerate(bodies)}
    happened = [incident for incident in incidents if in_period(incident, period)]
    notes: list[tuple[int, Text]] = []
    entries: list[Bonus | Deduction] = [*scheme.adjust.bonus, *scheme.adjust.deduct]
    points = np.zeros((len(bodies), len(entries)))
    for at, entry in enumerate(entries):
        if isinstance(entry, Bonus) and entry.official is not None:
            points[:, at] = np.maximum(np.nan_to_num(named(entry.official)), 0.0)
        for incident in _counted(scheme, entry, happened, position, notes):
            points[position[incident.body], at] += _points(entry.points, incident)
        most = entry.max if entry.max is not None else np.inf
        points[:, at] = np.minimum(points[:, at], most) * (1 if isinstance(entry, Bonus) else -1)
        for body in np.flatnonzero(points[:, at]):
            words = entry.title.text
            said = f"{points[body, at]:+g}"
            by = entry.authority_ref or "—"
            notes.append((int(body), Text(f"{words.zh} {said}（依据：{by}）", f"{words.en} {said} (authority: {by})")))
    at_most, cap_grade = _caps(scheme, happened, position, notes)
    veto_grade = _vetoes(scheme, happened, position, notes)
    ids = tuple(entry.id for entry in entries)
    return Adjusted(ids, points, at_most, cap_grade, veto_grade, tuple(notes))


def _points(rule: float | Mapping[str, float], incident: Incident) -> float:
    if isinstance(rule, Mapping):
        return float(rule[incident.severity])
    return float(rule)


def _counted(
    scheme: Scheme,
    entry: Bonus | Deduction | Cap | Veto,
    happened: Sequence[Incident],
    position: Mapping[str, int],
    notes: list[tuple[int, Text]],
) -> Iterator[Incident]:
    lifting = [rule for rule in scheme.adjust.tolerance if entry.id in rule.lifts]
    for incident in happened:
        if entry.when is None or incident.kind != entry.when.incident or incident.body not in position:
            continue
        if incident.exempted_by and lifting:
            notes.append((position[incident.body], _lifted(incident, entry, lifting[0])))
            continue
        yield incident


def _lifted(incident: Incident, entry: Bonus | Deduction | Cap | Veto, rule: Tolerance) -> Text:
    by = incident.exempted_by
    return Text(
        f"{incident.id} 经容错认定（{by}，{rule.title.text.zh}），不适用{entry.title.text.zh}",
        f"{incident.id} is exempted ({by}, {rule.title.text.en}): {entry.title.text.en} does not apply",
    )


def _caps(
    scheme: Scheme, happened: Sequence[Incident], position: Mapping[str, int], notes: list[tuple[int, Text]]
) -> tuple[Floats, tuple[str, ...]]:
    at_most, grade = np.full(len(position), np.inf), [""] * len(position)
    order = [level.id for level in scheme.grades.levels] if scheme.grades else []
    for cap in scheme.adjust.caps:
        for incident in _counted(scheme, cap, happened, position, notes):
            body = position[incident.body]
            if cap.score_at_most is not None:
                at_most[body] = min(at_most[body], cap.score_at_most)
            if cap.grade_at_most is not None:
                strictest = [name for name in (grade[body], cap.grade_at_most) if name]
                grade[body] = max(strictest, key=order.index)
            notes.append((body, _said(cap, incident)))
    return at_most, tuple(grade)


def _vetoes(
    scheme: Scheme, happened: Sequence[Incident], position: Mapping[str, int], notes: list[tuple[int, Text]]
) -> tuple[str, ...]:
    grade = [""] * len(position)
    order = [level.id for level in scheme.grades.levels] if scheme.grades else []
    for veto in scheme.adjust.veto:
        for incident in _counted(scheme, veto, happened, position, notes):
            body = position[incident.body]
            grade[body] = max((name for name in (grade[body], veto.grade) if name), key=order.index)
            notes.append((body, _said(veto, incident)))
    return tuple(grade)


def _said(entry: Cap | Veto, incident: Incident) -> Text:
    words, by = entry.title.text, incident.authority_ref or incident.confirmed_by
    return Text(
        f"{words.zh}：{incident.id}，{incident.occurred_on}，认定：{by}",
        f"{words.en}: {incident.id}, {incident.occurred_on}, confirmed by {by}",
    )
