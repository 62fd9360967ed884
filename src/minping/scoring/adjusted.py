"""Adjusted: what stands beside a figure that was weighed, adjusted for case mix or drawn towards its peers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from minping.errors import Place, Problem
from minping.model.evidence import Evidence
from minping.model.values import Values
from minping.scheme.shape import From, Scheme
from minping.words import Text, both


def as_counted(how: From, values: Values, at: int, body: int, column: int) -> tuple[Text, ...]:
    """The figure as it was counted, with its standard error; nothing where it is the figure itself."""
    if values.raw_se is None or not (how.calibrate or how.adjust_for or how.shrink):
        return ()
    raw, se = float(values.raw[at, body, column]), float(values.raw_se[at, body, column])
    if math.isnan(raw):
        return ()
    return (Text(f"直接计数为 {raw:.6g} ± {se:.4g}（标准误）", f"as counted it is {raw:.6g} ± {se:.4g} (se)"),)


def columns_to_adjust(scheme: Scheme, evidence: Evidence, _: Values, __: str) -> Iterator[Problem]:
    """A column that ratings are adjusted for stands in ratings."""
    asked = {column for part in scheme.indicators for column in part.evidence.adjust_for}
    for column in sorted(asked):
        if not any(column in file.columns for file in evidence.records["ratings"].files):
            place = next((source.path for source in evidence.files if source.table == "ratings"), "ratings")
            found = Text(f"ratings 没有 {column} 列，不能按它折算", f"ratings has no column {column} to adjust for")
            fix = Text(f"补上 {column} 列，或从方案的 adjust_for 中去掉", f"add {column}, or take it out of adjust_for")
            yield Problem("no-column-to-adjust-for", Place(place, column=column), found, both(column), fix)
