"""L13: effective weights after what doesn't apply are stated and shown (浙江 2016–2019: nominal weights don't reproduce)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minping.scheme.lint.findings import Figures, Objection, for_type, nominal_shares, where
from minping.scheme.shape import Scheme
from minping.words import Text

GAP = 0.25  #: relative departure of a mean effective weight from the nominal one that is pointed out
LEAST = 0.01  #: departures below one per cent of the whole are not worth a word


def effective_weights(scheme: Scheme, figures: Figures | None) -> Iterator[Objection]:
    """Point out indicators whose effective weight is far from the given one."""
    assert figures is not None
    for body_type, shares in nominal_shares(scheme).items():
        rows = [at for at in range(len(figures.bodies)) if not figures.types or figures.types[at] == body_type]
        for at, indicator in enumerate(scheme.indicators):
            if not indicator.counts or not rows:
                continue
            nominal, effective = shares[indicator.id], float(np.nanmean(figures.effective[rows, at]))
            if abs(effective - nominal) > max(LEAST, GAP * nominal):
                zh, en = for_type(body_type)
                found = Text(
                    f"{indicator.id} 的名义权重 {nominal:.1%}，平均有效权重 {effective:.1%}{zh}",
                    f"{indicator.id}: nominal weight {nominal:.1%}, mean effective weight {effective:.1%}{en}",
                )
                fix = Text(
                    "写明 not_applicable 或 missing 规则并公布有效权重",
                    "state the policy and publish effective weights",
                )
                yield Objection(where(scheme, indicator), found, fix)
