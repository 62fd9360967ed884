"""What became of findings: who, when, by which document; the last step by date counts."""

from __future__ import annotations

import pytest

from tests.evidence.folder import Folder

HEADER = "finding,state,decided_by,decided_on,document,reason"
ID = "2016:instant:beijing"


def _steps(folder: Folder, *lines: str) -> Folder:
    return folder.write("findings.csv", "\n".join((HEADER, *lines)) + "\n")


def test_steps_are_read_by_date_with_their_places(folder: Folder) -> None:
    later, earlier = f"{ID},已认定,市局,2017-03-01,核3号,属实", f"{ID},replied,东区,2017/2/1,,平板相连"
    found = _steps(folder, later, earlier).load()
    assert [(one.state, one.decided_on, one.row) for one in found.decisions] == [
        ("replied", "2017-02-01", 3),
        ("confirmed", "2017-03-01", 2),
    ]
    assert found.files[found.decisions[0].file].path == "evidence/findings.csv"
    assert {one.code for one in found.problems} == {"date-form"}


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("S03,replied,x,2017-02-01,,", "malformed-finding", "finding"),
        ("2016:instant:tokyo,replied,x,2017-02-01,,", "unknown-body", "finding"),
        (f"{ID},confrmed,x,2017-02-01,d,r", "unknown-choice", "state"),
        (f"{ID},dismissed,x,2017-02-01,,r", "unfounded-decision", "document"),
        (f"{ID},dismissed,x,2017-02-01,d,", "unfounded-decision", "reason"),
        (f"{ID},dismissed,,2017-02-01,d,r", "empty-cell", "decided_by"),
        (f"{ID},dismissed,x,2017-02-31,d,r", "malformed-date", "decided_on"),
    ],
)
def test_a_decision_says_who_when_by_what_and_why(folder: Folder, line: str, code: str, column: str) -> None:
    assert _steps(folder, line).only(code).place.column == column


def test_to_confirm_before_the_body_was_heard_is_remarked(folder: Folder) -> None:
    said = _steps(folder, f"{ID},confirmed,x,2017-02-01,d,r", f"{ID},replied,y,2017-03-01,,").load().problems
    (one,) = said
    assert (one.code, one.severity, one.place.row) == ("confirmed-unheard", "warning", 2)
    assert "beijing" not in one.line("zh") + one.line("en")
