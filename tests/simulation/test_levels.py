"""Output and its parts: honest ones add up and go with the money that flows; planted ones don't."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from minping.simulation.levels import PARTS
from minping.stats.robust import residual_z
from tests.simulation.conftest import FLOWS, Made


def test_parts_add_up_unless_planted(made: Made) -> None:
    cells = defaultdict(dict)
    for row in made["official"]:
        if row["indicator"] in (*PARTS, "output"):
            cells[row["body"], row["period"], row["released_on"]][row["indicator"]] = int(row["value"])
    apart = {
        (body, period)
        for (body, period, _), cell in cells.items()
        if abs(sum(cell[part] for part in PARTS) - cell["output"]) > 0.5 * (len(PARTS) + 1)
    }
    assert apart == {(case["body"], case["period"]) for case in made.told["irregular"].get("parts_apart", ())}


def test_padded_output_lies_above_what_flows_of_money_say(wrong: Made, honest: Made) -> None:
    def z(made: Made) -> dict[str, float]:
        output = made.figures("output")
        bodies = sorted({body for body, _ in output})
        flows = np.log([[float(made.figures(name)[body, "2025"]["value"]) for name in FLOWS] for body in bodies])
        level = np.log([float(output[body, "2025"]["value"]) for body in bodies])
        return dict(zip(bodies, residual_z(level, flows).mean(axis=1), strict=True))

    padded, found, clean = wrong.planted("padded"), z(wrong), z(honest)
    assert min(found[body] for body in padded) > 1 > np.mean([abs(one) for one in clean.values()])
    assert all(found[body] > clean[body] + 0.8 for body in padded)
    told = {body: float(wrong.figures("output")[body, "2025"]["value"]) for body in padded}
    for body in padded:
        assert 1.2 < told[body] / wrong.told["true_output"][body]["2025"] < 1.62


def test_first_releases_of_padded_output_are_all_revised_down(made: Made) -> None:
    releases = defaultdict(list)
    for row in made["official"]:
        if row["indicator"] == "output":
            releases[row["body"], row["period"]].append((row["released_on"], float(row["value"])))
    lowered = defaultdict(list)
    for (body, _), told in releases.items():
        if len(told) == 2:
            (_, first), (_, last) = sorted(told)
            lowered[body].append(first > last)
    late = {body: all(signs[-5:]) for body, signs in lowered.items()}
    assert made.planted("padded") <= {body for body, so in late.items() if so}
    honest = [sum(signs) for body, signs in lowered.items() if body not in made.planted("padded")]
    assert 0.4 < np.mean(honest) / 9 < 0.6
