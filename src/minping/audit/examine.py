"""Examine: every test over all bodies of a period; findings are those that stay at 5 % within their family.

One family is one suspicion over all bodies (Benjamini–Hochberg). A test that can't be made is named with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from minping.audit.decisions import decided
from minping.audit.interviews import open_interviews, spread_of
from minping.audit.sources import Outcome, open_sources
from minping.audit.suspicions import SUSPICIONS
from minping.indicators.events import engine, whole_numbers
from minping.model.arrays import Floats, Ints
from minping.model.evidence import Evidence
from minping.model.findings import Finding, Findings, NotApplicable, Places
from minping.stats.multiplicity import benjamini_hochberg
from minping.words import Text

SHARE_WRONG = 0.05  #: of the findings of a family, at most so many are chance, in expectation
FEWEST = 3  #: bodies that can be compared
SHOWN = 5  #: rows that are named
TOO_FEW = Text(f"可比的单位不足 {FEWEST} 个", f"fewer than {FEWEST} bodies to compare")


class Flagged(NamedTuple):
    """Findings of one suspicion, before they are put into words: where they are among the bodies."""

    suspicion: str
    tested: Outcome
    q: Floats  #: (N,)
    bodies: Ints  #: (F,)


def examine(evidence: Evidence, period: str, *, share_wrong: float = SHARE_WRONG) -> Findings:
    """Look at the ratings and surveys of a period (2025, 2025Q2, 2025-05); what was decided of findings is added.

    `share_wrong` of the findings of each suspicion at most are chance, in expectation.
    """
    flagged: list[Flagged] = []
    skipped: list[NotApplicable] = []
    compared: dict[str, int] = {}
    with ExitStack() as stack:
        sources: dict[str, Any] = {}
        opened = stack.enter_context(engine()) if any(table in evidence.records for table in OPENING) else None
        for key, row in SUSPICIONS.items():
            if row.table not in evidence.records:
                skipped.append(NotApplicable(key, row.title, NONE[row.table]))
                continue
            if row.table not in sources:
                sources[row.table] = OPENING[row.table](opened, evidence, period)
            tested = row.test(sources[row.table])
            if isinstance(tested, Text) or np.isfinite(tested.p).sum() < FEWEST:
                skipped.append(NotApplicable(key, row.title, tested if isinstance(tested, Text) else TOO_FEW))
                continue
            q = benjamini_hochberg(tested.p)
            compared[key] = int(np.isfinite(q).sum())
            explained = {at for one in flagged if one.suspicion in row.after for at in one.bodies.tolist()}
            here = [at for at in np.flatnonzero(q <= share_wrong).tolist() if at not in explained]
            flagged.append(Flagged(key, tested, q, np.array(here, dtype=np.int64)))
        places = _places(flagged)
        spread = spread_of(sources["surveys"]) if "surveys" in sources else None
    named = [(one, at) for one in flagged for at in one.bodies.tolist()]
    findings = [_finding(one, at, places.of(number), evidence, period) for number, (one, at) in enumerate(named)]
    return decided(Findings(period, tuple(findings), tuple(skipped), compared, spread, places), evidence.decisions)


def _finding(flagged: Flagged, at: int, place: Places, evidence: Evidence, period: str) -> Finding:
    row, tested = SUSPICIONS[flagged.suspicion], flagged.tested
    shown = zip(place.file[:SHOWN].tolist(), place.row[:SHOWN].tolist(), strict=True)
    return Finding(
        suspicion=flagged.suspicion,
        title=row.title,
        body=evidence.bodies.ids[at],
        period=period,
        test=row.compared,
        observed=float(tested.observed[at]),
        expected=float(tested.expected[at]),
        n=int(tested.n[at]),
        p=float(tested.p[at]),
        q=float(flagged.q[at]),
        grade=row.grade,
        rows=len(place.row),
        sample=tuple(f"{evidence.files[file].path}:{line}" for file, line in shown),
        innocent=row.innocent,
        check=row.check,
    )


def _places(flagged: Sequence[Flagged]) -> Places:
    """The rows that findings concern, in the order of findings, files and rows; one query for all."""
    import ibis

    parts, first = [], 0
    number = np.full((len(flagged), max((one.q.size for one in flagged), default=0)), -1, dtype=np.int64)
    for at, one in enumerate(flagged):
        number[at, one.bodies] = first + np.arange(one.bodies.size)
        first += one.bodies.size
        if one.tested.rows is not None and one.bodies.size:
            kept = one.tested.rows.filter(one.tested.rows.body.isin(one.bodies.tolist()))
            parts.append(kept.select("body", "file", "row", suspicion=ibis.literal(at, "int64")))
    if not parts:
        return Places(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
    whole = reduce(lambda one, other: one.union(other), parts).to_pyarrow()
    suspicion, body, file, row = (whole_numbers(whole[name]) for name in ("suspicion", "body", "file", "row"))
    finding = number[suspicion, body]
    order = np.lexsort((row, file, finding))
    return Places(finding[order], file[order], row[order])


OPENING = {"ratings": open_sources, "surveys": open_interviews}
NONE = {
    "ratings": Text("没有好差评", "there are no ratings"),
    "surveys": Text("没有满意度调查", "there are no surveys"),
}
