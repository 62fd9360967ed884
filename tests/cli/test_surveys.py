"""A survey of the public, from end to end."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minping.simulation.county import simulate
from tests.cli.conftest import Run

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

SCHEME = """
id: survey
version: "1"
title: {zh: 满意度, en: satisfaction}
authority: {issuer: 考评办}
indicators:
  - id: trust
    title: {zh: 信任, en: trust}
    direction: higher
    weight: 1
    kind: survey
    tags: [outcome, citizen]
    from: {surveys: trust, measure: mean_points, least: 5, lonely: centre}
    normalise: {method: goalposts, floor: 0, target: 100, reason: 量表两端}
"""


@pytest.fixture
def county(tmp_path: Path) -> Path:
    home = tmp_path / "county"
    home.mkdir()
    simulate(home, seed=7, bodies=8, services=800)
    for name in ("ratings", "offers", "requests"):
        (home / "evidence" / f"{name}.csv").unlink()
    path = home / "evidence" / "surveys.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = [line.replace(",trust,5,", ",trust,refused,") if ",S01," in line else line for line in lines]
    assert changed != lines
    path.write_text("\n".join(changed) + "\n", encoding="utf-8")
    (home / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    return home


def test_a_survey_is_run_explained_and_verified(minping: Run, county: Path) -> None:
    ended = minping("run", county, "--draws", 50)
    assert ended.code == 0, ended.err
    bundle = county / "results" / "bundle-2025"
    with (bundle / "values.csv").open(encoding="utf-8") as file:
        values = {row["body"]: row for row in csv.DictReader(file)}
    assert len(values) == 8 and not (bundle / "evidence").exists()
    assert all(0 < float(row["value"]) < 100 and float(row["se"]) > 1 for row in values.values())
    with (county / "evidence" / "surveys.csv").open(encoding="utf-8") as file:
        asked = [row for row in csv.DictReader(file) if row["body"] == "S01" and row["question"] == "trust"]
    refused = sum(row["answer"] == "refused" for row in asked)
    assert refused and float(values["S01"]["n"]) == len(asked) - refused
    said = minping("explain", county, "S01", "trust").out
    assert f"rests on {len(asked) - refused} people; 0 did not know, {refused} refused" in said
    assert "evidence/surveys.csv" in said
    ended = minping("verify", bundle, "--rerun", "--evidence", county)
    assert ended.code == 0 and "the same byte for byte" in ended.out
    published = b"".join(path.read_bytes() for path in bundle.rglob("*") if path.suffix in (".csv", ".json", ".html"))
    assert asked[0]["respondent"].encode() not in published and asked[0]["cluster"].encode() not in published


def test_a_bad_answer_stops_the_run_and_is_named(minping: Run, county: Path) -> None:
    path = county / "evidence" / "surveys.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",trust,4,", ",trust,7,", 1), encoding="utf-8")
    ended = minping("run", county)
    assert ended.code == 2 and "surveys.csv:" in ended.err and "answer" in ended.err
    assert "7" in ended.err and "refused" in ended.err
