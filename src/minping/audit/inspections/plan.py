"""A plan of inspections: every claim has a known chance of being drawn, larger where findings point, never nought.

So what inspectors find tells of all claims (`audit.inspections.rate`), though they look where it is needed most. The
list that they are given does not say why a claim was drawn: whoever looks should not know what is expected.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack

import numpy as np

from minping.audit.inspections.claims import open_claims
from minping.audit.opened import Opened
from minping.errors import EvidenceError, Place, Problem
from minping.indicators.events import engine
from minping.model.arrays import Floats, Ints
from minping.model.evidence import Evidence
from minping.model.findings import Finding, Findings, Grade, State
from minping.model.inspected import CLAIM_KINDS, Claims, InspectionPlan
from minping.scheme.shape import Scheme
from minping.stats.unequal_draws import inclusion, unequal_draw
from minping.words import Text, both

GRADES: dict[Grade, float] = {
    "E1": 3.0,
    "E2": 2.0,
    "E3": 1.0,
}  #: what a finding adds to the risk, 1 where there is none
STATES: dict[State, float] = {"open": 1.0, "replied": 1.0, "confirmed": 0.5, "dismissed": 0.0}
BODY = 0.25  #: of it, for every claim of the body, where a finding concerns none of the claims in particular
MOST = 10.0  #: times the risk of a claim that nothing points at


def plan_inspections(scheme: Scheme, evidence: Evidence, findings: Findings, *, size: int, seed: int) -> InspectionPlan:
    """Draw claims of the period that findings are of.

    Chances are proportional to risk × how much hangs on the claim, with a floor (`audit.inspections.floor`); the draw
    is the one of largest entropy with exactly these chances (`stats.unequal_draws`).

    Args:
        scheme: what it declares of figures, and its weights
        evidence: as `load_evidence` returns it
        findings: of the audit of the period
        size: how many claims
        seed: of the draw; the same seed, evidence and findings draw the same

    Raises:
        EvidenceError: there is nothing to inspect, or not so much.
    """
    with ExitStack() as stack:
        given = stack.enter_context(engine()) if evidence.records else None
        opened = Opened(evidence, findings.period, scheme, given)
        claims = open_claims(opened)
        floor = opened.rules.inspections.floor
    _check(size, len(claims.body))
    risk = risks(claims, findings, evidence)
    sizes = risk * claims.material
    probability = inclusion(sizes, size, floor * size / len(sizes))
    drawn = unequal_draw(probability, seed)
    return InspectionPlan(
        findings.period, seed, claims, risk, probability, drawn, _frame(claims, probability, evidence)
    )


def risks(claims: Claims, findings: Findings, evidence: Evidence) -> Floats:
    """1 + what findings add to each claim, at most MOST; (U,).

    A finding is of a claim where it names its row of evidence, or its indicator, task or project; one that is of none
    adds a part of it to every claim of its body.
    """
    added = np.zeros(len(claims.body))
    worth = np.array([_worth(one) for one in findings.findings])
    finding, claim = _by_row(claims, findings)
    named = np.zeros(worth.size, dtype=np.bool_)
    if finding.size:
        np.add.at(added, claim, worth[finding])
        named[finding] = True
    position = evidence.bodies.position()
    about = {key: at for at, key in enumerate(zip(claims.body.tolist(), claims.about, strict=True))}
    general = np.zeros(len(position))
    for at in np.flatnonzero(~named).tolist():
        one = findings.findings[at]
        body = position[one.body]
        found = about.get((body, one.about.split("@")[0]))
        if found is None:
            general[body] += BODY * worth[at]
        else:
            added[found] += worth[at]
    return np.minimum(1.0 + added + general[claims.body], MOST)


def _worth(one: Finding) -> float:
    q = one.q if np.isfinite(one.q) else one.p
    return GRADES[one.grade] * STATES[one.state] * (1.0 - min(max(q, 0.0), 1.0))


def _by_row(claims: Claims, findings: Findings) -> tuple[Ints, Ints]:
    """Findings and the claims whose rows they name, each pair once."""
    places = findings.places
    width = int(max(claims.row.max(initial=0), places.row.max(initial=0))) + 1
    key = claims.file * width + claims.row
    order = np.argsort(key, kind="stable")
    wanted = places.file * width + places.row
    at = np.minimum(np.searchsorted(key[order], wanted), max(len(order) - 1, 0))
    if not len(order) or not len(wanted):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    hit = key[order][at] == wanted
    pairs = np.unique(np.stack([places.finding[hit], order[at[hit]]]), axis=1)
    return pairs[0], pairs[1]


def strata_of(plan: InspectionPlan) -> list[str]:
    """The stratum that each drawn claim is told under: period and kind; `2025 task`."""
    names = tuple(CLAIM_KINDS)
    return [f"{plan.period} {names[kind]}" for kind in plan.claims.kind[plan.drawn].tolist()]


def _frame(claims: Claims, probability: Floats, evidence: Evidence) -> str:
    names, ids = tuple(CLAIM_KINDS), evidence.bodies.ids
    told = hashlib.sha256()
    for kind, body, about, chance in zip(
        claims.kind.tolist(), claims.body.tolist(), claims.about, probability.tolist(), strict=True
    ):
        told.update(f"{names[kind]}\t{ids[body]}\t{about}\t{chance:.10g}\n".encode())
    return told.hexdigest()


def _check(size: int, there: int) -> None:
    if not there:
        found = Text("本期没有可以实地核查的上报数、事项或项目", "the period has no figure, task or project to inspect")
        fix = Text(
            "在方案 audit.series 中声明数由谁报出，或提供 tasks、projects",
            "declare in audit.series who reports figures, or give tasks or projects",
        )
        raise EvidenceError(Problem("nothing-to-inspect", Place("evidence"), found, Text("", ""), fix))
    if not 1 <= size <= there:
        allowed = Text(f"1 至 {there}", f"1 to {there}")
        fix = Text("改小 --size", "ask for fewer by --size")
        raise EvidenceError(Problem("impossible-size", Place("--size"), both(f"{size}"), allowed, fix))
