"""Figures: a batch is checked as a whole; what is empty, impossible or at odds with its ratio is named."""

from __future__ import annotations

import numpy as np
import pytest

from minping.evidence import figures as module
from minping.evidence.columns import BAD, EMPTY
from minping.evidence.faults import Fault
from minping.evidence.figures import Figures, check_figures
from minping.model.evidence import NO_DATE, IndicatorNote

NAN = float("nan")
NOTES = (
    IndicatorNote("gdp", "", "", "亿元", False, 0.0, None),
    IndicatorNote("share", "", "", "%", True, 0.0, 100.0),
)
HEADERS = {name: name for name in ("body", "period", "indicator", "value", "numerator", "denominator")}


def _figures(value: list[float], **columns: list[float]) -> Figures:
    count = len(value)
    codes = {name: np.array(columns.pop(name, [0] * count), dtype=np.int64) for name in ("body", "period", "indicator")}
    if "released_on" in columns:
        codes["released_on"] = np.array(columns.pop("released_on"), dtype=np.int64)
    is_bad = np.array(columns.pop("is_bad", [False] * count), dtype=np.bool_)
    scales = np.where(codes["indicator"] == 1, 100.0, 1.0)
    numbers = {"value": np.array(value), **{name: np.array(column) for name, column in columns.items()}}
    return Figures(np.arange(2, count + 2), codes, numbers, is_bad, HEADERS, scales)


def _checked(figures: Figures, is_wide: bool = False) -> tuple[Figures, dict[str, list[int]]]:
    faults: list[Fault] = []
    kept = check_figures(figures, NOTES, faults, is_wide)
    found: dict[str, list[int]] = {}
    for one in faults:
        assert one.rows is not None
        found.setdefault(one.remark.code, []).extend(one.rows.tolist())
    return kept, found


def test_good_figures_stay_as_they_are() -> None:
    kept, found = _checked(_figures([1.0, 97.3], indicator=[0, 1]))
    assert found == {} and kept.numbers["value"].tolist() == [1, 97.3] and kept.rows.tolist() == [2, 3]


def test_a_row_without_anything_is_left_out_and_one_with_a_date_is_not() -> None:
    blank: dict[str, list[float]] = {name: [0, EMPTY, EMPTY] for name in ("body", "period", "indicator")}
    kept, found = _checked(_figures([1, NAN, NAN], **blank, released_on=[NO_DATE, NO_DATE, 17_000]))
    assert kept.rows.tolist() == [2, 4]
    assert found == {"empty-cell": [4, 4, 4], "empty-value": [4]}


def test_a_row_whose_only_cell_cannot_be_read_is_not_blank() -> None:
    blank: dict[str, list[float]] = {name: [EMPTY] for name in ("body", "period", "indicator")}
    kept, found = _checked(_figures([NAN], **blank, is_bad=[True]))
    assert kept.rows.tolist() == [2] and found == {"empty-cell": [2, 2, 2]}


def test_a_word_that_is_named_already_is_not_called_empty() -> None:
    _, found = _checked(_figures([1, NAN], body=[BAD, 0], is_bad=[False, True]))
    assert found == {}


def test_an_empty_value_comes_from_numerator_and_denominator_in_the_unit() -> None:
    kept, found = _checked(_figures([NAN, NAN, NAN], indicator=[0, 1, 1], numerator=[1, 1, NAN], denominator=[4, 4, 4]))
    assert kept.numbers["value"][:2].tolist() == [0.25, 25] and np.isnan(kept.numbers["value"][2])
    assert found == {"derived-value": [2, 3], "empty-value": [4]}


def test_a_value_that_could_not_be_read_is_not_made_up_from_its_ratio() -> None:
    kept, found = _checked(_figures([NAN], numerator=[1], denominator=[4], is_bad=[True]))
    assert np.isnan(kept.numbers["value"][0]) and found == {}


def test_a_zero_denominator_and_a_ratio_that_is_not_the_value_are_named() -> None:
    _, found = _checked(_figures([25, 30, 1], indicator=[1, 1, 1], numerator=[1, 1, 1], denominator=[4, 4, 0]))
    assert found["zero-denominator"] == [4] and found["ratio-mismatch"] == [3]


@pytest.mark.parametrize(
    ("value", "indicator", "allowed"),
    [
        (-1.0, 0, "gdp between 0 and ∞ 亿元"),
        (100.5, 1, "share between 0 and 100 %"),
        (-0.1, 1, "share between 0 and 100 %"),
    ],
)
def test_an_impossible_value_says_what_is_possible(value: float, indicator: int, allowed: str) -> None:
    faults: list[Fault] = []
    check_figures(_figures([value], indicator=[indicator]), NOTES, faults)
    assert [(one.remark.code, one.remark.allowed.en) for one in faults] == [("impossible-value", allowed)]


def test_bounds_are_possible_and_unknown_indicators_have_none() -> None:
    _, found = _checked(_figures([0, 0, 100, -5], indicator=[0, 1, 1, BAD]))
    assert found == {}


def test_very_many_impossible_values_share_a_message_that_says_their_span(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_DISTINCT", 3)
    faults: list[Fault] = []
    check_figures(_figures([-1.0, -2, -3, -4, -5]), NOTES, faults)
    (one,) = faults
    assert one.remark.found.en == "values from -5 to -1 are impossible"
    assert one.rows is not None and one.rows.tolist() == [2, 3, 4, 5, 6]


def test_a_wide_table_may_leave_cells_empty_but_none_may_be_impossible() -> None:
    _, found = _checked(_figures([NAN, -1.0]), is_wide=True)
    assert found == {"impossible-value": [3]}
