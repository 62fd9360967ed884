"""Many groups calibrated at once, against each of them alone, by the code that is checked against R's `survey`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minping.stats.calibration import Margin, columns_of, rake, regress
from minping.stats.weighting import Cells, Factors, fitted, rake_groups, regress_groups

SIZES = (4, 6)


def made(seed: int, groups: int = 12) -> tuple[Cells, list[np.ndarray]]:
    """Every combination occurs in every group; totals come from other weights than the base."""
    random = np.random.default_rng(seed)
    group, one, other = (axis.ravel() for axis in np.indices((groups, *SIZES)))
    base = random.integers(1, 40, len(group)).astype(np.float64)
    true = base * random.uniform(0.7, 1.6, len(group))
    totals = []
    for code, size in zip((one, other), SIZES, strict=True):
        total = np.zeros((groups, size))
        np.add.at(total, (group, code), true)
        totals.append(total)
    return Cells(group, (one, other), base, tuple(totals)), [one, other]


def of_group(cells: Cells, at: int) -> tuple[np.ndarray, np.ndarray, list[Margin]]:
    rows = cells.group == at
    margins = [Margin(code[rows], total[at]) for code, total in zip(cells.code, cells.total, strict=True)]
    return rows, cells.base[rows], margins


@pytest.mark.parametrize("seed", range(3))
def test_each_group_is_raked_as_if_alone(seed: int) -> None:
    cells, _ = made(seed)
    found = rake_groups(cells)
    assert found.converged.all()
    for at in range(cells.groups):
        rows, base, margins = of_group(cells, at)
        np.testing.assert_allclose(found.factor[rows], rake(base, margins).weight / base, rtol=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_each_group_is_regressed_as_if_alone(seed: int) -> None:
    cells, _ = made(seed)
    found = regress_groups(cells)
    assert found.converged.all()
    for at in range(cells.groups):
        rows, base, margins = of_group(cells, at)
        columns = columns_of(margins)
        totals = np.concatenate([margins[0].total, margins[1].total[1:]])
        np.testing.assert_allclose(found.factor[rows], regress(base, columns, totals).weight / base, rtol=1e-9)


def test_bounds_hold_and_so_do_the_margins() -> None:
    cells, _ = made(3)
    free, bounds = regress_groups(cells), (0.9, 1.12)
    found = regress_groups(cells, bounds=bounds)
    whole = cells.total[0].sum(axis=1) / np.bincount(cells.group, cells.base)
    relative = found.factor / whole[cells.group]
    assert ((free.factor / whole[cells.group] > 1.12).any()) and found.converged.any()
    assert relative.min() >= 0.9 - 1e-12 and relative.max() <= 1.12 + 1e-12
    assert_margins(cells, found)


def test_bounds_too_narrow_are_told_by_group() -> None:
    cells, _ = made(4)
    found = regress_groups(cells, bounds=(0.999, 1.001))
    assert not found.converged.any() and (found.off > 1e-6).all()


def assert_margins(cells: Cells, found: Factors) -> None:
    for code, total in zip(cells.code, cells.total, strict=True):
        held = np.zeros_like(total)
        np.add.at(held, (cells.group, code), cells.base * found.factor)
        np.testing.assert_allclose(held[found.converged], total[found.converged], rtol=1e-8)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.booleans())
def test_margins_hold_wherever_it_converges(seed: int, linear: bool) -> None:
    cells, _ = made(seed, 3)
    found = regress_groups(cells) if linear else rake_groups(cells)
    assert found.converged.all()
    assert_margins(cells, found)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_a_group_never_depends_on_the_others(seed: int) -> None:
    cells, _ = made(seed, 5)
    rows = cells.group == 2
    alone = Cells(
        np.zeros(rows.sum(), dtype=np.int64),
        tuple(code[rows] for code in cells.code),
        cells.base[rows],
        tuple(total[2:3] for total in cells.total),
    )
    np.testing.assert_array_equal(rake_groups(cells).factor[rows], rake_groups(alone).factor)
    np.testing.assert_allclose(regress_groups(cells).factor[rows], regress_groups(alone).factor, rtol=1e-12)


def test_a_category_with_cases_and_no_weight_is_no_convergence_and_harms_no_other_group() -> None:
    group, code, base = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([3.0, 0.0, 3.0, 2.0])
    cells = Cells(group, (code,), base, (np.array([[5.0, 4.0], [9.0, 1.0]]),))
    for found in (rake_groups(cells), regress_groups(cells)):
        assert found.converged.tolist() == [False, True]
        np.testing.assert_allclose(found.factor[2:], [3.0, 0.5])


def test_margins_that_exclude_each_other_are_no_convergence() -> None:
    # both columns hold the same two kinds of rows, yet are to add to different totals
    cells = Cells(
        np.array([0, 0]),
        (np.array([0, 1]), np.array([0, 1])),
        np.array([1.0, 1.0]),
        (np.array([[6.0, 4.0]]), np.array([[3.0, 7.0]])),
    )
    assert not rake_groups(cells, most=200).converged[0]
    assert not regress_groups(cells).converged[0]


@pytest.mark.parametrize("seed", range(3))
def test_what_margins_explain_is_the_weighted_regression_of_each_group(seed: int) -> None:
    cells, _ = made(seed)
    random = np.random.default_rng(seed + 100)
    value = cells.base[:, None] * random.normal(size=(len(cells.base), 2))
    found = fitted(cells, value)
    for at in range(cells.groups):
        rows, base, margins = of_group(cells, at)
        columns, root = columns_of(margins), np.sqrt(base)[:, None]
        slope = np.linalg.lstsq(root * columns, root * value[rows] / base[:, None], rcond=None)[0]
        np.testing.assert_allclose(found[rows], columns @ slope, atol=1e-10)


def test_columns_that_depend_on_each_other_are_no_matter() -> None:
    # service 1 is only had by phone: its column is that of the phone
    cells = Cells(
        np.zeros(3, dtype=np.int64),
        (np.array([0, 0, 1]), np.array([0, 1, 2])),
        np.array([4.0, 6.0, 5.0]),
        (np.array([[20.0, 10.0]]), np.array([[8.0, 12.0, 10.0]])),
    )
    np.testing.assert_allclose(regress_groups(cells).factor, [2.0, 2.0, 2.0])
    np.testing.assert_allclose(fitted(cells, np.array([[4.0], [18.0], [5.0]]))[:, 0], [1.0, 3.0, 1.0], atol=1e-10)
