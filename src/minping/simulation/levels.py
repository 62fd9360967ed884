"""Levels: yearly official figures of the economy, with first and revised releases; where planted, output is padded.

A padded output rises above the true level over the last years, its parts with it, and each first release lies higher
still. Investment is part of output and padded as well; what others count (taxes, wages, land, shops, power) is not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats
from minping.simulation.economy import FLOWS, Economy
from minping.simulation.official import after, figures, rounded
from minping.simulation.planting import Case, Planting
from minping.simulation.writing import Table

PARTS = ("output_primary", "output_secondary", "output_tertiary")
SHARES = np.array([0.12, 0.45, 0.43])
OUTPUT = "output"
PADDED_YEARS = 5
PADDING = (0.25, 0.50)  #: of the true level
RELEASED, REVISED = 3, 12  #: months after the year
REVISION = 0.006  #: spread of an honest revision
LOWERED = (0.02, 0.05)  #: by how much first releases of padded output lie above the revised ones
GAP = (0.004, 0.03)  #: of output, by which planted parts miss their total
APART_YEARS = 3
REPORTERS = {"investment": "self", "tax_revenue": "third_party", "electricity": "third_party"}  #: others: statistics


class Levels(NamedTuple):
    """What is told of output, (S, Y)."""

    rows: list[Table]
    padding: Floats  #: told over true
    told: Floats  #: the latest release


def draw_levels(random: np.random.Generator, economy: Economy, planting: Planting, ids: tuple[str, ...]) -> Levels:
    """Yearly figures of all streets and towns."""
    here = [ids[at] for at in economy.bodies.tolist()]
    padding, above = _padding(planting, economy)
    mix = np.exp(
        np.log(SHARES) + random.normal(0, 0.3, (len(here), 1, 3)) + random.normal(0, 0.02, (*economy.level.shape, 3))
    )
    mix /= mix.sum(axis=2, keepdims=True)
    revised = economy.level * padding
    first = revised * np.exp(random.normal(0, REVISION, revised.shape)) * above
    is_final = np.arange(len(economy.years)) < len(economy.years) - 1
    gap = _gaps(planting, economy, revised, here)
    rows, told = [], np.where(is_final, revised, first)
    releases = ((first, RELEASED, None), (revised, REVISED, np.broadcast_to(is_final, revised.shape)))
    for level, months, where in releases:
        released = after(economy.years, months)
        named = {OUTPUT: rounded(level + gap, where=where)}
        named |= {part: rounded(level * mix[..., at], where=where) for at, part in enumerate(PARTS)}
        rows += [
            figures(here, economy.years, name, value, reporter="self", released=released)
            for name, value in named.items()
        ]
    for name in FLOWS:
        value = economy.flows[name] * (padding if name == "investment" else 1.0)
        reporter = REPORTERS.get(name, "statistics")
        released = after(economy.years, RELEASED)
        rows.append(figures(here, economy.years, name, rounded(value), reporter=reporter, released=released))
    return Levels(rows, padding, told + gap)


def _padding(planting: Planting, economy: Economy) -> tuple[Floats, Floats]:
    """By what output is multiplied, and first releases once more, (S, Y) each."""
    holds = planting.holds("padded")[economy.bodies]
    shape = economy.level.shape
    since = np.arange(shape[1]) - (shape[1] - PADDED_YEARS)
    grown = ((since + 1) / 2).clip(0, 1)  # half in the first year, all of it from the second
    full = planting.random.uniform(*PADDING, (shape[0], 1))
    padding = np.where(holds[:, None], 1 + full * grown, 1.0)
    lowered = planting.random.uniform(*LOWERED, shape)
    here = [planting.ids[at] for at in economy.bodies.tolist()]
    cells = zip(*np.nonzero(holds[:, None] & (since >= 0)), strict=True)
    planting.note("padded", (Case(here[at], OUTPUT, economy.years[year]) for at, year in cells))
    return padding, np.where(holds[:, None] & (since >= -1), 1 + lowered, 1.0)


def _gaps(planting: Planting, economy: Economy, level: Floats, here: list[str]) -> Floats:
    """What is added to output but to none of its parts, (S, Y)."""
    holds = planting.holds("parts_apart")[economy.bodies]
    size = level * planting.random.uniform(*GAP, level.shape)
    late = np.arange(level.shape[1]) >= level.shape[1] - APART_YEARS
    wrong = holds[:, None] & late
    cells = zip(*np.nonzero(wrong), strict=True)
    planting.note("parts_apart", (Case(here[at], OUTPUT, economy.years[year]) for at, year in cells))
    return np.where(wrong, np.maximum(size, 20.0), 0.0)
