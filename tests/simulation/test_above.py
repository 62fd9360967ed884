"""The county above its streets and towns."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from minping.evidence import load_evidence
from minping.model.evidence import Codebook
from tests.simulation.conftest import Made


@pytest.mark.parametrize("planted", [True, False])
def test_accounts_and_targets_of_the_county_add_up_unless_planted(tmp_path: Path, planted: bool) -> None:
    made = Made(tmp_path, bodies=24, services=200, planted=planted, upper=True)
    bodies = load_evidence(tmp_path, Codebook({})).bodies
    streets = {body for body, parent in zip(bodies.ids, bodies.parents, strict=True) if parent == "C00"}
    assert bodies.ids[-1] == "C00" and streets == {body for body in bodies.ids if body.startswith("S")}
    output, above = made.figures("output"), set()
    for year in range(2016, 2026):
        below = sum(int(output[body, str(year)]["value"]) for body in streets)
        if abs(below - int(output["C00", str(year)]["value"])) > 0.5 * (len(streets) + 1):
            above.add(str(year))
            assert below > int(output["C00", str(year)]["value"])
    assert above == made.planted("sum_above", "period")
    total: dict[tuple[str, str], float] = defaultdict(float)
    for row in made["targets"]:
        if row["body"] in streets:
            total[row["indicator"], row["period"]] += float(row["target"])
    own = {(row["indicator"], row["period"]): float(row["target"]) for row in made["targets"] if row["body"] == "C00"}
    assert set(own) == set(total)
    assert {name for (name, period), one in own.items() if total[name, period] > 1.1 * one} == made.planted(
        "amplified", "about"
    )
    assert all(total[cell] >= 0.999 * one for cell, one in own.items())


def test_without_it_nothing_else_is_different(tmp_path: Path, wrong: Made) -> None:
    made = Made(tmp_path, bodies=40, services=300, upper=True)
    same = set(made.bytes) - {"official", "targets"}
    assert all(made.bytes[name] == wrong.bytes[name] for name in same)
    assert made["targets"][: len(wrong["targets"])] == wrong["targets"]
