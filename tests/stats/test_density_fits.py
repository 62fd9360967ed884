"""Local fits of the distribution against plain least squares, their moments against plain integration."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate

from minping.stats.density_fits import KERNELS, asymptotic, fit, leading_bias, moments


@pytest.mark.parametrize("kernel", ["triangular", "uniform"])
def test_the_moments_are_the_integrals_of_the_paper(kernel: str) -> None:
    weigh = KERNELS[kernel]
    found = moments(2, kernel)
    for i in range(3):
        assert found.beyond[i] == pytest.approx(integrate.quad(lambda u, i=i: u ** (i + 3) * weigh(u), 0, 1)[0])
        for j in range(3):
            crossed = integrate.quad(lambda u, k=i + j: u**k * weigh(u), 0, 1)[0]
            assert found.crossed[i, j] == pytest.approx(crossed)
    middle = (np.arange(2000) + 0.5) / 2000
    powers = np.vander(middle, 3, increasing=True) * weigh(middle)[:, None] / 2000
    assert found.noise == pytest.approx(powers.T @ np.minimum(middle[:, None], middle) @ powers, rel=1e-5)


def test_the_restricted_fit_is_least_squares_with_shared_columns() -> None:
    there = np.sort(np.random.default_rng(1).normal(0.1, 1, 400))
    mine = np.abs(there) <= 0.8
    near = there[mine]
    root = np.sqrt(1 - np.abs(near) / 0.8)
    columns = np.column_stack([np.ones(near.size), np.minimum(near, 0), np.maximum(near, 0), near**2, near**3])
    share = (np.arange(400) / 399)[mine]
    wanted = np.linalg.lstsq(columns * root[:, None], share * root, rcond=None)[0]
    found = fit(there, 0.8, 0.8, 3, "triangular", restricted=True, power=3)
    assert found.density == pytest.approx(wanted[1:3], rel=1e-8)
    assert found.power == pytest.approx([wanted[4]] * 2, rel=1e-8)


@pytest.mark.parametrize("restricted", [False, True])
def test_both_errors_are_those_of_many_samples(restricted: bool) -> None:
    random = np.random.default_rng(2)
    drawn = [
        fit(np.sort(random.uniform(-1, 1, 1000)), 0.7, 0.7, 2, "triangular", restricted=restricted) for _ in range(600)
    ]
    seen = np.cov(np.array([one.density for one in drawn]).T)
    told = np.mean([one.jackknife for one in drawn], axis=0)
    formula = asymptotic(np.array([0.5, 0.5]), 1000, 0.7, 0.7, 2, "triangular", restricted)
    weights = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 1.0]])
    by_sample, by_jackknife, by_formula = (np.diag(weights @ one @ weights.T) for one in (seen, told, formula))
    # squares about nought: too much for one density of the restricted fit, not for the difference
    sure = slice(2, 3) if restricted else slice(0, 3)
    assert by_jackknife[sure] == pytest.approx(by_sample[sure], rel=0.2)
    assert by_formula[sure] == pytest.approx(by_sample[sure], rel=0.2)
    assert (by_jackknife > 0.9 * by_sample).all() and (by_formula > 0.9 * by_sample).all()


@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize("kernel", ["triangular", "uniform"])
def test_the_bias_is_that_of_a_curve_one_power_beyond_the_fit(kernel: str, restricted: bool) -> None:
    at = np.linspace(-1, 1, 400_001)
    rises = at + 0.3 * at**3  # a distribution function of second degree fits it but for the cube
    whole = rises[-1] - rises[0]
    there = np.interp(np.linspace(rises[0], rises[-1], 100_001), rises, at)
    found = fit(there, 0.5, 0.5, 2, kernel, restricted=restricted)
    bias = leading_bias(np.ones(2), np.full(2, 0.3 / whole), 2, kernel, restricted) * 0.5**2
    assert found.density - 1 / whole == pytest.approx(bias, rel=0.05)
    assert abs(bias).min() > 0.001


def test_a_side_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match="0 distinct values"):
        fit(np.linspace(0.1, 1, 50), 0.5, 0.5, 2, "uniform")
