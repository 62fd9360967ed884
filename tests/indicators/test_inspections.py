"""Inspections: agreement and overstatement, against loops over bodies, periods and strata."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from minping.indicators.inspections import Visits, measure_inspections, read_visits
from tests.indicators.works import Row, day, figure, inside, load, some, write

PERIODS = ("2023", "2024", "2024Q2")


def made(seed: int, count: int = 900) -> list[Row]:
    rng = np.random.default_rng(seed)
    rows = []
    for at in range(count):
        found = float(figure(rng, 1, 50)) * (rng.random() > 0.05)
        rows.append(
            {
                "inspection": f"i{at}",
                "body": some(rng, "b1 b2"),
                "visited_on": day(rng, 2024, 2025),
                "claim": "台账",
                "reported_value": ""
                if rng.random() < 0.05
                else f"{found * rng.choice([1, 1, 1.2]) + 0.1 * (at % 3):g}",
                "found_value": f"{found:g}",
                "inspected_by": some(rng, "upper third_party self", 0.2),
                "tolerance": some(rng, "0.1 0.2", 0.3),
                "probability": figure(rng, 0.05, 1),
                "stratum": some(rng, "x y z"),
            }
        )
    return rows


ROWS = made(9)


def visits_of(home: Path, rows: list[Row]) -> Visits:
    write(home, "inspections", rows)
    evidence = load(home, "inspections")
    return read_visits(evidence.records["inspections"], evidence.bodies)


def counted(row: Row, measure: str) -> float | None:
    """What an inspection says of a measure; None where it is left out."""
    if row["inspected_by"] == "self" or not row["reported_value"] or not row["found_value"]:
        return None
    reported, found = float(row["reported_value"]), float(row["found_value"])
    if measure == "agree_rate":
        return 100.0 * (abs(reported - found) <= float(row["tolerance"] or 0) + 1e-9 * max(reported, found))
    return None if found == 0 else 100.0 * (reported - found) / found


@pytest.mark.parametrize("measure", ["agree_rate", "mean_overstatement"])
def test_means_and_errors_are_those_of_loops(tmp_path: Path, measure: str) -> None:
    found = measure_inspections(visits_of(tmp_path, ROWS), PERIODS, measure)
    for at, period in enumerate(PERIODS):
        for body, name in enumerate(("b1", "b2", "b3")):
            here = [row for row in ROWS if row["body"] == name and inside(row["visited_on"], period)]
            told = [(one, row) for row in here if (one := counted(row, measure)) is not None]
            assert found.n[at, body] == len(told)
            if not told:
                assert np.isnan(found.estimate[at, body])
                continue
            weight = [1 / float(row["probability"]) for _, row in told]
            mean = sum(w * y for w, (y, _) in zip(weight, told, strict=True)) / sum(weight)
            variance = 0.0
            for stratum in "xyz":
                z = [
                    w * (y - mean) / sum(weight)
                    for w, (y, row) in zip(weight, told, strict=True)
                    if row["stratum"] == stratum
                ]
                assert len(z) > 1
                middle = sum(z) / len(z)
                variance += len(z) / (len(z) - 1) * sum((one - middle) ** 2 for one in z)
            assert found.estimate[at, body] == pytest.approx(mean)
            assert found.se[at, body] == pytest.approx(math.sqrt(variance))
    assert np.nanmin(found.n[1, :2]) > 50


def test_shares_that_are_whole_keep_an_error_and_an_open_end(tmp_path: Path) -> None:
    rows = [row | {"reported_value": row["found_value"], "probability": "", "stratum": ""} for row in ROWS]
    found = measure_inspections(visits_of(tmp_path, rows), ("2024",), "agree_rate")
    n = found.n[0, 0]
    middle = (n + 0.5) / (n + 1)
    assert found.estimate[0, 0] == 100 and found.se[0, 0] == pytest.approx(
        100 * math.sqrt(middle * (1 - middle) / (n + 2))
    )
    assert found.ends is not None and 90 < found.ends[0][0, 0] < found.ends[1][0, 0] == 100


def test_one_visit_has_the_spread_of_all_and_equal_draws_the_usual_error(tmp_path: Path) -> None:
    rows = [row | {"probability": "", "stratum": "", "inspected_by": "upper"} for row in ROWS[:40]]
    rows = [row for row in rows if row["reported_value"] and float(row["found_value"])]
    rows = [row | {"body": "b1"} for row in rows] + [rows[0] | {"inspection": "one", "body": "b2"}]
    found = measure_inspections(visits_of(tmp_path, rows), ("2024",), "mean_overstatement")
    told = np.array([counted(row, "mean_overstatement") for row in rows], dtype=float)
    assert found.se[0, 0] == pytest.approx(told[:-1].std(ddof=1) / math.sqrt(len(told) - 1))
    assert found.se[0, 1] == pytest.approx(told.std(ddof=1))


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = measure_inspections(visits_of(tmp_path / "one", ROWS), PERIODS, "agree_rate")
    two = measure_inspections(visits_of(tmp_path / "two", ROWS[::-1]), PERIODS, "agree_rate")
    assert np.array_equal(one.estimate, two.estimate, equal_nan=True) and np.array_equal(one.se, two.se, equal_nan=True)
