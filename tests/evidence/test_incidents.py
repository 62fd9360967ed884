"""Incidents: confirmed ones only."""

from __future__ import annotations

import pytest

from tests.evidence.folder import Folder

HEADER = "incident,body,occurred_on,kind,confirmed_by,severity,authority_ref,exempted_by"


def _incidents(folder: Folder, *lines: str) -> Folder:
    return folder.write("incidents.csv", "\n".join((HEADER, *lines)) + "\n")


def test_an_incident_is_read_with_its_place(folder: Folder) -> None:
    (incident,) = (
        _incidents(folder, "i1,北京,2016/5/4,pollution,省环保厅,grave,环督〔2016〕1号,容错1号").load().incidents
    )
    assert (incident.id, incident.body, incident.occurred_on) == ("i1", "beijing", "2016-05-04")
    assert (incident.kind, incident.confirmed_by, incident.authority_ref) == (
        "pollution",
        "省环保厅",
        "环督〔2016〕1号",
    )
    assert (incident.exempted_by, incident.row) == ("容错1号", 2)
    assert folder.load().files[incident.file].path == "evidence/incidents.csv"


def test_an_incident_that_nobody_confirmed_is_an_error(folder: Folder) -> None:
    problem = _incidents(folder, "i1,beijing,2016-05-04,pollution,,,,").only("unconfirmed-incident")
    assert (problem.severity, problem.place.row, problem.place.column) == ("error", 2, "confirmed_by")
    assert "accusation" in problem.found.en and "指控" in problem.found.zh


def test_an_unknown_kind_is_an_error_with_the_nearest_one(folder: Folder) -> None:
    problem = _incidents(folder, "i1,beijing,2016-05-04,polution,x,,,").only("unknown-incident-kind")
    assert problem.fix.en == "did you mean pollution?"


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("i1,beijin,2016-05-04,safety,x,,,", "body", "unknown-body"),
        ("i1,beijing,May,safety,x,,,", "occurred_on", "malformed-date"),
        (",beijing,2016-05-04,safety,x,,,", "incident", "empty-cell"),
        ("i1,beijing,2016-05-04,,x,,,", "kind", "empty-cell"),
    ],
)
def test_a_wrong_cell_is_an_error(folder: Folder, line: str, column: str, code: str) -> None:
    assert _incidents(folder, line).only(code).place.column == column


def test_an_incident_id_stands_only_once(folder: Folder) -> None:
    line = "i1,beijing,2016-05-04,safety,x,,,"
    assert _incidents(folder, line, line).only("duplicate-id").place.row == 3
