"""Ordinal regression: against R's polr, against scipy on the plain likelihood, against plain sandwiches."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from scipy.special import expit

from minping.stats.ordinal import OrdinalFit, fit_ordinal
from minping.stats.standardisation import cluster_scores, errors, standardise

#: R's MASS::housing (Madsen 1976): satisfaction low, medium, high by influence (3), type (4), contact (2)
HOUSING = np.array(
    "21 21 28 34 22 36 10 11 36 61 23 17 43 35 40 26 18 54 13 9 10 8 8 12 6 7 9 18 6 7 15 13 13 7 5 11 "
    "14 19 37 17 23 40 3 5 23 78 46 43 48 45 86 15 25 62 20 23 20 10 22 24 7 10 21 57 23 13 31 21 13 5 6 13".split(),
    dtype=np.float64,
).reshape(24, 3)
CONTACT, TYPE, INFLUENCE = np.unravel_index(np.arange(24), (2, 4, 3))
HOUSES = np.column_stack([*(at == INFLUENCE for at in (1, 2)), *(at == TYPE for at in (1, 2, 3)), CONTACT]).astype(
    float
)


WORTH = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
MIX = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
SHARE = np.array([0.5, 0.2, 0.3])


def made(seed: int, groups: int = 12, cells: int = 4, size: float = 6.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts (C, 5), covariates (C, 2) and group (C,) of a model with known parameters."""
    random = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), cells)
    x = random.integers(0, 2, (groups * cells, 2)).astype(float)
    eta = x @ [0.8, -0.5] + random.normal(0, 0.7, groups)[group]
    below = expit(np.array([-2.0, -1.2, 0.0, 1.5]) - eta[:, None])
    chance = np.diff(np.hstack([np.zeros((len(eta), 1)), below, np.ones((len(eta), 1))]), axis=1)
    many = random.poisson(size, len(eta)) + 2
    return random.multinomial(many, chance).astype(float), x, group


def likelihood(parameters: np.ndarray, n: np.ndarray, x: np.ndarray, group: np.ndarray | None, fixed: bool) -> float:
    """The plain log-likelihood: thresholds (the first 0 where groups are fixed), coefficients, effects."""
    cuts = n.shape[1] - 1 - fixed
    theta = np.concatenate([np.zeros(int(fixed)), parameters[:cuts]])
    beta = parameters[cuts : cuts + x.shape[1]]
    eta = x @ beta + (0.0 if group is None else parameters[cuts + x.shape[1] :][group])
    below = np.hstack(
        [np.zeros((len(n), 1)), expit(theta - eta[:, None] if np.ndim(eta) else theta), np.ones((len(n), 1))]
    )
    chance = np.diff(below, axis=1)
    return -np.inf if (chance <= 0).any() else float((n * np.log(chance)).sum())


def numeric_hessian(function: object, at: np.ndarray, step: float = 1e-4) -> np.ndarray:
    size = len(at)
    found = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            signs = [(a, b) for a in (1, -1) for b in (1, -1)]
            moved = [at + step * (a * np.eye(size)[i] + b * np.eye(size)[j]) for a, b in signs]
            found[i, j] = sum(a * b * function(one) for (a, b), one in zip(signs, moved, strict=True))  # type: ignore[operator]
    return found / (4 * step**2)


def test_housing_is_as_polr_of_r_has_it() -> None:
    found = fit_ordinal(HOUSING, HOUSES)
    polr = [0.5663937, 1.2888191, -0.5723501, -0.3661866, -1.0910149, 0.3602841]
    np.testing.assert_allclose(found.coefficients, polr, atol=2e-6)
    np.testing.assert_allclose(found.thresholds, [-0.4961353, 0.6907083], atol=2e-6)
    assert -2 * found.log_likelihood == pytest.approx(3479.149, abs=5e-4)
    errors_of_r = [0.1248, 0.1255, 0.1047, 0.1272, 0.1192, 0.1552, 0.1515, 0.0955]
    np.testing.assert_allclose(np.sqrt(np.diag(np.linalg.inv(found.common))), errors_of_r, atol=6e-5)
    assert found.converged and not found.diverging.any()


