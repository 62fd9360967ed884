"""Heaping at whole percentages of 2018 (91,152 polling stations) against the published Monte Carlo and a second count.

Published: dkobak/elections, 1000 draws; kobak_integer_heaping_expected.json names what was kept and the band.
"""

from __future__ import annotations

import csv
import gzip
import json
import time
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from minping.model.arrays import Floats
from minping.stats.heaping import Heaping, chance_near_whole, either, heaping, near_whole

DRAWS = 1000


@cache
def stations(folder: Path) -> tuple[Floats, Floats, Floats, Floats]:
    with gzip.open(folder / "audit" / "elections_2018_counts.csv.gz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    voters, given, received, leader = (
        np.array([float(row[name]) for row in rows]) for name in ("voters", "given", "received", "leader")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = (voters >= 100) & (given <= 0.99 * voters) & (leader <= 0.99 * received) & (received > 0)
    return voters[kept], given[kept], received[kept], leader[kept]


@cache
def found(folder: Path) -> dict[str, Heaping]:
    voters, given, received, leader = stations(folder)
    came, chose = chance_near_whole(given, voters), chance_near_whole(leader, received)
    near = near_whole(given, voters), near_whole(leader, received)
    return {
        "turnout": heaping(near[0], came),
        "leader": heaping(near[1], chose),
        "either": heaping(near[0] | near[1], either(came, chose)),
    }


def expected(folder: Path) -> dict:
    return json.loads((folder / "audit" / "kobak_integer_heaping_expected.json").read_text(encoding="utf-8"))


def test_as_many_stations_are_kept_as_were_published(reference: Path) -> None:
    assert found(reference)["either"].units == stations(reference)[0].size == 91_152


@pytest.mark.parametrize("what", ["either", "leader", "turnout"])
def test_the_excess_is_that_of_a_second_exact_count(what: str, reference: Path) -> None:
    told, wanted = found(reference)[what], expected(reference)["our_exact_binomial"]["2018"]
    assert told.excess == pytest.approx(wanted[what], rel=1e-10)
    assert told.variance**0.5 == pytest.approx(wanted[f"sd_{what}"], rel=1e-10)


@pytest.mark.parametrize(("what", "name"), [("either", "either"), ("leader", "leader_result"), ("turnout", "turnout")])
def test_the_excess_is_the_published_one_within_the_noise_of_its_draws(what: str, name: str, reference: Path) -> None:
    published, told = expected(reference), found(reference)[what]
    year, column = published["years"].index(2018), published["columns"].index(name)
    noise = published["mc_std"][year][column]
    assert abs(told.excess - published["excess_stations"][year][column]) < 4 * noise / DRAWS**0.5
    assert told.variance**0.5 == pytest.approx(noise, rel=4 / (2 * DRAWS) ** 0.5)


def test_all_stations_take_a_few_seconds(reference: Path) -> None:
    voters, given, _, _ = stations(reference)
    start = time.process_time()
    chance_near_whole(given, voters)
    assert time.process_time() - start < 3
