"""What lies behind a figure, against plain counting of the rows of a folder."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from minping.evidence import load_evidence
from minping.indicators.calibrated import calibrate
from minping.indicators.drill import drill
from minping.indicators.drill_rows import FIRST
from minping.model.drill import Drill
from minping.model.evidence import Codebook, Evidence
from minping.scheme.shape import Calibrate, From

BODIES = ("b1", "b2")
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    home = tmp_path_factory.mktemp("drill")
    (home / "evidence").mkdir()
    random = np.random.default_rng(21)
    write(home, "bodies", [{"body": body, "name": f"单位{body}"} for body in BODIES])
    ratings: Rows = []
    for at in range(600):
        status = str(random.choice(["", "rated", "defaulted", "removed"], p=[0.4, 0.4, 0.15, 0.05]))
        out = status == "removed"
        ratings.append(
            {
                "case": f"c{at}",
                "body": "单位b1" if at % 9 == 0 else str(random.choice(BODIES)),
                "rated_on": f"{random.choice([2023, 2024])}-{random.integers(1, 13):02d}-{random.integers(1, 29):02d}",
                "level": "" if status == "defaulted" else str(random.integers(1, 6)),
                "status": status,
                "reason": str(random.choice(["误评", "重复"])) if out else "",
                "approved_by": "复核组" if out else "",
                "window": f"w{random.integers(0, 4)}" if at % 3 else "",
                "channel": str(random.choice(["hall", "online"])),
            }
        )
    write(home, "ratings", ratings)
    write(home, "offers", [
        {"body": body, "period": f"2024-{month:02d}", "channel": channel, "issued": "40", "offered": "30", "answered": "9"}
        for body in BODIES for month in range(1, 13) for channel in ("hall", "online")
    ])  # fmt: skip
    requests: Rows = []
    for at in range(200):
        day = f"2024-{random.integers(1, 12):02d}-{random.integers(1, 29):02d}"
        asked, out = random.random() < 0.7, random.random() < 0.1
        requests.append(
            {
                "request": f"r{at}",
                "body": str(random.choice(BODIES)),
                "opened_at": f"{day} 08:00",
                "responded_at": f"{day} 09:00" if random.random() < 0.9 else "",
                "closed_at": f"{day} 18:00" if random.random() < 0.8 else "",
                "resolved": str(random.choice(["yes", "no"])) if asked else "",
                "satisfied": str(random.choice(["yes", "no"])) if asked else "",
                "reopened_at": "",
                "duplicate_of": "",
                "excluded": "咨询类" if out else "",
                "approved_by": "考评办" if out else "",
            }
        )
    write(home, "requests", requests)
    write(home, "surveys", [
        {"respondent": f"p{at}", "body": BODIES[at % 2], "question": "q1", "asked_on": "2024-06-01",
         "answer": str(random.choice(["1", "2", "5", "unknown"])), "stratum": f"s{at % 4}", "cluster": f"k{at % 10}"}
        for at in range(80)
    ])  # fmt: skip
    return load_evidence(home, Codebook({}, records=("ratings", "offers", "requests", "surveys"), questions=("q1",)))


def write(home: Path, table: str, rows: Rows) -> None:
    with (home / "evidence" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def mine(evidence: Evidence, table: str, day: str, year: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of b1 in a year, with their numbers."""
    with (Path(evidence.folder) / "evidence" / f"{table}.csv").open(encoding="utf-8") as file:
        rows = list(enumerate(csv.DictReader(file), 2))
    return [(at, row) for at, row in rows if row["body"].removeprefix("单位") == "b1" and row[day].startswith(year)]


def told(found: Drill) -> dict[str, float]:
    return {tally.name.en: tally.count for group in found.tallies for tally in group}


@pytest.mark.parametrize("period", ["2024", "2023"])
def test_ratings_are_counted_by_level_and_kind(evidence: Evidence, period: str) -> None:
    found = drill(evidence, From(ratings="share_satisfied"), 0, period)
    rows = [row for _, row in mine(evidence, "ratings", "rated_on", period)]
    levels, status = Counter(row["level"] for row in rows), Counter(row["status"] or "rated" for row in rows)
    counts = told(found)
    assert [counts[f"{level}★"] for level in range(1, 6)] == [levels[str(level)] for level in range(1, 6)]
    assert counts["defaults"] == status["defaulted"] and counts["removed"] == status["removed"] > 0
    spoken = [row for row in rows if row["status"] != "defaulted"]
    clusters = Counter(row["window"] or row["rated_on"] for row in spoken)
    assert counts["ratings in the largest cluster"] == max(clusters.values())
    assert counts["windows (ratings of one are one cluster)"] == sum(one.startswith("w") for one in clusters) == 4
    assert counts["days of ratings without a window (one day is one cluster)"] == len(clusters) - 4


