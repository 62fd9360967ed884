"""Tables of the audit as they may be published: how much was looked at, and by name what may be named.

A finding from one source is for checking inside (grade E3): before an authorised body has confirmed it, no table names
the body (see `findings_shown`). What `minping audit` prints is internal and is not made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.audit.suspicions import KIND_OF, SUSPICIONS
from minping.model.findings import STATES, Finding
from minping.scoring.beside import moved, outside
from minping.scoring.findings_shown import is_of_persons, is_small, named

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

Columns = dict[str, Any]
COUNTS = ("observed", "expected", "n", "rows")


def audit(evaluation: Evaluation) -> Columns:
    """One row per suspicion: bodies compared, findings by state, or why it could not be looked at. No body is named."""
    found = evaluation.findings
    names = ("suspicion", "kind", "title_zh", "title_en", "compared", *STATES, "because_zh", "because_en")
    if found is None:
        return {name: np.empty(0) if name in ("compared", *STATES) else [] for name in names}
    why = {one.suspicion: one.because for one in found.skipped}
    rows = [
        (
            key,
            KIND_OF[key],
            row.title.zh,
            row.title.en,
            found.compared.get(key, 0),
            *(found.count(key, state) for state in STATES),
            why[key].zh if key in why else "",
            why[key].en if key in why else "",
        )
        for key, row in SUSPICIONS.items()
    ]
    return dict(zip(names, (list(column) for column in zip(*rows, strict=True)), strict=True))


def findings(evaluation: Evaluation) -> Columns:
    """One row per finding that may be named: what was found, what became of it, the score with and without its rows.

    Counts of fewer than the scheme's k ratings are left out, so that nobody can be made out; rows are named of official
    figures only.
    """
    told, scores, all_of = named(evaluation), evaluation.scores, evaluation.beside.with_all
    position = {body: at for at, body in enumerate(scores.bodies)}
    at = np.array([position[one.body] for one in told], dtype=np.int64)
    before = scores.score if all_of is None else all_of.score
    shown = {name: np.array([float(getattr(one, name)) for one in told]) for name in COUNTS}
    small = np.array([is_small(one, evaluation.scheme.publish.k or 1) for one in told], dtype=np.bool_)
    return {
        "finding": [one.id for one in told],
        "suspicion": [one.suspicion for one in told],
        "body": [one.body for one in told],
        "period": [one.period for one in told],
        "about": [one.about for one in told],
        "evidence_grade": [one.grade for one in told],
        "finding_state": [one.state for one in told],
        "said_zh": ["" if one.said is None else one.said.zh for one in told],
        "said_en": ["" if one.said is None else one.said.en for one in told],
        **{name: np.where(small, np.nan, figures) for name, figures in shown.items()},
        "q": np.array([one.q for one in told], dtype=np.float64),
        "reply": [_step(one, "replied", "reason") for one in told],
        **{name: [getattr(one.steps[-1], name) if one.steps else "" for one in told] for name in _DECISION},
        "places": ["; ".join(public_places(one)) for one in told],
        "score": scores.score[at],
        "score_with_all": before[at],
    }


def _step(one: Finding, state: str, name: str) -> str:
    """A column of the last step of a kind; empty where there was none."""
    return next((str(getattr(step, name)) for step in reversed(one.steps) if step.state == state), "")


def public_places(one: Finding) -> tuple[str, ...]:
    """Rows that may be named: none that tells of a person."""
    return () if is_of_persons(one) else one.sample


def confirmed(evaluation: Evaluation) -> Sequence[Finding]:
    """The findings that changed a figure."""
    found = evaluation.findings
    return [] if found is None else [one for one in found.findings if one.state == "confirmed"]


def shaken(evaluation: Evaluation) -> tuple[int, int | None]:
    """Without what open findings concern: how many bodies' scores would move, how many would leave their rank interval.

    None where there are no intervals. Counts only: no body is named before a finding is confirmed.
    """
    other = evaluation.beside.without_flagged
    away = outside(evaluation.intervals, other)
    left = 0 if evaluation.intervals is not None else None
    return int(moved(evaluation.scores, other).sum()), left if away is None else int(away.sum())


_DECISION = ("decided_by", "decided_on", "document", "reason")
