"""Standardised values and their errors: against plain sums, the plain delta method and plain sandwiches."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize
from scipy.special import expit

from minping.stats.ordinal import fit_ordinal
from minping.stats.standardisation import cluster_scores, errors, standardise
from tests.stats.test_ordinal import MIX, SHARE, WORTH, likelihood, made, numeric_hessian


def plainly(parameters: np.ndarray, groups: int) -> np.ndarray:
    theta, beta, effects = np.concatenate([[0.0], parameters[:3]]), parameters[3:5], parameters[5:]
    found = np.zeros(groups)
    for row, share in zip(MIX, SHARE, strict=True):
        for at in range(groups):
            below = np.concatenate([[0.0], expit(theta - row @ beta - effects[at]), [1.0]])
            found[at] += share * np.diff(below) @ WORTH
    return found


def test_standardised_values_and_their_errors_are_those_of_the_plain_delta_method() -> None:
    n, x, group = made(5, groups=5)
    fit = fit_ordinal(n, x, group, groups=5)
    at = np.concatenate([fit.thresholds[1:], fit.coefficients, fit.effects])
    found = standardise(fit, WORTH, MIX, SHARE)
    np.testing.assert_allclose(found.value, plainly(at, 5), rtol=1e-12)
    slopes = np.array([(plainly(at + way, 5) - plainly(at - way, 5)) / 2e-6 for way in 1e-6 * np.eye(len(at))]).T
    np.testing.assert_allclose(found.by_common, slopes[:, :5], atol=1e-6)
    np.testing.assert_allclose(found.by_own, np.diag(slopes[:, 5:]), atol=1e-6)
    information = -numeric_hessian(lambda p: likelihood(p, n, x, group, True), at)
    plain = np.sqrt(np.diag(slopes @ np.linalg.inv(information) @ slopes.T))
    np.testing.assert_allclose(errors(fit, found.by_common, found.by_own), plain, rtol=1e-5)


@pytest.mark.parametrize("across", [False, True])
def test_clustered_errors_are_those_of_the_plain_sandwich(across: bool) -> None:
    n, x, group = made(6, groups=5, cells=8)
    cluster = np.arange(len(n)) // 2 if not across else np.arange(len(n)) % 11
    fit = fit_ordinal(n, x, group, groups=5)
    at = np.concatenate([fit.thresholds[1:], fit.coefficients, fit.effects])
    inverse = np.linalg.inv(-numeric_hessian(lambda p: likelihood(p, n, x, group, True), at))
    middle = np.zeros((len(at), len(at)))
    for one in np.unique(cluster):
        mine = cluster == one
        score = optimize.approx_fprime(at, lambda p, m=mine: likelihood(p, n[m], x[m], group[m], True), 1e-6)
        middle += np.outer(score, score)
    found = standardise(fit, WORTH, MIX, SHARE)
    slopes = np.hstack([found.by_common, np.diag(found.by_own)])
    variance = np.diag(slopes @ inverse @ middle @ inverse @ slopes.T)
    many = np.array([len(np.unique(cluster[group == at])) for at in range(5)])
    scores = cluster_scores(fit, n, x, np.arange(len(x)), group, cluster)
    assert scores.clusters.tolist() == many.tolist()
    np.testing.assert_allclose(
        errors(fit, found.by_common, found.by_own, scores), np.sqrt(variance * many / (many - 1)), rtol=2e-4
    )


def test_intervals_hold_what_is_true_when_groups_are_many_and_mixes_differ() -> None:
    random = np.random.default_rng(3)
    groups, cells, cuts = 400, 4, np.array([-2.0, -1.2, 0.0, 1.5])
    effects = random.normal(0, 0.5, groups)
    kind = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    shares = random.dirichlet(np.ones(4), groups)
    eta = kind @ [1.5, -1.0] + effects[:, None]
    chance = -np.diff(expit(eta[..., None] - np.array([-np.inf, *cuts, np.inf])), axis=2)
    many = random.multinomial(80, shares)
    n = random.multinomial(many.ravel(), chance.reshape(-1, 5)).astype(float)
    group, x = np.repeat(np.arange(groups), cells), np.tile(kind, (groups, 1))
    mix = many.sum(axis=0) / many.sum()
    truth = (chance @ WORTH) @ mix
    fit = fit_ordinal(n, x, group, groups=groups)
    found = standardise(fit, WORTH, kind, mix)
    off = (found.value - truth) / errors(fit, found.by_common, found.by_own)
    assert 0.92 < np.mean(np.abs(off) < 1.96) < 0.98 and abs(off.mean()) < 0.15
    raw = (n @ WORTH).reshape(groups, cells).sum(axis=1) / 80
    assert np.std(raw - truth) > 2 * np.std(found.value - truth)
