"""`minping audit` on the service example, from end to end."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def county(minping: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    assert minping("new", folder, "--scheme", "service", "--with-example").code == 0
    return folder


def test_findings_are_listed_with_what_to_do_and_what_cannot_be_seen(minping: Run, county: Path) -> None:
    ended = minping("audit", county)
    assert ended.code == 0
    for words in ("needs checking", "few devices rate again", "may also be", "how to check", "E3", "ratings.csv:"):
        assert words in ended.out
    assert "Ratings alone can't show:" in ended.out and "2025" in ended.out


def test_json_holds_the_same_and_names_nobody(minping: Run, county: Path) -> None:
    ended = minping("audit", county, "--period", "2025", "--json")
    told = json.loads(ended.out)
    assert ended.code == 0 and told["period"] == "2025" and not told["skipped"]
    one = told["findings"][0]
    assert one["title"]["zh"] and one["q"] <= 0.05 and one["sample"]
    with (county / "evidence" / "ratings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    secret = {row[name] for row in rows for name in ("device", "case", "comment") if len(row[name]) > 6}
    shown = ended.out + minping("audit", county).out
    assert secret and not [word for word in secret if word in shown]


def test_a_period_that_is_none_is_said_to_be(minping: Run, county: Path) -> None:
    ended = minping("audit", county, "--period", "2025Q9")
    assert ended.code == 2 and "no period 2025Q9" in ended.err


def test_a_folder_without_ratings_is_not_passed_but_not_applicable(minping: Run, green: Path) -> None:
    ended = minping("audit", green)
    assert ended.code == 0 and "not applicable, because there are no ratings" in ended.out
