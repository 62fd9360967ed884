"""Claims: all that could be inspected in a period: self-reported figures, closed tasks, projects in use.

A figure is one that the scheme declares to be in the body's own hand (independence below one half); where it declares
none, every declared series counts. A task claims that it was done as its closing says (1 or 0); a project its use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from minping.audit.formalism.closed import closed_in
from minping.audit.opened import Opened
from minping.audit.precision import decimals_of
from minping.model.arrays import Floats, Ints
from minping.model.inspected import CLAIM_KINDS, ClaimKind, Claims
from minping.scheme.lint.findings import nominal_shares
from minping.words import Text

INDEPENDENT = 0.5
LEAST, MOST = 0.5, 2.0  #: bounds of how much hangs on a claim, the usual one being 1


class _Part(NamedTuple):
    """Claims of one kind."""

    kind: ClaimKind
    body: Ints
    about: Sequence[str]
    words: Sequence[Text]
    reported: Floats
    tolerance: Floats
    material: Floats
    file: Ints
    row: Ints


def open_claims(opened: Opened) -> Claims:
    """Every claim of the period, in the order of kinds, bodies and names."""
    parts = list(_parts(opened))
    number = list(CLAIM_KINDS)
    kinds = [np.full(len(one.body), number.index(one.kind)) for one in parts]

    def told(name: str) -> Floats:
        return np.concatenate([np.zeros(0), *(getattr(one, name) for one in parts)])

    return Claims(
        kind=np.concatenate([np.zeros(0, dtype=np.int64), *kinds]),
        body=told("body").astype(np.int64),
        about=tuple(name for one in parts for name in one.about),
        words=tuple(words for one in parts for words in one.words),
        reported=told("reported"),
        tolerance=told("tolerance"),
        material=told("material"),
        file=told("file").astype(np.int64),
        row=told("row").astype(np.int64),
    )


def _parts(opened: Opened) -> Iterator[_Part]:
    if opened.has("official"):
        yield from _figures(opened)
    if opened.has("tasks"):
        yield _tasks(opened)
    if opened.has("projects"):
        yield _projects(opened)


def _figures(opened: Opened) -> Iterator[_Part]:
    """The latest figure of the period of each series and body."""
    own = [one.name for one in opened.declared.values() if one.independence < INDEPENDENT]
    history, official = opened.history, opened.evidence.official
    inside = np.flatnonzero(history.inside(opened.period))
    if not inside.size:
        return
    weights = _weights(opened)
    for name in own or list(opened.declared):
        value, rows = history.value(name)[inside], history.rows(name)[inside]
        there = np.isfinite(value)
        last = there.shape[0] - 1 - there[::-1].argmax(axis=0)
        body = np.flatnonzero(there.any(axis=0))
        at = last[body]
        reported, row = value[at, body], rows[at, body]
        title = opened.declared[name].title
        words = [
            Text(f"{title.zh} {history.periods[period]}：{figure:.10g}", f"{title.en} {history.periods[period]}: {figure:.10g}")
            for period, figure in zip(inside[at].tolist(), reported.tolist(), strict=True)
        ]  # fmt: skip
        places = decimals_of(value, opened.declared[name].decimals)
        rounding = 0.0 if places is None else 0.5 * 10.0**-places
        share = opened.rules.inspections.tolerance
        tolerance = np.maximum(share * np.abs(reported), rounding)
        material = weights.get(name, np.ones(opened.bodies))[body]
        yield _Part(
            "figure", body, [name] * body.size, words, reported, tolerance, material, official.file[row], official.row[row]
        )  # fmt: skip


def _weights(opened: Opened) -> dict[str, Floats]:
    """Of each series that makes an indicator, its weight for each body against an equal one, within bounds; (N,)."""
    if opened.scheme is None or not opened.scheme.indicators:
        return {}
    shares = nominal_shares(opened.scheme)
    types = [kind if kind in shares else "" for kind in opened.evidence.bodies.types]
    found = {}
    for part in opened.scheme.scored:
        if not part.evidence.is_event:
            weight = [shares.get(kind, {}).get(part.id, 0.0) * len(opened.scheme.scored) for kind in types]
            found[part.official] = np.clip(np.array(weight), LEAST, MOST)
    return found


def _tasks(opened: Opened) -> _Part:
    """Tasks closed in the period."""
    frame = opened.frame("tasks")
    at = np.flatnonzero(closed_in(opened, frame))
    ids, titles = frame.text("task")[at].tolist(), frame.text("title")[at].tolist()
    criteria, outcome = frame.text("criterion")[at].tolist(), frame.number("outcome_value")[at].tolist()
    words = [
        Text(f"办结属实（1 是，0 否）：{said}", f"done as closed (1 yes, 0 no): {said}")
        for said in map(_task_words, ids, titles, criteria, outcome)
    ]
    ones = np.ones(at.size)
    return _Part("task", frame.body[at], ids, words, ones, np.zeros(at.size), ones, frame.file[at], frame.row[at])


def _task_words(task: str, title: str, criterion: str, outcome: float) -> str:
    told = [title or task, criterion, f"{outcome:.10g}" if np.isfinite(outcome) else ""]
    return " · ".join(filter(None, told))


def _projects(opened: Opened) -> _Part:
    """Projects opened by the end of the period, with a use."""
    frame = opened.frame("projects")
    used, cost = frame.number("used_capacity"), frame.number("cost_cny")
    there = (frame.day("opened_on") <= opened.end) & np.isfinite(used) & (frame.body >= 0)
    at = np.flatnonzero(there)
    middle = float(np.median(cost[at][np.isfinite(cost[at])])) if np.isfinite(cost[at]).any() else 0.0
    material = np.clip(np.nan_to_num(cost[at] / middle, nan=1.0), LEAST, MOST) if middle > 0 else np.ones(at.size)
    ids, names = frame.text("project")[at].tolist(), frame.text("name")[at].tolist()
    units = frame.text("capacity_unit")[at].tolist()
    words = [
        Text(f"实际使用：{name or project} {figure:.10g} {unit}".rstrip(), f"use of {name or project}: {figure:.10g} {unit}".rstrip())
        for project, name, unit, figure in zip(ids, names, units, used[at].tolist(), strict=True)
    ]  # fmt: skip
    tolerance = opened.rules.inspections.tolerance * np.abs(used[at])
    return _Part("project", frame.body[at], ids, words, used[at], tolerance, material, frame.file[at], frame.row[at])
