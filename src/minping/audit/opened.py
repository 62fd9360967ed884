"""Opened: everything that the tests of a period look at, each part read once and only when a test asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from minping.audit.citizens.interviews import Interviews, open_interviews
from minping.audit.citizens.sources import Sources, open_sources
from minping.audit.frames import Frame, read_frame
from minping.audit.history import History, history_of
from minping.indicators.events import here
from minping.indicators.lags import last_day, months_of
from minping.model.arrays import Bools
from minping.model.evidence import Evidence
from minping.scheme.audit_rules import Audit
from minping.scheme.declared import Declared, declared
from minping.scheme.shape import Scheme


@contextmanager
def open_period(evidence: Evidence, period: str, scheme: Scheme | None) -> Iterator[Opened]:
    """Evidence of one period, until the end of the block."""
    if not evidence.records:
        yield Opened(evidence, period, scheme, None)
        return
    with here(next(iter(evidence.records.values()))) as engine:
        yield Opened(evidence, period, scheme, engine)


@dataclass
class Opened:
    """Evidence of one period, opened by an engine."""

    evidence: Evidence
    period: str
    scheme: Scheme | None
    engine: Any  #: DuckDB through Ibis; None where there is no table of events

    def has(self, table: str) -> bool:
        """Whether there is a row of a table."""
        if table == "official":
            return len(self.evidence.official.value) > 0
        if table == "terms":
            return len(self.evidence.terms.ids) > 0
        return table in self.evidence.records and self.evidence.records[table].rows > 0

    @property
    def bodies(self) -> int:
        """How many bodies, N."""
        return len(self.evidence.bodies.ids)

    @cached_property
    def rules(self) -> Audit:
        """The scheme's thresholds, or the usual ones."""
        return Audit() if self.scheme is None else self.scheme.audit

    @cached_property
    def declared(self) -> Mapping[str, Declared]:
        """What the scheme says of each official series; nothing without a scheme."""
        return {} if self.scheme is None else declared(self.scheme)

    @cached_property
    def ratings(self) -> Sources:
        """The ratings and offers."""
        return open_sources(self.engine, self.evidence, self.period)

    @cached_property
    def interviews(self) -> Interviews:
        """The interviews of surveys."""
        return open_interviews(self.engine, self.evidence, self.period)

    @cached_property
    def history(self) -> History:
        """The official figures of all periods and releases."""
        return history_of(self.evidence.official)

    @cached_property
    def _frames(self) -> dict[str, Frame]:
        return {}

    def frame(self, table: str) -> Frame:
        """All rows of a table of events as arrays, of whatever period; `KeyError` where there is no such table."""
        if table not in self._frames:
            self._frames[table] = read_frame(self.engine, self.evidence.records[table], self.evidence.bodies)
        return self._frames[table]

    @property
    def months(self) -> tuple[int, int]:
        """First and last month of the period, counted from year 0."""
        return months_of(self.period) or (1, 0)

    @property
    def end(self) -> np.datetime64:
        """The last day of the period."""
        return np.datetime64(last_day(self.period) or date(1, 1, 1), "D")

    @property
    def start(self) -> np.datetime64:
        """The first day of the period."""
        first, _ = self.months
        return np.datetime64(date(first // 12, first % 12 + 1, 1), "D")

    def inside(self, days: np.ndarray[Any, np.dtype[np.datetime64]]) -> Bools:
        """Which days or moments lie in the period; one that is not told does not."""
        return np.asarray((days >= self.start) & (days < self.end + np.timedelta64(1, "D")))
