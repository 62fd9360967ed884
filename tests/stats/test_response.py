"""Rates of outcomes: by hand as AAPOR writes them, and laws that hold between them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.stats.response import OUTCOMES, RATES, eligible_share, outcome_rate

I, P, R, NC, O, UH, UO, NE = 340, 25, 180, 210, 35, 400, 60, 150  # noqa: E741 - as AAPOR names them
COUNTS = np.array([I, P, R, NC, O, UH, UO, NE], dtype=np.float64)
E = (I + P + R + NC + O) / (I + P + R + NC + O + NE)
BY_HAND = {
    "RR1": I / ((I + P) + (R + NC + O) + (UH + UO)),
    "RR2": (I + P) / ((I + P) + (R + NC + O) + (UH + UO)),
    "RR3": I / ((I + P) + (R + NC + O) + E * (UH + UO)),
    "RR4": (I + P) / ((I + P) + (R + NC + O) + E * (UH + UO)),
    "RR5": I / ((I + P) + (R + NC + O)),
    "RR6": (I + P) / ((I + P) + (R + NC + O)),
    "COOP1": I / ((I + P) + R + O),
    "COOP2": (I + P) / ((I + P) + R + O),
    "COOP3": I / ((I + P) + R),
    "COOP4": (I + P) / ((I + P) + R),
    "REF1": R / ((I + P) + (R + NC + O) + (UH + UO)),
    "REF2": R / ((I + P) + (R + NC + O) + E * (UH + UO)),
    "REF3": R / ((I + P) + (R + NC + O)),
    "CON1": ((I + P) + R + O) / ((I + P) + R + O + NC + (UH + UO)),
    "CON2": ((I + P) + R + O) / ((I + P) + R + O + NC + E * (UH + UO)),
    "CON3": ((I + P) + R + O) / ((I + P) + R + O + NC),
}


@pytest.mark.parametrize("name", RATES)
def test_each_rate_is_the_formula_of_the_standard_definitions(name: str) -> None:
    assert outcome_rate(COUNTS, name) == pytest.approx(BY_HAND[name], rel=1e-12)
    table = np.stack([COUNTS, np.zeros(8), 3 * COUNTS])
    found = outcome_rate(table, name)
    assert found[0] == pytest.approx(found[2]) and np.isnan(found[1])


def test_the_share_of_eligible_ones_is_that_of_the_known_ones_unless_it_is_given() -> None:
    assert eligible_share(COUNTS) == pytest.approx(E)
    assert outcome_rate(COUNTS, "RR3", e=1.0) == outcome_rate(COUNTS, "RR1")
    assert outcome_rate(COUNTS, "RR3", e=0.0) == outcome_rate(COUNTS, "RR5")
    assert eligible_share(np.zeros(8)) == 1


@given(st.lists(st.integers(0, 500), min_size=8, max_size=8))
def test_rates_are_shares_and_stand_in_their_order(counts: list[int]) -> None:
    told = np.array(counts, dtype=np.float64)
    of = {name: float(outcome_rate(told, name)) for name in RATES}
    assert all(np.isnan(rate) or -1e-12 <= rate <= 1 + 1e-12 for rate in of.values())
    for least, middle, most in (
        ("RR1", "RR3", "RR5"),
        ("RR2", "RR4", "RR6"),
        ("REF1", "REF2", "REF3"),
        ("CON1", "CON2", "CON3"),
    ):
        if not np.isnan(of[most]):
            assert of[least] <= of[middle] + 1e-12 <= of[most] + 2e-12


@pytest.mark.parametrize(
    ("counts", "name", "e", "words"),
    [
        (COUNTS, "RR7", None, "no rate RR7"),
        (COUNTS[:5], "RR1", None, "8 numbers"),
        (-COUNTS, "RR1", None, "8 numbers"),
        (COUNTS, "RR3", 1.5, "a share is from 0 to 1"),
    ],
)
def test_what_is_no_count_is_refused(counts: np.ndarray, name: str, e: float | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        outcome_rate(counts, name, e)
    assert len(OUTCOMES) == 8
