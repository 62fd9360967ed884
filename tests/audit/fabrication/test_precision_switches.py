"""Decimals that a series has and a body leaves out."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.fabrication.precision_switches import chance
from tests.audit.folders import looked, made, of, why

MONTHS = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]


def series(seed: int, rounded: str = "") -> str:
    random = np.random.default_rng(seed)
    lines = []
    for at in range(6):
        for month in MONTHS:
            value = round(float(random.uniform(20, 90)), 2)
            whole = f"b{at:02d}" == rounded and month >= "2024-05"
            lines.append(f"b{at:02d},{month},load,{value:.0f}\n" if whole else f"b{at:02d},{month},load,{value}\n")
    return "body,period,indicator,value\n" + "".join(lines)


def test_a_body_that_begins_to_round_is_named_and_others_are_not(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 6, official=series(1, "b04")), {"series": {"load": {"kind": "physical"}}})
    (one,) = of(told, "precision")
    assert (
        (one.body, one.about, one.n, one.grade) == ("b04", "load", 12, "E3")
        and one.observed >= 8
        and one.rows == one.observed
    )
    assert one.said is not None and "series is written with" in one.said.en


def test_without_a_steady_number_of_decimals_there_is_nothing_to_say(tmp_path: Path) -> None:
    told = looked(
        made(tmp_path, 2, official="body,period,indicator,value\nb00,2024,load,3\n"), {"series": {"load": {}}}
    )
    assert "steady" in why(told, "precision")


def test_one_figure_in_ten_is_chance() -> None:
    np.testing.assert_allclose(chance(np.array([1.0, 3.0]), np.array([1.0, 3.0])), [0.1, 0.001])
