"""Bad input from end to end: exit code 2, nothing written, no traceback, and the message that helps."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.conftest import Ended, Run

Change = Callable[[Path], object]
CFB = bytes.fromhex("d0cf11e0a1b11ae1")


def scheme(old: str, new: str) -> Change:
    return lambda folder: replace(folder / "scheme.yaml", old, new)


def official(old: str, new: str) -> Change:
    return lambda folder: replace(folder / "evidence" / "official.csv", old, new)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rows_of(folder: Path) -> list[list[str]]:
    with (folder / "evidence" / "official.csv").open(encoding="utf-8") as file:
        return list(csv.reader(file))


def write_rows(folder: Path, rows: list[list[str]]) -> None:
    with (folder / "evidence" / "official.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def empty_tree(folder: Path) -> None:
    path = folder / "scheme.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").partition("\nindicators:")[0] + "\nindicators: []\n", encoding="utf-8"
    )


def doubled(folder: Path) -> None:
    rows = rows_of(folder)
    write_rows(folder, [*rows, rows[1]])


def one_body(folder: Path) -> None:
    rows = rows_of(folder)
    write_rows(folder, [row for row in rows if row[0] in ("body", "北京")])
    bodies = folder / "evidence" / "bodies.csv"
    lines = bodies.read_text(encoding="utf-8").splitlines()
    bodies.write_text(
        "\n".join([lines[0], *(line for line in lines if line.startswith("北京,"))]) + "\n", encoding="utf-8"
    )


def all_equal(folder: Path) -> None:
    scheme("normalise: {method: given", "normalise: {method: minmax")(folder)
    rows = rows_of(folder)
    at = rows[0].index("value")
    write_rows(folder, [[*row[:at], "80", *row[at + 1 :]] if row[2] == "resource" else row for row in rows])


def bytes_as_xlsx(content: bytes) -> Change:
    def change(folder: Path) -> None:
        (folder / "evidence" / "official.csv").unlink()
        (folder / "evidence" / "official.xlsx").write_bytes(content)

    return change


def zip_bomb(folder: Path) -> None:
    (folder / "evidence" / "official.csv").unlink()
    with zipfile.ZipFile(folder / "evidence" / "official.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)


def as_workbook(disturb: Callable[[Worksheet], object]) -> Change:
    def change(folder: Path) -> None:
        rows = rows_of(folder)
        at = rows[0].index("value")
        workbook = openpyxl.Workbook()
        sheet = workbook.worksheets[0]
        sheet.title = "official"
        for number, row in enumerate(rows):
            sheet.append([*row[:at], float(row[at]) if number else row[at], *row[at + 1 :]])
        disturb(sheet)
        (folder / "evidence" / "official.csv").unlink()
        workbook.save(folder / "evidence" / "official.xlsx")

    return change


def serial_dates(sheet: Worksheet) -> None:
    column = next(cell.column for cell in sheet[1] if cell.value == "released_on")
    for number in range(2, sheet.max_row + 1):
        sheet.cell(number, column).value = 43095


def blank_rows(sheet: Worksheet) -> None:
    for number in range(sheet.max_row + 1, sheet.max_row + 30):
        sheet.cell(number, 3).number_format = "0.00"
    sheet.cell(sheet.max_row + 20, 1).value = " "


CYCLE = "dimensions: [{id: x, in: y, title: x, weight: 1}, {id: y, in: x, title: y, weight: 1}]\nindicators:"
REFUSED: dict[str, tuple[Change, list[str]]] = {
    "misspelt key": (scheme("    direction: higher", "    directon: higher"), ["scheme.yaml:26", "did you mean direction?"]),
    "misspelt method": (scheme("{method: given, reason", "{method: givn, reason"), ["scheme.yaml:29", "did you mean given?"]),
    "weights that don't sum": (scheme("weight: 29.32", "weight: 39.32"), ["109.90", "a sum of 99.9"]),
    "cyclic tree": (scheme("indicators:", CYCLE), ["x → y → x", "scheme.yaml"]),
    "empty tree": (empty_tree, ["indicators is []", "at least 1"]),
    "unknown body": (official("\n北京,", "\n北京市区,"), ["official.csv:2", "北京市区", "did you mean"]),
    "unknown indicator": (official(",resource,", ",resourse,"), ["official.csv:2", "did you mean resource?"]),
    "duplicated row": (doubled, ["official.csv:219", "row 2"]),
    "text in a number": (official("82.92", "about 83"), ["official.csv:2 value", "about 83"]),
    "percent sign": (official("82.92", "82.92%"), ["official.csv:2 value", "per cent sign"]),
    "comma decimal": (official("82.92", '"82,92"'), ["official.csv:2 value", "write 82.92"]),
    "infinite": (official("82.92", "inf"), ["official.csv:2 value", "not a finite number"]),
    "nan": (official("82.92", "NaN"), ["official.csv:2 value", "leave the row out"]),
    "extra field": (official("82.92", "82.92,1"), ["official.csv:2", "9 fields", "8 fields"]),
    "floor = target": (scheme("normalise: {method: given,", "normalise: {method: goalposts, floor: 60, target: 60,"), ["both 60", "they must differ"]),
    "one body": (one_body, ["only 1 body", "at least two"]),
    "all equal": (all_equal, ["resource", "31 bodies are all 80"]),
    "corrupt workbook": (bytes_as_xlsx(b"PK\x03\x04 broken"), ["official.xlsx", "damaged"]),
    "old or locked workbook": (bytes_as_xlsx(CFB + bytes(3000)), ["official.xlsx", "save it as .xlsx"]),
    "merged cells": (as_workbook(lambda sheet: sheet.merge_cells("A2:A4")), ["official.xlsx[official]:2", "A2:A4"]),
    "zip bomb": (zip_bomb, ["official.xlsx", "unpack to"]),
    "no evidence": (lambda folder: (folder / "evidence").rename(folder / "elsewhere"), ["no folder evidence"]),
    "no text": (lambda folder: (folder / "scheme.yaml").write_bytes(bytes(range(128, 256))), ["scheme.yaml", "UTF-8"]),
}  # fmt: skip
READ: dict[str, tuple[Change, list[str]]] = {
    "full-width digits": (official("82.92", "８２．９２"), ["official.csv:2 value", "read as 82.92"]),
    "GBK": (lambda folder: to_gbk(folder / "evidence" / "official.csv"), ["official.csv", "GB18030"]),
    "Excel serials": (as_workbook(serial_dates), ["read as 2017-12-26"]),
    "blank trailing rows": (as_workbook(blank_rows), []),
    "a body's name for its id": (official("\n北京,", "\n北京市,"), ["official.csv:2 body", "read as 北京"]),
}


def to_gbk(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))


def ran(minping: Run, folder: Path, *arguments: object) -> Ended:
    ended = minping("run", folder, "--draws", 40, "--quiet", *arguments)
    assert "Traceback" not in ended.out + ended.err
    return ended


def refused(ended: Ended, folder: Path) -> None:
    assert ended.code == 2, ended.err
    assert not (folder / "results").exists() and not [path for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("name", REFUSED)
def test_bad_input_is_refused_with_place_and_what_to_do(minping: Run, green: Path, name: str) -> None:
    change, told = REFUSED[name]
    change(green)
    ended = ran(minping, green)
    refused(ended, green)
    for words in (*told, "nothing was written"):
        assert words in ended.err, ended.err


@pytest.mark.parametrize("name", READ)
def test_odd_input_is_read_as_meant_and_said(minping: Run, green: Path, name: str) -> None:
    plain = green.parent / "plain"
    ran(minping, green, "--out", plain)
    change, told = READ[name]
    change(green)
    ended = ran(minping, green)
    assert ended.code == 0, ended.err
    for words in told:
        assert words in ended.err, ended.err
    ranks = [(home / "bundle-2016" / "ranks.csv").read_bytes() for home in (plain, green / "results")]
    assert ranks[0] == ranks[1]


def test_a_period_without_figures_is_refused(minping: Run, green: Path) -> None:
    ended = ran(minping, green, "--period", "1999")
    refused(ended, green)
    assert "no official figures for period 1999" in ended.err and "2016" in ended.err


def test_a_body_without_figures_is_told_and_has_no_score(minping: Run, green: Path) -> None:
    write_rows(green, [row for row in rows_of(green) if row[0] != "北京"])
    ended = ran(minping, green)
    assert ended.code == 0 and "bodies.csv:2" in ended.err and "no official figure" in ended.err
    with (green / "results" / "bundle-2016" / "ranks.csv").open(encoding="utf-8") as file:
        last = list(csv.DictReader(file))[-1]
    assert last["body"] == "北京" and last["score"] == last["rank"] == last["tier"] == ""


def test_all_problems_of_all_files_come_at_once(minping: Run, green: Path) -> None:
    official("82.92", "x")(green)
    official("\n福建,", "\n福健,")(green)
    bodies = green / "evidence" / "bodies.csv"
    text = bodies.read_text(encoding="utf-8")
    bodies.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    ended = ran(minping, green)
    refused(ended, green)
    for words in ("bodies.csv:33", "official.csv:2", "official.csv:9", "did you mean 福建?", "error(s)"):
        assert words in ended.err


def test_an_older_bundle_stays_as_it_was_when_new_input_is_bad(minping: Run, green: Path) -> None:
    ran(minping, green)
    manifest = green / "results" / "bundle-2016" / "manifest.json"
    before = manifest.read_bytes()
    official("82.92", "x")(green)
    assert ran(minping, green).code == 2
    assert manifest.read_bytes() == before and len(list((green / "results").iterdir())) == 1


def test_a_bundle_with_a_changed_byte_is_named(minping: Run, green: Path) -> None:
    ran(minping, green)
    path = green / "results" / "bundle-2016" / "scores.csv"
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(bytes(content))
    ended = minping("verify", path.parent)
    assert ended.code == 2 and "scores.csv" in ended.err and "Traceback" not in ended.err


@pytest.fixture
def county(minping: Run, tmp_path: Path) -> Path:
    """A small simulated county."""
    assert minping("simulate", tmp_path / "county", "--bodies", 3, "--services", 300).code == 0
    return tmp_path / "county"


def cell(folder: Path, table: str, row: int, column: str, text: str) -> None:
    """Write one cell of a table of evidence; rows as a spreadsheet counts them."""
    path = folder / "evidence" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[row - 1][rows[0].index(column)] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


MESS = (
    ("requests", 2, "closed_at", "2024-01-01T00:00:00+08:00", "before it was opened"),
    ("requests", 3, "opened_at", "2025-01-02 3:00 PM", "24 hours"),
    ("requests", 4, "responded_at", "2025-06-01T00:00:00Z", "time zone"),
    ("ratings", 2, "level", "3.5", "level"),
    ("ratings", 3, "level", "0", "level"),
    ("ratings", 4, "body", "S99", "no body"),
    ("ratings", 5, "completed_on", "2026-05-01", "before the end of the case"),
    ("ratings", 6, "seconds", "-60", "-60"),
    ("offers", 2, "answered", "9999", "more than were asked"),
    ("surveys", 2, "weight", "-1", "weight"),
)


def test_every_bad_row_of_what_citizens_said_is_named_at_once(minping: Run, county: Path) -> None:
    for table, row, column, text, _ in MESS:
        cell(county, table, row, column, text)
    ended = ran(minping, county)
    refused(ended, county)
    lines = " ".join(ended.err.split())
    for table, row, _, _, said in MESS:
        assert f"{table}.csv:{row}" in lines and said in lines, (table, row, said)


@pytest.mark.slow
def test_long_and_odd_comments_do_no_harm(minping: Run, county: Path) -> None:
    cell(county, "ratings", 2, "comment", "好" * 100_000)
    cell(county, "ratings", 3, "comment", "钟声\x07<script>")
    cell(county, "requests", 2, "text", "long " * 30_000)
    ended = minping("run", county, "--draws", 20)
    assert ended.code == 0, ended.err
    for words in ("ratings.csv:2 comment", "ratings.csv:3 comment", "requests.csv:2 text", "kept as it is"):
        assert words in ended.err
    assert minping("audit", county).code in (0, 1)
    published = [path.read_bytes() for path in (county / "results").rglob("*") if path.is_file()]
    assert not [one for one in published if "钟声".encode() in one or "好好好".encode() in one]
