"""The result of an evaluation: one frozen record, its tables for any data-frame library, its own explanation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from minping.errors import Problem
from minping.model.evidence import Evidence
from minping.model.scores import Intervals, Proposal, Scores
from minping.model.values import Values
from minping.scheme.read import SchemeFile
from minping.scoring import tables
from minping.scoring.explain import Explanation, explain
from minping.words import Lang

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scheme and evidence, and everything that follows from them for one period."""

    scheme_file: SchemeFile
    evidence: Evidence
    values: Values
    period: str
    scores: Scores
    intervals: Intervals | None  #: None where no draws were asked for
    grades: tuple[Proposal, ...]  #: (N,); empty where the scheme has no grades
    history: Mapping[str, Scores]  #: every period with figures, this one included
    problems: tuple[Problem, ...] = ()  #: warnings of the evidence and findings of the linter

    @property
    def scheme(self):  # type: ignore[no-untyped-def]
        """The scheme."""
        return self.scheme_file.scheme

    def table(self, name: str) -> pa.Table:
        """A table by name (see `tables`), as Arrow: pandas, polars and duckdb read it as it is."""
        return TABLES[name](self)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(TABLES)

    def explain(self, body: str, node: str = "total") -> Explanation:
        """Why a body has its points on a node, down to the rows of evidence."""
        return explain(self, body, node)
