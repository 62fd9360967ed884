"""Outlook: an evaluation in, out what its data say to the linter: values, effective weights, who reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats
from minping.model.evidence import REPORTERS, Evidence
from minping.model.scores import Scores
from minping.model.values import Values
from minping.scheme.lint import Figures
from minping.scheme.shape import Scheme

if TYPE_CHECKING:
    from minping.model.evidence import Official


def outlook(scheme: Scheme, evidence: Evidence, values: Values, scores: Scores) -> Figures:
    """What the data of one period say: N bodies × M indicators in the order of the scheme."""
    at = values.at(scores.period)
    columns = {name: column for column, name in enumerate(values.indicators)}
    picked = [columns[part.id] for part in scheme.indicators]
    effective = np.zeros((len(scores.bodies), len(picked)))
    for column, part in enumerate(scheme.indicators):
        if part.counts:
            effective[:, column] = np.nan_to_num(scores.weight[:, scores.column(part.id)])
    return Figures(
        scores.period,
        scores.bodies,
        values.estimate[at][:, picked],
        effective,
        scores.score,
        _self_reported(evidence.official, values.trace[at][:, picked]),
        evidence.bodies.types if scheme.body_types else (),
    )


def _self_reported(official: Official, trace: np.ndarray) -> Floats:
    """Share of each indicator's figures that the bodies report themselves, (M,); 0 where nothing is said of it."""
    if official.reporter is None or not len(official.reporter):
        return np.zeros(trace.shape[1])
    there = trace >= 0
    own = there & (official.reporter[np.where(there, trace, 0)] == REPORTERS.index("self"))
    share: Floats = own.sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    return share
