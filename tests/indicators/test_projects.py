"""Projects: use, time, cost and support, against loops over bodies and periods."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from minping.indicators.projects import MEASURES, SHARES, follow_projects, measure_projects
from minping.indicators.ratings import Measured
from tests.indicators.works import Row, day, figure, load, some, write

PERIODS = ("2023", "2024", "2024Q2")
ENDS = {"2023": (2023, 1, 2023, 12), "2024": (2024, 1, 2024, 12), "2024Q2": (2024, 4, 2024, 6)}


def made(seed: int, count: int = 200) -> list[Row]:
    rng = np.random.default_rng(seed)
    return [
        {
            "project": f"p{at}",
            "body": some(rng, "b1 b2"),
            "approved_on": day(rng, 2020, 2022),
            "budget_cny": figure(rng, 50, 900, 0.1),
            "cost_cny": figure(rng, 50, 900, 0.1),
            "planned_on": day(rng, 2022, 2026, 0.1),
            "completed_on": day(rng, 2022, 2025, 0.2),
            "opened_on": day(rng, 2022, 2025, 0.3),
            "design_capacity": figure(rng, 50, 900, 0.1),
            "used_capacity": figure(rng, 5, 600, 0.1),
            "forecast_use": figure(rng, 50, 900, 0.1),
            "capacity_unit": some(rng, "人次 吨", 0.2),
            "beneficiaries": figure(rng, 1, 90, 0.1),
            "support_share": figure(rng, 30, 100, 0.1),
            "support_n": "" if rng.random() < 0.1 else str(int(rng.integers(1, 60))),
        }
        for at in range(count)
    ]


ROWS = made(2)
USES = [
    {"project": f"p{at}", "observed_on": when, "used_capacity": f"{100 + at}"}
    for at in range(60)
    for when in ("2023-06-30", "2024-05-31", "2024-11-30")
]


def months(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1 if text else 10**6


def use_of(row: Row, uses: list[Row], final: int) -> float | None:
    seen = [one for one in uses if one["project"] == row["project"] and months(one["observed_on"]) <= final]
    if seen:
        return float(max(seen, key=lambda one: one["observed_on"])["used_capacity"])
    return float(row["used_capacity"]) if row["used_capacity"] else None


def number(row: Row, name: str) -> float:
    return float(row[name]) if row[name] else math.nan


def scale(row: Row, column: str) -> float:
    same = [number(one, column) for one in ROWS if one["capacity_unit"] == row["capacity_unit"] and one[column]]
    return sum(same) / len(same)


def pair(row: Row, uses: list[Row], measure: str, period: str) -> tuple[float, float] | None:
    """(y, x) of a project that counts in a period."""
    y0, m0, y1, m1 = ENDS[period]
    first, final = y0 * 12 + m0 - 1, y1 * 12 + m1 - 1
    use = use_of(row, uses, final)
    used = math.nan if use is None else use
    settled = months(row["opened_on"]) + 12 <= final
    known = max(one[name] for one in ROWS for name in ("approved_on", "completed_on", "opened_on"))
    if measure == "on_time_share":
        due = first <= months(row["planned_on"]) <= final and row["planned_on"] <= known
        met = bool(row["completed_on"]) and row["completed_on"] <= row["planned_on"]
        return (float(met), 1.0) if due else None
    if measure == "idle_share":
        unopened = months(row["opened_on"]) > final and months(row["completed_on"]) + 12 <= final
        told = settled and not math.isnan(used) and bool(row["design_capacity"])
        idle = unopened or used < 0.3 * number(row, "design_capacity")
        return (float(idle), 1.0) if told or unopened else None
    counts, y, x = {
        "utilisation": lambda: (settled, used / scale(row, "design_capacity"), number(row, "design_capacity") / scale(row, "design_capacity")),
        "use_of_forecast": lambda: (settled, used / scale(row, "forecast_use"), number(row, "forecast_use") / scale(row, "forecast_use")),
        "cost_overrun": lambda: (first <= months(row["completed_on"]) <= final, number(row, "cost_cny"), number(row, "budget_cny")),
        "support": lambda: (months(row["approved_on"]) <= final, number(row, "support_share") * number(row, "support_n") / 100, number(row, "support_n")),
        "cost_per_beneficiary": lambda: (months(row["opened_on"]) <= final, number(row, "cost_cny"), number(row, "beneficiaries")),
    }[measure]()  # fmt: skip
    return None if not counts or math.isnan(x) or math.isnan(y) else (y, x)


def measured(home: Path, measure: str, with_uses: bool) -> Measured:
    write(home, "projects", ROWS)
    if with_uses:
        write(home, "uses", USES)
    told = load(home, "projects")
    built = follow_projects(told.records["projects"], told.records.get("uses"), told.bodies, PERIODS, (measure,))
    return measure_projects(built, measure)


@pytest.mark.parametrize("with_uses", [False, True])
@pytest.mark.parametrize("measure", MEASURES)
def test_measures_are_those_of_the_rows(tmp_path: Path, measure: str, with_uses: bool) -> None:
    found = measured(tmp_path, measure, with_uses)
    uses = USES if with_uses else []
    for at, period in enumerate(PERIODS):
        for body, name in enumerate(("b1", "b2", "b3")):
            each = [pair(row, uses, measure, period) for row in ROWS if row["body"] == name]
            told = [one for one in each if one is not None]
            whole, n = sum(x for _, x in told), len(told)
            assert found.n[at, body] == pytest.approx(whole if measure == "support" else n)
            if not told:
                assert np.isnan(found.estimate[at, body])
                continue
            ratio = sum(y for y, _ in told) / whole
            se = math.sqrt(n / (n - 1) * sum((y - ratio * x) ** 2 for y, x in told)) / whole
            if measure in SHARES or measure == "support":
                middle = (ratio * whole + 0.5) / (whole + 1)
                plain = math.sqrt(middle * (1 - middle) / (whole + 2))
                se = plain if measure in SHARES else max(se, plain)
            times = 1.0 if measure == "cost_per_beneficiary" else 100.0
            less = 100.0 if measure == "cost_overrun" else 0.0
            assert found.estimate[at, body] == pytest.approx(times * ratio - less)
            assert found.se[at, body] == pytest.approx(times * se, rel=1e-6)
    assert found.n[1, 0] > 10


def test_observed_use_counts_before_what_the_project_says(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = measured(tmp_path / "one", "utilisation", False), measured(tmp_path / "two", "utilisation", True)
    assert abs(one.estimate[1, 0] - two.estimate[1, 0]) > 1


def test_projects_of_one_body_in_one_unit_are_plain_sums(tmp_path: Path) -> None:
    rows = [row | {"capacity_unit": "人次"} for row in ROWS]
    write(tmp_path, "projects", rows)
    told = load(tmp_path, "projects")
    built = follow_projects(told.records["projects"], None, told.bodies, ("2024",), ("utilisation",))
    here = [row for row in rows if row["body"] == "b1" and months(row["opened_on"]) + 12 <= 2024 * 12 + 11]
    here = [row for row in here if row["used_capacity"] and row["design_capacity"]]
    used, design = (sum(number(row, name) for row in here) for name in ("used_capacity", "design_capacity"))
    assert measure_projects(built, "utilisation").estimate[0, 0] == pytest.approx(100 * used / design)
