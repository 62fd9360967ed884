"""Jumps of density against rddensity 3.0: margins of the US Senate, at bandwidths given or found."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from minping.stats.density_bandwidths import bandwidths
from minping.stats.density_jump import density_jump

CLOSE = 1e-8


@pytest.mark.parametrize(
    ("name", "order", "kernel", "at"),
    [
        ("h10_15", 3, "triangular", 0.0),
        ("default", 3, "triangular", 0.0),
        ("p2_q4", 4, "triangular", 0.0),
        ("uniform", 3, "uniform", 0.0),
        ("bw_diff", 3, "triangular", 0.0),
        ("c5", 3, "triangular", 5.0),
    ],
)
def test_the_jump_at_given_bandwidths_is_that_of_rddensity(
    name: str, order: int, kernel: str, at: float, reference: Path
) -> None:
    margins = np.loadtxt(reference / "audit" / "rddensity_senate.csv", skiprows=1)
    told = json.loads((reference / "audit" / "rddensity_senate_expected.json").read_text(encoding="utf-8"))
    wanted = told["results"][name]
    jump = density_jump(margins, at, wanted["h"]["left"], wanted["h"]["right"], order=order, kernel=kernel)
    for side, of in (("left", jump.left), ("right", jump.right)):
        assert (of.values, of.used) == (wanted["N"][side], wanted["N"][f"eff_{side}"])
        assert of.density == pytest.approx(wanted["hat"][side], rel=CLOSE)
        assert of.error == pytest.approx(wanted["sd_jk"][side], rel=CLOSE)
    assert jump.difference == pytest.approx(wanted["hat"]["diff"], rel=CLOSE)
    assert jump.error == pytest.approx(wanted["sd_jk"]["diff"], rel=CLOSE)
    assert jump.t == pytest.approx(wanted["test"]["t_jk"], rel=CLOSE)
    assert jump.p == pytest.approx(wanted["test"]["p_jk"], rel=CLOSE)


@pytest.mark.parametrize(
    ("name", "kernel", "at"),
    [("default", "triangular", 0.0), ("uniform", "uniform", 0.0), ("c5", "triangular", 5.0)],
)
def test_the_chosen_bandwidths_are_those_of_rddensity(name: str, kernel: str, at: float, reference: Path) -> None:
    margins = np.loadtxt(reference / "audit" / "rddensity_senate.csv", skiprows=1)
    told = json.loads((reference / "audit" / "rddensity_senate_expected.json").read_text(encoding="utf-8"))["results"]
    chosen = bandwidths(margins, at, kernel=kernel)
    wanted = told[name]
    assert chosen.combined == pytest.approx((wanted["h"]["left"], wanted["h"]["right"]), rel=CLOSE)
    jump = density_jump(margins, at, *chosen.combined, kernel=kernel)
    assert (jump.left.used, jump.right.used) == (wanted["N"]["eff_left"], wanted["N"]["eff_right"])
    assert (jump.t, jump.p) == pytest.approx((wanted["test"]["t_jk"], wanted["test"]["p_jk"]), rel=CLOSE)
    if name == "default":
        assert chosen.difference == pytest.approx(told["bw_diff"]["h"]["left"], rel=CLOSE)


def test_the_restricted_fit_with_errors_by_formula_is_that_of_rddensity(reference: Path) -> None:
    margins = np.loadtxt(reference / "audit" / "rddensity_senate.csv", skiprows=1)
    told = json.loads((reference / "audit" / "rddensity_senate_expected.json").read_text(encoding="utf-8"))
    wanted = told["results"]["restricted_plugin"]
    left, right = bandwidths(margins, 0.0, restricted=True, plugin=True).combined
    assert (left, right) == pytest.approx((wanted["h"]["left"], wanted["h"]["right"]), rel=CLOSE)
    jump = density_jump(margins, 0.0, left, right, restricted=True, plugin=True)
    for side, of in (("left", jump.left), ("right", jump.right)):
        assert of.used == wanted["N"][f"eff_{side}"]
        assert of.density == pytest.approx(wanted["hat"][side], rel=CLOSE)
    assert (jump.t, jump.p) == pytest.approx((wanted["test"]["t_asy"], wanted["test"]["p_asy"]), rel=CLOSE)
