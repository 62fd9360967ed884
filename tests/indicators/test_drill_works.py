"""Drill of works: what a figure counts, what it can't, and where the rows stand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.indicators.compute import compute
from minping.indicators.drill import drill
from minping.model.drill import Drill
from minping.model.evidence import Evidence
from minping.scheme.work_rules import WORKS
from tests.indicators import test_inspections, test_projects, test_tasks
from tests.indicators.test_works import NAMES, asking
from tests.indicators.works import Row, inside, load, write

ROWS: dict[str, list[Row]] = {
    "projects": test_projects.ROWS,
    "tasks": test_tasks.ROWS,
    "inspections": test_inspections.ROWS,
}


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    home: Path = tmp_path_factory.mktemp("drilled")
    for table, rows in ROWS.items():
        write(home, table, rows)
    return load(home, *ROWS)


def counts(found: Drill) -> dict[str, float]:
    return {tally.name.en: tally.count for group in found.tallies for tally in group}


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_what_is_counted_is_what_the_figure_rests_on(evidence: Evidence, kind: str, name: str) -> None:
    scheme = asking(f"{{{kind}: {name}}}").scheme
    values = compute(scheme, evidence)
    found = drill(evidence, scheme.indicators[0].evidence, 0, "2024")
    assert values.n is not None
    counted = next(tally.count for tally in found.tallies[0])
    if name not in ("support", "reopened_rate", "outcome_attained", "without_outcome"):
        assert counted == values.n[values.at("2024"), 0, 0] > 0
    here = [place for place in found.places if place.kind == found.tallies[0][0].name]
    assert sum(place.count for place in here) == counted and all(place.file.endswith(f"{kind}.csv") for place in here)
    rows = ROWS[kind]
    assert all(rows[row - 2]["body"] == "b1" for place in found.places for row in place.first)


def test_tasks_are_told_by_what_became_of_them(evidence: Evidence) -> None:
    scheme = asking("{tasks: closed_on_time, as_ruled: true}").scheme
    told = counts(drill(evidence, scheme.indicators[0].evidence, 0, "2024"))
    here = [row for row in test_tasks.ROWS if row["body"] == "b1" and row["due_on"][:4] == "2024"]
    assert told["tasks stopped and left out by rule"] == sum(row["state"] == "stopped" for row in here) > 0
    late = drill(evidence, scheme.indicators[0].evidence, 0, "2025")
    assert counts(late)["tasks not due yet"] > 0


def test_inspections_by_the_body_itself_are_told_apart(evidence: Evidence) -> None:
    scheme = asking("{inspections: agree_rate}").scheme
    told = counts(drill(evidence, scheme.indicators[0].evidence, 1, "2024"))
    here = [row for row in test_inspections.ROWS if row["body"] == "b2" and inside(row["visited_on"], "2024")]
    own = sum(row["inspected_by"] == "self" for row in here)
    assert told["inspections by the body itself, left out"] == own > 0
    agreeing = [row for row in here if test_inspections.counted(row, "agree_rate") == 100]
    assert told["agree with what was reported"] == len(agreeing) > 0


def test_every_table_of_works_can_be_drilled() -> None:
    assert set(ROWS) == set(WORKS) and np.all([WORKS[kind] for kind in ROWS])


def test_observations_that_use_was_taken_from_are_shown_too(tmp_path: Path) -> None:
    write(tmp_path, "projects", test_projects.ROWS)
    write(tmp_path, "uses", test_projects.USES)
    evidence = load(tmp_path, "projects")
    how = asking("{projects: utilisation}").scheme.indicators[0].evidence
    found = drill(evidence, how, 0, "2024")
    (seen,) = [place for place in found.places if place.file.endswith("uses.csv")]
    counted = {row["project"] for row in test_projects.ROWS if row["body"] == "b1" and row["opened_on"]}
    assert 0 < seen.count == counts(found)["projects whose use was observed"] <= counts(found)["projects counted"]
    for row in seen.first:
        one = test_projects.USES[row - 2]
        assert one["project"] in counted and one["observed_on"] == "2024-11-30"
    plain = drill(evidence, asking("{projects: cost_overrun}").scheme.indicators[0].evidence, 0, "2024")
    assert not [place for place in plain.places if place.file.endswith("uses.csv")]
