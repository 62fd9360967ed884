"""Days that can't follow one another, and files of evidence that stand for two visits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.folders import looked, made, of, why
from tests.audit.formalism.tasks import register

WRONG = [
    ({"decided_on": "2024-03-22"}, "submitted before it was decided: decided_on 2024-03-22, submitted_on 2024-03-20"),
    ({"decided_on": "2024-03-29", "submitted_on": ""}, "closed before it was decided"),
    ({"verified_on": "2024-03-19"}, "verified before it was submitted"),
    ({"verified_on": "", "submitted_on": "2024-03-30"}, "closed before it was submitted"),
    ({"verified_on": "2024-03-30"}, "closed before it was verified"),
    ({"lookback_on": "2024-03-01"}, "looked back at before it was closed"),
    ({"state": "reopened", "reopened_on": "2024-03-01"}, "reopened before it was closed"),
]


@pytest.mark.parametrize(("row", "words"), WRONG)
def test_each_order_that_can_t_be_is_told_once(tmp_path: Path, row: dict[str, str], words: str) -> None:
    told = looked(made(tmp_path, tasks=register([("b00", {}), ("b01", row)])))
    (one,) = of(told, "dates_of_tasks")
    assert (one.id, one.grade, one.sample) == ("2024:dates_of_tasks:b01:t001", "E1", ("evidence/tasks.csv:3",))
    assert one.said is not None and words in one.said.en


RIGHT = [
    {"reopened_on": "2024-03-01"},  # closed anew
    {"verified_on": "2024-06-02", "lookback_on": "2024-06-01"},  # the check of the look-back
    {"verified_on": "", "submitted_on": "", "closed_on": "", "state": "open"},
    {"decided_on": "2025-03-22", "due_on": "2025-04-22"},  # beyond the period
]


@pytest.mark.parametrize("row", RIGHT)
def test_orders_with_a_good_reason_are_no_finding(tmp_path: Path, row: dict[str, str]) -> None:
    assert not of(looked(made(tmp_path, tasks=register([("b00", {}), ("b01", row)]))), "dates_of_tasks")


def projects(*rows: str) -> str:
    return "\n".join(["project,body,approved_on,started_on,completed_on,opened_on,last_progress_on", *rows]) + "\n"


def test_projects_opened_before_they_were_completed(tmp_path: Path) -> None:
    rows = (
        "p1,b00,2021-01-01,2021-03-01,2023-05-01,2023-06-01,",
        "p2,b00,2021-01-01,2021-03-01,2023-05-01,2023-04-01,",
        "p3,b01,2021-01-01,2021-03-01,2021-02-01,,",
        "p4,b01,2021-01-01,,2021-02-01,,",
    )
    told = looked(made(tmp_path, projects=projects(*rows)))
    found = {one.about: one.said.en if one.said else "" for one in of(told, "dates_of_projects")}
    assert set(found) == {"p2", "p3"}
    assert "opened before it was completed" in found["p2"] and "completed before it was started" in found["p3"]
    assert told.compared["dates_of_projects"] == 3


def test_rows_without_two_days_are_not_applicable(tmp_path: Path) -> None:
    told = looked(made(tmp_path, projects=projects("p1,b00,2021-01-01,2021-03-01,,,")))
    assert "there are no two days" in why(told, "dates_of_projects")


def visits(*rows: str) -> str:
    return "\n".join(["inspection,body,visited_on,claim,reported_value,found_value,evidence_file", *rows]) + "\n"


def test_a_file_of_two_bodies_or_of_two_days_is_told_with_its_other_rows(tmp_path: Path) -> None:
    rows = (
        "i1,b00,2024-05-01,x,1,1,a.jpg",
        "i2,b00,2024-05-01,y,1,1,a.jpg",  # one visit, two claims
        "i3,b01,2024-05-02,x,1,1,b.jpg",
        "i4,b02,2024-05-02,x,1,1,b.jpg",
        "i5,b02,2023-05-02,x,1,1,c.jpg",
        "i6,b02,2024-06-02,x,1,1,c.jpg",
        "i7,b00,2024-06-03,x,1,1,",
    )
    told = looked(made(tmp_path, inspections=visits(*rows)))
    found = {one.body: one for one in of(told, "reused_files")}
    assert set(found) == {"b01", "b02"} and found["b02"].grade == "E1"
    assert [line.rsplit(":")[-1] for line in found["b02"].sample] == ["5", "7"]
    assert [line.rsplit(":")[-1] for line in found["b02"].beside] == ["4", "6"]
    said = found["b02"].said
    assert said is not None and "2 inspections" in said.en and "b.jpg, c.jpg" in said.zh


def test_inspections_without_files_are_not_applicable(tmp_path: Path) -> None:
    told = looked(made(tmp_path, inspections=visits("i1,b00,2024-05-01,x,1,1,")))
    assert "names a file" in why(told, "reused_files")
