"""Which tasks were closed in a period, and who is taken for an independent check."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.formalism.closed import Closed, alike, open_closed
from minping.audit.opened import Opened
from minping.indicators.events import engine
from minping.model.arrays import Bools
from tests.audit.folders import made
from tests.audit.formalism.tasks import BARE, Row, register

INSPECTIONS = "inspection,body,visited_on,claim,reported_value,found_value,indicator,inspected_by\n"


def opened_tasks(home: Path, rows: list[Row], inspections: str = "") -> Closed:
    tables = {"inspections": INSPECTIONS + inspections} if inspections else {}
    evidence = made(home, tasks=register([("b00", row) for row in rows]), **tables)
    with engine() as connection:
        found = open_closed(Opened(evidence, "2024", None, connection))
    assert isinstance(found, Closed)
    return found


def flags(which: Bools) -> list[bool]:
    return which.tolist()


def test_words_are_alike_whatever_their_case_and_the_spaces_around() -> None:
    one, other = alike(np.array(["Post A", "", "x"], object), np.array([" post a ", "", "y"], object))
    assert one[0] == other[0] and one[1] == other[1] == -1 and one[2] != other[2]


def test_a_task_counts_in_the_period_in_which_it_was_closed(tmp_path: Path) -> None:
    rows: list[Row] = [
        {},
        {"closed_on": "2023-12-31"},
        {"state": ""},
        {"state": "open"},
        {"state": "reopened"},
        {"state": "closed", "closed_on": ""},
        {"state": "closed", "closed_on": "", "due_on": "2025-01-10"},
        {"state": "stopped"},
    ]
    assert flags(opened_tasks(tmp_path, rows).closed) == [True, False, True, False, True, True, False, False]


def test_a_check_is_anothers_look_beyond_the_papers_or_the_word_of_the_one_served(tmp_path: Path) -> None:
    rows: list[Row] = [
        {},
        {"verified_how": "documents"},
        {"verifier": " 建设岗 "},
        {"verifier": "单位0"},
        {"verifier": "B00"},
        {"verified_how": "documents", "satisfied": "no"},
        {"verified_on": ""},
        BARE,
        BARE,
        {"verifier": "", "owner": ""},
    ]
    visits = "i1,b00,2024-05-01,x,1,1,t007,third_party\ni2,b00,2024-05-01,x,1,1,t008,self\n"
    found = opened_tasks(tmp_path, rows, visits)
    assert flags(found.checked) == [True, False, False, False, False, True, False, True, False, True]
    assert flags(found.own) == [False, False, True, True, True, False, False, False, False, False]
