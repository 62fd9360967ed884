"""Requests beside effort: by hand, and against what is true of the simulated county."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.evidence import load_evidence
from minping.indicators.alignment import compare_effort
from minping.model.evidence import Codebook, Evidence
from minping.simulation.county import simulate

REQUESTS = "request,body,opened_at,category\n" + "".join(
    f"{at},{body},2025-0{month}-03,{category}\n"
    for at, (body, month, category) in enumerate(
        [("A", 1, "停水")] * 6 + [("甲", 2, "路灯")] * 2 + [("A", 3, "")] + [("B", 5, "路灯")] * 4
    )
)
EFFORT = "body,period,category,spending_cny,tasks\nA,2025Q1,停水,100,\nA,2025Q1,绿化,300,\nA,2024Q4,路灯,999,5\nB,2025,路灯,7,0\n"


def loaded(home: Path, effort: str = EFFORT) -> Evidence:
    folder = home / "evidence"
    folder.mkdir(parents=True)
    (folder / "bodies.csv").write_text("body,name\nA,甲\nB,乙\n", encoding="utf-8")
    (folder / "requests.csv").write_text(REQUESTS, encoding="utf-8")
    if effort:
        (folder / "effort.csv").write_text(effort, encoding="utf-8")
    return load_evidence(home, Codebook({}, records=("requests",)))


def test_requests_and_effort_of_a_period_stand_side_by_side(tmp_path: Path) -> None:
    evidence = loaded(tmp_path)
    found = compare_effort(evidence.records, evidence.bodies, "2025", seed=1)
    assert found is not None and found.categories == ("停水", "绿化", "路灯")
    assert found.asked.tolist() == [[6, 0, 2], [0, 0, 4]]
    assert found.done["spending_cny"].tolist() == [[100, 300, 0], [0, 0, 7]]
    assert set(found.done) == {"spending_cny", "tasks"}
    apart = found.apart["spending_cny"]
    assert apart.estimate[0] == pytest.approx(0.75, abs=0.1) and apart.low[0] < apart.estimate[0] < apart.high[0]
    assert apart.estimate[1] == 0 and np.isnan(found.apart["tasks"].estimate).all()  # none was done, so no shares


@pytest.mark.parametrize("period", ["2023", "?"])
def test_a_period_without_either_has_no_alignment(tmp_path: Path, period: str) -> None:
    evidence = loaded(tmp_path)
    assert compare_effort(evidence.records, evidence.bodies, period, seed=1) is None


def test_without_effort_there_is_no_alignment(tmp_path: Path) -> None:
    evidence = loaded(tmp_path, "")
    assert compare_effort(evidence.records, evidence.bodies, "2025", seed=1) is None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_true_distance_of_the_county_lies_in_nearly_all_intervals(tmp_path: Path, seed: int) -> None:
    truth = simulate(tmp_path, seed=seed, bodies=30, services=30_000)
    for name in ("surveys", "ratings", "offers"):
        (tmp_path / "evidence" / f"{name}.csv").unlink()
    evidence = load_evidence(tmp_path, Codebook({}, records=("requests",)))
    found = compare_effort(evidence.records, evidence.bodies, "2025", seed=1)
    assert found is not None
    apart = found.apart["spending_cny"]
    inside = (apart.low <= truth.apart) & (truth.apart <= apart.high)
    assert inside.mean() >= 0.8
    assert np.corrcoef(apart.estimate, truth.apart)[0, 1] > 0.9
