"""`minping callback`: draw, write, replay; and the filled-in file goes back as evidence."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.slow  # counties are simulated, audited or run

SCHEME = """\
id: silent
version: 1
title: {zh: 好差评与回访, en: Ratings and call-backs}
authority: {issuer: 市政务服务管理局}
weights: {method: equal}
publish: {k: 5}
indicators:
  - {id: all, title: {zh: 全部办事群众满意率, en: Satisfied of all served}, unit: "%", direction: higher, from: {ratings: share_satisfied, callbacks: true}, normalise: {method: goalposts, floor: 0, target: 100, reason: 满意率}}
  - {id: raters, title: {zh: 好评率, en: Satisfied raters}, unit: "%", direction: higher, counts: false, from: {ratings: share_satisfied}}
"""


@pytest.fixture
def county(minping: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    assert minping("simulate", folder, "--services", 1500, "--bodies", 4, "--callbacks", 0).code == 0
    (folder / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_draw_is_written_with_its_probabilities_and_replayed(minping: Run, county: Path) -> None:
    ended = minping("callback", county, "--size", 120, "--seed", 7)
    assert ended.code == 0 and "120 are drawn" in ended.out and "next: somebody independent calls" in ended.out
    file, method = county / "callback-2025.csv", json.loads((county / "callback-2025.json").read_text(encoding="utf-8"))
    rows = rows_of(file)
    assert len(rows) == 120 and {row["seed"] for row in rows} == {"7"}
    strata = {one["stratum"]: one for one in method["strata"]}
    for row in rows:
        assert float(row["probability"]) == pytest.approx(strata[row["stratum"]]["probability"])
        assert int(row["stratum_size"]) == strata[row["stratum"]]["silent"] and row["frame"] == method["frame_sha256"]
        assert row["outcome"] == row["level"] == row["called_on"] == ""
    before = file.read_bytes()
    assert minping("callback", county, "--size", 120, "--seed", 7).code == 0 and file.read_bytes() == before
    assert not list(county.glob(".*.part"))


def test_a_file_that_was_filled_in_is_not_overwritten(minping: Run, county: Path) -> None:
    minping("callback", county, "--size", 60, "--seed", 7)
    file = county / "callback-2025.csv"
    file.write_text(file.read_text(encoding="utf-8") + "x\n", encoding="utf-8")
    ended = minping("callback", county, "--size", 60, "--seed", 7)
    assert (
        ended.code == 2
        and "somebody may have filled it in" in ended.err
        and file.read_text(encoding="utf-8").endswith("x\n")
    )
    assert minping("callback", county, "--size", 60, "--seed", 8, "--out", county / "other.csv").code == 0


def test_the_file_filled_in_is_evidence_and_the_run_uses_it(minping: Run, county: Path) -> None:
    minping("callback", county, "--size", 160, "--seed", 7)
    rows = rows_of(county / "callback-2025.csv")
    for at, row in enumerate(rows):
        outcome = ("reached", "reached", "reached", "refused")[at % 4]
        row |= {"called_on": "2026-01-20", "outcome": outcome, "level": str(at % 5 + 1) if outcome == "reached" else ""}
    with (county / "evidence" / "callbacks.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    checked = minping("check", county)
    assert checked.code == 0, checked.err
    told = json.loads(minping("run", county, "--draws", 20, "--json").out)
    assert told
    values = rows_of(next((county / "results").glob("bundle-*")) / "values.csv")
    figure = {(row["body"], row["indicator"]): float(row["value"]) for row in values if row["value"]}
    bodies = {body for body, _ in figure}
    assert len(bodies) == 4 and all(figure[body, "all"] < figure[body, "raters"] for body in bodies)
    again = minping("callback", county, "--size", 10, "--seed", 1, "--out", county / "again.csv")
    assert again.code == 2 and "were drawn for a call-back before" in again.err


def test_json_tells_the_method_and_the_power(minping: Run, county: Path) -> None:
    told = json.loads(minping("callback", county, "--size", 120, "--seed", 7, "--allocation", "optimum", "--json").out)
    assert told["drawn"] == 120 and told["allocation"] == "optimum"
    power = {row["difference"]: row for row in told["power"]}
    assert (
        power[20.0]["chance_of_all_together"]
        > power[5.0]["chance_of_all_together"]
        > power[3.0]["chance_of_all_together"]
    )
    assert power[20.0]["calls_of_all_together"] < power[10.0]["calls_of_all_together"]


def test_it_is_said_in_chinese(minping: Run, county: Path) -> None:
    ended = minping("--lang", "zh", "callback", county, "--size", 30, "--seed", 7)
    assert "抽取 30 件" in ended.out and "接下来：由独立机构回访" in ended.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--size", 0, "--seed", 1), "size: 0"),
        (("--size", 5), "--seed"),
        (("--size", 5, "--seed", 1, "--period", "2019"), "no case of 2019"),
        (("--size", 5, "--seed", 1, "--period", "soon"), "no period soon"),
        (("--size", 5, "--seed", 1, "--reach", "200%"), "200% is no share"),
    ],
)
def test_what_cannot_be_drawn_is_told(minping: Run, county: Path, options: tuple[object, ...], said: str) -> None:
    ended = minping("callback", county, *options)
    assert ended.code == 2 and said in ended.err and "Traceback" not in ended.err
    assert not list(county.glob("callback-*"))
