"""The result of an evaluation: one frozen record, its tables for any data-frame library, its own explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from minping.errors import Problem
from minping.indicators.lags import last_day
from minping.model.evidence import Evidence
from minping.model.findings import Findings
from minping.model.scores import Intervals, Proposal, Scores
from minping.model.themes import Alignment, Themes
from minping.model.values import Values
from minping.scheme.lint import LintReport, lint
from minping.scheme.read import SchemeFile
from minping.scheme.shape import Scheme
from minping.scoring.beside import Beside
from minping.scoring.divergence import Divergence
from minping.scoring.explain import Explanation, explain
from minping.scoring.outlook import outlook
from minping.scoring.plan import TOTAL
from minping.scoring.tables import TABLES, as_arrow

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
    history: Mapping[str, Scores]  #: every period with enough figures, this one included
    problems: tuple[Problem, ...] = ()  #: warnings of the evidence
    themes: Themes | None = None  #: of the requests of the period; None without texts
    alignment: Alignment | None = None  #: of requests and effort; None where either is missing
    findings: Findings | None = None  #: internal; None where the scheme has no audit, or citizens said nothing
    beside: Beside = field(default_factory=Beside)  #: scores with and without what findings concern
    divergence: Divergence | None = None  #: of what offices report and what citizens say; None without both, or draws

    @property
    def scheme(self) -> Scheme:
        """The scheme."""
        return self.scheme_file.scheme

    @property
    def linted(self) -> LintReport:
        """What the linter says of the scheme and this period's data; waivers must hold at the period's end."""
        figures = outlook(self.scheme, self.evidence, self.values, self.scores)
        return lint(self.scheme_file, figures, on=last_day(self.period))

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(TABLES)

    def table(self, name: str) -> pa.Table:
        """A table by name (see `tables`), as Arrow: pandas, polars and DuckDB read it as it is."""
        return as_arrow(TABLES[name](self))

    def explain(self, body: str, node: str = TOTAL) -> Explanation:
        """Why a body has its points on a node, down to the rows of evidence."""
        return explain(self, body, node)

    def _repr_html_(self) -> str:
        """The ranking as a small table, for notebooks."""
        shown = ("rank", "name", "score", "score_lo", "score_hi", "rank_lo", "rank_hi", "tier", "grade")
        columns = TABLES["ranks"](self)
        rows = zip(*(list(columns[name]) for name in shown), strict=True)
        head = "".join(f"<th>{name}</th>" for name in shown)
        body = "".join("<tr>" + "".join(f"<td>{_said(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        title = escape(f"{self.scheme.title.text.zh} · {self.period}")
        return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _said(cell: object) -> str:
    return f"{cell:.2f}" if isinstance(cell, float) else escape(str(cell))
