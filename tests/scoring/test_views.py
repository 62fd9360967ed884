"""The same ratings as ruled, as rated, calibrated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.pipeline import evaluate, load_evidence
from minping.scheme.read import parse_scheme
from minping.scoring.views import interval_of, views
from minping.stats.proportions import jeffreys
from tests.scoring.test_calibration_remarks import SCHEME, evaluated, folder


def test_what_the_scheme_asks_for_stands_side_by_side(tmp_path: Path) -> None:
    found = views(evaluated(folder(tmp_path), "to: [channel], few: pool"))
    assert found is not None and found.kinds == ("as_rated", "calibrated") and found.title.zh == "好评率"
    known = ~np.isnan(found.figure)
    assert known[:, :2].all() and (found.low[known] <= found.figure[known]).all() and (found.high[known] <= 100).all()
    assert np.isnan(found.low[~known]).all()


def test_a_scheme_with_one_view_has_none_to_compare(tmp_path: Path) -> None:
    text = SCHEME.format(how="to: [channel]", k=1)
    scheme = parse_scheme(
        "\n".join(line for line in text.splitlines() if "weighed," not in line and "calibrate" not in line)
    )
    assert views(evaluate(scheme, load_evidence(folder(tmp_path), scheme), draws=0)) is None


@pytest.mark.parametrize("good", [0, 3, 50, 60])
def test_the_interval_of_independent_answers_is_that_of_jeffreys(good: int) -> None:
    middle = (good + 0.5) / 61
    se = 100 * np.sqrt(middle * (1 - middle) / 62)
    low, high = interval_of(np.array([100 * good / 60]), np.array([se]), np.array([60.0]), 0.9, share=True)
    expected = jeffreys(np.array([float(good)]), np.array([60.0]), level=0.9)
    np.testing.assert_allclose([low[0], high[0]], [100 * expected.low[0], 100 * expected.high[0]])


@given(st.floats(0, 100), st.floats(0.01, 60), st.integers(1, 10_000), st.booleans())
def test_an_interval_holds_its_figure_and_stays_on_the_scale(figure: float, se: float, n: int, share: bool) -> None:
    low, high = interval_of(np.array([figure]), np.array([se]), np.array([float(n)]), 0.95, share=share)
    assert 0 <= low[0] <= figure <= high[0] <= 100


def test_a_larger_error_makes_a_wider_interval() -> None:
    widths = [
        float((high - low)[0])
        for se in (1.0, 2.0, 4.0, 8.0)
        for low, high in [interval_of(np.array([90.0]), np.array([se]), np.array([500.0]), 0.9, share=True)]
    ]
    assert widths == sorted(widths) and widths[0] == pytest.approx(2 * 1.645 * 1.0, rel=0.05)
