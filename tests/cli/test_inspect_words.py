"""What a plan of inspections says of itself."""

from __future__ import annotations

import numpy as np

from minping.cli.inspect_words import margins, rate_json
from minping.model.inspected import Claims, ErrorRate, InspectionPlan
from minping.words import Text


def plan(probability: list[float]) -> InspectionPlan:
    size, chance = len(probability), np.array(probability)
    none, zero = np.zeros(size, dtype=np.int64), np.zeros(size)
    words = tuple(Text("x", "x") for _ in probability)
    claims = Claims(none, none, ("x",) * size, words, zero, zero, zero + 1, none, none)
    return InspectionPlan("2024", 1, claims, zero + 1, chance, np.arange(size), "")


def test_margins_are_those_of_as_many_equal_draws() -> None:
    even = plan([0.25] * 400)
    assert even.effective == 100
    assert "± 5.9 points at 10%" in margins(even).en and "正负 5.9 个百分点" in margins(even).zh
    assert plan([0.1] * 200 + [0.4] * 200).effective < 100
    assert "± 0.0 points at 10%" in margins(plan([1.0] * 50)).en


def test_what_is_not_known_is_null() -> None:
    nan, one = np.array([np.nan]), np.array([1])
    told = rate_json(ErrorRate("2024", ("",), one, one, nan, nan, nan, 0.95, 0))
    assert told["all"] == {"stratum": "", "inspected": 1, "wrong": 1, "share": None, "low": None, "high": None}
