"""Rectification of bad ratings: against following every one of them row by row."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import numpy as np
import pytest

from minping.errors import SchemeError
from minping.evidence import load_evidence
from minping.indicators.rectification import MEASURES, Limit, Mended, follow_up, measure_rectification
from minping.model.evidence import Codebook, Evidence
from minping.scheme.read import parse_scheme
from minping.simulation.county import simulate
from minping.simulation.ratings import BETTER, CALLED_BACK
from tests.made import HEAD

Row = dict[str, str]
PERIODS = ("2025", "2025Q4", "2025-12", "2026")
LIMITS = (Limit(5, True), Limit(15, True), Limit(7, False))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("county")
    simulate(home, seed=11, bodies=6, services=8000)
    for name in ("surveys", "requests", "offers"):
        (home / "evidence" / f"{name}.csv").unlink()
    return home


@pytest.fixture(scope="module")
def evidence(county: Path) -> Evidence:
    return load_evidence(county, Codebook({}, records=("ratings",)))


@pytest.fixture(scope="module")
def rows(county: Path) -> list[Row]:
    with (county / "evidence" / "ratings.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def mended(evidence: Evidence) -> Mended:
    return follow_up(evidence.records["ratings"], evidence.bodies, LIMITS)


def deadline(rated_on: str, limit: Limit) -> date:
    day, left = date.fromisoformat(rated_on), limit.days
    while left > 0:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day) if limit.working else 1
    return day


def rule(rows: list[Row], limit: Limit) -> dict[str, tuple[Callable[[Row], bool], Callable[[Row], bool]]]:
    with_days = ("rectified_on", "called_back_on", "rated_on")
    last = date.fromisoformat(max(row[name] for row in rows for name in with_days))

    def due(row: Row) -> bool:
        return deadline(row["rated_on"], limit) <= last

    def in_time(row: Row) -> bool:
        done = row["rectified_on"]
        return bool(done) and date.fromisoformat(done) <= deadline(row["rated_on"], limit)

    return {
        "rectified_in_time": (due, in_time),
        "called_back_share": (due, lambda row: bool(row["called_back_on"])),
        "rerated_satisfied": (lambda row: bool(row["rerated_level"]), lambda row: row["rerated_level"] in "345"),
    }


@pytest.mark.parametrize("limit", LIMITS, ids=str)
@pytest.mark.parametrize("as_ruled", [False, True])
@pytest.mark.parametrize("name", MEASURES)
def test_a_share_is_that_of_following_each_bad_rating(
    evidence: Evidence, mended: Mended, rows: list[Row], name: str, as_ruled: bool, limit: Limit
) -> None:
    of, which = rule(rows, limit)[name]
    found = measure_rectification(mended, PERIODS, name, limit, as_ruled=as_ruled)
    starts = {"2025": "2025", "2025Q4": ("2025-10", "2025-11", "2025-12"), "2025-12": "2025-12", "2026": "2026"}
    for at, body in enumerate(evidence.bodies.ids):
        for period, name_of in enumerate(PERIODS):
            inside = [
                row
                for row in rows
                if row["body"] == body
                and row["level"] in ("1", "2")
                and row["rated_on"].startswith(starts[name_of])
                and not (as_ruled and row["status"] == "removed")
                and of(row)
            ]
            assert found.n[period, at] == len(inside)
            if inside:
                assert found.estimate[period, at] == pytest.approx(100 * np.mean([which(row) for row in inside]))
                assert found.se[period, at] > 0
            else:
                assert np.isnan(found.estimate[period, at])


def test_what_the_simulator_planted_comes_out(mended: Mended) -> None:
    called = measure_rectification(mended, ("2025",), "called_back_share", LIMITS[1], as_ruled=True)
    content = measure_rectification(mended, ("2025",), "rerated_satisfied", LIMITS[1])
    for found, truth in ((called, CALLED_BACK), (content, BETTER[2:].sum())):
        share = np.nansum(found.estimate * found.n) / found.n.sum()
        assert abs(share - 100 * truth) < 4 * 100 * np.sqrt(truth * (1 - truth) / found.n.sum())


def test_a_deadline_after_the_last_day_known_is_no_failure(tmp_path: Path) -> None:
    home = tmp_path / "evidence"
    home.mkdir()
    (home / "bodies.csv").write_text("body,name\nb1,甲\n", encoding="utf-8")
    (home / "ratings.csv").write_text(
        "case,body,rated_on,level,rectified_on\n"
        "1,b1,2025-09-01,1,2025-09-05\n2,b1,2025-09-01,2,\n3,b1,2025-09-29,1,2025-09-30\n4,b1,2025-09-30,2,\n",
        encoding="utf-8",
    )
    found = load_evidence(tmp_path, Codebook({}, records=("ratings",)))
    within = follow_up(found.records["ratings"], found.bodies, [Limit(5, True)])
    share = measure_rectification(within, ("2025",), "rectified_in_time", Limit(5, True))
    assert (share.n.item(), share.estimate.item()) == (2, 50.0)


SCHEME = (
    HEAD + "indicators:\n  - {id: mended, title: mended, direction: higher, weight: 1, normalise: given, from: {%s}}\n"
)


def test_days_of_what_has_no_days_is_refused() -> None:
    with pytest.raises(SchemeError, match="days_of"):
        parse_scheme(SCHEME % "ratings: share_bad, days_of: working")
