"""Feasible means and deviations against the vectors of scrutiny's tests (L. Jung, MIT), in audit/grim_expected.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minping.model.arrays import Ints
from minping.stats.feasible import feasible_mean, feasible_sd, feasible_share_sd


@pytest.fixture(scope="module")
def vectors(reference: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((reference / "audit" / "grim_expected.json").read_text(encoding="utf-8"))
    return loaded


def written(texts: list[str]) -> tuple[Ints, Ints]:
    """Whole numbers of the last place, and places."""
    places = [len(text.partition(".")[2]) for text in texts]
    return np.array([int(text.replace(".", "")) for text in texts]), np.array(places)


def test_grim_of_means_items_and_percentages(vectors: dict[str, Any]) -> None:
    for case in vectors["grim"]:
        figures, places = written(case["x"])
        told = feasible_mean(figures, places + 2 * case["percent"], np.array(case["n"] * case["items"]))
        assert told.astype(int).tolist() == case["consistent"]
    case = vectors["pigs1"]
    assert feasible_mean(*written(case["x"]), np.array(case["n"])).astype(int).tolist() == case["consistent"]


@pytest.mark.parametrize("name", ["grim_total", "grim_total_percent"])
def test_the_number_of_infeasible_figures_of_two_places(vectors: dict[str, Any], name: str) -> None:
    case = vectors[name]
    places = 4 if name.endswith("percent") else 2
    figures = np.arange(10**places)
    missing = [int((~feasible_mean(figures, np.array(places), np.array(n))).sum()) for n in case["n"]]
    assert missing == case["value"]


def test_debit_of_shares(vectors: dict[str, Any]) -> None:
    case = vectors["pigs3_debit"]
    told = feasible_share_sd(*written(case["x"]), *written(case["sd"]), np.array(case["n"]))
    assert told.astype(int).tolist() == case["consistent"]


def test_grimmer_of_means_and_deviations(vectors: dict[str, Any]) -> None:
    case = vectors["pigs5_grimmer"]
    told = feasible_sd(*written(case["x"]), *written(case["sd"]), np.array(case["n"]))
    assert told.astype(int).tolist() == case["consistent"]
