"""Coverage of a scheme by sources that the evaluated body has no hand in: statements about the scheme, not about bodies.

A figure is independent where it is declared to be reported by others (independence of one half or more). A self-reported
one is checked where the evidence of the period holds something else of the same body: rows of another reporter, an
inspection from outside, an independent flow of money beside a level, call-backs beside ratings.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minping.audit.formalism.closed import OTHERS
from minping.audit.opened import Opened, open_period
from minping.model.arrays import Bools, Codes, Floats, Ints
from minping.model.coverage import STANDINGS, Coverage, IndicatorCoverage, OtherSource, Reporting
from minping.model.evidence import REPORTERS, Evidence
from minping.scheme.audit_rules import INDEPENDENCE
from minping.scheme.burden import asked
from minping.scheme.lint.findings import nominal_shares
from minping.scheme.shape import Indicator, Scheme
from minping.words import Text

INDEPENDENT = 0.5  #: from here on a figure counts as reported by others
WORDS = {
    "rows": Text("他方报出的数", "figures from another reporter"),
    "inspections": Text("上级或第三方实地核查", "inspections from outside"),
    "flows": Text("独立的资金流量", "independent flows of money"),
    "callbacks": Text("对未评价者的回访", "call-backs of those who did not rate"),
}


def coverage(scheme: Scheme, evidence: Evidence, period: str) -> Coverage:
    """What of a scheme's figures somebody else can vouch for, by the evidence of a period.

    Args:
        scheme: whose weights, reporters and checks are looked at
        evidence: as `load_evidence` returns it
        period: e.g. 2025 or 2025Q2
    """
    with open_period(evidence, period, scheme) as given:
        return _coverage(scheme, given)


def _coverage(scheme: Scheme, opened: Opened) -> Coverage:
    bodies, types = opened.evidence.bodies, _types(scheme, opened)
    shares = nominal_shares(scheme)
    resting = np.zeros((opened.bodies, len(STANDINGS)))
    told = []
    for part in scheme.indicators:
        weight = np.array([shares.get(kind, {}).get(part.id, 0.0) for kind in types])
        others = dict(_others(part, opened))
        cells = _standings(part, independence(part, opened), others, opened.bodies)
        mine = np.zeros(resting.shape)
        mine[np.arange(opened.bodies), cells] = weight
        resting += mine
        told.append(_indicator(part, opened, others, cells, mine))
    of_type = np.array(types, dtype=object)
    by_type = {
        kind: dict(zip(STANDINGS, resting[of_type == kind].mean(axis=0).tolist(), strict=True))
        for kind in dict.fromkeys(types)
    }
    return Coverage(opened.period, tuple(told), bodies.ids, resting, by_type, _reporting(scheme, types, shares))


def independence(part: Indicator, opened: Opened) -> float:
    """How far an indicator's figures are out of the body's hands, 0 to 1: as the series says, or else by its reporter."""
    series = opened.declared.get(part.official)
    if part.evidence.is_event or series is None:
        return INDEPENDENCE[part.source.reporter]
    return series.independence


def _types(scheme: Scheme, opened: Opened) -> list[str]:
    """The body type of each body; the empty one where a scheme knows none."""
    return [kind if kind in scheme.body_types else "" for kind in opened.evidence.bodies.types]


def _standings(part: Indicator, free: float, others: dict[str, Bools], bodies: int) -> Ints:
    """On what each body's figure rests, as a position in STANDINGS, (N,)."""
    if free >= INDEPENDENT:
        return np.zeros(bodies, dtype=np.int64)
    checked = np.logical_or.reduce([np.zeros(bodies, dtype=np.bool_), *others.values()])
    return np.where(checked, 1, 2 if part.source.check else 3).astype(np.int64)


def _indicator(
    part: Indicator, opened: Opened, others: dict[str, Bools], cells: Ints, resting: Floats
) -> IndicatorCoverage:
    found = tuple(OtherSource(kind, WORDS[kind], int(there.sum())) for kind, there in others.items() if there.any())
    often = np.bincount(cells, minlength=len(STANDINGS))[::-1]
    most = tuple(STANDINGS)[len(STANDINGS) - 1 - int(often.argmax())]  # of two as frequent the lesser
    shares = resting.mean(axis=0) if len(resting) else np.zeros(len(STANDINGS))
    return IndicatorCoverage(
        id=part.id,
        title=part.title.text,
        reporter=part.source.reporter,
        independence=independence(part, opened),
        check=part.source.check,
        standing=most,
        weight=float(shares.sum()),
        resting=tuple(shares.tolist()),
        others=found,
    )


def _others(part: Indicator, opened: Opened) -> Iterator[tuple[str, Bools]]:
    """Other sources of an indicator in the evidence, and for which bodies they are there, (N,) each."""
    if not part.evidence.is_event:
        yield "rows", _reported_by_others(part.official, opened)
        if part.official in opened.rules.levels:
            yield "flows", _flows(part.official, opened)
    if independence(part, opened) >= INDEPENDENT:
        return
    if opened.has("inspections"):
        yield "inspections", _inspected({part.id, part.official}, opened)
    if part.evidence.ratings is not None and opened.has("callbacks"):
        frame = opened.frame("callbacks")
        reached = (frame.text("outcome") == "reached") & opened.inside(frame.day("called_on")) & (frame.body >= 0)
        yield "callbacks", _bodies(frame.body[reached], opened)


def _reported_by_others(name: str, opened: Opened) -> Bools:
    official = opened.evidence.official
    if official.reporter is None or name not in official.indicators:
        return np.zeros(opened.bodies, dtype=np.bool_)
    inside = opened.history.inside(opened.period)[official.period]
    ours = official.indicator == official.indicators.index(name)
    other = np.isin(official.reporter, [at for at, who in enumerate(REPORTERS) if who != "self"])
    return _bodies(official.body[inside & ours & other & np.isfinite(official.value)], opened)


def _flows(name: str, opened: Opened) -> Bools:
    """Bodies with a figure of the period in some flow of money that they have no hand in and that is no part of it."""
    found = np.zeros(opened.bodies, dtype=np.bool_)
    for one in opened.declared.values():
        if one.kind == "money" and one.independence >= INDEPENDENT and name not in (one.name, *one.part_of):
            figures = opened.history.value(one.name)[opened.history.inside(opened.period)]
            found |= np.isfinite(figures).any(axis=0)
    return found


def _inspected(names: set[str], opened: Opened) -> Bools:
    frame = opened.frame("inspections")
    about = np.isin(frame.text("indicator"), sorted(names)) & np.isin(frame.text("inspected_by"), OTHERS)
    return _bodies(frame.body[about & opened.inside(frame.day("visited_on")) & (frame.body >= 0)], opened)


def _bodies(at: Ints | Codes, opened: Opened) -> Bools:
    there = np.zeros(opened.bodies, dtype=np.bool_)
    there[at] = True
    return there


def _reporting(scheme: Scheme, types: list[str], shares: dict[str, dict[str, float]]) -> Reporting:
    """Cells: of a scored indicator for the bodies it weighs for, of a companion for all."""
    told = asked(scheme)
    cells = 0.0
    for one in told:
        concerned = sum(
            not one.indicator.counts or shares.get(kind, {}).get(one.indicator.id, 0.0) > 0 for kind in types
        )
        cells += concerned * one.a_year
    return Reporting(len(told), len(types), cells)
