"""Measuring: CPU seconds of a call (median of several) and of a child process, with its peak memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".venv-bench" / "bin" / "python"  #: where the other tools are installed, apart from ours

BALANCE = ROOT / ".venv-bench-balance" / "bin" / "python"  #: where balance is, which wants another numpy


class Line(NamedTuple):
    """One measured figure."""

    question: str
    tool: str
    size: str
    seconds: float  #: CPU seconds, median
    megabytes: float | None = None  #: peak of the process
    limit: float | None = None  #: CPU seconds allowed
    limit_mb: float | None = None
    note: str = ""

    @property
    def is_within(self) -> bool:
        """Whether it keeps its limits."""
        slow = self.limit is not None and self.seconds > self.limit
        large = self.limit_mb is not None and (self.megabytes or 0.0) > self.limit_mb
        return not slow and not large


class Ratio(NamedTuple):
    """How one tool compares with another at a question; both measured in the same process, turn by turn."""

    question: str
    ours: float
    peer: str
    theirs: float
    at_most: float  #: of ours to theirs

    @property
    def is_within(self) -> bool:
        """Whether ours is as much faster as it was set."""
        return self.ours <= self.at_most * self.theirs


class Check(NamedTuple):
    """The standard error that a tool gives, beside ours and the jackknife's."""

    tool: str
    se: float
    ours: float
    jackknife: float


def side_by_side(calls: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Median CPU seconds of each call; the calls take turns, after one turn that isn't counted."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(repeats + 1):
        for name, call in calls.items():
            start = time.process_time()
            call()
            if turn:
                taken[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


class Child(NamedTuple):
    """A process that ended."""

    out: str
    seconds: float
    megabytes: float


def child(command: Sequence[str | Path], **options: Any) -> Child:
    """Run a program to its end.

    Raises:
        RuntimeError: it failed.
    """
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True, **options)
    assert process.stdout is not None
    said = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: ended with {process.returncode}")
    return Child(said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def child_json(module: str, *arguments: str, python: Path | None = None) -> Any:
    """What a module of this package prints as JSON, run in a process of its own."""
    done = child([python or sys.executable, "-W", "ignore", "-m", module, *arguments], cwd=ROOT)
    return json.loads(done.out.splitlines()[-1])
