"""`minping check`: every problem of the evidence at once, in words, as JSON, and in an annotated workbook."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run

CFB = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
LOCKED = CFB + "EncryptedPackage".encode("utf-16-le") + bytes(600)


def _replace(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def _files(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def test_good_evidence_is_counted(minping: Run, green: Path) -> None:
    ended = minping("check", green)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.strip() == "no errors: 31 bodies, 217 official rows, periods 2016"
    assert "没有错误：31 个单位，217 行官方数据" in minping("--lang", "zh", "check", green).out


def test_the_scheme_file_may_be_named_in_place_of_the_folder(minping: Run, green: Path) -> None:
    assert "31 bodies" in minping("check", green / "scheme.yaml").out


def test_the_folder_one_is_in_is_checked_where_none_is_named(
    minping: Run, green: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(green)
    assert "31 bodies" in minping("check").out


def test_all_problems_of_all_files_come_at_once_and_nothing_is_written(minping: Run, green: Path) -> None:
    _replace(green / "evidence" / "official.csv", ("82.92", "about 83"), ("\n福建,", "\n福健,"))
    _replace(green / "evidence" / "bodies.csv", ("福建,", "北京,"))
    before = _files(green)
    ended = minping("check", green)
    assert ended.code == 2 and "Traceback" not in ended.out + ended.err
    for words in ("bodies.csv:3 body", "official.csv:2 value", "official.csv:9 body", "give the number alone, e.g. 83"):
        assert words in ended.err, ended.err
    assert "no errors" not in ended.out
    assert _files(green) == before


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (LOCKED, "locked-workbook", "password"),
        (CFB, "old-format", ".xls"),
        (b"PK\x03\x04 broken", "corrupt-file", "damaged"),
        (b"", "empty-file", "empty"),
    ],
)
def test_a_workbook_that_cannot_be_opened_is_named_with_the_reason(
    minping: Run, green: Path, content: bytes, code: str, words: str
) -> None:
    (green / "evidence" / "official.csv").unlink()
    (green / "evidence" / "official.xlsx").write_bytes(content)
    for command in ("check", "run"):
        ended = minping(command, green)
        assert ended.code == 2 and "Traceback" not in ended.err
        assert f"[{code}]" in ended.err and words in ended.err and "evidence/official.xlsx" in ended.err
        assert "to do:" in ended.err
    assert not (green / "results").exists()


def test_json_names_place_and_remedy_of_each_problem(minping: Run, green: Path) -> None:
    _replace(green / "evidence" / "official.csv", ("82.92", "8x"), ("\n福建,", "\n福健,"))
    ended = minping("check", green, "--json")
    found = [problem for problem in json.loads(ended.out) if problem["severity"] == "error"]
    assert ended.code == 2
    assert {(one["code"], one["file"], one["row"], one["column"]) for one in found} == {
        ("text-in-number", "evidence/official.csv", 2, "value"),
        ("unknown-body", "evidence/official.csv", 9, "body"),
    }
    assert next(one for one in found if one["row"] == 9)["fix"] == {
        "zh": "是否应为 福建？",
        "en": "did you mean 福建?",
    }


def test_json_of_good_evidence_is_an_empty_list(minping: Run, green: Path) -> None:
    ended = minping("check", green, "--json")
    assert (ended.code, json.loads(ended.out)) == (0, [])


def test_what_is_only_noted_does_not_fail(minping: Run, green: Path) -> None:
    _replace(green / "evidence" / "official.csv", ("82.92", "８２．９２"))
    ended = minping("check", green)
    assert ended.code == 0
    assert ended.err.startswith("note evidence/official.csv:2 value") and "read as 82.92" in ended.err
    assert "no errors" in ended.out


def test_a_copy_of_the_workbook_is_annotated_and_the_workbook_itself_left_alone(
    minping: Run, green: Path, tmp_path: Path
) -> None:
    csv_file, book = green / "evidence" / "official.csv", green / "evidence" / "official.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "official"
    for line in csv_file.read_text(encoding="utf-8").splitlines():
        sheet.append(line.split(","))
    sheet["D2"].value = "about 83"
    workbook.save(book)
    csv_file.unlink()
    before = book.read_bytes()
    ended = minping("check", green, "--annotate", tmp_path / "marked")
    assert ended.code == 2 and "annotated:" in ended.err
    marked = [path for path in (tmp_path / "marked").iterdir() if path.suffix == ".xlsx"]
    assert len(marked) == 1 and book.read_bytes() == before
    sheet = openpyxl.load_workbook(marked[0])["official"]
    notes = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert list(notes) == ["D2"] and "about 83" in notes["D2"]


def test_nothing_is_annotated_where_nothing_is_wrong(minping: Run, green: Path, tmp_path: Path) -> None:
    assert minping("check", green, "--annotate", tmp_path / "marked").code == 0
    assert not (tmp_path / "marked").exists()


def test_only_the_first_hundred_problems_are_shown_and_the_rest_counted(minping: Run, green: Path) -> None:
    official = green / "evidence" / "official.csv"
    lines = official.read_text(encoding="utf-8").splitlines()
    bad = [",".join([*line.split(",")[:3], "x", *line.split(",")[4:]]) for line in lines[1:]]
    official.write_text("\n".join([lines[0], *bad]) + "\n", encoding="utf-8")
    ended = minping("check", green)
    assert ended.code == 2 and ended.err.count("[text-in-number]") == 100
    assert "… and 117 more" in ended.err and "217 error(s)" in ended.err
    assert len(json.loads(minping("check", green, "--json").out)) == 217
