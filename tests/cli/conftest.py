"""A command line in the same process: what it printed and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from minping.cli import main


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def minping(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `minping …` in English, with a home of its own."""
    monkeypatch.setenv("MINPING_LANG", "en")
    monkeypatch.setenv("MINPING_HOME", str(tmp_path / "home"))

    def run(*arguments: object) -> Ended:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, printed.out, printed.err)

    return run


@pytest.fixture
def green(minping: Run, tmp_path: Path) -> Path:
    """A folder with the six-dimension form of green-2016 and the official figures of 31 provinces."""
    folder = tmp_path / "green"
    assert minping("new", folder, "--scheme", "green-2016", "--with-example").code == 0
    return folder
