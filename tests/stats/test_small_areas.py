from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from minping.stats.small_areas import beta_binomial, fay_herriot

METHODS = ["REML", "ML"]
seeds = st.integers(0, 2**32 - 1)


def areas(seed: int, n: int = 40, spread: float = 1.0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Direct figures, their variances, covariates, and the truth."""
    random = np.random.default_rng(seed)
    covariates = np.stack([np.ones(n), random.normal(size=n)], axis=1)
    variance = random.uniform(0.2, 3.0, n)
    truth = covariates @ [5.0, 2.0] + spread * random.normal(size=n)
    return truth + np.sqrt(variance) * random.normal(size=n), variance, covariates, truth


def counts(seed: int, n: int = 100, a: float = 6.0, b: float = 14.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Successes, trials, and the true proportions."""
    random = np.random.default_rng(seed)
    trials, truth = random.integers(5, 60, n), random.beta(a, b, n)
    return random.binomial(trials, truth).astype(float), trials.astype(float), truth


@pytest.mark.parametrize("method", METHODS)
@given(seed=seeds)
@example(seed=13015)  # scoring alone takes 152 steps
@example(seed=58398)  # scoring alone steps over the summit and back
def test_an_estimate_lies_between_the_direct_and_the_synthetic(method: str, seed: int) -> None:
    direct, variance, covariates, _ = areas(seed)
    found = fay_herriot(direct, variance, covariates, method)
    synthetic = covariates @ found.beta
    assert found.converged
    assert (found.eblup >= np.minimum(direct, synthetic) - 1e-9).all()
    assert (found.eblup <= np.maximum(direct, synthetic) + 1e-9).all()
    gamma = found.shrinkage[np.argsort(variance)]
    assert (np.diff(gamma) <= 0).all() and (gamma >= 0).all() and (gamma <= 1).all()
    assert (found.mse > 0).all()


@pytest.mark.parametrize("method", METHODS)
@given(seed=seeds, factor=st.floats(1e-6, 1e6), column=st.floats(1e-3, 1e3))
def test_units_do_not_matter(method: str, seed: int, factor: float, column: float) -> None:
    direct, variance, covariates, _ = areas(seed)
    one = fay_herriot(direct, variance, covariates, method)
    other = fay_herriot(direct * factor, variance * factor**2, covariates * [1.0, column], method)
    np.testing.assert_allclose(other.eblup, one.eblup * factor, rtol=1e-6, atol=1e-6 * factor)
    np.testing.assert_allclose(other.mse, one.mse * factor**2, rtol=1e-5)
    np.testing.assert_allclose(other.beta, one.beta * factor / [1.0, column], rtol=1e-6)
    np.testing.assert_allclose(other.shrinkage, one.shrinkage, rtol=1e-5, atol=1e-8)
    np.testing.assert_allclose(other.log_likelihood, one.log_likelihood - len(direct) * np.log(factor), atol=1e-5)


@given(seed=seeds)
def test_maximum_likelihood_is_that_of_an_optimiser(seed: int) -> None:
    direct, variance, covariates, _ = areas(seed, n=30)

    def minus(model_variance: float) -> float:
        total = model_variance + variance
        weighted = covariates / total[:, None]
        rest = direct - covariates @ np.linalg.solve(weighted.T @ covariates, weighted.T @ direct)
        return -stats.norm.logpdf(rest, scale=np.sqrt(total)).sum()

    found = fay_herriot(direct, variance, covariates, "ML")
    wanted = optimize.minimize_scalar(minus, bounds=(0.0, 50.0), method="bounded", options={"xatol": 1e-10})
    assert -found.log_likelihood <= wanted.fun + 1e-6


def test_an_area_that_was_not_sampled_gets_the_synthetic_estimate() -> None:
    direct, variance, covariates, _ = areas(1)
    holed, unknown = direct.copy(), variance.copy()
    holed[[3, 9]] = unknown[[3, 9]] = np.nan
    found = fay_herriot(holed, unknown, covariates)
    without = fay_herriot(*(np.delete(part, [3, 9], axis=0) for part in (direct, variance, covariates)))
    np.testing.assert_allclose(np.delete(found.eblup, [3, 9]), without.eblup, rtol=1e-12)
    np.testing.assert_allclose(found.eblup[[3, 9]], covariates[[3, 9]] @ without.beta, rtol=1e-12)
    total = without.model_variance + np.delete(variance, [3, 9])
    rest = np.delete(covariates, [3, 9], axis=0)
    inverse = np.linalg.inv(rest.T @ (rest / total[:, None]))
    wanted = without.model_variance + np.einsum("ip,pq,iq->i", covariates[[3, 9]], inverse, covariates[[3, 9]])
    np.testing.assert_allclose(found.mse[[3, 9]], wanted, rtol=1e-12)
    np.testing.assert_array_equal(found.shrinkage[[3, 9]], 0.0)
    np.testing.assert_allclose(found.beta_se, np.sqrt(np.diag(inverse)), rtol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_no_spread_beyond_the_sampling_error_is_said(method: str) -> None:
    covariates = np.stack([np.ones(20), np.arange(20.0)], axis=1)
    direct = covariates @ [1.0, 0.5] + 0.01 * (-1.0) ** np.arange(20)
    found = fay_herriot(direct, np.full(20, 1.0), covariates, method)
    assert found.at_boundary and found.converged and found.model_variance == 0.0
    np.testing.assert_array_equal(found.shrinkage, 0.0)
    np.testing.assert_allclose(found.eblup, covariates @ found.beta, rtol=1e-12)
    assert np.isfinite(found.mse).all() and np.isfinite(found.log_likelihood)


@pytest.mark.parametrize("method", METHODS)
def test_the_error_is_what_it_says_it_is(method: str) -> None:
    """Over many worlds: MSE agrees with the squared error made, and is below the direct figures' variance."""
    squared, told, direct_variance = [], [], []
    for seed in range(300):
        direct, variance, covariates, truth = areas(seed, n=60)
        found = fay_herriot(direct, variance, covariates, method)
        squared.append((found.eblup - truth) ** 2)
        told.append(found.mse)
        direct_variance.append(variance)
    assert np.mean(told) < 0.6 * np.mean(direct_variance)
    assert np.mean(told) == pytest.approx(np.mean(squared), rel=0.05)


@pytest.mark.parametrize("method", METHODS)
def test_a_known_model_is_found_again(method: str) -> None:
    direct, variance, covariates, _ = areas(7, n=5000, spread=1.5)
    found = fay_herriot(direct, variance, covariates, method)
    np.testing.assert_allclose(found.beta, [5.0, 2.0], atol=0.1)
    assert found.model_variance == pytest.approx(2.25, rel=0.08)


ONES = np.ones((4, 1))
Y = np.array([1.0, 3.0, 5.0, 7.0])


@pytest.mark.parametrize(
    ("direct", "variance", "covariates", "method", "words"),
    [
        (Y, np.ones(3), ONES, "REML", r"must be \(N,\)"),
        (Y, np.ones(4), np.ones(4), "REML", r"must be \(N,\)"),
        (Y, np.ones(4), np.ones((4, 0)), "REML", "P from 1"),
        (Y, np.ones(4), np.ones((5, 1)), "REML", r"must be \(N,\)"),
        (np.empty(0), np.empty(0), np.empty((0, 1)), "REML", "too few"),
        (Y, np.array([1.0, 1, 0, 1]), ONES, "REML", "positive"),
        (Y, np.array([1.0, 1, -2, 1]), ONES, "ML", "positive"),
        (Y, np.array([1.0, 1, np.nan, 1]), ONES, "ML", "positive"),
        (Y, np.array([1.0, 1, np.inf, 1]), ONES, "ML", "positive"),
        (np.array([1.0, np.inf, 2, 3]), np.ones(4), ONES, "ML", "infinite"),
        (Y, np.ones(4), np.array([[1.0], [np.nan], [1], [1]]), "ML", "missing or infinite"),
        (Y, np.ones(4), np.ones((4, 2)), "REML", "depend on each other"),
        (Y, np.ones(4), np.stack([np.ones(4), np.zeros(4)], axis=1), "REML", "depend on each other"),
        (np.array([1.0, 2, 3, np.nan]), np.ones(4), np.stack([np.ones(4), [0, 0, 0, 1]], axis=1), "ML", "depend"),
        (np.array([1.0, np.nan, np.nan, np.nan]), np.ones(4), ONES, "REML", "too few"),
        (Y, np.ones(4), ONES, "EB", "REML or ML"),
    ],
)
def test_what_cannot_be_fitted_is_refused(
    direct: np.ndarray, variance: np.ndarray, covariates: np.ndarray, method: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        fay_herriot(direct, variance, covariates, method)


@settings(max_examples=20)
@given(seed=seeds)
def test_proportions_are_drawn_between_their_own_and_the_common_one(seed: int) -> None:
    successes, trials, _ = counts(seed, n=30)
    found = beta_binomial(successes, trials, draws=50)
    own = successes / trials
    assert found.converged
    assert (found.posterior_mean >= np.minimum(own, found.mean) - 1e-12).all()
    assert (found.posterior_mean <= np.maximum(own, found.mean) + 1e-12).all()
    assert (np.diff(found.shrinkage[np.argsort(trials)]) >= 0).all()
    assert (found.low < found.posterior_mean).all() and (found.posterior_mean < found.high).all()
    assert (found.low >= 0).all() and (found.high <= 1).all()
    assert found.among_worst.sum() == pytest.approx(3)


@settings(max_examples=20)
@given(seed=seeds)
def test_the_likelihood_is_that_of_scipy_and_its_greatest(seed: int) -> None:
    successes, trials, _ = counts(seed, n=40)
    found = beta_binomial(successes, trials, draws=1)
    if found.at_boundary:
        wanted = stats.binom.logpmf(successes, trials, found.mean).sum()
        assert found.log_likelihood == pytest.approx(wanted, rel=1e-10)
        return

    def likelihood(logit: float, log_precision: float) -> float:
        mean, precision = 1 / (1 + np.exp(-logit)), np.exp(log_precision)
        return stats.betabinom.logpmf(successes, trials, mean * precision, (1 - mean) * precision).sum()

    at = np.array([np.log(found.mean / (1 - found.mean)), np.log(found.precision)])
    assert found.log_likelihood == pytest.approx(likelihood(*at), rel=1e-9)
    for off in ((0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01), (0.3, 1), (-0.3, -1)):
        assert likelihood(*(at + off)) <= found.log_likelihood + 1e-7


@settings(max_examples=20)
@given(seed=seeds)
def test_failures_mirror_successes(seed: int) -> None:
    successes, trials, _ = counts(seed, n=30)
    one = beta_binomial(successes, trials, draws=1)
    other = beta_binomial(trials - successes, trials, draws=1)
    np.testing.assert_allclose(other.posterior_mean, 1 - one.posterior_mean, atol=1e-6)
    np.testing.assert_allclose(other.posterior_sd, one.posterior_sd, rtol=1e-4)
    np.testing.assert_allclose(other.low, 1 - one.high, atol=1e-5)


def test_a_known_prior_is_found_again() -> None:
    for a, b in ((6.0, 14.0), (0.3, 0.5), (200.0, 300.0)):
        successes, trials, _ = counts(3, n=20_000, a=a, b=b)
        found = beta_binomial(successes, trials, draws=1)
        assert abs(found.mean - a / (a + b)) < 4 * found.mean_se
        assert abs(np.log(found.precision / (a + b))) < 4 * found.log_precision_se < 0.7


def test_a_body_without_trials_gets_the_prior_and_an_unknown_one_nothing() -> None:
    successes, trials, _ = counts(5)
    plain = beta_binomial(successes, trials, draws=10)
    found = beta_binomial(np.append(successes, [0, np.nan, 3]), np.append(trials, [0, 9, np.nan]), draws=10)
    assert found.precision == pytest.approx(plain.precision, rel=1e-6)
    assert found.posterior_mean[-3] == pytest.approx(found.mean) and found.shrinkage[-3] == 0.0
    for name in ("posterior_mean", "posterior_sd", "low", "high", "shrinkage", "among_worst"):
        assert np.isnan(getattr(found, name)[-2:]).all()
        assert not np.isnan(getattr(found, name)[:-2]).any()


def test_no_spread_beyond_chance_is_said() -> None:
    found = beta_binomial(np.full(20, 3.0), np.full(20, 10.0), draws=10)
    assert found.at_boundary and found.converged and np.isinf(found.precision)
    np.testing.assert_allclose(found.posterior_mean, 0.3, rtol=1e-12)
    np.testing.assert_allclose(found.posterior_sd, np.sqrt(0.21 / 200), rtol=1e-2)
    np.testing.assert_allclose(found.among_worst, 0.1)
    assert np.isfinite(found.low).all() and np.isfinite(found.log_likelihood) and np.isnan(found.log_precision_se)


def test_the_worst_are_known_by_many_trials_only() -> None:
    successes = np.array([0, 0, 100, 40, 45, 50, 55, 60, 48, 52, 300, 900.0])
    trials = np.array([1, 2, 1000, 100, 100, 100, 100, 100, 100, 100, 1000, 1000.0])
    found = beta_binomial(successes, trials, worst=0.08, seed=3)
    assert found.among_worst.argmax() == 2 and found.among_worst[2] > 0.6 > found.among_worst[0]
    other = beta_binomial(successes, trials, worst=0.08, lower=True, seed=3)
    assert other.among_worst.argmax() == 11
    assert other.among_worst.sum() == pytest.approx(1) == found.among_worst.sum()
    np.testing.assert_array_equal(found.among_worst, beta_binomial(successes, trials, worst=0.08, seed=3).among_worst)
    assert (found.among_worst != beta_binomial(successes, trials, worst=0.08, seed=4).among_worst).any()


def test_extreme_counts_give_numbers() -> None:
    nearly = beta_binomial(np.array([0.0, 0, 0, 0, 1, 50, 50]), np.array([50.0, 50, 50, 50, 50, 50, 50]))
    huge = beta_binomial(np.array([1e6, 1.001e6, 0.999e6]), np.full(3, 1e7))
    single = beta_binomial(np.array([1.0, 0, 0, 1, 2]), np.array([1.0, 1, 1, 2, 2]))
    for found in (nearly, huge, single):
        for part in (found.posterior_mean, found.posterior_sd, found.low, found.high, found.among_worst):
            assert np.isfinite(part).all()
        assert found.converged


@pytest.mark.parametrize(
    ("successes", "trials", "words"),
    [
        ([1, 2], [3], r"\(N,\)"),
        ([[1, 2]], [[3, 4]], r"\(N,\)"),
        ([5, 2], [3, 4], "from 0"),
        ([-1, 2], [3, 4], "from 0"),
        ([1, 2], [3, np.inf], "finite"),
        ([1.5, 2], [3, 4], "whole"),
        ([1, 2], [3.5, 4], "whole"),
        ([1, 0, 1], [1, 1, 9], "two trials"),
        ([np.nan, np.nan], [3, 4], "two trials"),
        ([], [], "two trials"),
        ([0, 0, 0], [5, 6, 7], "only successes or only failures"),
        ([5, 0, 7], [5, 6, 7], "only successes or only failures"),
    ],
)
def test_impossible_counts_are_refused(successes: list[float], trials: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        beta_binomial(np.array(successes), np.array(trials))


@pytest.mark.parametrize("odd", [{"level": 95.0}, {"level": 0.0}, {"worst": 0.0}, {"worst": 1.0}, {"draws": 0}])
def test_parameters_out_of_range_are_refused(odd: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        beta_binomial(np.array([1.0, 2, 5]), np.array([5.0, 6, 7]), **odd)


@pytest.mark.slow
@pytest.mark.parametrize(("n", "a", "b"), [(60, 6.0, 14.0), (150, 2.0, 3.0), (100, 1.0, 12.0)])
def test_intervals_hold_what_they_promise(n: int, a: float, b: float) -> None:
    held = []
    for seed in range(200):
        successes, trials, truth = counts(seed, n=n, a=a, b=b)
        found = beta_binomial(successes, trials, draws=1)
        held.append((found.low <= truth) & (truth <= found.high))
    assert 0.93 < np.mean(held) < 0.97


@pytest.mark.slow
def test_the_chance_to_be_among_the_worst_is_one() -> None:
    """Of the bodies said to be among the worst tenth with some chance, about that share are."""
    told, true = [], []
    for seed in range(150):
        successes, trials, truth = counts(seed, n=100)
        told.append(beta_binomial(successes, trials, draws=400, seed=seed).among_worst)
        true.append(truth.argsort().argsort() < 10)
    told, true = np.concatenate(told), np.concatenate(true)
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.6), (0.6, 1.01)):
        there = (told >= low) & (told < high)
        assert true[there].mean() == pytest.approx(told[there].mean(), abs=0.05)
