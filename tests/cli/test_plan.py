"""`minping plan`: how many to interview, as table, CSV and JSON; what was asked for wrongly."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def county(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "bodies.csv").write_text(
        "body,name,name_en,population,served\na,甲镇,Town A,1000,300\nb,乙镇,Town B,90000,5000\n", encoding="utf-8"
    )
    return tmp_path


def test_the_table_shows_bodies_total_and_power(minping: Run, county: Path) -> None:
    ended = minping("plan", county, "--margin", "5", "--response", "50%", "--price", "10")
    assert (ended.code, ended.err) == (0, "")
    lines = [line.split() for line in ended.out.splitlines()]
    assert ["Town", "A", "1,000", "278", "556", "5.0"] in lines
    assert ["Town", "B", "90,000", "383", "766", "5.0"] in lines
    assert any(line[:4] == ["total", "91,000", "661", "1,322"] for line in lines) and "cost 6,610" in ended.out
    assert "1,600" in ended.out and "10 points" in ended.out


def test_json_and_csv_tell_the_same(minping: Run, county: Path) -> None:
    asked = ("plan", county, "--difference", "5", "--share", "0.9", "--population", "served", "--between", "2")
    told = json.loads(minping(*asked, "--json").out)
    rows = list(csv.DictReader(io.StringIO(minping(*asked, "--csv").out)))
    assert [row["body"] for row in rows] == ["a", "b"]
    assert [float(row["interviews"]) for row in rows] == [body["interviews"] for body in told["bodies"]]
    assert told["bodies"][0]["population"] == 300 and told["total"]["interviews"] == sum(
        float(row["interviews"]) for row in rows
    )
    assert set(told["power"][0]["power"]) == {"1", "2", "3", "5", "10"} and 0 < told["power"][0]["bottom_tenth"] < 1


def test_bodies_may_be_a_number(minping: Run) -> None:
    told = json.loads(
        minping("plan", "--bodies", 3, "--margin", 5, "--people", 1000, "--sizes", "100,50", "--json").out
    )
    assert [body["interviews"] for body in told["bodies"]] == [278.0] * 3
    assert [row["interviews"] for row in told["power"]] == [50.0, 100.0]
    endless = json.loads(minping("plan", "--bodies", 1, "--margin", 5, "--json").out)
    assert endless["bodies"][0] | {} == endless["bodies"][0] and endless["bodies"][0]["population"] is None


def test_it_is_said_in_chinese(minping: Run, county: Path) -> None:
    ended = minping("--lang", "zh", "plan", county, "--difference", "5", "--comparisons", "pairs")
    assert "甲镇" in ended.out and "分清相差 5 分的两个单位" in ended.out and "没有给应答率" in ended.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--margin", "2", "--difference", "3"), "one of them"),
        ((), "one of them"),
        (("--margin", "2", "--share", "150%"), "150% is no share"),
        (("--margin", "2", "--share", "most"), "most is no share"),
        (("--margin", "2", "--sizes", "a,b"), "a,b is no list"),
        (("--margin", "2", "--comparisons", "some"), "some is no number"),
        (("--margin", "2", "--population", "popul"), "did you mean population?"),
        (("--margin", "2", "--bodies", "3"), "one of them"),
        (("--margin", "2", "--deff", "0.5"), "deff is 0.5"),
    ],
)
def test_what_cannot_be_planned_is_told(minping: Run, county: Path, options: tuple[str, ...], said: str) -> None:
    ended = minping("plan", county, *options)
    assert ended.code == 2 and said in ended.err and ended.out == "" and "Traceback" not in ended.err


def test_without_bodies_it_says_how(minping: Run, tmp_path: Path) -> None:
    for asked in (
        ("plan", "--margin", "2"),
        ("plan", tmp_path, "--margin", "2"),
        ("plan", tmp_path / "gone", "--margin", "2"),
    ):
        ended = minping(*asked)
        assert ended.code == 2 and ended.err
