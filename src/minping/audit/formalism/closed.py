"""Closed tasks: which tasks of a period were closed, what stands of their outcome, and who checked them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minping.audit.frames import Frame, Words
from minping.audit.opened import Opened
from minping.model.arrays import Bools, Ints
from minping.words import Text

REAL = ("on_site", "unannounced", "callback", "data")  #: ways of checking that look beyond the papers
OTHERS = ("upper", "third_party")  #: who inspects from outside
NONE_CLOSED = Text("本期没有办结的事项", "no task was closed in the period")
NONE_CHECKED = Text(
    "台账没有结果、核查与满意度的记录", "the register tells no outcome, no check and nobody's satisfaction"
)


@dataclass(frozen=True, slots=True)
class Closed:
    """Every task of the evidence, and which of them were closed in the period."""

    frame: Frame
    closed: Bools  #: (R,) closed in the period, some of them taken up again since
    outcome: Bools  #: (R,) its outcome stands there
    own: Bools  #: (R,) verified by its owner, or by the body itself
    checked: Bools  #: (R,) somebody else looked beyond the papers, or the one served was asked


def open_closed(opened: Opened) -> Closed | Text:
    """The tasks, or why nothing can be told of them."""
    frame = opened.frame("tasks")
    closed = closed_in(opened, frame)
    if not closed.any():
        return NONE_CLOSED
    own = verified_by_itself(opened, frame)
    beyond = np.isin(frame.text("verified_how"), REAL) & ~np.isnat(frame.day("verified_on"))
    served = frame.text("satisfied") != ""
    checked = np.asarray((beyond & ~own) | served | _inspected(opened, frame.text("task")), dtype=np.bool_)
    outcome = np.isfinite(frame.number("outcome_value"))
    if not (outcome | checked).any():
        return NONE_CHECKED
    return Closed(frame, closed, outcome, own, checked)


def closed_in(opened: Opened, frame: Frame) -> Bools:
    """Tasks closed in the period; one closed without its day by the day it was due, (R,)."""
    state, day = frame.text("state"), frame.day("closed_on")
    told = ~np.isnat(day)
    done = np.isin(state, ("closed", "reopened")) | ((state == "") & told)
    inside = opened.inside(np.where(told, day, frame.day("due_on")))
    return np.asarray(done & inside & (frame.body >= 0), dtype=np.bool_)


def verified_by_itself(opened: Opened, frame: Frame) -> Bools:
    """Tasks whose verifier is their owner, or bears the id or a name of the body, (R,)."""
    bodies = opened.evidence.bodies
    named = [np.array([*names, ""], dtype=object)[frame.body] for names in (bodies.ids, bodies.names, bodies.names_en)]
    verifier, *others = alike(frame.text("verifier"), frame.text("owner"), *named)
    own = np.logical_or.reduce([verifier == other for other in others])
    return np.asarray(own & (verifier >= 0), dtype=np.bool_)


def alike(*columns: Words) -> list[Ints]:
    """Columns of words as numbers, equal where the words are but for case and spaces around; −1 for an empty one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pa.array(np.concatenate(columns).tolist(), pa.string())
    coded = pc.utf8_lower(pc.utf8_trim_whitespace(words)).dictionary_encode()
    number = coded.indices.to_numpy().astype(np.int64)
    empty = pc.index(coded.dictionary, "").as_py()
    return np.split(np.where(number == empty, -1, number), np.cumsum([len(one) for one in columns])[:-1])


def _inspected(opened: Opened, tasks: Words) -> Bools:
    """Tasks that somebody from outside inspected, (R,)."""
    if not opened.has("inspections"):
        return np.zeros(len(tasks), dtype=np.bool_)
    found = opened.frame("inspections")
    task, about = alike(tasks, found.text("indicator")[np.isin(found.text("inspected_by"), OTHERS)])
    return np.asarray(np.isin(task, about[about >= 0]), dtype=np.bool_)
