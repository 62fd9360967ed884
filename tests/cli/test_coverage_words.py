"""Who can vouch for figures, on the terminal and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.publication.evaluations import evaluation_in


def test_the_terminal_and_json_tell_the_same(minping: Run, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    evaluation_in(folder)
    said = minping("audit", folder, "--period", "2016")
    assert said.code == 0 and "Who can vouch for the figures" in said.out
    assert "100% self-reported alone" in said.out and "self-reported alone: requests solved" in said.out.replace(
        "\n", " "
    )
    told = json.loads(minping("audit", folder, "--period", "2016", "--json").out)["coverage"]
    assert {one["id"]: one["standing"] for one in told["indicators"]}["growth"] == "alone"
    assert set(told["resting"]["b00"]) == {"independent", "checked", "named", "alone"}
    assert told["reporting"]["cells"] == told["reporting"]["indicators"] * told["reporting"]["bodies"] == 20
    assert abs(told["by_type"]["all"]["alone"] - 1) < 1e-9


def test_a_long_list_is_cut(minping: Run, tmp_path: Path, monkeypatch: object) -> None:
    from minping.cli import coverage_words

    folder = tmp_path / "small"
    folder.mkdir()
    evaluation_in(folder)
    monkeypatch.setattr(coverage_words, "MOST_SHOWN", 2)  # type: ignore[attr-defined]
    assert "… 4 in all, see --json" in minping("audit", folder, "--period", "2016").out.replace("\n", " ")
