"""`minping simulate`: the county of `examples/` comes from its seed, is marked as simulated, and can be evaluated."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import ROOT

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

COUNTY = ROOT / "examples" / "county"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "results" not in path.parts
    }


def test_the_example_comes_from_its_seed_byte_by_byte(minping: Run, tmp_path: Path) -> None:
    ended = minping("simulate", tmp_path / "county")
    assert ended.code == 0 and "minping run" in ended.out
    made, kept = tree(tmp_path / "county"), tree(COUNTY)
    assert set(made) == set(kept)
    assert not [name for name in kept if made[name] != kept[name]], "python tools/simulate_examples.py makes it anew"
    assert sum(map(len, kept.values())) < 4_000_000


def test_another_seed_and_no_abuse_give_another_county(minping: Run, tmp_path: Path) -> None:
    small = ("--bodies", 3, "--services", 60)
    for name, more in (("a", ("--seed", 1)), ("b", ("--seed", 2)), ("c", ("--seed", 1, "--honest"))):
        assert minping("simulate", tmp_path / name, *small, *more).code == 0
    a, b, c = (tree(tmp_path / name) for name in "abc")
    assert a["evidence/ratings.csv"] != b["evidence/ratings.csv"]
    assert a["evidence/requests.csv"] == c["evidence/requests.csv"] and '"planted": {}' in c["truth.json"].decode()


def test_what_is_simulated_says_so(minping: Run, tmp_path: Path) -> None:
    assert minping("run", COUNTY, "--draws", 20, "--out", tmp_path).code == 0
    page = (tmp_path / "bundle-2025" / "report.html").read_text(encoding="utf-8")
    assert "[SIMULATED]</h1>" in page.replace("</span>", "") and "【模拟数据】" in page
    assert "模拟" in (COUNTY / "README.md").read_text(encoding="utf-8")


def test_nothing_is_ever_overwritten(minping: Run, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("mine", encoding="utf-8")
    ended = minping("simulate", tmp_path)
    assert ended.code == 2 and "not empty" in ended.err and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("wrong", [("--bodies", 1), ("--services", 0), ("--seed", -1)])
def test_an_impossible_county_is_refused(minping: Run, tmp_path: Path, wrong: tuple[object, ...]) -> None:
    assert minping("simulate", tmp_path / "c", *wrong).code == 2
