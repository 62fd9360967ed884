"""`minping inspect`, from the draw to the error rate that comes back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.audit.inspections.made import folder_in
from tests.cli.conftest import Run

pytestmark = pytest.mark.slow  # counties are simulated, audited or run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_in(tmp_path / "one")


def filled(text: str, wrong: set[str]) -> str:
    """The list as inspectors bring it back: claims of some bodies do not hold."""
    rows = list(csv.DictReader(io.StringIO(text)))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        row |= {"visited_on": "2025-02-01", "inspected_by": "third_party"}
        row["found_value"] = "0" if row["body"] in wrong else row["reported_value"]
        writer.writerow(row)
    return out.getvalue()


@pytest.mark.parametrize("size", [40, 72])
def test_a_plan_comes_back_as_an_error_rate(minping: Run, folder: Path, size: int) -> None:
    drawn = minping("inspect", folder, "--size", size, "--seed", 5, "--period", "2024")
    assert drawn.code == 0 and f"{size} of 72 claims drawn" in drawn.out and "inspect-2024.csv" in drawn.out
    text = (folder / "inspect-2024.csv").read_text(encoding="utf-8")
    (folder / "evidence" / "inspections.csv").write_text(filled(text, {"b00", "b01", "b02"}), encoding="utf-8")
    told = json.loads(minping("audit", folder, "--period", "2024", "--json").out)["error_rate"]
    assert told["all"]["inspected"] == size and told["all"]["low"] <= 0.25 <= told["all"]["high"]
    if size == 72:
        assert told["all"]["share"] == pytest.approx(0.25) and told["all"]["low"] == told["all"]["high"]
        assert [one["stratum"] for one in told["strata"]] == ["2024 figure", "2024 project", "2024 task"]
    assert "do not hold (95% interval" in minping("audit", folder, "--period", "2024").out.replace("\n", " ")


def test_the_list_does_not_say_why_and_the_record_does(minping: Run, folder: Path) -> None:
    ended = minping(
        "inspect", folder, "--size", 10, "--seed", 5, "--period", "2024", "--json", "--xlsx", folder / "x.xlsx"
    )
    told = json.loads(ended.out)
    assert ended.code == 0 and told["claims"] == 72 and told["drawn"] == 10 and (folder / "x.xlsx").exists()
    assert {one["kind"]: one["claims"] for one in told["kinds"]} == {"figure": 24, "task": 36, "project": 12}
    assert all(one["risk"] >= 1 and 0 < one["probability"] <= 1 for one in told["list"])
    head, *rows = csv.reader(io.StringIO((folder / "inspect-2024.csv").read_text(encoding="utf-8")))
    assert "risk" not in head and len(rows) == 10
    assert [float(row[head.index("probability")]) for row in rows] == [one["probability"] for one in told["list"]]
    assert (
        json.loads((folder / "inspect-2024.json").read_text(encoding="utf-8"))["frame_sha256"] == told["frame_sha256"]
    )


def test_what_may_have_been_filled_in_is_not_written_over(minping: Run, folder: Path) -> None:
    arguments = ("inspect", folder, "--size", 10, "--period", "2024", "--seed")
    assert minping(*arguments, 5).code == 0
    assert minping(*arguments, 5).code == 0
    again = minping(*arguments, 6)
    assert again.code != 0 and "somebody may have filled it in" in again.err


def test_without_a_plan_the_audit_says_why(minping: Run, folder: Path) -> None:
    told = json.loads(minping("audit", folder, "--period", "2024", "--json").out)
    assert "has come back" in told["error_rate"]["because"]["en"]


def test_too_many_are_refused(minping: Run, folder: Path) -> None:
    ended = minping("inspect", folder, "--size", 500, "--seed", 1, "--period", "2024")
    assert ended.code != 0 and "1 to 72" in ended.err
