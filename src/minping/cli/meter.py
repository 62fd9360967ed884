"""A progress bar with the time left, on a terminal only, and only for work that takes a while."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from minping.words import Lang, Text

PATIENCE_SECONDS = 1.0  #: shorter work shows nothing


class Meter:
    """A context manager; `step(stage, done, total)` moves the bar."""

    def __init__(self, lang: Lang, quiet: bool = False) -> None:
        """Show nothing when quiet or when standard error is no terminal."""
        self.lang, self.shown = lang, not quiet and sys.stderr.isatty()
        self.started = time.monotonic()
        self.bar: Any = None
        self.tasks: dict[str, Any] = {}

    def step(self, stage: Text, done: int, total: int) -> None:
        """`done` of `total` of a stage."""
        if not self.shown or (self.bar is None and time.monotonic() - self.started < PATIENCE_SECONDS):
            return
        name = stage.say(self.lang)
        if self.bar is None:
            self._open()
        if name not in self.tasks:
            self.tasks[name] = self.bar.add_task(name, total=total)
        self.bar.update(self.tasks[name], completed=done, total=total)

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self.bar.start()

    def __enter__(self) -> Meter:
        """Start the clock."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()
