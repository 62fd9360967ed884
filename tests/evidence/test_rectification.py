"""What became of a bad rating, and what cannot have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.test_records import folder, load, problems

BAD = """case,body,rated_on,level,status,reason,approved_by,rectified_on,called_back_on,rerated_level
1,b1,2024-05-04,1,,,,2024-05-08,2024-05-10,4
2,b2,2024-05-05,2,removed,误评,办,,,
3,b2,2024-05-06,5,,,,,,
"""


def test_what_became_of_a_bad_rating_is_loaded(tmp_path: Path) -> None:
    assert load(folder(tmp_path, BAD)).records["ratings"].rows == 3


@pytest.mark.parametrize(
    ("old", "new", "code", "row", "column"),
    [
        ("2024-05-08", "2024-05-03", "rectified-before-rated", 2, "rectified_on"),
        ("2024-05-10", "2024-05-03", "called-back-before-rated", 2, "called_back_on"),
        ("2024-05-10", "五月十日", "malformed-date", 2, "called_back_on"),
        (",4\n", ",0\n", "impossible-level", 2, "rerated_level"),
        (",4\n", ",4.5\n", "impossible-level", 2, "rerated_level"),
        ("2024-05-08", "", "rerated-without-rectification", 2, "rerated_level"),
        ("04,1,", "04,3,", "not-a-bad-rating", 2, "rectified_on"),
        ("5,,,,,,\n", "5,,,,,2024-06-01,\n", "not-a-bad-rating", 4, "called_back_on"),
        ("5,,,,,,\n", ",defaulted,,,,,5\n", "not-a-bad-rating", 4, "rerated_level"),
    ],
)
def test_what_cannot_have_become_of_a_rating_is_named(
    tmp_path: Path, old: str, new: str, code: str, row: int, column: str
) -> None:
    assert old in BAD
    told = problems(folder(tmp_path, BAD.replace(old, new)))
    assert (code, row, column) in [(one.code, one.place.row, one.place.column) for one in told]
