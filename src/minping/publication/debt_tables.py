"""The table of debts that a publication holds: what each body owes against what it can bear, and when it falls due.

What a test of the audit judges is told of a body only where its finding may be named; balances always.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.audit.debt.standing import BANDS, Standing, debt_standing
from minping.audit.opened import open_period
from minping.model.arrays import Bools, Floats
from minping.scoring.findings_shown import named
from minping.words import Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

NO_BAND = Text("", "")
JUDGED = {
    "capacity": "debt_ratio",
    "ratio": "debt_ratio",
    "interest_pct": "interest",
    "refinanced": "refinanced",
    "hidden": "hidden_gap",
    "tail_share": "left_to_successors",
}  #: figure -> the test that judges it


def published_debts(evaluation: Evaluation) -> Standing | None:
    """What each body owes, as it may be published; None without debts or an audit.

    The figures named in `JUDGED` are NaN, and the band −1, of bodies whose finding may not be named: with
    `publish.findings: graded` of none, else of all without a named finding.
    """
    evidence = evaluation.evidence
    if evaluation.findings is None or "debts" not in evidence.records or not evidence.records["debts"].rows:
        return None
    with open_period(evidence, evaluation.period, evaluation.scheme) as opened:
        found = debt_standing(opened)
    if isinstance(found, Text) or evaluation.scheme.publish.findings == "graded":
        return None if isinstance(found, Text) else found
    told = {test: _named(evaluation, test) for test in set(JUDGED.values())}
    kept: dict[str, Any] = {name: np.where(told[test], getattr(found, name), np.nan) for name, test in JUDGED.items()}
    return replace(found, **kept, band=np.where(told["debt_ratio"], found.band, -1))


def band_words(found: Standing, at: int) -> Text:
    """The band of a body; empty where it has none."""
    return BANDS[found.band[at]] if found.band[at] >= 0 else NO_BAND


def debts_table(evaluation: Evaluation) -> dict[str, Any]:
    """One row per body; nothing without debts."""
    found = published_debts(evaluation)
    if found is None:
        return {}
    bodies = evaluation.evidence.bodies.ids
    return {
        "body": list(bodies),
        "debts": found.debts,
        "balance_cny": found.balance,
        "capacity_cny": found.capacity,
        "ratio_pct": found.ratio,
        "debt_band": [band_words(found, at).en for at in range(len(bodies))],
        "interest_pct": found.interest_pct,
        "refinanced_pct": _pct(found.refinanced),
        "hidden_cny": found.hidden,
        "due_after_term_pct": _pct(found.tail_share),
    }


def _named(evaluation: Evaluation, test: str) -> Bools:
    """Which bodies have a finding of a test that may be named, (N,)."""
    who = {one.body for one in named(evaluation) if one.suspicion == test}
    return np.array([body in who for body in evaluation.evidence.bodies.ids], dtype=np.bool_)


def _pct(share: Floats) -> Floats:
    return 100 * share


DEBT_TABLES: Mapping[str, Callable[[Evaluation], dict[str, Any]]] = {"debts": debts_table}
