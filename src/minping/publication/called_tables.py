"""The table of call-backs that a publication holds: raters, the silent and all, body by body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.scoring.called import called_back

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation


def callbacks_table(evaluation: Evaluation) -> dict[str, Any]:
    """One row per body; nothing where the scheme asks for no call-backs."""
    found = called_back(evaluation)
    if found is None:
        return {}
    k = evaluation.scheme.publish.k or 1
    few = found.reached < k
    return {
        "body": list(evaluation.values.bodies),
        "indicator": [found.node] * len(found.gap),
        "raters": found.figure[0],
        "non_raters": found.figure[1],
        "everyone": found.figure[2],
        "everyone_lo": found.low[2],
        "everyone_hi": found.high[2],
        "rater_gap": found.gap,
        "rater_gap_se": found.gap_se,
        "not_rated": found.silent,
        "called": found.called,
        "reached": np.where(few & (found.reached > 0), np.nan, found.reached),
    }


CALLED_TABLES: Mapping[str, Callable[[Evaluation], dict[str, Any]]] = {"callbacks": callbacks_table}
