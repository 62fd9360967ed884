"""The county of `examples/`: its published values beside what is true of it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.false_discoveries import LOOKS_FOR
from tests.cli.conftest import Run
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
COUNTY = ROOT / "examples" / "county"
#: indicator -> what it should be, by truth.csv
ASKED = {
    "responded": ("requests", "response_rate"),
    "solved": ("requests", "solved_rate"),
    "pleased": ("requests", "satisfied_rate"),
    "within": ("requests", "closed_within"),
    "C1": ("satisfied", "share_satisfied"),
    "C2": ("requests", "solved_rate"),
}
Rows = list[dict[str, str]]


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def truth() -> dict[tuple[str, str, str], float]:
    return {(row["body"], row["of"], row["measure"]): float(row["value"]) for row in rows(COUNTY / "truth.csv")}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("county")


def published(minping: Run, home: Path, scheme: str) -> Path:
    out = home / scheme
    if not out.exists():
        ended = minping("run", COUNTY / scheme, "--draws", 50, "--out", out, "--quiet")
        assert ended.code == 0, ended.err
    return out / "bundle-2025"


@pytest.mark.parametrize("scheme", ["scheme.yaml", "citizens.yaml"])
def test_most_intervals_hold_the_truth_where_nearly_everybody_may_speak(minping: Run, home: Path, scheme: str) -> None:
    true, held = truth(), []
    for row in rows(published(minping, home, scheme) / "values.csv"):
        if row["indicator"] in ASKED and row["value"]:
            value = true[row["body"], *ASKED[row["indicator"]]]
            held.append(float(row["low"]) <= value <= float(row["high"]))
    assert len(held) > 40 and np.mean(held) > 0.88


def test_ratings_flatter_and_only_the_bounds_for_the_silent_hold(minping: Run, home: Path) -> None:
    true, told = truth(), json.loads((COUNTY / "truth.json").read_text(encoding="utf-8"))
    abused = {body for kind in told["planted"].values() for body in kind["bodies"]}
    silence = rows(published(minping, home, "scheme.yaml") / "silence.csv")
    off = []
    for row in silence:
        value = true[row["body"], "ratings", "share_satisfied"]
        off.append(float(row["share"]) - value)
        if row["body"] not in abused:
            assert float(row["low"]) <= value <= float(row["high"]), row
    assert np.mean(off) > 1.0 and len(silence) - len(abused) > 8


def test_the_citizens_scheme_is_the_block_of_five_concepts_plus(minping: Run) -> None:
    ended = minping("lint", COUNTY / "citizens.yaml")
    assert ended.code == 0, ended.out
    block = (COUNTY / "citizens.yaml").read_text(encoding="utf-8").partition("indicators:\n")[2].splitlines()
    whole = (ROOT / "src/minping/schemes/five-concepts-plus/scheme.yaml").read_text(encoding="utf-8").splitlines()
    assert {line for line in block if "weight:" not in line} <= set(whole)
    assert sum("- id:" in line for line in block) == sum("in: people" in line for line in whole) == 3


def test_bundles_of_two_schemes_in_one_folder_lie_apart(minping: Run, tmp_path: Path) -> None:
    assert minping("simulate", tmp_path / "c", "--bodies", 6, "--services", 3000).code == 0
    for scheme in ("", "citizens.yaml"):
        ended = minping("run", tmp_path / "c" / scheme, "--draws", 0, "--json")
        assert ended.code == 0, ended.err
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("bundle-*"))
    assert found == ["c/results/bundle-2025", "c/results/citizens/bundle-2025"]
    verified = minping("verify", tmp_path / found[1], "--rerun", "--evidence", tmp_path / "c")
    assert verified.code == 0, verified.err


def test_what_was_planted_in_works_ends_below_the_rest(minping: Run, home: Path) -> None:
    told = json.loads((COUNTY / "truth.json").read_text(encoding="utf-8"))["irregular"]
    planted = {case["body"] for kind in ("formalism", "vanity") for case in told[kind]}
    scores = {
        row["body"]: float(row["points"])
        for row in rows(published(minping, home, "governing.yaml") / "scores.csv")
        if row["node"] == "total"
    }
    honest = [score for body, score in scores.items() if body not in planted]
    assert len(scores) == 24 and max(scores[body] for body in planted) < np.median(honest)


def test_the_audit_lists_every_kind_that_was_planted_with_its_rows(minping: Run) -> None:
    ended = minping("audit", COUNTY, "--json")
    told, irregular = (
        json.loads(ended.out),
        json.loads((COUNTY / "truth.json").read_text(encoding="utf-8"))["irregular"],
    )
    assert ended.code == 0
    found: dict[str, set[str]] = {}
    for one in told["findings"]:
        for kind in LOOKS_FOR.get(one["suspicion"], ()):
            found.setdefault(kind, set()).update({one["body"], one["about"]})
    missed = {kind: {case["body"] for case in cases} - found.get(kind, set()) for kind, cases in irregular.items()}
    assert len(missed) >= 27 and not {kind: bodies for kind, bodies in missed.items() if bodies}
    lines = {file: len((COUNTY / file).read_text(encoding="utf-8").splitlines()) for file in files_of(told["findings"])}
    for one in told["findings"]:
        places = [place.rpartition(":")[::2] for place in (*one["sample"], *one["beside"])]
        assert all(2 <= int(row) <= lines[file] for file, row in places)
        assert one["sample"] or one["suspicion"] in ("benford", "blocked", "uninvited")  # no single row is at fault
        assert one["innocent"]["zh"] and one["check"]["en"] and one["grade"] in ("E1", "E2", "E3")


def files_of(findings: list[dict[str, list[str]]]) -> set[str]:
    return {place.rpartition(":")[0] for one in findings for place in (*one["sample"], *one["beside"])}
