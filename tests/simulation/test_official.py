"""Official figures as rows."""

from __future__ import annotations

import numpy as np

from minping.simulation.official import figures, rounded


def test_a_missing_figure_gives_no_row_and_counts_stay_beside_theirs() -> None:
    value, asked = np.array([[1.25, np.nan], [3.0, 4.0]]), np.array([[7, 8], [9, 10]])
    table = figures(["A", "B"], ["2024", "2025"], "x", value, decimals=2, n=asked)
    assert table["value"].to_pylist() == ["1.25", "3.00", "4.00"]
    assert table["body"].to_pylist() == ["A", "B", "B"] and table["n"].to_pylist() == [7, 9, 10]
    assert table["period"].to_pylist() == ["2024", "2024", "2025"]
    assert table["numerator"].to_pylist() == [None] * 3 == table["released_on"].to_pylist()


def test_what_is_not_told_yet_is_missing() -> None:
    assert rounded(np.array([1.26, 2.0]), 1, np.array([True, False])).tolist()[0] == 1.3
    assert np.isnan(rounded(np.ones(1), where=np.zeros(1, dtype=np.bool_))).all()
