"""Projects built and not used."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.vanity.unused import unused
from tests.audit.folders import looked, made, of, why
from tests.audit.vanity.works import Row, county, observed, register

ROWS: list[Row] = [
    {},  # opened, no record of its use: nobody can tell
    {"opened_on": ""},
    {"opened_on": "", "completed_on": ""},
    {"opened_on": "", "completed_on": "2024-09-01"},
    {"used_capacity": 0},
    {"used_capacity": 0},  # observed in use
    {"used_capacity": 50},  # observed as empty
    {"opened_on": "2024-11-01", "used_capacity": 0},
]
SEEN = observed([(5, "2020-04-01", 3), (6, "2020-04-01", 0), (6, "2021-04-01", 0), (4, "2025-04-01", 9)])


def test_each_is_named_with_its_days(tmp_path: Path) -> None:
    rows = [("b00", row) for row in ROWS]
    told = looked(made(tmp_path, projects=register(rows), uses=SEEN))
    found = of(told, "built_not_used")
    assert [(one.about, one.grade) for one in found] == [("p001", "E1"), ("p004", "E1"), ("p006", "E1")]
    said = [one.said.en for one in found if one.said is not None]
    assert said[0] == "completed 2132 days ago and not opened" and said[1].startswith("opened 2101 days ago")
    assert told.compared["built_not_used"] == 6  # neither the first nor the one that is still built


def test_the_days_are_a_parameter(tmp_path: Path) -> None:
    evidence = made(tmp_path, projects=register([("b00", row) for row in ROWS]))
    found = of(looked(evidence, {"projects": {"unused_days": 30}}), "built_not_used")
    assert [one.about for one in found] == ["p001", "p003", "p004", "p005", "p007"]


def test_nothing_built_by_then_is_told(tmp_path: Path) -> None:
    told = looked(made(tmp_path, projects=register(county(3, 1))), period="2018")
    assert why(told, "built_not_used") == "no project was completed or opened by the end of the period"


def test_what_is_not_known_is_not_found() -> None:
    nan = np.nan
    found, known, _ = unused(np.array([nan, 500, 500]), np.array([nan, 400, 100]), np.array([0.0, nan, nan]), 180)
    assert found.tolist() == [False] * 3 and known.tolist() == [False, False, True]
