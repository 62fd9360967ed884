"""Schemes and evidence made by hand in a few words, for tests that need no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from minping.model.evidence import NO_DATE, Bodies, Evidence, Incident, Official, SourceFile
from minping.pipeline import evaluate
from minping.scheme.read import SchemeFile, parse_scheme
from minping.scoring.evaluation import Evaluation

HEAD = "id: made\nversion: 1\ntitle: {zh: 试验, en: made for a test}\nauthority: {issuer: 考评办}\n"
NOW = "2020"


class Row(NamedTuple):
    """One row of official figures."""

    body: str
    period: str
    indicator: str
    value: float
    se: float = np.nan
    released_on: str = ""


def scheme(body: str) -> SchemeFile:
    """A scheme from its text without the head that every scheme has."""
    return parse_scheme(HEAD + body)


def bodies(ids: Sequence[str], **columns: Any) -> Bodies:
    """Bodies with `types`, `groups`, `covariates`, `notes` where they are given."""
    blank = ("",) * len(ids)
    return Bodies(
        tuple(ids),
        tuple(f"单位{name}" for name in ids),
        tuple(f"body {name}" for name in ids),
        tuple(columns.get("types", blank)),
        blank,
        tuple(columns.get("groups", blank)),
        columns.get("covariates", {}),
        columns.get("notes", {}),
    )


def evidence(
    rows: Iterable[Row], incidents: Sequence[Incident] = (), ids: Sequence[str] | None = None, **columns: Any
) -> Evidence:
    """Evidence of these rows; the bodies are those of the rows, or `ids`."""
    rows = list(rows)
    names = tuple(ids if ids is not None else dict.fromkeys(row.body for row in rows))
    periods = tuple(sorted({row.period for row in rows}))
    indicators = tuple(dict.fromkeys(row.indicator for row in rows))
    days = [
        (date.fromisoformat(row.released_on) - date(1970, 1, 1)).days if row.released_on else NO_DATE for row in rows
    ]
    official = Official(
        names,
        periods,
        indicators,
        np.array([names.index(row.body) for row in rows], dtype=np.int32),
        np.array([periods.index(row.period) for row in rows], dtype=np.int32),
        np.array([indicators.index(row.indicator) for row in rows], dtype=np.int32),
        np.array([row.value for row in rows], dtype=np.float64),
        np.zeros(len(rows), dtype=np.int32),
        np.arange(2, len(rows) + 2),
        se=np.array([row.se for row in rows]),
        released_on=np.array(days, dtype=np.int64) if any(row.released_on for row in rows) else None,
    )
    files = (
        SourceFile("evidence/official.csv", "official", "0" * 64, len(rows)),
        SourceFile("evidence/bodies.csv", "bodies", "1" * 64, len(names)),
    )
    return Evidence("made", files, bodies(names, **columns), official, incidents=tuple(incidents))


def table(figures: Mapping[str, Sequence[float]], period: str = NOW, se: float = np.nan, **columns: Any) -> Evidence:
    """Evidence of one period: indicator -> a figure per body (NaN: no row); bodies are called b00, b01, …"""
    return evidence(rows_of(figures, period, se), ids=names_of(figures), **columns)


def rows_of(figures: Mapping[str, Sequence[float]], period: str = NOW, se: float = np.nan) -> list[Row]:
    """The rows of `table`."""
    return [
        Row(body, period, indicator, float(value), se)
        for indicator, column in figures.items()
        for body, value in zip(names_of(figures), column, strict=True)
        if not np.isnan(value)
    ]


def names_of(figures: Mapping[str, Sequence[float]]) -> list[str]:
    return [f"b{at:02d}" for at in range(max(map(len, figures.values())))]


def run(body: str, found: Evidence, draws: int = 0, **options: Any) -> Evaluation:
    """Evaluate by the text of a scheme; without draws unless they are asked for."""
    return evaluate(scheme(body), found, draws=draws, **options)


def flat(*indicators: str, more: str = "", method: str = "given", weight: float = 1.0) -> str:
    """A scheme of indicators that hang from the total, all alike."""
    lines = [
        f"  - {{id: {name}, title: {name}, direction: higher, weight: {weight}, normalise: {method}}}"
        for name in indicators
    ]
    return f"{more}indicators:\n" + "\n".join(lines) + "\n"
