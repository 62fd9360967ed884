"""Which margins hold in a period, and how crossed columns are coded; weights as such are in test_samples."""

from __future__ import annotations

import numpy as np

from minping.indicators.weighting import Coded, Interviews, crossing, holding_in
from minping.model.surveys import Margin


def test_the_shortest_span_that_a_period_lies_in_holds() -> None:
    margins = [
        Margin("age", level, total, "", period, 0, 0)
        for level, period, total in (("a", "", 1.0), ("a", "2024", 2.0), ("a", "2021-2025", 3.0), ("b", "2023", 4.0))
    ]
    for period, wanted in (("2024", [2.0]), ("2024Q1", [2.0]), ("2022", [3.0]), ("2019", [1.0]), ("2023", [3.0, 4.0])):
        assert sorted(margin.total for margin in holding_in(period, margins)) == wanted


def test_crossed_columns_are_coded_as_the_pairs_that_occur() -> None:
    age, sex = Coded(("o", "y"), np.array([1, 0, 1, 1])), Coded(("f", "m"), np.array([0, 0, 1, 0]))
    asked = Interviews("2024", np.ones(4), np.zeros(4, dtype=np.int64), ("b",), {"age": age, "sex": sex})
    found = crossing(asked, "age+sex")
    assert [found.words[at] for at in found.code.tolist()] == ["y+f", "o+f", "y+m", "y+f"]
