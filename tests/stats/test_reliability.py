from __future__ import annotations

import numpy as np
import pytest

from minping.stats.reliability import composite_reliability, cronbach_alpha, dillon_goldstein_rho


def made(columns: int = 4) -> np.ndarray:
    draw = np.random.default_rng(1)
    return draw.normal(size=(60, 1)) + 0.7 * draw.normal(size=(60, columns))


def test_alpha_of_standardised_columns_follows_from_their_mean_correlation() -> None:
    items = made()
    r = np.corrcoef(items.T)[np.triu_indices(4, 1)].mean()
    standard = (items - items.mean(0)) / items.std(0)
    assert cronbach_alpha(standard) == pytest.approx(4 * r / (1 + 3 * r), rel=1e-12)
    assert cronbach_alpha(items + 5) == pytest.approx(cronbach_alpha(3 * items), rel=1e-12)


def test_equal_columns_are_perfectly_reliable() -> None:
    items = np.repeat(made(1), 3, axis=1)
    assert cronbach_alpha(items) == pytest.approx(1)
    assert dillon_goldstein_rho(items) == pytest.approx(1)


def test_rho_is_that_of_the_loadings_on_the_first_component() -> None:
    items = made()
    _, _, axes = np.linalg.svd((items - items.mean(0)) / items.std(0))
    component = ((items - items.mean(0)) / items.std(0)) @ axes[0]
    loadings = [np.corrcoef(component, column)[0, 1] for column in items.T]
    assert dillon_goldstein_rho(items) == pytest.approx(composite_reliability(np.array(loadings)), rel=1e-10)
    assert composite_reliability(-np.array(loadings)) == composite_reliability(np.array(loadings))


def test_what_cannot_be_told_is_nan() -> None:
    assert np.isnan(cronbach_alpha(made(1))) and np.isnan(cronbach_alpha(np.ones((1, 3))))
    assert np.isnan(cronbach_alpha(np.full((5, 3), 0.1)))
    assert np.isnan(cronbach_alpha(made(1) * np.array([[1.0, -1.0]])))
    assert np.isnan(dillon_goldstein_rho(made(1))) and np.isnan(dillon_goldstein_rho(np.full((5, 3), 0.1)))
    assert np.isnan(composite_reliability(np.array([]))) and np.isnan(composite_reliability(np.array([1.0, -1.0])))


def test_hostile_input_is_refused() -> None:
    for bad in (np.ones(3), np.array([[1.0, np.nan]]), np.array([[1.0, np.inf]])):
        for measure in (cronbach_alpha, dillon_goldstein_rho):
            with pytest.raises(ValueError, match="none missing"):
                measure(bad)
    for bad in (np.ones((2, 2)), np.array([np.nan]), np.array([1.2])):
        with pytest.raises(ValueError, match="between -1 and 1"):
            composite_reliability(bad)
