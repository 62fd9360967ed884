from __future__ import annotations

import numpy as np
import pytest

from minping.stats.designs import Design, Stage
from minping.stats.estimates import mean
from minping.stats.replicates import balanced, bootstrap, jackknife, means, spread


def clustered(seed: int, strata: int = 5, units: int = 4, people: int = 6) -> tuple[Design, np.ndarray]:
    random = np.random.default_rng(seed)
    unit = np.repeat(np.arange(strata * units), people)
    stratum = unit // units
    y = random.normal(size=strata * units)[unit] + random.normal(size=len(unit))
    return Design(random.uniform(1, 3, len(unit)), (Stage(stratum, unit % units),)), y


WHOLE = np.zeros(1, dtype=np.int64)


def error(design: Design, y: np.ndarray, replicates: object) -> float:
    code = np.zeros(len(y), dtype=np.int64)
    return float(spread(design, replicates, lambda weight: means(weight, y, code, 1))[1][0])  # type: ignore[arg-type]


def test_without_each_unit_once_the_error_is_near_the_linear_one() -> None:
    design, y = clustered(1)
    assert error(design, y, jackknife(design)) == pytest.approx(mean(design, y).se[0], rel=0.1)
    assert jackknife(design).weight.shape == (120, 20)
    assert ((jackknife(design).weight == 0).sum(axis=0) == 6).all()


def test_the_jackknife_of_a_linear_statistic_is_exact() -> None:
    design, y = clustered(2)
    from minping.stats.estimates import total

    each = jackknife(design)
    found = np.sqrt(each.variance(np.array([design.weight @ y]), (y @ each.weight)[None]))
    np.testing.assert_allclose(found, total(design, y).se, rtol=1e-9)


def test_the_bootstrap_is_seeded_and_near_the_linear_error() -> None:
    design, y = clustered(3)
    one, again, other = (bootstrap(design, 3000, seed) for seed in (1, 1, 2))
    assert (one.weight == again.weight).all() and (one.weight != other.weight).any()
    assert error(design, y, one) == pytest.approx(mean(design, y).se[0], rel=0.1)
    np.testing.assert_allclose(one.weight.mean(axis=1), design.weight, rtol=0.15)


@pytest.mark.parametrize("fay", [0.0, 0.3])
def test_balanced_replicates_are_exact_for_totals_and_want_pairs(fay: float) -> None:
    from minping.stats.estimates import total

    design, y = clustered(4, strata=7, units=2)
    each = balanced(design, fay)
    found = np.sqrt(each.variance(np.array([design.weight @ y]), (y @ each.weight)[None]))
    np.testing.assert_allclose(found, total(design, y).se, rtol=1e-9)
    with pytest.raises(ValueError, match="5 strata have not two units"):
        balanced(clustered(4)[0])


def test_what_cannot_be_replicated_is_refused() -> None:
    lonely = Design(np.ones(3), (Stage(np.array([0, 0, 1]), np.array([0, 1, 0])),))
    for make in (jackknife, lambda design: bootstrap(design, 10, 1), balanced):
        with pytest.raises(ValueError, match="strata have a single unit"):
            make(lonely)
    half = Design(np.ones(4), (Stage(np.zeros(4, dtype=np.int64), np.arange(4), np.full(4, 0.5)),))
    with pytest.raises(ValueError, match="no finite population correction"):
        bootstrap(half, 10, 1)
    with pytest.raises(ValueError, match="must lie in"):
        balanced(half, 1.0)


def test_means_under_many_weights_are_those_of_each() -> None:
    random = np.random.default_rng(8)
    weight, y, code = random.uniform(1, 2, (50, 3)), random.normal(size=50), random.integers(-1, 3, 50)
    code[code == 1] = -1
    y[3] = np.nan
    found = means(weight, y, code, 3)
    assert np.isnan(found[1]).all()
    for domain in (0, 2):
        there = (code == domain) & ~np.isnan(y)
        for at in range(3):
            assert found[domain, at] == pytest.approx(np.average(y[there], weights=weight[there, at]))
