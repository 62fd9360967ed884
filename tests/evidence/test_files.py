"""Files: which file holds which table, and which are not read, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.evidence.files import find_files, table_named
from minping.evidence.tables import TABLES


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("official", "official"),
        ("OFFICIAL", "official"),
        (" official 2016", "official"),
        ("official_east", "official"),
        ("official2015", "official"),
        ("ｏｆｆｉｃｉａｌ", "official"),
        ("官方数据", "official"),
        ("指标数据（东部）", "official"),
        ("bodies", "bodies"),
        ("单位", "bodies"),
        ("terms-1", "terms"),
        ("incidents", "incidents"),
        ("officials", None),
        ("officially", None),
        ("termsheet", None),
        ("evidence", None),
        ("", None),
    ],
)
def test_a_table_is_known_by_the_beginning_of_a_name(name: str, table: str | None) -> None:
    assert table_named(name) == table


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_known_by_its_name_title_and_other_names(table: str) -> None:
    for word in (table, TABLES[table].title.zh, *TABLES[table].aliases):
        assert table_named(word) == table, word


def _found(folder: Path, *names: str) -> dict[str, tuple[str | None, str]]:
    home = folder / "evidence"
    home.mkdir()
    for name in names:
        if name.endswith("/"):
            (home / name).mkdir()
        else:
            (home / name).write_bytes(b"")
    return {one.path.name: (one.table, one.remark.severity if one.remark else "") for one in find_files(folder)}


def test_what_is_read_and_what_is_not_is_told_of_every_file(tmp_path: Path) -> None:
    names = ("official.CSV", "bodies.parquet", "anything.xlsx", "readings.csv", "terms.ods", "photo.jpg", "plan.txt")
    assert _found(tmp_path, *names) == {
        "official.CSV": ("official", ""),
        "bodies.parquet": ("bodies", ""),
        "anything.xlsx": (None, ""),
        "readings.csv": (None, "warning"),
        "terms.ods": ("terms", "error"),
        "photo.jpg": (None, ""),
        "plan.txt": (None, "warning"),
    }


def test_a_folder_named_after_a_table_is_an_error_and_another_is_not(tmp_path: Path) -> None:
    assert _found(tmp_path, "official/", "scans/") == {"official": ("official", "error"), "scans": (None, "")}


def test_hidden_and_temporary_files_and_a_readme_are_passed_over(tmp_path: Path) -> None:
    assert _found(
        tmp_path, ".official.csv", "~$official.xlsx", "_official.csv", "README.md", "readme", "terms.csv"
    ) == {"terms.csv": ("terms", "")}


def test_files_come_by_name_with_forward_slashes(tmp_path: Path) -> None:
    _found(tmp_path, "official-b.csv", "bodies.csv", "official-a.csv")
    assert [one.file for one in find_files(tmp_path)] == [
        "evidence/bodies.csv",
        "evidence/official-a.csv",
        "evidence/official-b.csv",
    ]


def test_a_misspelt_table_comes_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "bodeis.csv").write_bytes(b"")
    (one,) = find_files(tmp_path)
    assert one.remark is not None and one.remark.fix.en == "did you mean bodies?"


def test_without_the_folder_there_are_no_files(tmp_path: Path) -> None:
    assert find_files(tmp_path) == []
    (tmp_path / "evidence").write_bytes(b"")
    assert find_files(tmp_path) == []
