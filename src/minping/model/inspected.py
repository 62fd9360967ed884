"""Inspections drawn by a plan, and what they tell of all claims of a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from minping.model.arrays import Floats, Ints
from minping.words import Text

ClaimKind = Literal["figure", "task", "project"]
#: what can be inspected -> its title; in this order everywhere
CLAIM_KINDS: Mapping[ClaimKind, Text] = {
    "figure": Text("上报数", "figures"),
    "task": Text("办结事项", "closed tasks"),
    "project": Text("投用项目", "projects in use"),
}


@dataclass(frozen=True, slots=True)
class Claims:
    """All that could be inspected in a period, U claims."""

    kind: Ints  #: (U,) position in CLAIM_KINDS
    body: Ints  #: (U,)
    about: tuple[str, ...]  #: (U,) name of the series, id of the task or project
    words: tuple[Text, ...]  #: (U,) what is claimed
    reported: Floats  #: (U,) 1 for a task: done as its closing says
    tolerance: Floats  #: (U,) a difference up to this agrees
    material: Floats  #: (U,) how much hangs on it, 1 usual
    file: Ints  #: (U,) position in Evidence.files
    row: Ints  #: (U,)


@dataclass(frozen=True, slots=True)
class InspectionPlan:
    """M claims drawn out of U."""

    period: str
    seed: int
    claims: Claims
    risk: Floats  #: (U,) from findings, 1 where none concerns the claim or its body
    probability: Floats  #: (U,) of being drawn, above nought
    drawn: Ints  #: (M,) positions in the claims
    frame: str  #: SHA-256 of the list: lines of kind, body, about and probability with tabs between

    @property
    def effective(self) -> float:
        """As many equal draws would tell as much of the overall rate, were errors spread evenly (Kish)."""
        return len(self.probability) ** 2 / float((1 / self.probability).sum())


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """How many of the claims do not hold, as told by inspections that were drawn; G groups, the first is all together."""

    period: str
    groups: tuple[str, ...]  #: "" for all, then strata
    inspected: Ints  #: (G,) with something found
    wrong: Ints  #: (G,) of them
    share: Floats  #: (G,) of all claims, 0–1; NaN where none was inspected
    low: Floats  #: (G,)
    high: Floats  #: (G,)
    level: float
    unseen: int  #: drawn, but not found out or inspected by the body itself
