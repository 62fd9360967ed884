"""Opening: every file gives its sheets or the reason why not; none stops the others."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from minping.evidence.faults import Remark
from minping.evidence.files import Found
from minping.evidence.opening import OPENERS, open_file
from minping.words import both
from tests.evidence.folder import OFFICIAL, Folder

LOCKED = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


def _found(path: Path, table: str | None = "official", remark: Remark | None = None) -> Found:
    return Found(path, f"evidence/{path.name}", table, remark)


def test_each_kind_of_file_gives_the_same_header(folder: Folder) -> None:
    home = folder.path / "evidence"
    lines = [line.split(",") for line in OFFICIAL.split()]
    folder.sheets("official.xlsx", {"official": lines})
    pq.write_table(
        pa.table({name: [row[at] for row in lines[1:]] for at, name in enumerate(lines[0])}), home / "official.parquet"
    )
    for kind in OPENERS:
        (opened,) = open_file(_found(home / f"official{kind}"))
        assert opened.sheet is not None and opened.faults == []
        assert opened.sheet.headers == ("body", "period", "indicator", "value")
        assert len(opened.sheet.sha256) == 64 and opened.sheet.table == "official"


def test_a_workbook_of_several_tables_gives_a_sheet_for_each(folder: Folder) -> None:
    folder.sheets("evidence.xlsx", {"bodies": [["body", "name"], ["a", "甲"]], "official": [["body"], ["a"]]})
    opened = open_file(_found(folder.path / "evidence" / "evidence.xlsx", None))
    assert [(one.table, one.sheet_name) for one in opened] == [("bodies", "bodies"), ("official", "official")]


def test_what_is_known_to_be_unreadable_is_not_opened(tmp_path: Path) -> None:
    (opened,) = open_file(_found(tmp_path / "absent.csv", remark=Remark("unread-file", both("because"))))
    assert opened.sheet is None and [one.remark.code for one in opened.faults] == ["unread-file"]


def test_a_file_that_holds_no_table_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "official.csv").mkdir()
    assert open_file(_found(tmp_path / "photo.jpg", None)) == [] == open_file(_found(tmp_path / "official.csv"))


@pytest.mark.parametrize("kind", OPENERS)
def test_a_file_that_is_gone_is_named_with_the_reason(tmp_path: Path, kind: str) -> None:
    (opened,) = open_file(_found(tmp_path / f"official{kind}"))
    assert opened.sheet is None and len(opened.faults) == 1
    assert opened.faults[0].remark.severity == "error"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("official.csv", b"", "empty-file"),
        ("official.csv", b"\xef\xbb\xbf\n", "empty-file"),
        ("official.csv", b"\n\nbody,name\n", "no-header"),
        ("official.csv", b"body\n\xff\xff\xff\xff", "unknown-encoding"),
        ("official.xlsx", b"", "empty-file"),
        ("official.xlsx", b"body,period\n", "corrupt-file"),
        ("official.xlsx", LOCKED, "locked-workbook"),
        ("official.parquet", b"", "corrupt-file"),
        ("official.parquet", b"PAR1 broken PAR1", "corrupt-file"),
    ],
)
def test_a_broken_locked_or_empty_file_is_named_and_gives_no_sheet(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (opened,) = open_file(_found(tmp_path / name))
    assert opened.sheet is None and [one.remark.code for one in opened.faults] == [code]


def test_a_locked_workbook_does_not_hide_what_is_wrong_elsewhere(folder: Folder) -> None:
    folder.write("official.xlsx", LOCKED).rows("beijing,2016,gdp,x")
    found = {(problem.code, problem.place.file) for problem in folder.problems() if problem.severity == "error"}
    assert found == {("locked-workbook", "evidence/official.xlsx"), ("text-in-number", "evidence/official.csv")}
