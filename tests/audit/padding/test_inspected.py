"""Inspections that find less than was reported."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, hypergeom

from minping.audit.opened import Opened
from minping.audit.padding.inspected import chance, count, open_visits
from minping.indicators.events import engine
from minping.scheme.declared import Declared
from minping.words import Text
from tests.audit.folders import looked, made, of, why

HEAD = "inspection,body,visited_on,claim,indicator,reported_value,found_value,tolerance,inspector,inspected_by"


def visits(bodies: int, each: int, found: dict[int, float], inspectors: int = 3, by: str = "third_party") -> str:
    lines = [HEAD]
    for at in range(bodies):
        for one in range(each):
            reported, value = 100 + one, (100 + one) * found.get(at, 1.0)
            lines.append(f"i{at}-{one},b{at:02d},2024-05-01,户数,homes,{reported},{value:g},2,U{one % inspectors},{by}")
    return "\n".join(lines) + "\n"


def homes(bodies: int, each: int) -> str:
    rows = [f"b{at:02d},2024-{one + 1:02d},homes,{100 + one}" for at in range(bodies) for one in range(each)]
    return "\n".join(["body,period,indicator,value", *rows]) + "\n"


def test_a_body_whose_reports_are_better_than_what_was_found(tmp_path: Path) -> None:
    evidence = made(tmp_path, 6, inspections=visits(6, 5, {2: 0.8}), official=homes(6, 5))
    (one,) = of(looked(evidence), "found_below")
    assert (one.body, one.grade, one.observed, one.n, one.rows) == ("b02", "E2", 5, 5, 5)
    assert one.p == pytest.approx(2 * min(binom.sf(4, 5, 0.5), hypergeom.sf(4, 30, 5, 5)))
    assert one.sample[0].startswith("evidence/official.csv") and one.beside[0].startswith("evidence/inspections.csv")
    assert one.said is not None and "5 of 5 inspections" in one.said.en and "80% of what was reported" in one.said.en
    assert "3 名核查员" in one.said.zh


def test_where_less_is_better_more_found_is_what_counts(tmp_path: Path) -> None:
    evidence = made(tmp_path, 3, inspections=visits(3, 2, {1: 1.2}))
    with engine() as opened_by:
        opened = Opened(evidence, "2024", None, opened_by)
        series = Declared("homes", Text("", ""), "", None, "self", 0.0, "", (), None, None, (), direction="lower")
        opened.__dict__["declared"] = {"homes": series}
        seen = open_visits(opened)
    told = count(seen.body, seen.better, seen.inspector, 3)
    assert (told.better.tolist(), told.worse.tolist(), told.seen_by.tolist()) == ([0, 2, 0], [0, 0, 0], [0, 2, 0])


def test_one_inspector_alone_and_errors_both_ways_are_no_finding() -> None:
    alone = count(np.zeros(8, dtype=np.int64), np.ones(8), np.zeros(8, dtype=np.int64), 2)
    assert np.isnan(chance(alone)).all()
    same = count(np.zeros(8, dtype=np.int64), np.r_[np.ones(7), 0], np.r_[np.zeros(7, dtype=np.int64), 1], 2)
    assert chance(same)[0] == 1
    ways = count(np.zeros(8, dtype=np.int64), np.tile([1.0, -1.0], 4), np.arange(8) // 2, 1)
    assert chance(ways)[0] == 1


def test_within_tolerance_and_nought_reported_are_no_finding(tmp_path: Path) -> None:
    text = visits(4, 4, {1: 0.985}) + "z,b00,2024-05-01,户数,homes,0,0,,U1,upper\n"
    told = looked(made(tmp_path, 4, inspections=text))
    assert not of(told, "found_below") and told.compared["found_below"] == 4


@pytest.mark.parametrize(
    ("text", "because"),
    [
        (visits(4, 4, {1: 0.5}, by="self"), "no inspection of the period"),
        (visits(4, 4, {1: 0.5}).replace("2024-05", "2023-05"), "no inspection of the period"),
        (visits(4, 4, {1: 0.5}, inspectors=1), "two inspectors"),
        (visits(1, 4, {0: 0.5}), "fewer than 3 bodies"),
    ],
)
def test_what_can_t_be_compared_is_not_applicable(text: str, because: str, tmp_path: Path) -> None:
    assert because in why(looked(made(tmp_path, 4, inspections=text)), "found_below")
