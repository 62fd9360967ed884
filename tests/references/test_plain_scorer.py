"""Scores beside those of a second implementation in exact fractions, on random ragged trees."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings

from minping.errors import EvidenceError
from tests.laws.trees import PERIODS, make, numbers
from tests.references.plain_scorer import plain_scores

METHODS = (
    {"method": "goalposts", "floor": 10, "target": 90},
    {"method": "minmax"},
    {"method": "given"},
)
POLICIES = ("redistribute_within", "global", "zero", "worst", "peer_median")


@given(numbers)
@settings(max_examples=120)
def test_scores_equal_those_in_exact_fractions(number: int) -> None:
    case = make(number, methods=METHODS, means=("arithmetic",), policies=POLICIES, gaps=0.3)
    case.scheme["peers"] = {"method": "all"}
    for entry in case.scheme["indicators"]:
        entry.pop("not_applicable", None)
    try:
        scores = case.evaluate().scores
    except EvidenceError:
        assume(False)
    figures = {
        (body, indicator): value for (body, period, indicator), value in case.figures.items() if period == PERIODS[-1]
    }
    plain = plain_scores(case.scheme, case.ids, case.types, figures)
    wanted = np.array([np.nan if score is None else float(score) for score in plain])
    np.testing.assert_allclose(scores.score, wanted, rtol=1e-12, atol=1e-12)
