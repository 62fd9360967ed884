"""The power table of a call-back, against the formulas behind it."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from minping.cli.callback_words import margin_of_all, power_rows
from minping.indicators.callback_draw import Drawn, Strata, spread


def drawn(count: int) -> Drawn:
    rated = np.array([[10.0, 10, 20, 80, 80], [5, 5, 10, 40, 40]])
    strata = Strata(np.array([0, 1]), ("", ""), rated, np.array([400, 300]), np.array([count, count]))
    return cast(Drawn, SimpleNamespace(strata=strata))


def test_as_many_calls_as_it_says_give_the_chance_it_says() -> None:
    need = {row["difference"]: row["calls_of_a_body"] for row in power_rows(drawn(10), 2, 0.5)}
    assert need[20.0] is not None and need[10.0] is not None and need[20.0] < need[10.0]
    row = next(row for row in power_rows(drawn(int(need[10.0])), 2, 0.5) if row["difference"] == 10.0)
    assert row["chance_of_a_body"] == pytest.approx(0.8, abs=0.02)


def test_what_a_body_can_not_show_is_a_dash() -> None:
    row = power_rows(drawn(10), 2, 0.5)[0]
    assert row["difference"] == 3.0 and row["calls_of_a_body"] is None and row["bodies_that_can"] == 0


def test_the_margin_is_that_of_raters_and_reached_together() -> None:
    found, sd = drawn(100), spread(drawn(100).strata)
    w = 400 / 600
    error = math.sqrt(sd**2 / 600 + w**2 * sd**2 * (1 / 50 - 1 / 400))
    assert margin_of_all(found, 2, 0.5)[0] == pytest.approx(1.96 * error, rel=1e-4)
    assert np.isnan(margin_of_all(drawn(1), 2, 0.5)).all()
