"""Simulated call-backs: from the silent only, as many of each body, and they say what they think."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np

from minping.simulation.callbacks import OUTCOMES, callbacks_table, cases_table
from minping.simulation.county import simulate


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_call_backs_are_of_silent_cases_and_change_nothing_else(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    simulate(one, seed=5, bodies=4, services=1500, callbacks=200)
    simulate(other, seed=5, bodies=4, services=1500)
    for path in (other / "evidence").iterdir():
        assert path.read_bytes() == (one / "evidence" / path.name).read_bytes()
    cases = {row["case"]: row for row in rows_of(one / "evidence" / "cases.csv")}
    rated = {row["case"] for row in rows_of(one / "evidence" / "ratings.csv") if row["status"] != "defaulted"}
    calls = rows_of(one / "evidence" / "callbacks.csv")
    assert len(cases) == 1500 and len(calls) == 200 and not rated & {row["case"] for row in calls}
    assert all(abs(count - 50) <= 1 for count in Counter(row["body"] for row in calls).values())
    size = Counter((row["body"], row["channel"]) for row in cases.values() if row["case"] not in rated)
    drawn = Counter((row["body"], cases[row["case"]]["channel"]) for row in calls)
    for row in calls:
        key = (row["body"], cases[row["case"]]["channel"])
        assert row["stratum"] == " ".join(key) and np.isclose(float(row["probability"]), drawn[key] / size[key])
        assert (row["outcome"] == "reached") == bool(row["level"]) and row["outcome"] in OUTCOMES


def test_the_list_alone_can_be_had(tmp_path: Path) -> None:
    simulate(tmp_path, seed=5, bodies=4, services=300, callbacks=0)
    names = {path.name for path in (tmp_path / "evidence").iterdir()}
    assert "cases.csv" in names and "callbacks.csv" not in names
    assert cases_table.__doc__ and callbacks_table.__doc__
