"""Tables of the audit as they may be published: how much was looked at, and by name only what has been confirmed.

A finding from one source is for checking inside (grade E3): before an authorised body has confirmed it, no table names
the body. What `minping audit` prints is internal and is not made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from minping.audit.suspicions import SUSPICIONS
from minping.model.findings import STATES, Finding
from minping.scoring.beside import moved, outside

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

Columns = dict[str, Any]
COUNTS = ("observed", "expected", "n", "rows")


def audit(evaluation: Evaluation) -> Columns:
    """One row per suspicion: bodies compared, findings by state, or why it could not be looked at. No body is named."""
    found = evaluation.findings
    names = ("suspicion", "title_zh", "title_en", "compared", *STATES, "because_zh", "because_en")
    if found is None:
        return {name: np.empty(0) if name in ("compared", *STATES) else [] for name in names}
    why = {one.suspicion: one.because for one in found.skipped}
    rows = [
        (
            key,
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
    """One row per confirmed finding: who confirmed it by which document, and the score with and without its rows.

    Counts of fewer than the scheme's k ratings are left out, so that nobody can be made out.
    """
    told, scores, all_of = confirmed(evaluation), evaluation.scores, evaluation.beside.with_all
    at = [scores.bodies.index(one.body) for one in told]
    before = scores.score if all_of is None else all_of.score
    k = evaluation.scheme.publish.k or 1
    shown = {name: np.array([float(getattr(one, name)) for one in told]) for name in COUNTS}
    small = np.zeros(len(told), dtype=np.bool_)
    for name in ("observed", "rows"):
        small |= (shown[name] > 0) & (shown[name] < k)
    return {
        "finding": [one.id for one in told],
        "suspicion": [one.suspicion for one in told],
        "body": [one.body for one in told],
        "period": [one.period for one in told],
        "evidence_grade": [one.grade for one in told],
        **{name: np.where(small, np.nan, figures) for name, figures in shown.items()},
        "q": np.array([one.q for one in told], dtype=np.float64),
        **{name: [getattr(one.steps[-1], name) for one in told] for name in _DECISION},
        "score": scores.score[at],
        "score_with_all": before[at],
    }


def confirmed(evaluation: Evaluation) -> Sequence[Finding]:
    """The findings that may be named."""
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
