"""Tables of events: read from any file, scanned where they lie, every faulty row named."""

from __future__ import annotations

import gc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from minping.errors import EvidenceError, Problem
from minping.evidence import load_evidence
from minping.evidence.records import BLANKS, connect, relation
from minping.model.evidence import Codebook, Evidence

BODIES = "body,name,name_en\nb1,甲街道,Street A\nb2,乙镇,Town B\n"
HEAD = "case,body,rated_on,level,status,reason,approved_by,completed_on\n"
GOOD = HEAD + "1,b1,2024-05-04,5,,,,2024-05-03\n2,b2,2024-05-05,1,removed,误评,考评办,\n3,b2,2024-05-06,,defaulted,,,\n"
CODEBOOK = Codebook({}, records=("ratings",))


def folder(home: Path, ratings: str | bytes | None = GOOD, **others: str) -> Path:
    evidence = home / "evidence"
    evidence.mkdir(exist_ok=True)
    (evidence / "bodies.csv").write_text(BODIES, encoding="utf-8")
    if ratings is not None:
        (evidence / "ratings.csv").write_bytes(ratings.encode() if isinstance(ratings, str) else ratings)
    for name, text in others.items():
        (evidence / f"{name}.csv").write_text(text, encoding="utf-8")
    return home


def load(home: Path) -> Evidence:
    return load_evidence(home, CODEBOOK)


def problems(home: Path) -> list[Problem]:
    with pytest.raises(EvidenceError) as caught:
        load(home)
    return [problem for problem in caught.value.problems if problem.severity == "error"]


def scanned(evidence: Evidence, *columns: str) -> list[tuple[object, ...]]:
    with connect() as engine:
        table = relation(evidence.records["ratings"].files, columns)
        quoted = ", ".join(f'"{column}"' for column in columns)
        return engine.execute(f"SELECT _row, {quoted} FROM {table} ORDER BY 1").fetchall()  # noqa: S608


def test_a_csv_is_scanned_with_the_rows_of_the_file(tmp_path: Path) -> None:
    found = load(folder(tmp_path))
    assert found.records["ratings"].rows == 3
    assert scanned(found, "case", "level") == [(2, "1", "5"), (3, "2", "1"), (4, "3", None)]


def test_gbk_blank_rows_and_chinese_headers_make_no_difference(tmp_path: Path) -> None:
    text = GOOD.replace("case,body,rated_on,level", "办件编号,单位,评价日期,等级").replace("3,b2", "\n,,,,,,,\n3,b2")
    found = load(folder(tmp_path, text.encode("gbk")))
    assert [row[1:] for row in scanned(found, "case", "body")] == [("1", "b1"), ("2", "b2"), ("3", "b2")]
    assert scanned(found, "case")[-1][0] == 6


def test_a_parquet_file_is_scanned_where_it_lies(tmp_path: Path) -> None:
    home = folder(tmp_path, None)
    path = home / "evidence" / "ratings.parquet"
    import datetime as dt

    pq.write_table(
        pa.table({"case": [1, 2], "body": ["b1", "b2"], "rated_on": [dt.date(2024, 5, 4)] * 2, "level": [5, 3]}), path
    )
    (file,) = load(home).records["ratings"].files
    assert Path(file.path) == path.resolve() and not file.is_copy
    assert scanned(load(home), "case", "rated_on") == [(2, "1", "2024-05-04"), (3, "2", "2024-05-04")]


def test_copies_are_gone_when_nobody_needs_them(tmp_path: Path) -> None:
    found = load(folder(tmp_path))
    path = Path(found.records["ratings"].files[0].path)
    assert path.exists()
    del found
    gc.collect()
    assert not path.parent.exists()


def test_without_the_table_the_scheme_asks_for_it_is_told(tmp_path: Path) -> None:
    assert [problem.code for problem in problems(folder(tmp_path, None))] == ["missing-table"]


@pytest.mark.parametrize(
    ("old", "new", "code", "row", "column"),
    [
        ("1,b1,2024-05-04,5", "1,b9,2024-05-04,5", "unknown-body", 2, "body"),
        ("1,b1,2024-05-04,5", "1,,2024-05-04,5", "empty-cell", 2, "body"),
        ("1,b1,2024-05-04,5", "1,b1,2024-13-04,5", "malformed-date", 2, "rated_on"),
        ("1,b1,2024-05-04,5", "1,b1,2024-05-04,0", "impossible-level", 2, "level"),
        ("1,b1,2024-05-04,5", "1,b1,2024-05-04,6", "impossible-level", 2, "level"),
        ("1,b1,2024-05-04,5", "1,b1,2024-05-04,4.5", "impossible-level", 2, "level"),
        ("1,b1,2024-05-04,5", "1,b1,2024-05-04,many", "impossible-level", 2, "level"),
        ("1,b1,2024-05-04,5", "1,b1,2024-05-04,", "level-missing", 2, "level"),
        ("2024-05-06,,defaulted", "2024-05-06,3,defaulted", "default-with-level", 4, "level"),
        ("removed,误评,考评办", "removed,,考评办", "removed-without-reason", 3, "reason"),
        ("removed,误评,考评办", "removd,误评,考评办", "unknown-choice", 3, "status"),
        ("2024-05-03\n", "2024-05-05\n", "rated-before-the-end", 2, "rated_on"),
        ("3,b2", "2,b2", "duplicate-case", 3, "case"),
    ],
)
def test_a_rating_that_cannot_be_is_named(tmp_path: Path, old: str, new: str, code: str, row: int, column: str) -> None:
    assert old in GOOD
    found = [problem for problem in problems(folder(tmp_path, GOOD.replace(old, new))) if problem.code == code]
    assert found and (found[0].place.row, found[0].place.column) == (row, column)
    assert found[0].found.zh and found[0].found.en


def test_three_bad_rows_among_many_are_all_named(tmp_path: Path) -> None:
    rows = [f"{at},b{at % 2 + 1},2024-05-04,{at % 5 + 1},,,," for at in range(50_000)]
    for at, level in ((17, "7"), (30_000, "0"), (49_999, "x")):
        rows[at] = f"{at},b1,2024-05-04,{level},,,,"
    told = problems(folder(tmp_path, HEAD + "\n".join(rows) + "\n"))
    assert [(problem.code, problem.place.row) for problem in told] == [
        ("impossible-level", 19),
        ("impossible-level", 30_002),
        ("impossible-level", 50_001),
    ]


def test_the_nearest_body_and_all_faults_come_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("1,b1,2024-05-04,5", "1,甲街,2024-05-04,9").replace("3,b2", "3,b7")
    told = {problem.code: problem for problem in problems(folder(tmp_path, text))}
    assert set(told) == {"unknown-body", "impossible-level"}
    assert any("甲街道" in problem.fix.en for problem in problems(folder(tmp_path, text)))


@pytest.mark.parametrize("word", ["vav", "faf", "tat", "nrn", "rar", "EbE"])
def test_blanks_and_line_ends_around_a_cell_are_no_part_of_it_and_letters_are(word: str) -> None:
    with connect() as engine:
        told = engine.execute(f"SELECT TRIM(?, {BLANKS})", [f"\t {word}\r\n"]).fetchall()
    assert told == [(word,)]
