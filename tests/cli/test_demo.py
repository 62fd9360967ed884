"""`minping demo`: real data from scheme to signed bundle, in a folder that is its own and no other."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minping.cli.demo import MARK
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo writes into the current folder."""
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def test_the_demo_shows_ranking_trace_and_bundle(minping: Run, empty_place: Path) -> None:
    ended = minping("demo", "--draws", 100)
    assert ended.code == 0 and ended.err == ""
    for words in (
        "Green Development Index",
        "Beijing",
        "100 draws (seed 2016), 0 failed",
        "Spearman 0.17",
        "evidence/official.csv:6 = 93.91",
        "minping verify demo/results/bundle-2016 --rerun",
    ):
        assert words in ended.out, words
    assert [path.name for path in empty_place.iterdir()] == ["demo"]
    with (empty_place / "demo" / "results" / "bundle-2016" / "ranks.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 31


def test_what_the_demo_says_to_do_next_works(minping: Run) -> None:
    minping("demo", "--draws", 50)
    verified = minping("verify", "demo/results/bundle-2016", "--rerun")
    assert verified.code == 0 and "✗" not in verified.out and "·" not in verified.out


def test_the_demo_speaks_chinese(minping: Run) -> None:
    ended = minping("--lang", "zh", "demo", "--draws", 20)
    assert ended.code == 0
    assert "绿色发展指数" in ended.out and "追溯 北京 的得分" in ended.out and "成果包" in ended.out


def test_the_demo_makes_its_own_folder_anew(minping: Run, empty_place: Path) -> None:
    minping("demo", "--draws", 20)
    before = (empty_place / "demo" / "results" / "bundle-2016" / "ranks.csv").read_bytes()
    (empty_place / "demo" / "scheme.yaml").write_text("spoilt", encoding="utf-8")
    assert minping("demo", "--draws", 20).code == 0
    assert (empty_place / "demo" / "results" / "bundle-2016" / "ranks.csv").read_bytes() == before
    assert "spoilt" not in (empty_place / "demo" / "scheme.yaml").read_text(encoding="utf-8")


def test_a_folder_that_the_demo_did_not_make_is_left_as_it_is(minping: Run, empty_place: Path) -> None:
    own = empty_place / "demo"
    own.mkdir()
    (own / "notes.txt").write_text("mine", encoding="utf-8")
    ended = minping("demo")
    assert ended.code == 2 and "the demo did not make" in ended.err and "ANOTHER-DIR" in ended.err
    assert [path.name for path in own.iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_taken_and_another_may_be_named(minping: Run, empty_place: Path) -> None:
    (empty_place / "other").mkdir()
    assert minping("demo", "other", "--draws", 20).code == 0
    assert (empty_place / "other" / MARK).is_file() and not (empty_place / "demo").exists()


def test_without_draws_no_rank_is_shown(minping: Run) -> None:
    ended = minping("demo", "--draws", 0)
    assert ended.code == 0 and "no intervals, therefore no ranks" in ended.out and "rank interval" not in ended.out