@pytest.mark.parametrize("seed", range(3))
def test_fixed_groups_reach_the_summit_of_the_plain_likelihood(seed: int) -> None:
    n, x, group = made(seed, groups=6)
    found = fit_ordinal(n, x, group, groups=6)
    assert (found.end < 0).all()
    at = np.concatenate([found.thresholds[1:], found.coefficients, found.effects])
    assert found.thresholds[0] == 0
    value = likelihood(at, n, x, group, True)
    assert value == pytest.approx(found.log_likelihood, abs=1e-8)
    best = optimize.minimize(
        lambda p: -likelihood(p, n, x, group, True), at + 0.05, method="BFGS", options={"gtol": 1e-7}
    )
    np.testing.assert_allclose(at, best.x, atol=5e-5)
    np.testing.assert_allclose(
        optimize.approx_fprime(at, lambda p: likelihood(p, n, x, group, True), 1e-6), 0, atol=2e-4
    )


def test_a_summit_is_found_to_seven_digits() -> None:
    n, x, group = made(9, groups=5)
    found = fit_ordinal(n, x, group, groups=5)
    at = np.concatenate([found.thresholds[1:], found.coefficients, found.effects])

    def slope(p: np.ndarray) -> np.ndarray:
        size = 1e-5
        ways = size * np.eye(len(p))
        return np.array([likelihood(p + way, n, x, group, True) - likelihood(p - way, n, x, group, True) for way in ways]) / (2 * size)  # fmt: skip

    hessian = numeric_hessian(lambda p: likelihood(p, n, x, group, True), at)
    np.testing.assert_allclose(np.linalg.solve(hessian, slope(at)), 0, atol=1e-6)


def test_a_prior_is_a_ridge() -> None:
    n, x, group = made(4, groups=6)
    found = fit_ordinal(n, x, group, groups=6, prior_sd=0.5)
    at = np.concatenate([found.thresholds, found.coefficients, found.effects])

    def ridged(p: np.ndarray) -> float:
        return -likelihood(p, n, x, group, False) + (p[-6:] ** 2).sum() / (2 * 0.25)

    best = optimize.minimize(ridged, at + 0.05, method="BFGS", options={"gtol": 1e-8})
    np.testing.assert_allclose(at, best.x, atol=1e-5)
    assert ridged(at) <= best.fun + 1e-9
    near = fit_ordinal(n, x, group, groups=6, prior_sd=1e-4)
    np.testing.assert_allclose(near.effects, 0, atol=1e-4)
    np.testing.assert_allclose(near.coefficients, fit_ordinal(n, x).coefficients, atol=1e-4)


def test_an_empty_level_is_said_and_changes_nothing_else() -> None:
    n, x, group = made(7, groups=6)
    holed = np.insert(n, 2, 0.0, axis=1)
    whole, found = fit_ordinal(n, x, group, groups=6), fit_ordinal(holed, x, group, groups=6)
    assert found.empty.tolist() == [False, False, True, False, False, False]
    assert found.thresholds[1] == found.thresholds[2]
    np.testing.assert_allclose(found.coefficients, whole.coefficients)
    worth = np.insert(WORTH, 2, 33.0)
    one, other = standardise(whole, WORTH, MIX, SHARE), standardise(found, worth, MIX, SHARE)
    np.testing.assert_allclose(one.value, other.value)
    np.testing.assert_allclose(
        errors(whole, one.by_common, one.by_own), errors(found, other.by_common, other.by_own), rtol=1e-9
    )
    cluster = np.arange(len(n))
    np.testing.assert_allclose(
        errors(whole, one.by_common, one.by_own, cluster_scores(whole, n, x, cluster, group, cluster)),
        errors(found, other.by_common, other.by_own, cluster_scores(found, holed, x, cluster, group, cluster)),
        rtol=1e-9,
    )
    for low in (np.insert(n, 0, 0.0, axis=1), np.insert(n, 5, 0.0, axis=1)):
        ends = fit_ordinal(low, x, group, groups=6)
        assert np.isinf(ends.thresholds).sum() == 1
        np.testing.assert_allclose(ends.coefficients, whole.coefficients)


