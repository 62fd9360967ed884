"""Tukey's biweight against the same objective minimised by scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from minping.stats.robust import C, above_middle, biweight, residual_z, robust_z


def rho(rest: np.ndarray, scale: float) -> float:
    u = np.minimum(np.abs(rest) / (C * scale), 1)
    return float((1 - (1 - u**2) ** 3).sum())


@pytest.mark.parametrize("columns", [1, 3])
def test_coefficients_minimise_the_objective(columns: int) -> None:
    random = np.random.default_rng(columns)
    x = random.normal(size=(40, columns))
    y = 2 + x.sum(axis=1) + random.normal(size=40) * 0.3
    y[:5] += 20
    fit = biweight(y, x)
    design = np.column_stack([np.ones(40), x])
    start = np.linalg.lstsq(design[5:], y[5:], rcond=None)[0]
    best = minimize(lambda b: rho(y - design @ b, fit.scale), start, method="BFGS", options={"gtol": 1e-9}).x
    assert fit.coefficients == pytest.approx(best, abs=1e-5)
    assert np.median(np.abs(fit.residuals)) * 1.4826022 == pytest.approx(fit.scale, rel=1e-6)


def test_missing_rows_are_left_out_and_too_few_refused() -> None:
    x = np.arange(10.0)
    y = 3 * x + np.sin(x)
    y[4] = np.nan
    kept = np.arange(10) != 4
    assert biweight(y, x).residuals[kept] == pytest.approx(biweight(y[kept], x[kept]).residuals)
    assert np.isnan(biweight(y, x).residuals[4])
    with pytest.raises(ValueError, match="don't determine"):
        biweight(y[:2], x[:2])
    with pytest.raises(ValueError, match="don't determine"):
        biweight(y, np.ones(10))


def test_each_proxy_is_by_itself() -> None:
    random = np.random.default_rng(5)
    x = random.normal(size=(20, 2))
    y = random.normal(size=20)
    for column in range(2):
        assert residual_z(y, x)[:, column] == pytest.approx(robust_z(biweight(y, x[:, column]).residuals))
    assert np.isnan(robust_z(np.array([1.0, 1.0, 1.0, 5.0]))).all()


def test_a_fit_whose_scale_goes_round_in_circles_still_ends() -> None:
    x = np.array([
        9.78385204, 11.43778419, 7.24934898, 11.91935494, 9.05570115, 9.88736297, 10.46475194, 9.52335887, 8.80312771,
        9.63844622, 8.84469656, 9.9555818, 11.15023292, 12.00504861, 11.15077897, 11.31993433, 10.75151557, 9.64680628,
        10.65664881, 10.285278, 11.7589591, 9.49501467, 10.05540059, 8.65578319,
    ])  # fmt: skip
    y = np.array([
        9.8502556, 11.3644474, 7.60583888, 12.06210497, 8.89982067, 9.82731296, 10.46260461, 9.37488249, 8.63936397,
        9.74313488, 8.86390155, 10.04826689, 11.1157632, 11.93852879, 11.10800991, 11.38094456, 10.62037662, 9.70168503,
        10.62002345, 10.2494447, 11.71563661, 9.51941534, 10.05202254, 8.7433274,
    ])  # fmt: skip
    found = biweight(y, x)
    assert found.coefficients[1] == pytest.approx(1, abs=0.1) and found.scale < 0.15


@pytest.mark.parametrize("size", [8, 18, 40])
def test_values_far_above_the_middle_have_small_p_that_hold_their_size(size: int) -> None:
    random = np.random.default_rng(size)
    p = np.concatenate([above_middle(random.normal(size=size)) for _ in range(2000)])
    for at in (0.05, 0.01, 0.001):
        assert np.mean(p <= at) <= at
    several = random.normal(size=size)
    several[: size // 6] = 12
    assert np.all(above_middle(several)[: size // 6] < 0.01)


def test_nothing_is_above_the_middle_of_too_few_or_of_equal_values() -> None:
    assert np.isnan(above_middle(np.array([1.0, 2.0, np.nan]))).all()
    assert np.isnan(above_middle(np.array([1.0, 1.0, 1.0, 5.0]))).all()
