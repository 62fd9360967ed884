"""`minping explain`: from the score down to the rows."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_explain_drills_beijing_down_to_its_rows(minping: Run, green: Path) -> None:
    ended = minping("explain", green, "北京", "--draws", 200)
    assert ended.code == 0, ended.err
    assert "83.70" in ended.out
    assert "evidence/official.csv:" in ended.out
    row = next(line for line in ended.out.splitlines() if "official.csv:" in line and "82.92" in line)
    number = int(row.split("official.csv:")[1].split(" ")[0])
    line = (green / "evidence" / "official.csv").read_text(encoding="utf-8").splitlines()[number - 1]
    assert line.startswith("北京") and "82.92" in line


def test_explain_takes_names_in_either_language(minping: Run, green: Path) -> None:
    assert minping("explain", green, "Beijing", "resource", "--draws", 0).code == 0
    assert "82.92" in minping("--lang", "zh", "explain", green, "北京", "resource", "--draws", 0).out


def test_an_unknown_body_or_node_names_the_nearest(minping: Run, green: Path) -> None:
    ended = minping("explain", green, "Beijin", "--draws", 0)
    assert ended.code == 2 and "did you mean Beijing?" in ended.err
    ended = minping("explain", green, "北京", "resourse", "--draws", 0)
    assert ended.code == 2 and "did you mean resource?" in ended.err


def test_explain_as_json_is_a_tree(minping: Run, green: Path) -> None:
    tree = json.loads(minping("explain", green, "北京", "--draws", 0, "--json").out)
    assert tree["node"]["id"] == "total"
    assert sum(child["contribution"] for child in tree["children"] if child["contribution"]) == tree["contribution"]
