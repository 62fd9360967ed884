"""The European customer satisfaction index of a mobile phone provider (mobi, 250 answers) against R's plspm 0.4.9.

Tenenhaus et al. (2005) fit this model to these data; the files hold plspm's answers at tolerance 1e-10.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.model.arrays import Bools, Floats, Ints
from minping.stats.paths import PathFit, Scheme, fit_paths
from tests.references.tables import column, rows_of

LATENTS = ("Image", "Expectation", "Quality", "Value", "Satisfaction", "Complaints", "Loyalty")
LEADS = {
    "Expectation": ("Image",),
    "Quality": ("Expectation",),
    "Value": ("Expectation", "Quality"),
    "Satisfaction": ("Image", "Expectation", "Quality", "Value"),
    "Complaints": ("Satisfaction",),
    "Loyalty": ("Image", "Satisfaction", "Complaints"),
}
SCHEMES: tuple[Scheme, ...] = ("path", "centroid")


def ecsi() -> Bools:
    inner = np.zeros((len(LATENTS), len(LATENTS)), dtype=bool)
    for home, leads in LEADS.items():
        inner[LATENTS.index(home), [LATENTS.index(name) for name in leads]] = True
    return inner


def mobi(folder: Path, scheme: Scheme) -> tuple[Floats, Ints]:
    outer = rows_of(folder / f"mobi_{scheme}_outer.csv")
    answers = rows_of(folder / "mobi.csv")
    items = np.column_stack([column(answers, row["name"]) for row in outer])
    return items, np.array([LATENTS.index(row["block"]) for row in outer])


def fitted(folder: Path, scheme: Scheme) -> PathFit:
    return fit_paths(*mobi(folder, scheme), ecsi(), scheme=scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_outer_model_is_that_of_plspm(reference: Path, scheme: Scheme) -> None:
    folder = reference / "citizen"
    rows, fit = rows_of(folder / f"mobi_{scheme}_outer.csv"), fitted(folder, scheme)
    assert fit.converged and len(rows) == 24 and fit.scores.shape == (250, 7)
    found = {
        "weight": fit.weights,
        "loading": fit.loadings,
        "communality": fit.communality,
        "redundancy": fit.redundancy,
    }
    for name, values in found.items():
        np.testing.assert_allclose(values, column(rows, name), rtol=0, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_inner_model_is_that_of_plspm(reference: Path, scheme: Scheme) -> None:
    folder = reference / "citizen"
    rows, fit = rows_of(folder / f"mobi_{scheme}_inner_model.csv"), fitted(folder, scheme)
    slopes = [row for row in rows if row["term"] != "Intercept"]
    leads = [(row["endog"], row["term"]) for row in slopes]
    assert leads == [(home, name) for home, names in LEADS.items() for name in names]
    at = tuple(np.array([[LATENTS.index(name) for name in pair] for pair in leads]).T)
    np.testing.assert_allclose(fit.paths[at], column(slopes, "Estimate"), rtol=0, atol=1e-12)
    np.testing.assert_allclose(fit.errors[at], column(slopes, "Std..Error"), rtol=1e-11)
    np.testing.assert_allclose(fit.t[at], column(slopes, "t.value"), rtol=1e-11)
    np.testing.assert_allclose(fit.p[at], column(slopes, "Pr...t.."), rtol=1e-10)
    constants = [row for row in rows if row["term"] == "Intercept"]
    home = [LATENTS.index(row["endog"]) for row in constants]
    np.testing.assert_allclose(column(constants, "Estimate"), 0, atol=1e-12)  # ours are left out: nought by design
    np.testing.assert_allclose(fit.intercept_errors[home], column(constants, "Std..Error"), rtol=1e-11)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_effects_are_those_of_plspm(reference: Path, scheme: Scheme) -> None:
    folder = reference / "citizen"
    rows, fit = rows_of(folder / f"mobi_{scheme}_effects.csv"), fitted(folder, scheme)
    ends = [[LATENTS.index(name) for name in row["from_to"].split(" -> ")] for row in rows]
    begin, end = np.array(ends).T
    assert len(rows) == 21
    for name, effects in {"direct": fit.paths, "indirect": fit.indirect, "total": fit.total}.items():
        np.testing.assert_allclose(effects[end, begin], column(rows, name), rtol=0, atol=1e-12, err_msg=name)


def test_the_factorial_scheme_comes_close_to_the_others(reference: Path) -> None:
    """No published answer: the three schemes differ by little on these data."""
    folder = reference / "citizen"
    fit, near = (
        fit_paths(*mobi(folder, "path"), ecsi(), scheme="factorial"),
        fitted(folder, "path"),
    )
    assert fit.converged
    np.testing.assert_allclose(fit.paths, near.paths, atol=0.02)
