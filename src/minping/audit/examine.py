"""Examine: every test over all bodies of a period; findings are those that stay within their family at the scheme's share.

One family is one test over all its cases (Benjamini–Hochberg, or Benjamini–Yekutieli where cases overlap). A test that
can't be made is named with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import NamedTuple

import numpy as np

from minping.audit.cases import Cases, Outcome, nowhere, places_of
from minping.audit.citizens.interviews import spread_of
from minping.audit.decisions import decided
from minping.audit.opened import Opened, open_period
from minping.audit.suspicions import SUSPICIONS, Suspicion
from minping.errors import EvidenceError, Place, Problem
from minping.indicators.events import whole_numbers
from minping.indicators.lags import months_of
from minping.model.arrays import Floats, Ints
from minping.model.evidence import Evidence
from minping.model.findings import Finding, Findings, NotApplicable, Places
from minping.scheme.shape import Scheme
from minping.stats.multiplicity import benjamini_hochberg, benjamini_yekutieli
from minping.words import Text, both

SHOWN = 5  #: rows that are named
NOTHING_TO_TEST = Text("没有可以检验的数据", "there is nothing to test")


class Flagged(NamedTuple):
    """Findings of one test, before they are put into words."""

    suspicion: str
    tested: Outcome | Cases
    q: Floats  #: (C,)
    cases: Ints  #: (F,) which cases; of an Outcome these are bodies

    @property
    def bodies(self) -> Ints:
        """The body of each finding, (F,)."""
        return self.cases if isinstance(self.tested, Outcome) else self.tested.body[self.cases]


def examine(
    evidence: Evidence, period: str, *, scheme: Scheme | None = None, share_wrong: float | None = None
) -> Findings:
    """Look at the evidence of a period (2025, 2025Q2, 2025-05); what was decided of findings is added.

    Args:
        evidence: as `load_evidence` returns it
        period: which one
        scheme: what it declares of official series, and its thresholds; None: tests that need them are not applicable
        share_wrong: of the findings of each test at most so many are chance, in expectation; None: as the scheme says

    Raises:
        EvidenceError: there is no such period.
    """
    if months_of(period) is None:
        raise EvidenceError(_no_period(period))
    flagged: list[Flagged] = []
    skipped: list[NotApplicable] = []
    compared: dict[str, int] = {}
    with open_period(evidence, period, scheme) as given:
        most = given.rules.share_wrong if share_wrong is None else share_wrong
        for key, row in SUSPICIONS.items():
            tested = made(row, given)
            if isinstance(tested, Text):
                skipped.append(NotApplicable(key, row.title, tested))
                continue
            q = (benjamini_yekutieli if row.overlapping else benjamini_hochberg)(tested.p)
            compared[key] = int(np.isfinite(q).sum())
            found = Flagged(key, tested, q, np.flatnonzero(q <= most))
            explained = {at for one in flagged if one.suspicion in row.after for at in one.bodies.tolist()}
            keep = np.array([at not in explained for at in found.bodies.tolist()], dtype=np.bool_)
            flagged.append(found._replace(cases=found.cases[keep]))
        places, beside = _places(flagged), _together([_of_cases(one, "beside") for one in flagged])
        spread = spread_of(given.interviews) if "surveys" in evidence.records else None
    named = [(one, at) for one in flagged for at in one.cases.tolist()]
    told = [
        _finding(one, at, (places.of(number), beside.of(number)), evidence, period)
        for number, (one, at) in enumerate(named)
    ]
    findings = Findings(period, tuple(told), tuple(skipped), compared, spread, places, beside)
    return decided(findings, evidence.decisions)


def _no_period(period: str) -> Problem:
    found, allowed = Text(f"没有考核期 {period}", f"no period {period}"), both("2025, 2025H1, 2025Q2, 2025-05")
    if not period:
        found = Text("证据中没有任何一年，看不出考核期", "the evidence tells of no year, hence no period")
    return Problem("unknown-period", Place(), found, allowed, Text("改写 --period", "write --period like one of these"))


def made(row: Suspicion, opened: Opened) -> Outcome | Cases | Text:
    """What a test says, or why it is not applicable."""
    for table in row.needs:
        if not opened.has(table):
            return NONE[table] if table in NONE else Text(f"没有表 {table}", f"there is no table {table}")
    tested = row.test(opened if row.table == "all" else getattr(opened, GIVEN[row.table]))
    if isinstance(tested, Text):
        return tested
    known = int(np.isfinite(tested.p).sum())
    if not known and isinstance(tested, Cases):
        return NOTHING_TO_TEST
    return tested if known >= row.fewest else too_few(row.fewest, isinstance(tested, Outcome))


def too_few(fewest: int, bodies: bool = True) -> Text:
    """Words where fewer bodies, or other cases, can be compared than a test needs."""
    zh, en = ("单位", "bodies") if bodies else ("单位或事项", "bodies or items")
    return Text(f"可比的{zh}不足 {fewest} 个", f"fewer than {fewest} {en} to compare")


def _finding(flagged: Flagged, at: int, places: tuple[Places, Places], evidence: Evidence, period: str) -> Finding:
    row, tested = SUSPICIONS[flagged.suspicion], flagged.tested
    cases = tested if isinstance(tested, Cases) else None
    body = at if cases is None else int(cases.body[at])
    return Finding(
        suspicion=flagged.suspicion,
        title=row.title,
        body=evidence.bodies.ids[body],
        period=period,
        test=row.compared,
        observed=float(tested.observed[at]),
        expected=float(tested.expected[at]),
        n=int(np.nan_to_num(tested.n[at])),
        p=float(tested.p[at]),
        q=float(flagged.q[at]),
        grade=row.grade,
        rows=len(_distinct(places[0])),
        sample=_named(places[0], evidence),
        innocent=row.innocent,
        check=row.check,
        about="" if cases is None else str(cases.about[at]),
        said=None if cases is None else cases.say(at),
        beside=_named(places[1], evidence),
    )


def _named(place: Places, evidence: Evidence) -> tuple[str, ...]:
    """The first few rows, as file:line."""
    return tuple(f"{evidence.files[file].path}:{line}" for file, line in _distinct(place)[:SHOWN].tolist())


def _distinct(place: Places) -> Ints:
    """File and row of each row once, (R, 2): a row of a wide sheet may hold several figures."""
    kept = np.r_[True, (np.diff(place.file) != 0) | (np.diff(place.row) != 0)][: place.row.size]
    return np.stack([place.file[kept], place.row[kept]], axis=1)


def _places(flagged: Sequence[Flagged]) -> Places:
    """The rows that findings concern, in the order of findings, files and rows; one query for all tables of events."""
    parts, first = [], 0
    listed = [_of_cases(one, "places") for one in flagged]
    asked = [one for one in flagged if isinstance(one.tested, Outcome)]
    number = np.full((len(flagged), max((one.q.size for one in asked), default=0)), -1, dtype=np.int64)
    for at, one in enumerate(flagged):
        if isinstance(one.tested, Outcome):
            number[at, one.cases] = first + np.arange(one.cases.size)
            if one.tested.rows is not None and one.cases.size:
                rows = one.tested.rows
                parts.append((at, rows.filter(rows.body.isin(one.cases.tolist()))))
        first += one.cases.size
    if not parts:
        return _together(listed)
    import ibis

    chosen = [rows.select("body", "file", "row", suspicion=ibis.literal(at, "int64")) for at, rows in parts]
    whole = reduce(lambda one, other: one.union(other), chosen).to_pyarrow()
    suspicion, body, file, row = (whole_numbers(whole[name]) for name in ("suspicion", "body", "file", "row"))
    finding = number[suspicion, body]
    return _together(listed, [Places(finding, file, row)])


def _of_cases(flagged: Flagged, which: str) -> tuple[Places, int]:
    """Places of the flagged cases numbered from 0 within the test, and how many findings the test has."""
    if isinstance(flagged.tested, Outcome):
        return nowhere(), flagged.cases.size
    place: Places = getattr(flagged.tested, which)
    number = np.full(flagged.q.size, -1, dtype=np.int64)
    number[flagged.cases] = np.arange(flagged.cases.size)
    case = number[place.finding] if place.finding.size else place.finding
    kept = case >= 0
    return replace(place, finding=case).only(kept), flagged.cases.size


def _together(parts: Sequence[tuple[Places, int]], further: Sequence[Places] = ()) -> Places:
    """Places of several tests as one, their findings numbered through; `further` are numbered so already."""
    shifted, first = list(further), 0
    for place, count in parts:
        shifted.append(replace(place, finding=place.finding + first))
        first += count
    if not shifted:
        return nowhere()
    return places_of(
        *(np.concatenate([getattr(one, name) for one in shifted]) for name in ("finding", "file", "row", "figures"))
    )


GIVEN = {"ratings": "ratings", "surveys": "interviews"}  #: a test's `table` -> the part of what is opened
NONE = {
    "ratings": Text("没有好差评", "there are no ratings"),
    "surveys": Text("没有满意度调查", "there are no surveys"),
    "official": Text("没有官方数据", "there are no official figures"),
}
