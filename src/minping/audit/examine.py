"""Examine: every test over all bodies of a period; findings are those that stay at 5 % within their family.

One family is one suspicion over all bodies (Benjamini–Hochberg). A test that can't be made is named with its reason.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from minping.audit.sources import Outcome, Sources, open_sources
from minping.audit.suspicions import SUSPICIONS
from minping.indicators.events import engine
from minping.model.arrays import Ints
from minping.model.evidence import Evidence
from minping.model.findings import Finding, Findings, NotApplicable
from minping.stats.multiplicity import benjamini_hochberg
from minping.words import Text

SHARE_WRONG = 0.05  #: of the findings of a family, at most so many are chance, in expectation
FEWEST = 3  #: bodies that can be compared
SHOWN = 5  #: rows that are named
TOO_FEW = Text(f"可比的单位不足 {FEWEST} 个", f"fewer than {FEWEST} bodies to compare")
NO_RATINGS = Text("没有好差评", "there are no ratings")


def examine(evidence: Evidence, period: str) -> Findings:
    """Look at the ratings of a period (2025, 2025Q2, 2025-05)."""
    if "ratings" not in evidence.records:
        return Findings(
            period, (), tuple(NotApplicable(key, row.title, NO_RATINGS) for key, row in SUSPICIONS.items()), {}
        )
    with engine() as opened:
        return _examined(open_sources(opened, evidence, period), evidence, period)


def _examined(sources: Sources, evidence: Evidence, period: str) -> Findings:
    findings: list[Finding] = []
    skipped: list[NotApplicable] = []
    compared: dict[str, int] = {}
    for key, row in SUSPICIONS.items():
        tested = row.test(sources)
        if isinstance(tested, Text) or np.isfinite(tested.p).sum() < FEWEST:
            skipped.append(NotApplicable(key, row.title, tested if isinstance(tested, Text) else TOO_FEW))
            continue
        q = benjamini_hochberg(tested.p)
        compared[key] = int(np.isfinite(q).sum())
        explained = {found.body for found in findings if key == "blocked" and found.suspicion == "uninvited"}
        flagged = np.array(
            [at for at in np.flatnonzero(q <= SHARE_WRONG) if evidence.bodies.ids[at] not in explained], dtype=np.int64
        )
        places = _places(tested, flagged, evidence)
        findings += [_finding(key, tested, q[at], int(at), places, evidence, period) for at in flagged]
    return Findings(period, tuple(findings), tuple(skipped), compared)


def _finding(
    key: str,
    tested: Outcome,
    q: float,
    at: int,
    places: dict[int, tuple[int, list[str]]],
    evidence: Evidence,
    period: str,
) -> Finding:
    row = SUSPICIONS[key]
    rows, sample = places.get(at, (0, []))
    return Finding(
        suspicion=key,
        title=row.title,
        body=evidence.bodies.ids[at],
        period=period,
        test=row.compared,
        observed=float(tested.observed[at]),
        expected=float(tested.expected[at]),
        n=int(tested.n[at]),
        p=float(tested.p[at]),
        q=float(q),
        grade=row.grade,
        rows=rows,
        sample=tuple(sample),
        innocent=row.innocent,
        check=row.check,
    )


def _places(tested: Outcome, flagged: Ints, evidence: Evidence) -> dict[int, tuple[int, list[str]]]:
    """Of each flagged body: how many rows, and the first of them as file:line; one query for all."""
    import ibis

    if tested.rows is None or not flagged.size:
        return {}
    rows = tested.rows.filter(tested.rows.body.isin(flagged.tolist())).select("body", "file", "row")
    ordered = ibis.window(group_by="body", order_by=["file", "row"])
    rows = rows.mutate(at=ibis.row_number().over(ordered), many=rows.count().over(ibis.window(group_by="body")))
    found: dict[int, tuple[int, list[str]]] = {}
    for one in _listed(rows.filter(rows["at"] < SHOWN).order_by("body", "file", "row")):
        place = f"{evidence.files[one['file']].path}:{one['row']}"
        found.setdefault(one["body"], (one["many"], []))[1].append(place)
    return found


def _listed(table: Any) -> list[dict[str, int]]:
    listed: list[dict[str, int]] = table.to_pyarrow().to_pylist()
    return listed