def test_a_group_at_an_end_has_no_finite_effect_and_leaves_the_others_alone() -> None:
    n, x, group = made(8, groups=6)
    more = np.vstack([n, [[0, 0, 0, 0, 7.0]], [[4.0, 0, 0, 0, 0]], np.zeros((1, 5))])
    xs, groups = np.vstack([x, np.ones((3, 2))]), np.concatenate([group, [6, 7, 8]])
    whole, found = fit_ordinal(n, x, group, groups=6), fit_ordinal(more, xs, groups, groups=9)
    np.testing.assert_allclose(found.effects[:6], whole.effects)
    assert found.effects[6] == np.inf and found.effects[7] == -np.inf and np.isnan(found.effects[8])
    assert found.end.tolist() == [-1] * 6 + [4, 0, -1]
    value = standardise(found, WORTH, MIX, SHARE).value
    assert value[6] == 100 and value[7] == 0 and np.isnan(value[8])
    told = standardise(found, WORTH, MIX, SHARE)
    assert np.isnan(errors(found, told.by_common, told.by_own)[6:]).all()
    assert np.isfinite(
        errors(found, told.by_common, told.by_own, cluster_scores(found, more, xs, np.arange(len(xs)), groups, groups))[
            :6
        ]
    ).all()


def test_a_covariate_without_an_end_is_said() -> None:
    n = np.array([[5.0, 3, 2], [4, 4, 4], [0, 0, 9], [3, 3, 3]])
    found = fit_ordinal(n, np.array([[0.0], [0.0], [1.0], [0.0]]), np.array([0, 1, 1, 2]), groups=3)
    assert found.diverging.tolist() == [True]


@pytest.mark.parametrize(
    ("n", "x", "group", "words"),
    [
        ([[1.0, 2], [3, 4]], [[0.0], [1.0]], [0, 1], "told from each other or from the groups"),
        ([[1.0, 2], [3, 4]], [[1.0], [1.0]], None, "told from"),
        ([[0.0, 2], [0, 4]], [[0.0], [1.0]], None, "at one level"),
        ([[0.0, 2], [3, 0]], [[0.0], [1.0]], [0, 1], "at one level"),
        ([[-1.0, 2], [3, 4]], [[0.0], [1.0]], None, "0 or more"),
        ([[1.0, 2], [3, 4]], [[0.0]], None, "don't fit"),
        ([[1.0, 2], [3, 4]], [[0.0], [1.0]], [0, 2], "outside"),
    ],
)
def test_what_can_not_be_fitted_is_refused(
    n: list[list[float]], x: list[list[float]], group: list[int] | None, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        fit_ordinal(
            np.array(n), np.array(x), None if group is None else np.array(group), groups=0 if group is None else 2
        )


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000))
def test_turning_the_scale_round_turns_the_signs(seed: int) -> None:
    n, x, group = made(seed, groups=6)
    found, turned = fit_ordinal(n, x, group, groups=6), fit_ordinal(n[:, ::-1], x, group, groups=6)
    np.testing.assert_allclose(turned.coefficients, -found.coefficients, atol=1e-6)
    assert turned.log_likelihood == pytest.approx(found.log_likelihood)
    one, other = standardise(found, WORTH, MIX, SHARE), standardise(turned, WORTH[::-1], MIX, SHARE)
    np.testing.assert_allclose(one.value, other.value, atol=1e-6)
    np.testing.assert_allclose(
        errors(found, one.by_common, one.by_own), errors(turned, other.by_common, other.by_own), rtol=1e-5
    )


def test_thousands_of_groups_take_little_time() -> None:
    n, x, group = made(1, groups=5000, cells=10)
    found: OrdinalFit = fit_ordinal(n, x, group, groups=5000)
    assert found.converged and found.iterations < 15 and found.common.shape == (5, 5)
    np.testing.assert_allclose(found.coefficients, [0.8, -0.5], atol=0.03)
