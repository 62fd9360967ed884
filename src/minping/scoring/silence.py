"""Silence: what is sure about those who were served and did not rate, whatever they think.

In an evaluation with a share of the satisfied and a response rate from the same ratings; out bounds of the share of
all, the rank each body can have within them, and how much less satisfied the silent would have to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Floats, Ranks
from minping.scheme.shape import Indicator
from minping.stats.bounds import breakdown, mean_bounds, rank_bounds

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Silence:
    """One row per body, (N,); shares in per cent, NaN where the share or the response is unknown."""

    node: str  #: the indicator
    share: Floats  #: satisfied among those who rated
    response: Floats  #: rated, of those served
    low: Floats  #: of all: all the silent dissatisfied (Manski 1990)
    high: Floats  #: of all: all the silent satisfied
    best: Ranks  #: rank within the bounds, 0: none
    worst: Ranks
    least: float  #: the share at which the scheme gives no points; NaN where it names none
    gap: Floats  #: how many percentage points less satisfied the silent must be for all to lie at `least`
    attainable: Floats  #: 1 where the silent can be so, 0 where even none satisfied is not enough, NaN unknown


def silence(evaluation: Evaluation) -> Silence | None:
    """Bounds of the share satisfied; None where the scheme does not ask for both it and the response rate."""
    parts = evaluation.scheme.indicators
    asked = _first(parts, "share_satisfied")
    answered = _first(parts, "response_rate")
    if asked is None or answered is None:
        return None
    values = evaluation.values
    told = values.estimate[values.at(evaluation.period)]
    share, response = told[:, asked], told[:, answered]
    known = ~(np.isnan(share) | np.isnan(response))
    share, response = np.where(known, share, np.nan), np.where(known, np.minimum(response, 100.0), np.nan)
    bounds = mean_bounds(share, response / 100.0, low=0.0, high=100.0)
    ranks = rank_bounds(bounds.low, bounds.high)
    normalise = parts[asked].normalise
    bottom = None if normalise is None else normalise.parameters.get("floor")
    least = float(bottom) if isinstance(bottom, int | float) else np.nan
    broken = breakdown(share, response / 100.0, least, low=0.0, high=100.0)
    attainable = np.where(np.isfinite(broken.gap), broken.attainable.astype(np.float64), np.nan)
    return Silence(parts[asked].id, share, response, bounds.low, bounds.high, *ranks, least, broken.gap, attainable)


def _first(parts: Sequence[Indicator], measure: str) -> int | None:
    """The first indicator that is this measure of ratings as they were given."""
    return next((at for at, part in enumerate(parts) if part.evidence.ratings == measure and _plain(part)), None)


def _plain(part: Indicator) -> bool:
    """Whether an indicator is of the raters alone, as they rated."""
    how = part.evidence
    return not (how.as_ruled or how.callbacks or how.calibrate or how.adjust_for or how.shrink)
