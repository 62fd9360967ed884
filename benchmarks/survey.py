"""Survey: ratings raked on four margins, then the mean of every body with an error that knows design and raking.

    python -m benchmarks.survey ROWS              1,000 bodies, 5,000 units in 16 strata; prints JSON
    python -m benchmarks.survey ROWS UNITS BODIES FILE
                                                  the same, its data kept for the other tools

The whole process counts, making the data and imports among it.
"""

from __future__ import annotations

import json
import sys
from typing import NamedTuple

import numpy as np

from minping.model.arrays import Floats, Ints
from minping.stats.calibration import Margin, rake
from minping.stats.designs import Design, Stage
from minping.stats.estimates import mean

SIZES, STRATA, SEED = (16, 4, 5, 2), 16, 20211001


class Ratings(NamedTuple):
    """n ratings; the margins explain a part of them."""

    y: Floats  #: (n,)
    body: Ints  #: (n,)
    stratum: Ints  #: (n,)
    unit: Ints  #: (n,)
    base: Floats  #: (n,) weights
    margins: tuple[Margin, ...]


class Answer(NamedTuple):
    """What is asked for: means and their errors, (D,) each; how far off the margins are."""

    value: Floats
    se: Floats
    off: float


def make(rows: int, units: int = 5000, bodies: int = 1000) -> Ratings:
    """Ratings from a seed; every unit in one stratum, every category met."""
    random = np.random.default_rng(SEED)
    unit = random.integers(0, units, rows, dtype=np.int32)
    body = random.integers(0, bodies, rows, dtype=np.int32)
    code = [random.integers(0, size, rows, dtype=np.int32) for size in SIZES]
    base = random.uniform(1.0, 3.0, rows)
    y = random.normal(0.0, 0.5, rows) + random.normal(0.0, 0.2, units)[unit]
    margins = []
    for one, size in zip(code, SIZES, strict=True):
        y += random.normal(0.0, 0.7, size)[one]
        total = np.bincount(one, base, minlength=size) * random.uniform(0.7, 1.3, size)
        margins.append(Margin(one, total * (2.0 * rows / total.sum())))
    return Ratings(y, body, unit % STRATA, unit, base, tuple(margins))


def ours(ratings: Ratings) -> Answer:
    """All bodies at once, and the whole as one more."""
    new = rake(ratings.base, ratings.margins)
    design = Design(new.weight, (Stage(ratings.stratum, ratings.unit),), new.calibrated)
    found = mean(design, ratings.y, ratings.body, int(ratings.body.max()) + 1)
    return Answer(found.value, found.se, new.off)


def keep(ratings: Ratings, file: str) -> None:
    """Write the arrays where a process without Minping reads them."""
    codes = {f"margin_{at}": margin.code for at, margin in enumerate(ratings.margins)}
    totals = {f"total_{at}": margin.total for at, margin in enumerate(ratings.margins)}
    own = {name: getattr(ratings, name) for name in ("y", "body", "stratum", "unit", "base")}
    np.savez(file, **own, **codes, **totals)


def jackknife(ratings: Ratings, bodies: int) -> Floats:
    """Errors of the means when one unit at a time is left out and the rest raked anew, (D,)."""
    weight = ratings.base.copy()
    of_unit = np.bincount(ratings.unit, ratings.stratum) / np.bincount(ratings.unit)
    size = np.bincount(of_unit.astype(int), minlength=STRATA)
    whole, found = _means(ratings, rake(weight, ratings.margins).weight, bodies), np.zeros(bodies)
    for unit, stratum in enumerate(of_unit.astype(int).tolist()):
        left = size[stratum] / (size[stratum] - 1.0)
        kept = ratings.unit != unit
        each = Ratings(
            *(column[kept] for column in ratings[:4]),
            (weight * np.where(ratings.stratum == stratum, left, 1.0))[kept],
            tuple(Margin(margin.code[kept], margin.total) for margin in ratings.margins),
        )
        found += (_means(each, rake(each.base, each.margins).weight, bodies) - whole) ** 2 / left
    return np.sqrt(found)


def _means(ratings: Ratings, weight: Floats, bodies: int) -> Floats:
    held: Floats = np.bincount(ratings.body, weight, bodies)
    return np.bincount(ratings.body, weight * ratings.y, bodies) / held


def main(rows: int, units: int = 5000, bodies: int = 1000, file: str = "") -> None:
    """Answer; with a file: keep the data and answer by jackknife too."""
    ratings = make(rows, units, bodies)
    found = ours(ratings)
    assert found.off < 1e-9 and np.isfinite(found.se).all() and (found.se > 0).all()
    told: dict[str, object] = {"bodies": len(found.se)}
    if file:
        keep(ratings, file)
        told |= {"value": found.value.tolist(), "se": found.se.tolist()}
        told |= {"jackknife": jackknife(ratings, bodies).tolist()} if units <= 500 else {}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), *sys.argv[4:])
