"""Fay–Herriot models of the milk and grapes data (Rao and Molina 2015), against R sae 1.3.

R ends its scoring at a relative change of 1e-4, and so do we where asked; left to go on, the figures move by some 1e-7.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from minping.stats.small_areas import fay_herriot
from tests.references.tables import column, rows_of

Method = Literal["REML", "ML"]


def milk(folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = rows_of(folder / "milk.csv")
    group = column(rows, "MajorArea")
    dummies = np.stack([np.ones(len(rows)), *(group == level for level in (2, 3, 4))], axis=1)
    return column(rows, "yi"), column(rows, "SD") ** 2, dummies


@pytest.mark.parametrize(("tolerance", "close", "likelihood"), [(1e-4, 1e-13, 1e-12), (1e-10, 1e-6, 2e-5)])
@pytest.mark.parametrize("method", ["REML", "ML"])
def test_milk_is_as_in_r(reference: Path, method: Method, tolerance: float, close: float, likelihood: float) -> None:
    folder = reference / "citizen"
    found = fay_herriot(*milk(folder), method, tolerance=tolerance)
    parameters = [row for row in rows_of(folder / "fh_parameters_milk.csv") if row["method"] == method]
    areas = [row for row in rows_of(folder / "fh_eblup_mse_milk.csv") if row["method"] == method]
    assert found.converged and not found.at_boundary
    for ours, theirs in ((found.beta, "beta"), (found.beta_se, "se"), (found.model_variance, "refvar")):
        np.testing.assert_allclose(ours, column(parameters, theirs), rtol=0, atol=close)
    np.testing.assert_allclose(found.eblup, column(areas, "eblup"), rtol=0, atol=close)
    np.testing.assert_allclose(found.mse, column(areas, "mse"), rtol=0, atol=close)
    np.testing.assert_allclose(found.log_likelihood, column(parameters, "loglike"), rtol=0, atol=likelihood)
    np.testing.assert_allclose(found.aic, column(parameters, "AIC"), rtol=0, atol=likelihood)


@pytest.mark.parametrize("method", ["REML", "ML"])
def test_milk_takes_as_many_steps_as_in_r(reference: Path, method: Method) -> None:
    direct, variance, covariates = milk(reference / "citizen")
    found = fay_herriot(direct, variance, covariates, method, tolerance=1e-4)
    assert found.iterations == 4
    gamma = found.model_variance / (found.model_variance + variance)
    np.testing.assert_allclose(found.shrinkage, gamma, rtol=1e-12)


@pytest.mark.parametrize("method", ["REML", "ML"])
def test_grapes_come_to_an_end_and_gain(reference: Path, method: Method) -> None:
    rows = rows_of(reference / "citizen" / "grapes.csv")
    covariates = np.stack([np.ones(len(rows)), column(rows, "area"), column(rows, "workdays")], axis=1)
    variance = column(rows, "var")
    found = fay_herriot(column(rows, "grapehect"), variance, covariates, method)
    assert len(rows) == 274 and found.converged and found.model_variance > 0
    assert (found.mse < variance).mean() > 0.9 and found.mse.mean() < variance.mean() / 10
