"""L15: every bound has a reason (SDG Index: a written rationale for each best and worst value)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection, where
from minping.scheme.shape import Scheme
from minping.words import Text

BOUNDED = ("goalposts", "efficacy", "bands", "attainment", "pass")


def reasons(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object to bounds without a reason."""
    for indicator in scheme.scored:
        rule = indicator.normalise
        if rule is not None and rule.method in BOUNDED and not rule.reason.strip():
            found = Text(f"{indicator.id} 的界限没有说明理由", f"the bounds of {indicator.id} have no reason")
            fix = Text("写上 normalise.reason：界限从何而来", "give normalise.reason: where the bounds come from")
            yield Objection((*where(scheme, indicator), "normalise"), found, fix)
