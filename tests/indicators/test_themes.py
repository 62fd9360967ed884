"""Themes of the simulated county: those it has, the one that grows, and nobody's words."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import numpy as np
import pytest

from minping.evidence import load_evidence
from minping.indicators import themes as module
from minping.indicators.themes import find_themes, grown
from minping.model.evidence import Codebook, Evidence
from minping.model.themes import Themes
from minping.simulation.county import simulate
from minping.simulation.requests import CATEGORIES, GROWING

PURITY = 0.9  #: of requests whose theme is of their category
GROWS = list(CATEGORIES)[GROWING]


def county(home: Path, seed: int, services: int = 16_000) -> Evidence:
    simulate(home, seed=seed, bodies=16, services=services)
    for name in ("surveys", "ratings", "offers", "effort"):
        (home / "evidence" / f"{name}.csv").unlink()
    return load_evidence(home, Codebook({}, records=("requests",)))


def found_in(evidence: Evidence, period: str = "2025", k: int = 10) -> Themes | None:
    return find_themes(evidence.records["requests"], evidence.bodies, period, k=k, seed=1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_themes_that_were_simulated_are_found_and_the_growing_one_alone_is_told(tmp_path: Path, seed: int) -> None:
    evidence = county(tmp_path, seed)
    themes = found_in(evidence)
    assert themes is not None
    pure = themes.by_category[:-1].max(axis=1).sum() / themes.by_category.sum()
    assert pure > PURITY and 8 <= len(themes.terms) <= 20 and themes.stability > 0.6
    mainly = [themes.categories[at] for at in themes.by_category[:-1].argmax(axis=1)]
    growing = {mainly[at] for at in np.flatnonzero(themes.growth.q <= 0.05)}
    assert growing == {GROWS}
    with (tmp_path / "evidence" / "requests.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert themes.by_month.sum() == themes.by_body.sum() == themes.by_category.sum() == len(rows)
    for at, month in enumerate(themes.months):
        assert themes.by_month[:, at].sum() == sum(row["opened_at"][:7] == month for row in rows)
    words = "".join(row["text"] for row in rows)
    assert all(word in words and not any(map(str.isdigit, word)) for terms in themes.terms for word in terms)
    places = {row["place"] for row in rows}
    assert not any(word in place for terms in themes.terms for word in terms for place in places if len(word) > 2)


def test_the_same_seed_gives_the_same_and_blocks_make_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = county(tmp_path, 4, 6000)
    first = found_in(evidence)
    monkeypatch.setattr(module, "BLOCK", 90)
    monkeypatch.setattr(module, "_AT_ONCE", 41)
    again = found_in(evidence)
    assert first is not None and again is not None and first.terms == again.terms
    for name in ("by_month", "by_body", "by_category"):
        assert (getattr(first, name) == getattr(again, name)).all()


def test_a_part_of_the_requests_tells_the_themes_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = county(tmp_path, 5)
    monkeypatch.setattr(module, "MOST_READ", 700)
    themes = found_in(evidence)
    assert themes is not None and themes.by_month.sum() > 1800
    assert themes.by_category[:-1].max(axis=1).sum() / themes.by_category.sum() > 0.75


def test_a_quarter_has_its_own_months_and_no_growth_without_a_past(tmp_path: Path) -> None:
    themes = found_in(county(tmp_path, 6), "2025Q2", 5)
    assert themes is not None and themes.months == ("2025-04", "2025-05", "2025-06")
    assert themes.growth.after == "2025-06" and themes.growth.before == ("2025-04", "2025-05")
    none = grown(np.ones((2, 1)), np.array([30.0]), ["2025-01"])
    assert none.after == "" and np.isnan(none.ratio).all()


def test_where_little_is_said_there_are_no_themes(tmp_path: Path) -> None:
    evidence = county(tmp_path, 7, 1000)
    assert found_in(evidence) is None and found_in(evidence, "1999") is None and found_in(evidence, "?") is None
    assert found_in(county(tmp_path / "more", 8, 6000), k=5000) is None


def test_odd_and_endless_texts_neither_fail_nor_take_long(tmp_path: Path) -> None:
    simulate(tmp_path, seed=9, bodies=4, services=4000)
    for name in ("surveys", "ratings", "offers", "effort"):
        (tmp_path / "evidence" / f"{name}.csv").unlink()
    path = tmp_path / "evidence" / "requests.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = lines[0].split(",").index("text")
    odd = ("电" * 100_000, "\x01\x1b[31m\u202e\ue000", "x" * 100_000, "\u2028" * 50)
    for row in range(1, 60):
        cells = lines[row].split(",")
        cells[at] = odd[row % len(odd)]
        lines[row] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    evidence = load_evidence(tmp_path, Codebook({}, records=("requests",)))
    started = time.process_time()
    themes = found_in(evidence)
    assert time.process_time() - started < 10
    assert themes is not None and themes.by_body[-1].sum() >= 59
