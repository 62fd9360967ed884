"""Targets and what became of them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from minping.simulation.goals import MONTHLY
from minping.stats.bunching import bunching
from tests.simulation.conftest import Made


def test_figures_crowd_just_above_targets_only_where_planted(made: Made) -> None:
    target = {(row["body"], row["period"], row["indicator"]): float(row["target"]) for row in made["targets"]}
    bodies, group, distance, least = sorted(made.told["bodies"]), [], [], defaultdict(lambda: 1.0)
    for name in MONTHLY:
        for (body, period), row in made.figures(name).items():
            apart = float(row["value"]) / target[body, period, name] - 1
            distance.append(apart)
            group.append(bodies.index(body))
            least[body] = min(least[body], apart if apart <= 0.0101 else -1.0)
    p = bunching(np.array(distance), np.array(group), len(bodies), within=0.02).p
    few = {body for body, one in zip(bodies, p, strict=True) if one < 1e-3}
    assert few == made.planted("bunched") | made.planted("just_met")
    assert {body for body in bodies if least[body] >= 0} == made.planted("just_met")


def test_yearly_targets_can_be_reached_unless_planted(made: Made) -> None:
    taxes = made.figures("tax_revenue")
    ratio = {
        row["body"]: float(row["target"]) / float(taxes[row["body"], "2025"]["value"])
        for row in made["targets"]
        if row["indicator"] == "tax_revenue" and row["period"] == "2025"
    }
    assert len(ratio) == 30
    assert {body for body, one in ratio.items() if one > 1.15} == made.planted("unrealistic_target")
    assert {body for body, one in ratio.items() if one < 0.87} == made.planted("sandbagged_target")
