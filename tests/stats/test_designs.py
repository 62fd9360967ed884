"""Variances by design: against a plain loop over domains, strata and units, and what must hold whatever the sample."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from minping.model.arrays import Floats, Ints
from minping.stats.calibration import Margin, columns_of, rake
from minping.stats.designs import Calibrated, Design, Stage, variances


def sample(
    seed: int, rows: int = 200, strata: int = 4, units: int = 6, domains: int = 5
) -> tuple[Design, Floats, Ints]:
    random = np.random.default_rng(seed)
    stratum, unit = random.integers(0, strata, rows), random.integers(0, units, rows)
    weight = random.uniform(1, 5, rows)
    stage = Stage(stratum, unit, np.full(strata, 0.3)[stratum])
    return Design(weight, (stage,)), random.normal(size=(rows, 2)), random.integers(-1, domains, rows)


def dense(calibrated: Calibrated) -> Calibrated:
    """The same with a row of columns for every row."""
    return calibrated if calibrated.cell is None else Calibrated(calibrated.columns[calibrated.cell], calibrated.base)


def by_loop(design: Design, linear: Floats, domain: Ints, domains: int) -> Floats:
    """The textbook, one domain, stratum and unit at a time."""
    stage = design.stages[0]
    residual = np.zeros((domains, *linear.shape))
    for at in range(domains):
        residual[at] = np.where((domain == at)[:, None], linear, 0.0)
        if design.calibrated is not None:
            columns, base = dense(design.calibrated).columns, design.calibrated.base[:, None]
            slope = np.linalg.solve(columns.T @ (base * columns), columns.T @ (base * residual[at]))
            residual[at] -= columns @ slope
    found = np.zeros((domains, linear.shape[1]))
    for at in range(domains):
        for stratum in set(stage.stratum.tolist()):
            here = stage.stratum == stratum
            totals = np.array([
                (design.weight[:, None] * residual[at])[here & (stage.unit == unit)].sum(axis=0)
                for unit in sorted(set(stage.unit[here].tolist()))
            ])  # fmt: skip
            fraction = 0.0 if stage.fraction is None else stage.fraction[here][0]
            found[at] += (1 - fraction) * len(totals) * totals.var(axis=0, ddof=1)
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("calibrated", [False, True])
def test_all_domains_at_once_equal_the_loop(seed: int, calibrated: bool) -> None:
    design, linear, domain = sample(seed)
    if calibrated:
        random = np.random.default_rng(seed)
        margins = [
            Margin(random.integers(0, 3, 200), np.array([200.0, 210, 190])),
            Margin(random.integers(0, 2, 200), np.array([250.0, 350])),
        ]
        new = rake(design.weight, margins)
        design = Design(new.weight, design.stages, new.calibrated)
    np.testing.assert_allclose(variances(design, linear, domain, 5), by_loop(design, linear, domain, 5), rtol=1e-9)


@pytest.mark.parametrize("two", [False, True], ids=["one stage", "two stages"])
def test_columns_of_cells_say_what_columns_of_rows_say(two: bool) -> None:
    design, linear, domain = sample(11, rows=3000)
    random = np.random.default_rng(11)
    sizes = (6, 4, 3, 2)
    margins = [Margin(random.integers(0, size, 3000), np.full(size, 9000.0 / size)) for size in sizes]
    second = Stage(np.zeros(3000, dtype=np.int64), random.integers(0, 40, 3000), np.full(3000, 0.5))
    new = rake(design.weight, margins)
    cells = Design(new.weight, (*design.stages, second) if two else design.stages, new.calibrated)
    rows = replace(cells, calibrated=Calibrated(columns_of(margins), design.weight))
    assert new.calibrated.columns.shape == (np.prod(sizes), sum(sizes) - 3)
    np.testing.assert_allclose(variances(cells, linear, domain, 5), variances(rows, linear, domain, 5), rtol=1e-10)


def test_rows_and_names_of_units_may_stand_in_any_order() -> None:
    design, linear, domain = sample(7)
    order = np.random.default_rng(1).permutation(200)
    stage = design.stages[0]
    assert stage.fraction is not None
    other = Design(
        design.weight[order], (Stage(stage.stratum[order] * 10 + 3, 90 - stage.unit[order], stage.fraction[order]),)
    )
    np.testing.assert_allclose(
        variances(other, linear[order], domain[order], 5), variances(design, linear, domain, 5), rtol=1e-12
    )


def test_where_all_units_were_drawn_there_is_no_error() -> None:
    design, linear, domain = sample(3)
    stage = design.stages[0]
    whole = Design(design.weight, (Stage(stage.stratum, stage.unit, np.ones(200)),))
    assert variances(whole, linear, domain, 5).max() == 0.0


def test_a_second_stage_adds_what_the_first_left_over() -> None:
    random = np.random.default_rng(5)
    unit, person = np.repeat(np.arange(10), 8), np.tile(np.arange(8), 10)
    stratum = np.zeros(80, dtype=np.int64)
    y, weight, code = random.normal(size=(80, 1)), np.full(80, 4.0), np.zeros(80, dtype=np.int64)
    first, second = Stage(stratum, unit, np.full(80, 0.5)), Stage(stratum, person, np.full(80, 0.4))
    one = variances(Design(weight, (first,)), y, code, 1)
    two = variances(Design(weight, (first, second)), y, code, 1)
    within = sum(0.5 * (1 - 0.4) * 8 * (4.0 * y[unit == at, 0]).var(ddof=1) for at in range(10))
    np.testing.assert_allclose(two - one, [[within]], rtol=1e-12)
    replaced = Design(weight, (Stage(stratum, unit), second))
    np.testing.assert_allclose(variances(replaced, y, code, 1), one / 0.5, rtol=1e-12)


def test_people_drawn_within_every_unit_of_the_frame_still_err() -> None:
    unit, person = np.repeat([0, 1], 3), np.arange(6)
    y, code, weight = np.array([1.0, 2, 4, 3, 3, 6])[:, None], np.zeros(6, dtype=np.int64), np.full(6, 2.0)
    whole = Stage(np.zeros(6, dtype=np.int64), unit, np.ones(6))
    found = variances(Design(weight, (whole, Stage(np.zeros(6, dtype=np.int64), person))), y, code, 1)
    within = sum(3 * (2.0 * y[unit == at, 0]).var(ddof=1) for at in (0, 1))
    np.testing.assert_allclose(found, [[within]], rtol=1e-12)
    assert variances(Design(weight, (whole,)), y, code, 1) == 0


def test_a_single_unit_fails_is_certain_or_is_centred_as_asked() -> None:
    stratum, unit = np.array([0, 0, 0, 1]), np.array([0, 1, 2, 0])
    y, code, weight = np.array([[1.0], [2.0], [4.0], [9.0]]), np.zeros(4, dtype=np.int64), np.ones(4)
    with pytest.raises(ValueError, match="1 strata have a single unit"):
        variances(Design(weight, (Stage(stratum, unit),)), y, code, 1)
    certain = variances(Design(weight, (Stage(stratum, unit),), lonely="certainty"), y, code, 1)
    centred = variances(Design(weight, (Stage(stratum, unit),), lonely="centre"), y, code, 1)
    np.testing.assert_allclose(certain, [[3 * np.var([1, 2, 4], ddof=1)]])
    np.testing.assert_allclose(centred - certain, [[(9.0 - 4.0) ** 2]])


def test_degrees_are_units_less_strata() -> None:
    design, _, _ = sample(1, rows=400)
    assert design.degrees == 4 * 6 - 4
