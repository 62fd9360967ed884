"""Whoever rated, asked or answered can't be found in anything published: the whole bundle is searched, however packed."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import Run
from tests.conftest import ROOT

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

COUNTY = ROOT / "examples" / "county"
#: what is planted: pseudonyms, devices, telephones, flats, names, as they might be typed anywhere
PLANTED = re.compile(r"(CASE|DEVICE|RATER|REQUEST|RESPONDENT)Q\d+|139555\d{5}|\d+号楼\d+室|赵钱孙|周吴郑|冯陈褚")
Row = dict[str, str]


def typed(at: int) -> str:
    """Words with which somebody gives himself away."""
    return f"我是赵钱孙，住{at}号楼{at}室，电话139555{at % 100000:05d}"


def of_ratings(at: int, row: Row) -> Row:
    more = {"rater": f"RATERQ{at}", "phone": f"139555{at % 100000:05d}", "case": f"CASEQ{at}"}
    if row["device"]:
        more["device"] = f"DEVICEQ{int(row['device'].encode().hex(), 16) % 10**9}"
    if row["comment"] and at % 3:
        more["comment"] = row["comment"] + typed(at)
    if row["status"] == "removed":
        more |= {"reason": f"{row['reason']}：周吴郑139555{at % 100000:05d}", "approved_by": "冯陈褚"}
    if at % 700 == 5:
        more |= {"channel": typed(at), "service": typed(at + 1)}
    return {**row, **more}


def of_requests(at: int, row: Row) -> Row:
    more = {
        "request": row["request"].replace("R", "REQUESTQ"),
        "duplicate_of": row["duplicate_of"].replace("R", "REQUESTQ"),
    }
    more |= {"place": f"{row['place']}{at}号楼{at}室", "text": row["text"] + typed(at), "phone": f"139555{at:05d}"}
    if row["excluded"]:
        more |= {"excluded": f"{row['excluded']} 周吴郑", "approved_by": "冯陈褚"}
    return {**row, **more}


def of_surveys(at: int, row: Row) -> Row:
    return {**row, "respondent": row["respondent"].replace("P", "RESPONDENTQ"), "phone": f"139555{at:05d}"}


CHANGED: dict[str, Callable[[int, Row], Row]] = {"ratings": of_ratings, "requests": of_requests, "surveys": of_surveys}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The simulated county with people in it who can be recognised."""
    folder = tmp_path_factory.mktemp("people") / "county"
    shutil.copytree(COUNTY, folder, ignore=shutil.ignore_patterns("results", "truth*"))
    for table, change in CHANGED.items():
        path = folder / "evidence" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = [change(at, row) for at, row in enumerate(csv.DictReader(file))]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def texts(path: Path) -> Iterator[str]:
    """All that a file says: as it stands, unpacked, as columns, and with the marks of HTML read."""
    yield from said(path.name, path.read_bytes())


def said(name: str, content: bytes) -> Iterator[str]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield inner
                yield from said(inner, archive.read(inner))
    elif name.endswith(".parquet"):
        table = pq.read_table(pa.BufferReader(content))
        yield str(table.schema)
        for column in table.columns:
            yield "\n".join(str(value) for value in column.unique().to_pylist())
    else:
        text = content.decode("utf-8", errors="replace")
        yield text
        yield html.unescape(re.sub(r"<[^>]*>", "", text))  # a name may be cut by marks, or be written in entities


def found_in(folder: Path) -> dict[str, set[str]]:
    """File -> what was planted and is found there."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    hits = {path.name: {hit[0] for text in texts(path) for hit in PLANTED.finditer(text)} for path in files}
    return {name: found for name, found in hits.items() if found}


def test_nothing_of_anybody_is_in_a_bundle(minping: Run, county: Path) -> None:
    ended = minping("run", county, "--draws", 20)
    assert ended.code == 0, ended.err
    (bundle,) = (county / "results").iterdir()
    assert {path.suffix for path in bundle.rglob("*")} >= {".csv", ".parquet", ".html", ".xlsx", ".docx", ".json"}
    assert not found_in(bundle)
    assert not PLANTED.search(ended.out + ended.err)
    comments = set()
    with (county / "evidence" / "ratings.csv").open(encoding="utf-8") as file:
        comments = {row["comment"] for row in csv.DictReader(file) if len(row["comment"]) > 8}
    whole = "\n".join(text for path in bundle.rglob("*") if path.is_file() for text in texts(path))
    assert len(comments) > 100 and not [comment for comment in comments if comment in whole]


@pytest.mark.slow
def test_explain_names_rows_and_reasons_for_the_office_and_nobody_who_rated(minping: Run, county: Path) -> None:
    said = "".join(minping("explain", county, "S01", node).out for node in ("satisfied", "calibrated", "solved"))
    assert "evidence/ratings.csv:" in said and "evidence/requests.csv:" in said
    assert not re.search(r"(CASE|DEVICE|RATER|REQUEST)Q\d+|赵钱孙，住", said.replace("不计入", ""))


@pytest.mark.parametrize("kind", ["csv", "html", "xlsx", "docx", "parquet", "json"])
def test_it_would_be_found_in_a_file_of_any_kind(tmp_path: Path, kind: str) -> None:
    word = "RATERQ17"
    path = tmp_path / f"file.{kind}"
    if kind in ("xlsx", "docx"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("inner.xml", f"<t>RATERQ<b/>{word[6:]}</t>")
    elif kind == "parquet":
        pq.write_table(pa.table({"word": [word] * 1000}), path, compression="zstd")
    else:
        path.write_text("<p>&#82;ATERQ17</p>" if kind == "html" else word, encoding="utf-8")
    assert found_in(tmp_path) == {path.name: {word}}
