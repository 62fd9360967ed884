"""Faults to problems."""

from __future__ import annotations

import numpy as np
import pytest

from minping.evidence.faults import MOST_ALONE, Fault, Remark, fold, problems, row_ranges, short
from minping.words import Text, both


def _fault(found: str, *rows: int, code: str = "x") -> Fault:
    return Fault(Remark(code, both(found)), "value", np.array(rows, dtype=np.int64))


@pytest.mark.parametrize(
    ("rows", "said"), [([5], "5"), ([2, 3, 4], "2–4"), ([9, 2, 3, 7, 3], "2–3, 7, 9"), ([2, 4], "2, 4")]
)
def test_rows_are_listed_as_ranges(rows: list[int], said: str) -> None:
    assert row_ranges(np.array(rows)) == said


def test_each_row_is_a_problem_of_its_own_in_the_order_of_rows() -> None:
    found = problems("a.csv", "", [_fault("p", 7, 3), _fault("q", 5)])
    assert [(problem.place.row, problem.found.en) for problem in found] == [(3, "p"), (5, "q"), (7, "p")]


def test_above_the_limit_every_row_is_still_named() -> None:
    rows = range(2, 2 * MOST_ALONE + 4, 2)
    (problem,) = problems("a.csv", "", [_fault("p", *rows)])
    said = problem.found.en.split("rows: ")[1].split(", ")
    assert [int(row) for row in said] == list(rows)


def test_folding_keeps_every_row_and_does_not_mix_kinds() -> None:
    faults = [_fault(f"p{at}", at) for at in range(2, 50)] + [_fault("q", 99, code="y")]
    folded = fold(faults, most=10)
    assert sorted(len(one.rows) for one in folded if one.rows is not None) == [1, 48]
    assert fold(faults, most=100) is faults


def test_a_long_cell_is_cut_and_control_signs_are_shown() -> None:
    assert short("a\x00b") == "“a\\x00b”" and len(short("x" * 500)) < 50
    assert Text(short("行"), "").zh == "“行”"
