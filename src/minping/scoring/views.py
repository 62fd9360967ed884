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
from minping.stats.proportions import jeffreys
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
    high: Floats  #: (W, N)
    level: float  #: of the intervals


def views(evaluation: Evaluation) -> Views | None:
    """The measure that is calibrated, or else the first that is shown in two ways; None where there is no such."""
    parts = evaluation.scheme.indicators
    asked = [part for part in parts if part.evidence.ratings is not None]
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


def interval_of(figure: Floats, se: Floats, n: Floats, level: float, *, share: bool) -> tuple[Floats, Floats]:
    """Ends of an interval on the scale from 0 to 100, of any shape.

    Of a share: Jeffreys' interval on as many independent answers as would have that error (Franco, Little, Louis &
    Slud 2019; it stays within the scale, and is not null where all are satisfied). Of a mean: normal.

    >>> low, high = interval_of(np.array([100.0]), np.array([0.466]), np.array([150.0]), 0.9, share=True)
    >>> low.round(1), high
    (array([98.7]), array([100.]))
    """
    if not share:
        from statistics import NormalDist

        half = NormalDist().inv_cdf(0.5 + level / 2) * se
        return np.clip(figure - half, 0.0, 100.0), np.clip(figure + half, 0.0, 100.0)
    known = ~np.isnan(figure) & (se > 0)
    p, error, many = (np.where(known, values, 50.0) / 100.0 for values in (figure, se, 100.0 * n))
    middle = (p * many + 0.5) / (many + 1.0)
    p, effective = np.clip(p, 0.0, 1.0), np.maximum(middle * (1.0 - middle) / error**2 - 2.0, 1e-6)
    found = jeffreys(p * effective, effective, level=level)
    low, high = (np.where(known, 100.0 * end, figure) for end in found)
    return np.minimum(low, figure), np.maximum(high, figure)


def _of(evaluation: Evaluation, found: dict[Kind, Indicator]) -> Views:
    values, level = evaluation.values, evaluation.scheme.uncertainty.interval
    at = values.at(evaluation.period)
    columns = [values.indicators.index(part.id) for part in found.values()]
    figure, se = (cube[at][:, columns].T for cube in (values.estimate, values.se))
    n = np.zeros_like(figure) if values.n is None else values.n[at][:, columns].T
    named = found.get("as_rated") or next(iter(found.values()))
    share = str(named.evidence.ratings).startswith("share_")
    low, high = interval_of(figure, se, np.nan_to_num(n), level, share=share)
    return Views(named.title.text, named.unit, tuple(found), figure, low, high, level)
