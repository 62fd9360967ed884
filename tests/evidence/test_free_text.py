"""Free text is kept as it came; what can't be meant so is told with its row. So are zones, clocks and five million rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from minping.evidence.free_text import free_text
from tests.evidence.test_records import BODIES, GOOD, folder, load, problems, scanned

RATINGS = "case,body,rated_on,level,comment,seconds\n"
REQUESTS = "request,body,opened_at,closed_at,text,reply\n"


def warned(home: Path) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.severity, str(problem.place)) for problem in load(home).problems]


def test_control_characters_and_long_comments_are_warned_of_and_kept(tmp_path: Path) -> None:
    long = "长" * 100_000
    text = (
        RATINGS
        + f'1,b1,2024-05-04,5,bell\x07,5\n2,b1,2024-05-04,5,{long},5\n3,b2,2024-05-04,4,"two\nlines\tand a tab",0\n'
    )
    home = folder(tmp_path, text)
    assert sorted(warned(home)) == [
        ("control-character", "warning", "evidence/ratings.csv:2 comment"),
        ("huge-cell", "warning", "evidence/ratings.csv:3 comment"),
    ]
    assert [row[1] for row in scanned(load(home), "comment")] == ["bell\x07", long, "two\nlines\tand a tab"]
    assert all(len(problem.found.en) < 200 and "\x07" not in problem.found.en for problem in load(home).problems)


def test_texts_of_requests_are_looked_at_too(tmp_path: Path) -> None:
    rows = f"r1,b1,2024-05-01 08:00,,{'x' * 40_000},\nr2,b1,2024-05-01 08:00,,ok,re\x1bply\n"
    assert sorted(warned(folder(tmp_path, requests=REQUESTS + rows))) == [
        ("control-character", "warning", "evidence/requests.csv:3 reply"),
        ("huge-cell", "warning", "evidence/requests.csv:2 text"),
    ]


def test_free_text_is_checked_by_two_rules_that_warn() -> None:
    for rule in free_text("text"):
        remark = rule.say("x" * 50_000)
        assert remark.severity == "warning" and remark.found.zh and remark.fix.en and len(remark.found.zh) < 100


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (["+08:00", "+08:00", "Z"], {4}),
        (["", "", "+08:00"], {4}),
        (["+08:00", "", ""], {2}),
        (["Z", "Z", "Z"], set()),
    ],
)
def test_a_row_of_another_time_zone_is_named(tmp_path: Path, rows: list[str], named: set[int]) -> None:
    text = REQUESTS + "".join(
        f"r{at},b1,2024-05-01 08:00{zone},2024-05-02 08:00{zone},,\n" for at, zone in enumerate(rows)
    )
    home = folder(tmp_path, requests=text)
    if named:
        assert {(one.code, one.place.row) for one in problems(home)} == {("mixed-time-zones", row) for row in named}
    else:
        assert not load(home).problems


@pytest.mark.parametrize("clock", ["08:00 PM", "8:00 p.m.", "晚上8:00", "下午 2:00", "08:00pm"])
def test_a_clock_of_twelve_hours_is_named(tmp_path: Path, clock: str) -> None:
    (told,) = problems(folder(tmp_path, requests=REQUESTS + f"r1,b1,2024-05-01 {clock},,,\n"))
    assert (told.code, str(told.place)) == ("malformed-time", "evidence/requests.csv:2 opened_at")
    assert "24" in told.allowed.en


def test_a_negative_duration_is_named(tmp_path: Path) -> None:
    (told,) = problems(folder(tmp_path, RATINGS + "1,b1,2024-05-04,5,,-3\n2,b1,2024-05-04,5,,0\n"))
    assert (told.code, told.place.row, told.place.column) == ("impossible-seconds", 2, "seconds")


@pytest.mark.parametrize("level", ["3.5", "0", "6", "-1", "５.5", "★★★"])
def test_half_stars_and_levels_out_of_range_are_named(tmp_path: Path, level: str) -> None:
    (told,) = problems(folder(tmp_path, GOOD.replace("2024-05-04,5", f"2024-05-04,{level}")))
    assert (told.code, told.place.row, told.place.column) == ("impossible-level", 2, "level")


@pytest.mark.slow
def test_three_bad_rows_of_five_million_are_all_named(tmp_path: Path) -> None:
    home, count, random = folder(tmp_path, None), 5_000_000, np.random.default_rng(1)
    level, body = random.integers(1, 6, count).astype(np.float32), random.integers(0, 2, count).astype(np.int32)
    level[17], level[3_000_000], body[-1] = 3.5, 6.0, 2
    table = {
        "case": pa.array(np.arange(count)),
        "body": pa.DictionaryArray.from_arrays(pa.array(body), pa.array(["b1", "b2", "b9"])),
        "rated_on": pa.array((19_800 + random.integers(0, 365, count)).astype(np.int32)).cast(pa.date32()),
        "level": pa.array(level),
    }
    pq.write_table(pa.table(table), home / "evidence" / "ratings.parquet")
    assert BODIES.count("b9") == 0
    assert [(one.code, str(one.place)) for one in problems(home)] == [
        ("impossible-level", "evidence/ratings.parquet:19 level"),
        ("impossible-level", "evidence/ratings.parquet:3000002 level"),
        ("unknown-body", "evidence/ratings.parquet:5000001 body"),
    ]
