"""Views: the same measure of the same ratings as ruled, as rated, and calibrated to all cases served.

In an evaluation; out the figures beside one another, with intervals. They differ by what counts as a rating (defaults,
removed ones) and by whom the raters stand for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from minping.model.arrays import Floats
from minping.scheme.shape import Indicator
from minping.words import Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

Kind = Literal["as_ruled", "as_rated", "calibrated"]
KINDS: dict[Kind, Text] = {
    "as_ruled": Text("按规定口径", "as ruled"),
    "as_rated": Text("实际评价", "as rated"),
    "calibrated": Text("校准到全部办件", "calibrated to all cases"),
}


@dataclass(frozen=True, slots=True)
class Views:
    """W views of N bodies, in the order of KINDS as far as the scheme asks for them."""

    title: Text  #: of the indicator as rated, or else of the first
    unit: str
    kinds: tuple[Kind, ...]
    figure: Floats  #: (W, N), NaN where there is none
    low: Floats  #: (W, N)
    high: Floats  #: (W, N) of the 95 % interval


def views(evaluation: Evaluation) -> Views | None:
    """The measure that is calibrated, or else the first that is shown in two ways; None where there is no such."""
    parts = evaluation.scheme.indicators
    # other figures altogether
    changed = [part for part in parts for how in [part.evidence] if how.adjust_for or how.shrink or how.callbacks]
    asked = [part for part in parts if part.evidence.ratings is not None and part not in changed]
    measures = [part.evidence.ratings for part in asked if part.evidence.calibrate is not None]
    measures += [part.evidence.ratings for part in asked if part.evidence.as_ruled]
    for measure in measures:
        found = {kind: part for part in reversed(asked) if part.evidence.ratings == measure for kind in [kind_of(part)]}
        if len(found) > 1:
            return _of(evaluation, {kind: found[kind] for kind in KINDS if kind in found})
    return None


def kind_of(part: Indicator) -> Kind:
    """How an indicator counts ratings."""
    if part.evidence.calibrate is not None:
        return "calibrated"
    return "as_ruled" if part.evidence.as_ruled else "as_rated"


def _of(evaluation: Evaluation, found: dict[Kind, Indicator]) -> Views:
    values = evaluation.values
    at = values.at(evaluation.period)
    columns = [values.indicators.index(part.id) for part in found.values()]
    figure = values.estimate[at][:, columns].T
    ends = np.full((*figure.shape, 2), np.nan) if values.ends is None else values.ends[at][:, columns].swapaxes(0, 1)
    named = found.get("as_rated") or next(iter(found.values()))
    return Views(named.title.text, named.unit, tuple(found), figure, ends[..., 0], ends[..., 1])
