"""Showing: what may be told of a ranking: ranks only with intervals, and only as the scheme publishes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from minping.model.arrays import Ints

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Showing:
    """How N bodies are listed."""

    order: Ints  #: (N,) rows: by rank, else by tier, else as in the evidence; those without a score last
    ranked: bool  #: ranks are shown, with their intervals
    tiered: bool  #: tiers are shown


def showing(evaluation: Evaluation) -> Showing:
    """What to show: no rank where nothing was drawn, none where the scheme publishes groups only, or no ranking."""
    scores, drawn, published = evaluation.scores, evaluation.intervals, evaluation.scheme.publish.ranking
    ranked = drawn is not None and published == "intervals"
    tiered = drawn is not None and published != "none"
    keys = np.where(scores.scored, 0.0, np.inf)
    if ranked:
        keys = np.where(np.isnan(scores.rank), np.inf, scores.rank)
    elif tiered and drawn is not None:
        keys = np.where(drawn.tier > 0, drawn.tier.astype(np.float64), np.inf)
    return Showing(np.argsort(keys, kind="stable"), ranked, tiered)
