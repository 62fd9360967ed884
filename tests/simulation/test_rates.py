"""Rates that bodies report of themselves."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from minping.stats.feasible import feasible_mean
from minping.stats.heaping import near_whole
from tests.simulation.conftest import Made


def test_shares_are_feasible_unless_invented(made: Made) -> None:
    rows = made.figures("satisfaction_self")
    tenths = np.array([round(10 * float(row["value"])) for row in rows.values()])
    asked = np.array([int(row["n"]) for row in rows.values()])
    possible = feasible_mean(tenths, np.full(tenths.size, 3), asked)
    cases = {(case["body"], case["period"]) for case in made.told["irregular"].get("infeasible_share", ())}
    assert {cell for cell, so in zip(rows, possible, strict=True) if not so} == cases


def test_rates_lie_at_whole_numbers_only_where_planted(made: Made) -> None:
    share = defaultdict(list)
    for (body, _), row in made.figures("on_time_self").items():
        done, handled = float(row["numerator"]), float(row["denominator"])
        assert float(row["value"]) == pytest.approx(100 * done / handled, abs=0.0051)
        share[body].append(bool(near_whole(np.array([done]), np.array([handled]))[0]))
    assert {body for body, near in share.items() if np.mean(near) > 0.7} == made.planted("whole_percentages")
    honest = [one for body, near in share.items() if body not in made.planted("whole_percentages") for one in near]
    assert 0.05 < np.mean(honest) < 0.16
