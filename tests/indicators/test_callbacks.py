"""Call-backs of non-raters: counts by body, period and channel, and the two-phase measure against plain code."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from minping.evidence import load_evidence
from minping.indicators.callbacks import call_back, measure_callbacks
from minping.indicators.ratings import MEASURES
from minping.model.evidence import Codebook, Evidence
from minping.stats.two_phase import SecondPhase, two_phase_means

PERIODS = ("2025", "2025Q1", "2025-05")
CHANNELS = ("hall", "online", "")


def drawn(seed: int = 1, cases: int = 900) -> tuple[list[dict[str, str]], ...]:
    """Cases, ratings and call-backs of three bodies; the silent are less content."""
    rng = np.random.default_rng(seed)
    served, rated, called = [], [], []
    for at in range(cases):
        body, channel, month = rng.integers(3), rng.integers(3), rng.integers(1, 13)
        case = {"case": f"C{at}", "body": ("b1", "乙镇", "Town C")[body], "completed_on": f"2025-{month:02d}-11"}
        served.append({**case, "channel": CHANNELS[channel]})
        kind = rng.random()
        if kind < 0.4:
            level = str(rng.choice(5, p=[0.05, 0.05, 0.1, 0.3, 0.5]) + 1)
            status = rng.choice(["rated", "", "removed"])
            extra = (
                {"reason": "误评", "approved_by": "组"} if status == "removed" else {"reason": "", "approved_by": ""}
            )
            rated.append(
                {
                    "case": case["case"],
                    "body": case["body"],
                    "rated_on": "2025-12-30",
                    "level": level,
                    "status": status,
                    **extra,
                }
            )
            continue
        if kind < 0.5:
            rated.append(
                {
                    "case": case["case"],
                    "body": case["body"],
                    "rated_on": "2025-12-30",
                    "level": "",
                    "status": "defaulted",
                    "reason": "",
                    "approved_by": "",
                }
            )
        if rng.random() < 0.5:
            outcome = rng.choice(["reached", "refused", "no_contact"], p=[0.6, 0.2, 0.2])
            level = str(rng.choice(5) + 1) if outcome == "reached" else ""
            called.append(
                {
                    "case": case["case"],
                    "body": case["body"],
                    "called_on": "2026-01-02",
                    "outcome": outcome,
                    "level": level,
                    "probability": f"{0.25 + 0.25 * (month % 2)}",
                }
            )
    return served, rated, called


def put(home: Path, tables: Mapping[str, list[dict[str, str]]]) -> Evidence:
    folder = home / "evidence"
    folder.mkdir(exist_ok=True)
    (folder / "bodies.csv").write_text(
        "body,name,name_en\nb1,甲镇,Town A\nb2,乙镇,Town B\nb3,丙镇,Town C\n", encoding="utf-8"
    )
    for name, rows in tables.items():
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        (folder / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8")
    return load_evidence(home, Codebook({}, records=("cases", "ratings", "callbacks")))


def plain(
    served: list[dict[str, str]],
    rated: list[dict[str, str]],
    called: list[dict[str, str]],
    body: str,
    months: range,
    worth: np.ndarray,
) -> tuple[float, float]:
    """Mean and standard error by loops over rows."""
    level = {row["case"]: int(row["level"]) for row in rated if row["status"] != "defaulted"}
    mine = [row for row in served if row["body"] == body and int(row["completed_on"][5:7]) in months]
    answered = np.zeros((1, 5))
    silent = dict.fromkeys(CHANNELS, 0.0)
    where = {}
    for row in mine:
        if row["case"] in level:
            answered[0, level[row["case"]] - 1] += 1
        else:
            silent[row["channel"]] += 1
            where[row["case"]] = row["channel"]
    counts = {name: np.zeros((3, 5)) for name in ("reached", "weight", "square")}
    for row in called:
        if row["case"] in where and row["outcome"] == "reached":
            weight = 1 / float(row["probability"])
            for name, power in (("reached", 0), ("weight", 1), ("square", 2)):
                counts[name][CHANNELS.index(where[row["case"]]), int(row["level"]) - 1] += weight**power
    second = SecondPhase(np.zeros(3, dtype=np.int64), np.array([silent[one] for one in CHANNELS]), *counts.values())
    found = two_phase_means(worth, answered, second)
    return float(found.mean[0]), float(found.se[0])


def test_counts_and_measures_are_those_of_plain_code(tmp_path: Path) -> None:
    served, rated, called = drawn()
    evidence = put(tmp_path, {"cases": served, "ratings": rated, "callbacks": called})
    found = call_back(evidence.records, evidence.bodies, PERIODS)
    for name, worth in MEASURES.items():
        measured, halves = measure_callbacks(found, name)
        for at, months in enumerate((range(1, 13), range(1, 4), range(5, 6))):
            for body, word in enumerate(("b1", "乙镇", "Town C")):
                mean, se = plain(served, rated, called, word, months, worth)
                assert measured.estimate[at, body] == pytest.approx(mean, rel=1e-12), (name, at, body)
                assert measured.se[at, body] == pytest.approx(se, rel=1e-12)
        assert (halves.called[0] > halves.reached[0]).all()
        assert halves.gap == pytest.approx(halves.first - halves.second, nan_ok=True)
    assert found.answered[:3].sum() + found.second.silent[found.second.group < 3].sum() == len(served)


def test_those_called_bring_the_mean_down_to_the_truth(tmp_path: Path) -> None:
    served, rated, called = drawn(2)
    evidence = put(tmp_path, {"cases": served, "ratings": rated, "callbacks": called})
    measured, halves = measure_callbacks(call_back(evidence.records, evidence.bodies, ("2025",)), "mean_points")
    truth = 0.4 * (25 * np.arange(5.0) @ [0.05, 0.05, 0.1, 0.3, 0.5]) + 0.6 * 50
    assert (np.abs(measured.estimate - truth) < 3 * measured.se).all()
    assert (halves.first > truth + 10).all() and (halves.gap > 2 * halves.gap_se).all()


def test_too_few_reached_are_not_shown(tmp_path: Path) -> None:
    served, rated, called = drawn(3)
    evidence = put(tmp_path, {"cases": served, "ratings": rated, "callbacks": called})
    found = call_back(evidence.records, evidence.bodies, ("2025", "2025-05"))
    reached = measure_callbacks(found, "mean_points")[1].reached
    least = int(reached[0].min())
    measured, halves = measure_callbacks(found, "mean_points", least)
    assert not np.isnan(measured.estimate[0]).any() and np.isnan(measured.estimate[1]).all()
    assert np.isnan(halves.second[1]).all() and np.isnan(halves.gap[1]).all() and not np.isnan(halves.second[0]).any()


def test_a_half_that_could_be_told_from_the_whole_is_hidden(tmp_path: Path) -> None:
    served, rated, called = drawn(4)
    kept = {row["case"] for row in served if row["body"] == "b1"}
    few = [row for row in rated if row["case"] not in kept or row["status"] == "defaulted"]
    few += [row for row in rated if row["case"] in kept and row["status"] != "defaulted"][:3]
    evidence = put(tmp_path, {"cases": served, "ratings": few, "callbacks": called})
    measured, halves = measure_callbacks(call_back(evidence.records, evidence.bodies, ("2025",)), "mean_points", 5)
    assert not np.isnan(measured.estimate[0, 0])  # of all, many were reached
    assert np.isnan([halves.first[0, 0], halves.second[0, 0], halves.gap[0, 0]]).all()
    assert not np.isnan(halves.second[0, 1:]).any()


def test_without_probabilities_all_of_a_stratum_are_alike(tmp_path: Path) -> None:
    served, rated, called = drawn(5)
    for row in called:
        row["probability"] = ""
    evidence = put(tmp_path, {"cases": served, "ratings": rated, "callbacks": called})
    found = call_back(evidence.records, evidence.bodies, ("2025",))
    assert (found.second.weight == found.second.reached).all() and found.second.reached.sum() > 50
