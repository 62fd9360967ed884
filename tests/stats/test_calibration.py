from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.stats.calibration import Margin, columns_of, rake, regress

SIZES = (16, 4, 5, 2)


def margins_of(seed: int, rows: int = 3000) -> tuple[np.ndarray, list[Margin]]:
    random = np.random.default_rng(seed)
    base = random.uniform(1, 3, rows)
    codes = [random.integers(0, size, rows) for size in SIZES]
    true = base * random.uniform(0.5, 2.0, rows)
    true *= 1000 / true.sum()
    return base, [
        Margin(code, np.bincount(code, true, minlength=size)) for code, size in zip(codes, SIZES, strict=True)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_every_margin_holds_and_weights_stay_above_nought(seed: int) -> None:
    base, margins = margins_of(seed)
    found = rake(base, margins)
    assert found.converged and found.off < 1e-11 and (found.weight > 0).all()
    for margin in margins:
        np.testing.assert_allclose(
            np.bincount(margin.code, found.weight, minlength=len(margin.total)), margin.total, rtol=1e-10
        )


def test_rows_of_one_cell_are_changed_alike() -> None:
    base, margins = margins_of(5)
    factor = rake(base, margins).weight / base
    key = np.ravel_multi_index([margin.code for margin in margins], SIZES)
    for cell in np.unique(key)[:50]:
        assert np.ptp(factor[key == cell]) < 1e-12


def test_one_margin_alone_is_post_stratification() -> None:
    code = np.array([0, 0, 1, 1, 1])
    found = rake(np.array([1.0, 3, 1, 1, 2]), [Margin(code, np.array([10.0, 20]))])
    np.testing.assert_allclose(found.weight, [2.5, 7.5, 5, 5, 10])
    assert found.iterations <= 2


def test_a_category_without_rows_is_named() -> None:
    with pytest.raises(ValueError, match=r"margin 1: categories \[2\] have a known total and no row"):
        rake(
            np.ones(2),
            [Margin(np.array([0, 1]), np.array([1.0, 1])), Margin(np.array([0, 1]), np.array([1.0, 0.5, 0.5]))],
        )


@pytest.mark.parametrize("code", [-1, 2])
def test_a_row_without_a_known_category_is_refused(code: int) -> None:
    with pytest.raises(ValueError, match="margin 0: a row has no category among the 2"):
        rake(np.ones(2), [Margin(np.array([0, code]), np.array([1.0, 1.0]))])


@pytest.mark.parametrize("base", [[0.0, 1.0], [-1.0, 1.0], [np.nan, 1.0]])
def test_weights_that_are_none_are_refused(base: list[float]) -> None:
    with pytest.raises(ValueError, match="1 weights are not above zero"):
        rake(np.array(base), [Margin(np.array([0, 1]), np.array([1.0, 1.0]))])


def test_margins_that_add_to_different_totals_are_refused() -> None:
    with pytest.raises(ValueError, match="different totals: 2, 3"):
        rake(np.ones(2), [Margin(np.array([0, 1]), np.array([1.0, 1])), Margin(np.array([0, 1]), np.array([1.0, 2]))])


def test_that_no_weights_can_do_it_is_said_as_such() -> None:
    code, other = np.array([0, 0, 1]), np.array([0, 0, 1])
    found = rake(np.ones(3), [Margin(code, np.array([10.0, 10])), Margin(other, np.array([5.0, 15]))], most=50)
    assert not found.converged and found.iterations == 50 and found.off > 0.1


@given(st.integers(0, 10_000))
def test_regression_gives_the_totals(seed: int) -> None:
    random = np.random.default_rng(seed)
    columns = np.column_stack([np.ones(60), random.normal(size=(60, 2))])
    base = random.uniform(1, 2, 60)
    totals = base @ columns * random.uniform(0.9, 1.1, 3)
    found = regress(base, columns, totals)
    np.testing.assert_allclose(found.weight @ columns, totals, rtol=1e-9, atol=1e-9)


def test_bounds_hold_and_impossible_ones_are_refused() -> None:
    random = np.random.default_rng(2)
    columns = np.column_stack([np.ones(200), random.normal(size=200)])
    base = np.ones(200)
    totals = np.array([200.0, columns[:, 1].sum() + 40.0])
    found = regress(base, columns, totals, bounds=(0.6, 1.5))
    np.testing.assert_allclose(found.weight @ columns, totals, rtol=1e-9)
    assert found.weight.min() >= 0.6 - 1e-12 and found.weight.max() <= 1.5 + 1e-12
    with pytest.raises(ValueError, match=r"no weights between 0.99 and 1.01"):
        regress(base, columns, totals, bounds=(0.99, 1.01))


def test_columns_that_depend_on_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="depend on each other"):
        regress(np.ones(5), np.ones((5, 2)), np.array([5.0, 5.0]))


def test_the_columns_of_margins_are_independent() -> None:
    _, margins = margins_of(1)
    columns = columns_of(margins)
    assert columns.shape[1] == sum(SIZES) - 3 == np.linalg.matrix_rank(columns)
