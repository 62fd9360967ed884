"""Counts of bodies' own work."""

from __future__ import annotations

from collections import Counter

from minping.simulation.returns import COUNTED
from tests.simulation.conftest import Made


def test_returns_are_copied_and_decimals_dropped_only_where_planted(made: Made) -> None:
    vectors = {
        (body, year): tuple(made.figures(name)[body, year]["value"] for name in COUNTED)
        for body, year in made.figures(next(iter(COUNTED)))
    }
    bodies = {body for body, _ in vectors}
    assert {body for body in bodies if vectors[body, "2025"] == vectors[body, "2024"]} == made.planted("copied_forward")
    often = Counter(vectors[body, "2025"] for body in bodies)
    assert {body for body in bodies if often[vectors[body, "2025"]] > 1} == made.planted("same_vector")
    whole_tonnes = {cell for cell, row in made.figures("waste_tonnes").items() if "." not in row["value"]}
    assert {body for body, _ in whole_tonnes} == made.planted("precision_switch")
    assert {month for _, month in whole_tonnes} <= {f"2025-{month:02d}" for month in range(7, 13)}
