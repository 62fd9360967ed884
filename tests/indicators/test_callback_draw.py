"""A draw of non-raters: who is on the list, how many of each stratum, and that it can be replayed by hand."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

from minping.errors import EvidenceError
from minping.evidence import load_evidence
from minping.indicators.callback_draw import Allocation, Drawn, by_body, draw_callbacks, spread
from minping.model.evidence import Codebook, Evidence
from tests.indicators.test_callbacks import drawn as made
from tests.indicators.test_callbacks import put

IDS = {"b1": "b1", "乙镇": "b2", "Town C": "b3"}


def county(home: Path, seed: int = 1) -> tuple[Evidence, dict[str, tuple[str, str]]]:
    """Evidence, and body and channel of every silent case of 2025H1 by plain code."""
    served, rated, _ = made(seed)
    for row in served:
        row["phone"] = "13800000000"
    put_only(home, served, rated)
    spoken = {row["case"] for row in rated if row["status"] != "defaulted"}
    silent = {
        row["case"]: (IDS[row["body"]], row["channel"])
        for row in served
        if row["case"] not in spoken and int(row["completed_on"][5:7]) <= 6
    }
    return load_evidence(home, Codebook({}, records=("cases", "ratings"))), silent


def put_only(home: Path, served: list[dict[str, str]], rated: list[dict[str, str]]) -> None:
    from contextlib import suppress

    with suppress(EvidenceError):  # without callbacks, which `put` asks for
        put(home, {"cases": served, "ratings": rated})


def chosen(found: Drawn, evidence: Evidence) -> dict[str, tuple[str, str]]:
    columns = (found.cases[name].to_pylist() for name in ("case", "body", "channel"))
    return {case: (evidence.bodies.ids[body], channel) for case, body, channel in zip(*columns, strict=True)}


def test_the_drawn_are_the_smallest_hashes_of_each_stratum(tmp_path: Path) -> None:
    evidence, silent = county(tmp_path)
    found = draw_callbacks(evidence, "2025H1", size=60, seed=42)
    strata: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case, stratum in silent.items():
        strata[stratum].append(case)
    picked = chosen(found, evidence)
    assert len(picked) == 60 and Counter(body for body, _ in picked.values()) == {"b1": 20, "b2": 20, "b3": 20}
    for stratum, cases in strata.items():
        ordered = sorted(cases, key=lambda case: hashlib.sha256(f"42:{case}".encode()).hexdigest())
        mine = {case for case, of in picked.items() if of == stratum}
        assert mine == set(ordered[: len(mine)]) and len(mine) >= 2
    lines = "".join(f"{case}\t{body}\t{channel}\n" for case, (body, channel) in sorted(silent.items()))
    assert found.frame == hashlib.sha256(lines.encode()).hexdigest()
    assert found.strata.silent.sum() == len(silent)


def test_the_same_seed_draws_the_same_and_another_one_others(tmp_path: Path) -> None:
    evidence, _ = county(tmp_path)
    one, again, other = (draw_callbacks(evidence, "2025H1", size=50, seed=seed).cases for seed in (3, 3, 4))
    assert one.equals(again) and set(one["case"].to_pylist()) != set(other["case"].to_pylist())


def test_every_silent_case_is_drawn_as_often_as_its_probability_says(tmp_path: Path) -> None:
    evidence, silent = county(tmp_path)
    counts: Counter[str] = Counter()
    runs, half = 8, len(silent) // 2
    for seed in range(runs):
        found = draw_callbacks(evidence, "2025H1", size=half, seed=seed, allocation="proportional")
        counts.update(found.cases["case"].to_pylist())
    expected = runs * half / len(silent)
    assert set(counts) <= set(silent) and len(counts) > 0.97 * len(silent)
    spread_found = np.var([counts[case] for case in silent])
    assert spread_found == pytest.approx(expected * (1 - expected / runs), rel=0.3)


@pytest.mark.parametrize("allocation", ["bodies", "proportional", "optimum"])
def test_every_allocation_gives_the_size_and_never_more_than_there_are(tmp_path: Path, allocation: Allocation) -> None:
    evidence, silent = county(tmp_path)
    for size in (100, 10_000):
        found = draw_callbacks(evidence, "2025H1", size=size, seed=1, allocation=allocation)
        assert found.cases.num_rows == found.strata.drawn.sum() == min(size, len(silent))
        assert (found.strata.drawn <= found.strata.silent).all()
    rated, quiet, drawn = by_body(found.strata, 3)
    assert (drawn == quiet).all() and rated.sum() > 0 and 10 < spread(found.strata) < 50


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    evidence, silent = county(tmp_path)
    told: list[tuple[int, int]] = []
    draw_callbacks(evidence, "2025H1", size=5, seed=1, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(silent), len(silent))


@pytest.mark.parametrize(
    ("period", "size", "code"),
    [
        ("2025-13", 5, "unknown-period"),
        ("2019", 5, "nobody-silent"),
        ("2025", 0, "bad-size"),
        ("2025", 10**9, "bad-size"),
    ],
)
def test_what_cannot_be_drawn_is_told(tmp_path: Path, period: str, size: int, code: str) -> None:
    evidence, _ = county(tmp_path)
    with pytest.raises(EvidenceError) as told:
        draw_callbacks(evidence, period, size=size, seed=1)
    assert told.value.problems[0].code == code


def test_a_list_is_drawn_from_once(tmp_path: Path) -> None:
    served, rated, called = made(2)
    evidence = put(tmp_path, {"cases": served, "ratings": rated, "callbacks": called})
    with pytest.raises(EvidenceError) as told:
        draw_callbacks(evidence, "2025", size=5, seed=1)
    assert told.value.problems[0].code == "drawn-before"


def test_without_a_list_of_cases_it_says_what_is_needed(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "bodies.csv").write_text("body,name\nb1,甲\n", encoding="utf-8")
    (tmp_path / "evidence" / "ratings.csv").write_text(
        "case,body,rated_on,level\n1,b1,2025-01-01,5\n", encoding="utf-8"
    )
    evidence = load_evidence(tmp_path, Codebook({}, records=("ratings",)))
    with pytest.raises(EvidenceError) as told:
        draw_callbacks(evidence, "2025", size=5, seed=1)
    assert told.value.problems[0].code == "missing-table" and "cases" in told.value.problems[0].found.en