def test_removals_are_told_with_reason_and_approver(evidence: Evidence) -> None:
    found = drill(evidence, From(ratings="share_satisfied"), 0, "2024").removals
    rows = [row for _, row in mine(evidence, "ratings", "rated_on", "2024") if row["status"] == "removed"]
    assert {(one.reason, one.approved_by): one.count for one in found} == Counter(
        (row["reason"], row["approved_by"]) for row in rows
    )
    assert [one.count for one in found] == sorted((one.count for one in found), reverse=True)


def test_rows_are_told_by_file_and_number(evidence: Evidence) -> None:
    found = drill(evidence, From(ratings="share_satisfied"), 0, "2024").places
    assert [place.kind.en for place in found] == ["rated", "removed", "defaults", "cases and invitations"]
    rows = mine(evidence, "ratings", "rated_on", "2024")
    for place, kind in zip(found, ("rated", "removed", "defaulted"), strict=False):
        expected = [at for at, row in rows if (row["status"] or "rated") == kind]
        source = next(one for one in evidence.files if one.path == place.file)
        assert (place.count, place.first, place.sha256, place.rows) == (
            len(expected),
            tuple(expected[:FIRST]),
            source.sha256,
            600,
        )
    assert found[-1].file == "evidence/offers.csv" and found[-1].count == 24


def test_the_log_is_told_as_far_as_it_goes(evidence: Evidence) -> None:
    counts = told(drill(evidence, From(ratings="share_satisfied"), 0, "2024H1"))
    assert counts["cases served"] == 480 and counts["asked to rate"] == 360 and counts["rated, by the offers"] == 108
    assert "cases served" not in told(drill(evidence, From(ratings="share_satisfied"), 0, "2023"))


def test_a_calibration_is_told_cell_by_cell(evidence: Evidence) -> None:
    how, records = Calibrate(to=("channel",)), evidence.records
    weighed = calibrate(records["ratings"], records["offers"], evidence.bodies, ("2023", "2024"), how)
    found = drill(evidence, From(ratings="share_satisfied", calibrate=how), 0, "2024", weighed)
    rows = [row for _, row in mine(evidence, "ratings", "rated_on", "2024") if row["status"] != "defaulted"]
    rated = Counter(row["channel"] for row in rows)
    assert {cell.words: (cell.issued, cell.rated) for cell in found.weights} == {
        (channel,): (480.0, float(count)) for channel, count in rated.items()
    }
    for cell in found.weights:
        assert cell.factor == pytest.approx(0.5 * len(rows) / cell.rated)
    assert found.outcome.en.startswith("calibrated; unequal weights")
    without = drill(evidence, From(ratings="share_satisfied", calibrate=how), 0, "2023", weighed)
    assert "not calibrated" in without.outcome.en and all(cell.factor is None for cell in without.weights)


def test_requests_are_counted_by_what_became_of_them(evidence: Evidence) -> None:
    found = drill(evidence, From(requests="solved_rate"), 0, "2024")
    rows = [row for _, row in mine(evidence, "requests", "opened_at", "2024")]
    counts = told(found)
    assert counts["opened"] == len(rows) and counts["closed"] == sum(bool(row["closed_at"]) for row in rows)
    assert counts["said to be solved"] == sum(row["resolved"] == "yes" for row in rows)
    assert counts["asked whether satisfied"] == sum(bool(row["satisfied"]) for row in rows)
    out = sum(bool(row["excluded"]) for row in rows)
    assert counts["left out"] == out == sum(one.count for one in found.removals) > 0
    assert {(one.reason, one.approved_by) for one in found.removals} == {("咨询类", "考评办")}
    assert {place.kind.en: place.count for place in found.places} == {"counted": len(rows) - out, "left out": out}


def test_answers_of_a_survey_are_counted_with_its_design(evidence: Evidence) -> None:
    found = drill(evidence, From(surveys="q1"), 0, "2024")
    rows = [row for _, row in mine(evidence, "surveys", "asked_on", "2024")]
    answers, counts = Counter(row["answer"] for row in rows), told(found)
    assert {name: count for name, count in counts.items() if name.startswith("answer ")} == {
        f"answer {answer}": count for answer, count in answers.items()
    }
    assert (counts["people"], counts["strata"]) == (40, len({row["stratum"] for row in rows}))
    assert counts["clusters"] == len({(row["stratum"], row["cluster"]) for row in rows})
    assert (
        found.places[0].count == 40
        and found.places[0].first == tuple(at for at, _ in mine(evidence, "surveys", "asked_on", "2024"))[:5]
    )


def test_no_word_of_a_rater_is_in_it(evidence: Evidence) -> None:
    said = repr([drill(evidence, From(ratings="mean_points"), at, "2024") for at in (0, 1)])
    assert not re.findall(r"\b[cwp]\d+\b", said) and "evidence/ratings.csv" in said
