"""L12: an indicator on which all are equal says nothing (生活垃圾无害化率 1.00 in 41 cities; 响应率 100 %)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minping.scheme.lint.findings import Figures, Objection, present, where
from minping.scheme.shape import Scheme
from minping.words import Text

SHARE = 0.95  #: of bodies with the very same value
SPREAD = 1e-3  #: relative: coefficient of variation below which all are as good as equal


def dead_weight(scheme: Scheme, figures: Figures | None) -> Iterator[Objection]:
    """Object to counted indicators whose figures are (nearly) all the same."""
    assert figures is not None
    for at, indicator in enumerate(scheme.indicators):
        values = present(figures.values[:, at])
        if not indicator.counts or len(values) < 3:
            continue
        weight = float(np.nanmean(figures.effective[:, at]))
        _, counts = np.unique(values, return_counts=True)
        same, mean = counts.max() / len(values), abs(float(values.mean()))
        if same >= SHARE or (mean > 0 and float(values.std()) / mean < SPREAD):
            alike = Text(f"{same:.0%} 的单位数值相同", f"{same:.0%} of the bodies have the same value")
            if same < SHARE:
                alike = Text("各单位数值几乎相同", "the values of the bodies are as good as equal")
            found = Text(
                f"{indicator.id}：{alike.zh}，{weight:.1%} 的权重没有信息",
                f"{indicator.id}: {alike.en}; {weight:.1%} of the weight says nothing",
            )
            fix = Text("去掉，或换成尚有差别的指标", "drop it, or measure what still differs")
            yield Objection(where(scheme, indicator), found, fix)
