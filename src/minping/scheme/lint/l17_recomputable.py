"""L17: totals can be recomputed from what is published (长三角 2023: the drill-down doesn't give the total)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minping.scheme.lint.findings import Figures, Objection, where
from minping.scheme.shape import Scheme
from minping.words import Text

PUBLISHED = "published total"  #: note of a companion that holds the totals as published
NEAR = 0.011  #: half a unit of the second decimal on either side, and rounding of the parts


def recomputable(scheme: Scheme, figures: Figures | None) -> Iterator[Objection]:
    """Object where scores and published totals differ."""
    assert figures is not None
    for at, indicator in enumerate(scheme.indicators):
        if indicator.counts or PUBLISHED not in indicator.note:
            continue
        off = np.abs(figures.values[:, at] - figures.score)
        if np.isnan(off).all():
            found = Text(
                "没有一个单位能算出总分与公布值相比", "no body has a score to compare with the published total"
            )
            yield Objection(where(scheme, indicator), found, Text("补全分项数据", "give the figures of the parts"))
        elif np.nanmax(off) > NEAR:
            body = figures.bodies[int(np.nanargmax(off))]
            found = Text(
                f"复算总分与公布值最多相差 {np.nanmax(off):.2f}（{body}）",
                f"recomputed and published totals differ by up to {np.nanmax(off):.2f} ({body})",
            )
            fix = Text("核对权重、缺失规则与所公布的分项", "check weights, missing policies and the published parts")
            yield Objection(where(scheme, indicator), found, fix)


def applies(scheme: Scheme) -> Text | None:
    """Only where published totals stand beside."""
    if any(not part.counts and PUBLISHED in part.note for part in scheme.indicators):
        return None
    return Text(
        f"没有并列的已公布总分（counts: false，note 含 {PUBLISHED}）",
        f"no published totals stand beside (counts: false, note with “{PUBLISHED}”)",
    )
