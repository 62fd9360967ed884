"""Scrutiny: the audit of a period with what was decided of it, and the evidence that this leaves.

Only a confirmed finding changes a figure: its rows are set apart. What open ones would change is told inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from minping.audit.decisions import confirmed_periods
from minping.audit.examine import examine
from minping.audit.suspicions import SUSPICIONS
from minping.errors import Place, Problem
from minping.indicators.lags import months_of
from minping.model.arrays import Bools
from minping.model.evidence import Evidence, Official, Quarantine
from minping.model.findings import Findings, Places, State
from minping.scheme.shape import Scheme
from minping.words import Text

FORM = Text("期间:种类:单位", "period:suspicion:body")


@dataclass(frozen=True, slots=True)
class Scrutiny:
    """The audit of a period, and the evidence that it leaves."""

    findings: Findings | None  #: None where nothing was looked at
    confirmed: Evidence  #: without what confirmed findings concern, of whatever period
    unflagged: Evidence  #: without what open ones concern either
    problems: tuple[Problem, ...] = ()


def scrutinise(evidence: Evidence, period: str, scheme: Scheme, wanted: bool = True) -> Scrutiny:
    """Examine a period, and every other one with a confirmed finding; not at all unless `wanted`."""
    if not wanted or not scheme.audit.examine or months_of(period) is None:  # what is no period is told by scoring
        return Scrutiny(None, evidence, evidence)
    findings = examine(evidence, period, scheme=scheme)
    others = [
        examine(evidence, name, scheme=scheme) for name in confirmed_periods(evidence.decisions) if name != period
    ]
    every = [findings, *others]
    return Scrutiny(
        findings,
        set_apart(evidence, every, ("confirmed",)),
        set_apart(evidence, every, ("confirmed", "open", "replied")),
        tuple(unknown_findings(evidence, every)),
    )


def set_apart(evidence: Evidence, examined: Sequence[Findings], states: Sequence[State]) -> Evidence:
    """The evidence without the rows of findings in these states.

    A bad rating whose removal was found is put back; any other row of events is left out; an official figure is as if
    it had not been given. What tells of a project or a debt as it is stays: leaving it out would do its body a favour.
    """
    parts: dict[str, list[Quarantine]] = {}
    out = np.zeros(evidence.official.value.shape, dtype=np.bool_)
    for findings in examined:
        for number, one in enumerate(findings.findings):
            row = SUSPICIONS[one.suspicion]
            if one.state in states and one.rows and not row.stands:
                place = findings.places.of(number)
                out[place.figures[place.figures >= 0]] = True
                for table, here in _by_table(place.only(place.figures < 0), evidence).items():
                    parts.setdefault(table, []).append(
                        Quarantine(here.file, here.row, np.full(len(here.row), row.puts_back))
                    )
    if not parts and not out.any():
        return evidence
    found = {table: _together(here) for table, here in parts.items()}
    records = {
        table: replace(evidence.records[table], quarantine=here)
        for table, here in found.items()
        if table in evidence.records
    }
    official = struck(evidence.official, out) if out.any() else evidence.official
    return replace(evidence, records={**evidence.records, **records}, official=official)


def _by_table(place: Places, evidence: Evidence) -> dict[str, Places]:
    """Places by the table that their files hold."""
    tables = np.array([one.table for one in evidence.files])[place.file]
    found = {}
    for table in dict.fromkeys(tables.tolist()):
        here = tables == table
        found[table] = place.only(here)
    return found


def struck(official: Official, out: Bools) -> Official:
    """The same figures, some (R,) as if they had not been given; an earlier release does not take their place."""
    return replace(official, value=np.where(out, np.nan, official.value))


def _together(parts: Sequence[Quarantine]) -> Quarantine:
    """Each row once; one that is to be left out by any finding is not put back."""
    file, row, back = (np.concatenate([getattr(part, name) for part in parts]) for name in ("file", "row", "put_back"))
    order = np.lexsort((back, row, file))
    file, row, back = file[order], row[order], back[order]
    first = np.r_[True, (file[1:] != file[:-1]) | (row[1:] != row[:-1])]
    return Quarantine(file[first], row[first], back[first])


def unknown_findings(evidence: Evidence, examined: Sequence[Findings]) -> list[Problem]:
    """Decisions on findings that the audit does not make (any more); warnings that name no body."""
    known = {one.id for findings in examined for one in findings.findings}
    looked_at = {findings.period for findings in examined}
    problems = []
    for one in evidence.decisions:
        if one.finding not in known and one.finding.split(":")[0] in looked_at:
            place = Place(evidence.files[one.file].path, evidence.files[one.file].sheet, one.row, "finding")
            found = Text(
                "核查没有这一条发现（或证据已更正）", "the audit makes no such finding (or the evidence was put right)"
            )
            fix = Text("编号见 minping audit --json", "minping audit --json tells the ids")
            problems.append(Problem("unknown-finding", place, found, FORM, fix, "warning"))
    return problems
