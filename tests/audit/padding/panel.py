"""Levels and flows of bodies made by hand: honest figures with structures of their own, and those of some bodies raised."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

FLOWS = ("tax", "wages", "land")
RULES = {
    "levels": ["gdp"],
    "series": {
        "gdp": {"kind": "money", "reporter": "self", "title": {"zh": "总产值", "en": "Output"}},
        "tax": {"kind": "money", "reporter": "third_party", "title": {"zh": "税收", "en": "Taxes"}},
        "wages": {"kind": "money", "reporter": "statistics"},
        "land": {"kind": "money", "reporter": "statistics"},
        "investment": {"kind": "money", "reporter": "third_party", "part_of": ["gdp"]},
        "power": {"kind": "physical", "reporter": "third_party"},
        "own": {"kind": "money", "reporter": "self"},
    },
}


def official(bodies: int, years: Mapping[str, Mapping[int, float]], without: tuple[str, ...] = ()) -> str:
    """The table `official`: for each year which bodies' level is raised by how much (0.4: by 40 per cent)."""
    random = np.random.default_rng(11)
    size, structure = random.normal(10, 1, bodies), random.normal(0, 0.08, (bodies, 3))
    lines = ["body,period,indicator,value"]
    for year, raised in years.items():
        noise = random.normal(0, 0.02, (bodies, 3))
        for at in range(bodies):
            told = {"gdp": np.exp(size[at]) * (1 + raised.get(at, 0.0))}
            told |= dict(zip(FLOWS, 0.1 * np.exp(size[at] + structure[at] + noise[at]), strict=True))
            told |= {"investment": told["gdp"] / 2, "power": np.exp(size[at] + random.normal()), "own": told["gdp"] / 3}
            lines += [f"b{at:02d},{year},{name},{value:.1f}" for name, value in told.items() if name not in without]
    return "\n".join(lines) + "\n"
