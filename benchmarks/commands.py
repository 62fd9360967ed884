"""Commands: CPU seconds of whole `minping` processes: --help, run on the 31 provinces, the audit of the example county."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import ROOT, Child, child


def minping(*arguments: str | Path, home: Path) -> Child:
    """Run the command line in a process of its own."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["MINPING_HOME"] = str(home)
    return child([sys.executable, "-m", "minping", *arguments], env=environment)


def measure(draws: int, repeats: int) -> dict[str, tuple[float, float]]:
    """Command -> CPU seconds (median) and peak megabytes."""
    with tempfile.TemporaryDirectory(prefix="minping-bench-") as made:
        home = Path(made)
        green = home / "green"
        minping("new", green, "--scheme", "green-2016", "--with-example", home=home)
        commands: dict[str, tuple[str | Path, ...]] = {
            "minping --help": ("--help",),
            f"minping run, 31 provinces, {draws:,} draws, report": ("run", green, "--draws", str(draws), "--quiet"),
            "minping audit of the example county": ("audit", ROOT / "examples" / "county"),
        }
        found = {}
        for name, arguments in commands.items():
            minping(*arguments, home=home)  # not counted: Python writes its compiled files
            ended = [minping(*arguments, home=home) for _ in range(repeats)]
            found[name] = (statistics.median(one.seconds for one in ended), max(one.megabytes for one in ended))
        return found
