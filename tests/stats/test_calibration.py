from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minping.model.arrays import Floats, Ints
from minping.stats.calibration import Margin, Weighting, columns_of, rake, rake_within, regress, regress_within
from minping.stats.designs import Calibrated, Design, Stage
from minping.stats.estimates import mean, total

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


GROUPS, LEVELS = 5, (3, 4)


def grouped(seed: int) -> tuple[Floats, Ints, list[Margin], Floats]:
    random = np.random.default_rng(seed)
    rows = 600
    group = random.integers(0, GROUPS, rows)
    codes = [random.integers(0, size, rows) for size in LEVELS]
    base = random.uniform(1, 3, rows)
    true = base * random.uniform(0.7, 1.5, rows)
    totals = []
    for code, size in zip(codes, LEVELS, strict=True):
        held = np.zeros((GROUPS, size))
        np.add.at(held, (group, code), true)
        totals.append(held)
    return base, group, [Margin(code, held) for code, held in zip(codes, totals, strict=True)], random.normal(size=rows)


def design_of(rows: int, found: Weighting, seed: int) -> Design:
    random = np.random.default_rng(seed)
    stratum = random.integers(0, 3, rows)
    stages = (Stage(stratum, random.integers(0, 12, rows), np.full(rows, 0.2)),)
    return Design(found.weight, stages, found.calibrated)


def blocks(columns: Floats, group: Ints) -> Floats:
    return np.concatenate([columns * (group == at)[:, None] for at in range(GROUPS)], axis=1)


@pytest.mark.parametrize("seed", range(3))
def test_raking_within_groups_is_raking_of_each_group(seed: int) -> None:
    base, group, margins, _ = grouped(seed)
    found = rake_within(base, margins, group)
    assert found.converged
    for at in range(GROUPS):
        here = group == at
        own = rake(base[here], [Margin(margin.code[here], margin.total[at]) for margin in margins])
        np.testing.assert_allclose(found.weight[here], own.weight, rtol=1e-10)


@pytest.mark.parametrize("answered", [1.0, 0.7])
@pytest.mark.parametrize("seed", range(3))
def test_errors_know_the_calibration_as_with_a_block_of_columns_for_each_group(seed: int, answered: float) -> None:
    base, group, margins, y = grouped(seed)
    y = np.where(np.random.default_rng(seed).random(len(y)) < answered, y, np.nan)
    of = design_of(len(base), rake_within(base, margins, group), seed)
    plain = columns_of([Margin(margin.code, margin.total[0]) for margin in margins])
    wanted = replace(of, calibrated=Calibrated(blocks(plain, group), base))
    for estimate in (mean, total):
        np.testing.assert_allclose(
            estimate(of, y, group, GROUPS).se, estimate(wanted, y, group, GROUPS).se, rtol=1e-9, atol=1e-9
        )
    assert (mean(of, y, group, GROUPS).se < 0.99 * mean(replace(of, calibrated=None), y, group, GROUPS).se).any()


def test_regression_within_groups_is_regression_of_each_group() -> None:
    base, group, margins, y = grouped(1)
    columns = np.column_stack([np.eye(3)[margins[0].code], y])
    totals = Calibrated(columns, base).sums(group, base * np.random.default_rng(0).uniform(0.9, 1.1, len(y)), GROUPS)
    for bounds in (None, (0.5, 2.0)):
        found = regress_within(base, columns, totals, group, bounds=bounds)
        for at in range(GROUPS):
            here = group == at
            own = regress(base[here], columns[here], totals[at], bounds=bounds)
            np.testing.assert_allclose(found.weight[here], own.weight, rtol=1e-9)
    of = design_of(len(y), found, 1)
    wanted = replace(of, calibrated=Calibrated(blocks(columns, group), base))
    np.testing.assert_allclose(mean(of, y**2, group, GROUPS).se, mean(wanted, y**2, group, GROUPS).se, rtol=1e-9)


def test_bounds_that_can_not_be_kept_are_an_error() -> None:
    base, group, margins, _ = grouped(1)
    totals = Calibrated(np.eye(3)[margins[0].code], base).sums(group, base * 3, GROUPS)
    with pytest.raises(ValueError, match="5 groups have no such weights"):
        regress_within(base, np.eye(3)[margins[0].code], totals, group, bounds=(0.5, 2.0))


def test_a_group_without_a_row_of_a_category_or_with_margins_that_differ_is_an_error() -> None:
    base, group, margins, _ = grouped(1)
    gone = ~((group == 2) & (margins[1].code == 3))
    with pytest.raises(ValueError, match=r"margin 1: categories \[11\] have a known total and no row"):
        rake_within(base[gone], [Margin(one.code[gone], one.total) for one in margins], group[gone])
    margins[0].total[1] *= 2
    with pytest.raises(ValueError, match="different totals"):
        rake_within(base, margins, group)


def test_a_domain_that_is_no_group_is_refused() -> None:
    base, group, margins, y = grouped(1)
    of = design_of(len(base), rake_within(base, margins, group), 1)
    with pytest.raises(ValueError, match="each group must be a domain"):
        mean(of, y)
