"""Hostile and locked workbooks."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from minping.evidence import archive
from tests.evidence.folder import Folder


def _workbook(folder: Folder, members: dict[str, bytes]) -> Path:
    path = folder.remove("official.csv").path / "evidence" / "official.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


def test_a_zip_bomb_is_an_error_before_anything_is_unpacked(folder: Folder) -> None:
    path = _workbook(folder, {"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"0" * 100_000_000})
    assert path.stat().st_size < 200_000
    problem = folder.only("zip-bomb")
    assert problem.place.file == "evidence/official.xlsx" and "100000000" in problem.found.en


def test_a_zip_bomb_that_lies_about_its_size_is_an_error(folder: Folder) -> None:
    path = _workbook(folder, {"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"0" * 100_000_000})
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 100_000_000), struct.pack("<L", 1000)))
    assert folder.only("corrupt-file")


def test_an_archive_of_very_many_members_is_an_error(folder: Folder) -> None:
    _workbook(folder, {f"xl/{at}": b"" for at in range(archive.MOST_MEMBERS + 1)})
    assert folder.only("zip-bomb")


def test_a_workbook_with_a_password_is_an_error_that_says_so(folder: Folder) -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    problem = folder.remove("official.csv").write("official.xlsx", ole).only("locked-workbook")
    assert "password" in problem.found.en and "密码" in problem.found.zh


def test_an_old_workbook_under_a_new_name_is_an_error_that_says_so(folder: Folder) -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    assert folder.remove("official.csv").write("official.xlsx", ole).only("old-format")


def test_an_archive_that_is_no_workbook_is_an_error(folder: Folder) -> None:
    _workbook(folder, {"hello.txt": b"hello"})
    assert folder.only("corrupt-file")


def test_an_empty_workbook_file_is_an_error(folder: Folder) -> None:
    assert folder.remove("official.csv").write("official.xlsx", b"").only("empty-file")
