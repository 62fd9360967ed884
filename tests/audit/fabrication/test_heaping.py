"""Whole percentages: by the numbers of people, or more often than these make them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.fabrication.heaping import judged
from minping.stats.exceedance import more_than_chances
from tests.audit.folders import looked, made, of, why

RULES = {"series": {"rate": {"kind": "share"}}}


def official(heaping: str, seed: int = 3) -> str:
    random = np.random.default_rng(seed)
    lines = []
    for at in range(8):
        for month in range(1, 13):
            people = int(random.integers(300, 900))
            happy = int(random.binomial(people, 0.9))
            if f"b{at:02d}" == heaping and month > 4:
                people, happy = 100 * (people // 100), (people // 100) * 96
            lines.append(f"b{at:02d},2024-{month:02d},rate,{100 * happy / people:.2f},{happy},{people}\n")
    return "body,period,indicator,value,numerator,denominator\n" + "".join(lines)


def test_a_body_whose_rates_are_whole_is_named_with_these_rows(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 8, official=official("b05")), RULES)
    (one,) = of(told, "heaping")
    assert (one.body, one.n) == ("b05", 12) and one.observed >= 8 == len(one.sample) + 3 and one.expected < 6


def test_without_counts_of_people_it_is_not_applicable(tmp_path: Path) -> None:
    text = "body,period,indicator,value\nb00,2024,rate,95\n"
    assert "numerator" in why(looked(made(tmp_path, official=text), RULES), "heaping")


def test_the_tail_is_that_of_counting_all_ways() -> None:
    chances = np.array([0.1, 0.5, 0.3, 0.9])
    ways = [
        (sum(on), np.prod(np.where(on, chances, 1 - chances)))
        for on in np.array(np.meshgrid(*[[0, 1]] * 4)).reshape(4, -1).T.astype(bool).tolist()
    ]
    expected = [sum(p for many, p in ways if many >= found) for found in range(5)]
    found = [more_than_chances(np.array([float(at)]), np.zeros(4, dtype=np.int64), chances, 1)[0] for at in range(5)]
    np.testing.assert_allclose(found, expected, atol=1e-14)


def test_too_few_rates_of_a_body_say_nothing() -> None:
    near, size, expected, p = judged(np.array([0, 0]), np.array([19.0, 3.0]), np.array([20.0, 7.0]), 1)
    assert near.tolist() == [True, False] and size[0] == 2 and expected[0] > 0 and np.isnan(p[0])
