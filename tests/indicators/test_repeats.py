"""Requests said again: against comparing all with all, and against what was planted."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from minping.evidence import load_evidence
from minping.indicators import repeats
from minping.indicators.events import engine
from minping.indicators.repeats import said_again
from minping.model.evidence import Codebook, Evidence
from minping.simulation.county import simulate

COLUMNS = ("request", "body", "opened_at", "closed_at", "category", "place", "text")
SAID = "小区东门路灯整排不亮，晚上看不见路，请尽快派人修理"
Row = tuple[str, ...]


def loaded(home: Path, rows: list[Row]) -> Evidence:
    folder = home / "evidence"
    folder.mkdir(parents=True)
    (folder / "bodies.csv").write_text("body,name\nA,甲\nB,乙\n", encoding="utf-8")
    with (folder / "requests.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return load_evidence(home, Codebook({}, records=("requests",)))


def again(evidence: Evidence) -> list[str]:
    with engine() as opened:
        return said_again(opened, evidence.records["requests"], evidence.bodies, 30)


@pytest.mark.parametrize(
    ("second", "is_again"),
    [
        (("A", "2025-03-20", "", "停车", "东门", SAID + "。"), True),
        (("A", "2025-03-20", "", "照明", "", f"  {SAID}！！再"), True),
        (("A", "2025-03-20", "", "照明", "西门", SAID), False),  # another place
        (("B", "2025-03-20", "", "照明", "东门", SAID), False),  # another body
        (("A", "2025-05-20", "", "照明", "东门", SAID), False),  # much later
        (("A", "2025-03-20", "", "照明", "东门", SAID.replace("一排", "") + "，3号楼"), False),  # of another number
        (("A", "2025-03-20", "", "照明", "东门", "小区东门物业收费不公开，请有关部门核实处理后答复"), False),
        (("A", "2025-03-20", "", "照明", "东门", ""), False),
        (("A", "2025-02-20", "", "照明", "东门", SAID), False),  # it came before; see below
    ],
)
def test_what_is_said_again(tmp_path: Path, second: Row, is_again: bool) -> None:
    evidence = loaded(tmp_path, [("1", "A", "2025-03-01", "2025-03-10", "照明", "东门", SAID), ("2", *second)])
    came_before = second[1] < "2025-03"
    assert again(evidence) == (["2"] if came_before else ["1"] if is_again else [])


def test_short_words_are_no_repeat(tmp_path: Path) -> None:
    rows = [(str(at), "A", f"2025-03-0{at}", "", "停水", "", "又停水了！" + "！" * 20) for at in range(1, 5)]
    assert again(loaded(tmp_path, rows)) == []


def test_without_texts_nothing_is_said_again(tmp_path: Path) -> None:
    evidence = loaded(tmp_path, [("1", "A", "2025-03-01", "", "", "", ""), ("2", "A", "2025-03-02", "", "", "", "")])
    assert again(evidence) == []


def test_blocks_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    simulate(tmp_path, seed=11, bodies=4, services=9000)
    (tmp_path / "evidence" / "surveys.csv").unlink()
    evidence = load_evidence(tmp_path, Codebook({}, records=("requests",)))
    whole = again(evidence)
    monkeypatch.setattr(repeats, "BLOCK", 100)
    monkeypatch.setattr(repeats, "_AT_ONCE", 37)
    assert whole and again(evidence) == whole


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nearly_all_that_was_copied_is_found_and_hardly_anything_else(tmp_path: Path, seed: int) -> None:
    truth = simulate(tmp_path, seed=seed, bodies=12, services=20_000)
    (tmp_path / "evidence" / "surveys.csv").unlink()
    evidence = load_evidence(tmp_path, Codebook({}, records=("requests",)))
    found = set(again(evidence))
    with (tmp_path / "evidence" / "requests.csv").open(encoding="utf-8") as file:
        rows = {row["request"]: row for row in csv.DictReader(file)}
    copied = {truth.again[later] for later in truth.copied}
    assert len(copied & found) / len(copied) > 0.95
    matter = {row: other for other, row in truth.again.items()}
    strangers = [row for row in found - copied if row not in matter and rows[row]["request"] not in truth.again]
    assert len(strangers) / len(found) < 0.05


@pytest.mark.parametrize("odd", ["\x01\x1b[31m" * 5 + SAID, SAID + "\u202e\ufeff", "电" * 100_000, SAID * 5000])
def test_odd_and_endless_texts_neither_fail_nor_take_long(tmp_path: Path, odd: str) -> None:
    rows = [(str(at), "A", f"2025-03-{at + 10}", "", "照明", "东门", odd) for at in range(10)]
    evidence = loaded(tmp_path, rows)
    started = time.process_time()
    found = again(evidence)
    assert time.process_time() - started < 2
    assert found == [str(at) for at in range(9)]
