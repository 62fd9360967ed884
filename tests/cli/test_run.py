"""`minping run`: prints the ranking, writes the bundle, leaves nothing after bad input."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

RANKS = ["body", "score", "score_lo", "score_hi", "rank", "rank_lo", "rank_hi", "tier", "grade"]


def test_run_prints_intervals_tiers_and_the_citizens_view(minping: Run, green: Path) -> None:
    ended = minping("run", green, "--draws", 500)
    assert ended.code == 0, ended.err
    assert "Beijing" in ended.out and "83.70" in ended.out
    assert "rank interval" in ended.out and "tier" in ended.out
    assert "Spearman 0.17" in ended.out


def test_run_writes_the_tables_with_the_promised_columns(minping: Run, green: Path) -> None:
    minping("run", green, "--draws", 200, "--quiet")
    bundle = green / "results" / "bundle-2016"
    with (bundle / "ranks.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[: len(RANKS)] == RANKS
    assert len(rows) == 31
    assert rows[0]["body"] == "北京"
    assert abs(float(rows[0]["score"]) - 83.71) <= 0.01
    with (bundle / "scores.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file))[:6] == ["body", "node", "points", "weight", "contribution", "state"]
    for name in ("manifest.json", "report.html", "report.docx", "tables.xlsx", "datapackage.json"):
        assert (bundle / name).is_file(), name


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(minping: Run, green: Path) -> None:
    written = []
    for seed, out in ((7, "a"), (7, "b"), (8, "c")):
        minping("run", green, "--draws", 300, "--seed", seed, "--out", green / out, "--quiet")
        written.append((green / out / "bundle-2016" / "ranks.csv").read_bytes())
    assert written[0] == written[1] != written[2]


def test_json_is_for_scripts(minping: Run, green: Path) -> None:
    result = json.loads(minping("run", green, "--draws", 100, "--json").out)
    assert result["period"] == "2016"
    assert len(result["ranks"]) == 31
    assert result["citizens"][0]["spearman"] == pytest.approx(0.17, abs=0.005)


def test_another_period_is_refused_with_those_there_are(minping: Run, green: Path) -> None:
    ended = minping("run", green, "--period", "2017")
    assert ended.code == 2
    assert "no official figures for period 2017" in ended.err and "2016" in ended.err
    assert not (green / "results").exists()


def test_bad_evidence_leaves_nothing_behind(minping: Run, green: Path) -> None:
    official = green / "evidence" / "official.csv"
    official.write_text(official.read_text(encoding="utf-8").replace("北京,", "北京市区,"), encoding="utf-8")
    ended = minping("run", green)
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert not (green / "results").exists()
