"""Path models of weighted samples: with equal weights the plain fit; with whole ones rows repeated; R's mobi loadings."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from minping.stats.paths import fit_paths, latent_points
from minping.stats.weighted_paths import WeightedPaths, bootstrap_factors, fit_weighted

BLOCKS = np.array([0, 0, 1, 1, 2, 2])
INNER = np.array([[False, False, False], [True, False, False], [True, True, False]])


def table(rows: int = 240, seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    inner = random.normal(size=rows)
    items = [inner * (0.5 + at / 10) + random.normal(size=rows) for at in range(6)]
    return np.clip(np.round(50 + 15 * np.stack(items, axis=1)), 0, 100)


def fitted(items: np.ndarray, weight: np.ndarray, factors: np.ndarray, unit: np.ndarray) -> WeightedPaths:
    domain = np.arange(len(items)) % 3
    return fit_weighted(items, weight, BLOCKS, INNER, domain, 4, factors, unit)


@pytest.mark.parametrize("weight", [1.0, 7.5])
def test_with_equal_weights_it_is_the_plain_fit(weight: float) -> None:
    items = table()
    plain = fit_paths(items, BLOCKS, INNER)
    found = fitted(items, np.full(240, weight), np.ones((240, 2)), np.arange(240))
    np.testing.assert_allclose(found.loadings, plain.loadings, rtol=1e-8)
    np.testing.assert_allclose(found.paths, plain.paths, rtol=1e-8)
    np.testing.assert_allclose(found.raw_weights, plain.raw_weights, rtol=1e-8)
    for at in range(3):
        means = items[at::3].mean(axis=0)
        np.testing.assert_allclose(
            found.points[at], latent_points(means, plain.raw_weights, BLOCKS, floor=0, ceiling=100), rtol=1e-9
        )
    assert np.isnan(found.points[3]).all() and found.converged and found.used == 2
    assert (found.points_se[:3] < 1e-9).all() and (found.loadings_se < 1e-9).all()


def test_whole_weights_are_rows_that_stand_so_often_and_so_is_each_draw() -> None:
    items, random = table(seed=2), np.random.default_rng(5)
    weight = random.integers(1, 4, 240).astype(np.float64)
    unit = np.arange(240) // 12
    factors = random.integers(0, 3, (20, 4)).astype(np.float64)
    found = fitted(items, weight, factors, unit)
    repeated = fit_paths(np.repeat(items, weight.astype(int), axis=0), BLOCKS, INNER)
    np.testing.assert_allclose(found.loadings, repeated.loadings, rtol=1e-7)
    drawn = [
        fit_paths(np.repeat(items, (weight * factors[unit, at]).astype(int), axis=0), BLOCKS, INNER) for at in range(4)
    ]
    np.testing.assert_allclose(found.loadings_se, np.std([one.loadings for one in drawn], axis=0), rtol=1e-6)
    points = []
    for at, one in enumerate(drawn):
        many = (weight * factors[unit, at]).astype(int)
        means = np.average(items[1::3], axis=0, weights=many[1::3])
        points.append(latent_points(means, one.raw_weights, BLOCKS, floor=0, ceiling=100))
    np.testing.assert_allclose(found.points_se[1], np.std(points, axis=0), rtol=1e-6)


def test_the_error_of_the_bootstrap_is_that_of_the_mean_where_the_weights_hardly_move() -> None:
    random = np.random.default_rng(9)
    score = random.normal(size=2000)
    items = np.clip(50 + 12 * score[:, None] + random.normal(0, 4, (2000, 6)), 0, 100)
    factors = bootstrap_factors(np.zeros(2000, dtype=np.int64), np.array([2000]), 400, 3)
    found = fit_weighted(
        items, np.ones(2000), BLOCKS, INNER, np.zeros(2000, dtype=np.int64), 1, factors, np.arange(2000)
    )
    plain = items[:, :2].mean(axis=1).std(ddof=1) / np.sqrt(2000)
    assert found.points_se[0, 0] == pytest.approx(plain, rel=0.12)


def test_draws_keep_the_size_of_each_stratum_and_leave_a_single_unit_alone() -> None:
    stratum = np.array([0, 1, 0, 2, 2, 2])
    found = bootstrap_factors(stratum, np.bincount(stratum), 50, 1)
    assert (found[1] == 1).all()
    np.testing.assert_allclose(found[[0, 2]].sum(axis=0), 2)
    np.testing.assert_allclose(found[3:].sum(axis=0), 3)
    assert (bootstrap_factors(stratum, np.bincount(stratum), 50, 1) == found).all()


def test_a_constant_column_is_refused() -> None:
    items = table()
    items[:, 0] = 50
    with pytest.raises(ValueError, match="constant"):
        fitted(items, np.ones(240), np.ones((240, 2)), np.arange(240))


@pytest.mark.parametrize("scheme", ["path", "centroid"])
def test_the_loadings_of_the_mobile_phone_survey_are_those_of_r(reference: Path, scheme: str) -> None:
    with (reference / "citizen" / "mobi.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (reference / "citizen" / f"mobi_{scheme}_outer.csv").open(encoding="utf-8") as file:
        wanted = list(csv.DictReader(file))
    blocks_of = list(dict.fromkeys(line["block"] for line in wanted))
    items = np.array([[float(row[line["name"]]) for line in wanted] for row in rows])
    blocks = np.array([blocks_of.index(line["block"]) for line in wanted])
    leads = {
        "Expectation": ["Image"], "Quality": ["Expectation"], "Value": ["Expectation", "Quality"],
        "Satisfaction": ["Image", "Expectation", "Quality", "Value"], "Complaints": ["Satisfaction"],
        "Loyalty": ["Image", "Satisfaction", "Complaints"],
    }  # fmt: skip
    inner = np.array([[one in leads.get(other, []) for one in blocks_of] for other in blocks_of])
    unit = np.arange(len(rows))
    factors = bootstrap_factors(np.zeros(len(rows), dtype=np.int64), np.array([len(rows)]), 30, 1)
    found = fit_weighted(
        items, np.full(len(rows), 3.0), blocks, inner, np.zeros(len(rows), dtype=np.int64), 1, factors, unit,
        scheme=scheme, floor=1, ceiling=10,  # type: ignore[arg-type]
    )  # fmt: skip
    np.testing.assert_allclose(found.loadings, [float(line["loading"]) for line in wanted], rtol=1e-6)
    assert found.used > 20 and (found.points_se > 0).all()
