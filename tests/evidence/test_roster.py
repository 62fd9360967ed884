"""The roster: bodies alone, without any other evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.errors import EvidenceError
from minping.evidence.roster import read_roster


def put(folder: Path, name: str, text: str) -> None:
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "evidence" / name).write_text(text, encoding="utf-8")


def test_only_bodies_are_read(tmp_path: Path) -> None:
    put(tmp_path, "bodies.csv", "body,name,population,served\na,甲,1000,50\nb,乙,2000,\n")
    put(tmp_path, "ratings.csv", "nonsense\n1\n")
    bodies = read_roster(tmp_path)
    assert bodies.ids == ("a", "b") and bodies.covariates["population"].tolist() == [1000.0, 2000.0]
    assert bodies.covariates["served"][0] == 50.0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "missing-table"),
        ("body,name\n", "missing-table"),
        ("body,name\na,甲\na,乙\n", "duplicate-id"),
        ("body,nam\na,甲\n", "missing-column"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str | None, code: str) -> None:
    if text is not None:
        put(tmp_path, "bodies.csv", text)
    with pytest.raises(EvidenceError) as told:
        read_roster(tmp_path)
    assert code in [problem.code for problem in told.value.problems]
