"""Terms of office."""

from __future__ import annotations

import pytest

from tests.evidence.folder import Folder

HEADER = "term,body,role,start_on,end_on"


def _terms(folder: Folder, *lines: str) -> Folder:
    return folder.write("terms.csv", "\n".join((HEADER, *lines)) + "\n")


def test_terms_are_read(folder: Folder) -> None:
    evidence = _terms(folder, "t1,beijing,mayor,2012-01-01,2016-12-31", "t2,beijing,mayor,2016-12-31,").load()
    assert evidence.problems == ()
    terms = evidence.terms
    assert (terms.ids, terms.bodies, terms.roles) == (("t1", "t2"), ("beijing", "beijing"), ("mayor", "mayor"))
    assert (terms.start_on, terms.end_on) == (("2012-01-01", "2016-12-31"), ("2016-12-31", ""))


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("t1,beijing,mayor,2016-01-01,2015-12-31", "end_on", "end-before-start"),
        ("t1,beijin,mayor,2016-01-01,", "body", "unknown-body"),
        ("t1,beijing,,2016-01-01,", "role", "empty-cell"),
        ("t1,beijing,mayor,,", "start_on", "empty-cell"),
        ("t1,beijing,mayor,spring,", "start_on", "malformed-date"),
    ],
)
def test_a_wrong_cell_is_an_error(folder: Folder, line: str, column: str, code: str) -> None:
    problem = _terms(folder, line).only(code)
    assert (problem.severity, problem.place.row, problem.place.column) == ("error", 2, column)


def test_overlapping_terms_in_one_post_are_a_warning(folder: Folder) -> None:
    problem = _terms(folder, "t1,beijing,mayor,2012-01-01,2016-12-31", "t2,beijing,mayor,2016-06-01,").only(
        "overlapping-terms"
    )
    assert (problem.severity, problem.place.row) == ("warning", 3)


def test_an_open_term_overlaps_every_later_one(folder: Folder) -> None:
    _terms(
        folder, "t1,beijing,mayor,2012-01-01,", "t2,beijing,mayor,2013-01-01,2014-01-01", "t3,beijing,mayor,2015-01-01,"
    )
    assert [problem.place.row for problem in folder.problems()] == [3, 4]


def test_terms_in_different_posts_may_overlap(folder: Folder) -> None:
    _terms(folder, "t1,beijing,mayor,2012-01-01,", "t2,beijing,secretary,2013-01-01,", "t3,hebei,mayor,2013-01-01,")
    assert folder.load().problems == ()


def test_a_term_id_stands_only_once(folder: Folder) -> None:
    assert (
        _terms(folder, "t1,beijing,mayor,2012-01-01,2013-01-01", "t1,hebei,mayor,2015-01-01,")
        .only("duplicate-id")
        .place.row
        == 3
    )
