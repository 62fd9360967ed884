"""The command line as a whole: help, languages, exit codes, no tracebacks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from minping.cli import COMMANDS
from tests.cli.conftest import Run


def test_help_lists_every_command_in_both_languages(minping: Run) -> None:
    english, chinese = minping("--help").out, minping("--lang", "zh", "--help").out
    for name, (_, words) in COMMANDS.items():
        assert name in english and words.en in english
        assert name in chinese and words.zh in chinese
    assert "用法" in chinese and "Usage" not in chinese


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_in_both_languages(minping: Run, name: str) -> None:
    assert "Usage" in minping(name, "--help").out
    assert "用法" in minping("--lang", "zh", name, "--help").out


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from minping.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'pyarrow', 'pydantic', 'openpyxl', 'rich', 'docxtpl', 'yaml', 'jinja2'} & set(sys.modules)\n"
        "sys.exit(','.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_misspelt_command_names_the_nearest(minping: Run) -> None:
    ended = minping("expain")
    assert ended.code == 2
    assert "did you mean explain?" in ended.err


def test_a_folder_that_is_not_there_is_said_so(minping: Run, tmp_path: Path) -> None:
    (tmp_path / "green").mkdir()
    ended = minping("run", tmp_path / "gren")
    assert ended.code == 2
    assert "no folder" in ended.err and "did you mean green?" in ended.err
    assert "Traceback" not in ended.err


def test_a_bug_of_ours_is_said_to_be_one(minping: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minping.cli.schemes.console", lambda: 1 / 0)
    ended = minping("schemes")
    assert ended.code == 70
    assert "bug of ours" in ended.err and "ZeroDivisionError" in ended.err


def test_an_interrupt_leaves_nothing(minping: Run, green: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("minping.pipeline.draw_scores", interrupted)
    ended = minping("run", green)
    assert ended.code == 130
    assert not (green / "results").exists() or not list((green / "results").iterdir())


def test_schemes_are_listed_for_people_and_for_scripts(minping: Run) -> None:
    assert "green-2016" in minping("schemes").out
    rows = json.loads(minping("schemes", "--json").out)
    assert {"green-2016", "five-concepts-plus", "unit-annual", "hdi"} <= {row["id"] for row in rows}


def test_the_json_schema_describes_keys_and_methods(minping: Run) -> None:
    schema = json.loads(minping("schemes", "--json-schema").out)
    assert "goalposts" in schema["$defs"]["Normalise"]["properties"]["method"]["enum"]
    assert "in" in schema["$defs"]["Indicator"]["properties"]


def test_brackets_in_names_are_no_markup(minping: Run, tmp_path: Path) -> None:
    folder = tmp_path / "br[/x] a[b]c"
    ended = minping("new", folder, "--scheme", "green-2016", "--with-example")
    assert ended.code == 0 and "br[/x] a[b]c is ready" in ended.out
    bodies = folder / "evidence" / "bodies.csv"
    bodies.write_text(bodies.read_text(encoding="utf-8").replace("Beijing", "Bei[red]jing[/b]"), encoding="utf-8")
    ended = minping("run", folder, "--draws", 9)
    assert ended.code == 0 and "Bei[red]jing[/b]" in ended.out


@pytest.mark.parametrize(
    "command",
    [("demo", "FILE"), ("new", "FILE/x", "--scheme", "hdi"), ("run", "FILE/x"), ("run", ".", "--seed", "9" * 30)],
)
def test_what_cannot_be_is_bad_input_and_no_bug(minping: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "file").touch()
    ended = minping(*(part.replace("FILE", str(tmp_path / "file")) for part in command))
    assert ended.code == 2 and "bug" not in ended.err
