from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from minping.stats.special import beta_quantile, digamma, log_gamma, log_rising, trigamma

GRID = np.concatenate([np.logspace(-8, 12, 401), np.linspace(0.01, 30, 500), [1.0, 2.0, 10.0, 9.999999, 10.000001]])
shapes = st.floats(1e-2, 1e4)
shares = st.floats(1e-6, 1 - 1e-6)


def test_the_gamma_family_is_that_of_scipy() -> None:
    np.testing.assert_allclose(log_gamma(GRID), special.gammaln(GRID), rtol=1e-14, atol=2e-14)
    np.testing.assert_allclose(digamma(GRID), special.digamma(GRID), rtol=1e-13, atol=1e-14)
    np.testing.assert_allclose(trigamma(GRID), special.polygamma(1, GRID), rtol=1e-13)


@given(x=st.floats(1e-6, 1e8))
def test_the_recurrence_holds(x: float) -> None:
    at, after = np.array([x]), np.array([x + 1.0])
    np.testing.assert_allclose(log_gamma(after) - log_gamma(at), np.log(at), rtol=1e-10, atol=1e-6)
    np.testing.assert_allclose(digamma(after), digamma(at) + 1.0 / at, rtol=1e-10, atol=1e-8)
    np.testing.assert_allclose(trigamma(after) + 1.0 / at**2, trigamma(at), rtol=1e-10)


@pytest.mark.parametrize("function", [log_gamma, digamma, trigamma])
def test_outside_the_domain_there_is_no_value(function: object) -> None:
    assert callable(function)
    assert np.isnan(function(np.array([0.0, -1.5, np.nan, -np.inf]))).all()
    assert function(np.ones((2, 3))).shape == (2, 3)


def test_a_rising_factorial_keeps_its_digits() -> None:
    x = np.array([0.3, 5.0, 9.99, 10.0, 1e3, 1e9, 1e14])
    for k in (0, 1, 7, 300):
        wanted = np.log(x[:, None] + np.arange(k)).sum(axis=1)
        np.testing.assert_allclose(log_rising(x, np.array(float(k))), wanted, rtol=1e-13, atol=1e-13)


@given(a=shapes, b=shapes, share=shares)
def test_quantiles_are_those_of_scipy(a: float, b: float, share: float) -> None:
    found = beta_quantile(np.array([share]), np.array([a]), np.array([b]))
    np.testing.assert_allclose(found, stats.beta.ppf(share, a, b), rtol=1e-8, atol=1e-11)


def test_large_shapes_keep_their_digits() -> None:
    a, b = np.array([3e6, 2e7, 10.0]), np.array([7e6, 5.0, 1e8])
    np.testing.assert_allclose(beta_quantile(np.array(0.025), a, b), stats.beta.ppf(0.025, a, b), rtol=1e-9)


def test_the_ends_and_what_lies_beyond() -> None:
    one = np.ones(4)
    np.testing.assert_array_equal(beta_quantile(np.array([0.0, 1.0]), one[:2], one[:2]), [0, 1])
    assert np.isnan(beta_quantile(np.array([0.5, 0.5]), np.array([0.0, np.inf]), one[:2])).all()
    assert np.isnan(beta_quantile(np.array([-0.1, 1.1, np.nan, 0.5]), np.array([1.0, 1, 1, -1]), one)).all()
    assert beta_quantile(np.array([[0.1], [0.9]]), one, one).shape == (2, 4)
    assert beta_quantile(np.empty(0), np.empty(0), np.empty(0)).shape == (0,)
