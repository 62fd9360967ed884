"""Trail: from a body's figure back to the row of evidence that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.cells import State

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and where it stands."""

    value: float
    se: float
    raw: float | None  #: as it stands in the evidence, where a conversion changed it
    place: str  #: file[sheet]:row; empty where there is none
    note: str
    period: str  #: of the value; another than the evaluation's where it was carried


def figures_of(evaluation: Evaluation, body: int) -> dict[str, Figure]:
    """Indicator -> the figure of a body."""
    values, now = evaluation.values, evaluation.values.at(evaluation.period)
    states = {
        node.id: int(state) for node, state in zip(evaluation.scores.nodes, evaluation.scores.state[body], strict=True)
    }
    found = {}
    for column, name in enumerate(values.indicators):
        at = now
        if states.get(name, 0) & State.CARRIED:
            known = np.flatnonzero(np.isfinite(values.estimate[:now, body, column]))
            at = int(known[-1]) if len(known) else now
        value, raw = float(values.estimate[at, body, column]), float(values.raw[at, body, column])
        row = int(values.trace[at, body, column])
        found[name] = Figure(
            value,
            float(values.se[at, body, column]),
            raw if np.isfinite(raw) and raw != value else None,
            place_of(evaluation, row),
            _note(evaluation, row),
            values.periods[at],
        )
    return found


def place_of(evaluation: Evaluation, row: int) -> str:
    """File, sheet and row of an entry of `official`."""
    official = evaluation.evidence.official
    if row < 0:
        return ""
    source = evaluation.evidence.files[int(official.file[row])]
    sheet = f"[{source.sheet}]" if source.sheet else ""
    return f"{source.path}{sheet}:{int(official.row[row])}"


def _note(evaluation: Evaluation, row: int) -> str:
    official = evaluation.evidence.official
    if row < 0 or official.note is None or official.note[row] < 0:
        return ""
    return official.notes[int(official.note[row])]
