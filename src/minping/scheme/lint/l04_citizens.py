"""L4: what citizens say weighs, and does so where it can still tell bodies apart (中组部通知 2020; 杭州条例)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minping.scheme.lint.findings import Figures, Objection, present, tagged_share, where
from minping.scheme.shape import Scheme
from minping.words import Text

SATURATED = 0.95  #: share of bodies within the top twentieth of the possible range


def citizens(scheme: Scheme, figures: Figures | None) -> Iterator[Objection]:
    """Object where citizens' items have no weight, or where nearly everyone has nearly full marks."""
    shares = tagged_share(scheme, "citizen")
    lacking = [name for name, share in shares.items() if share <= 0]
    if lacking:
        of = "" if lacking == [""] else f" ({', '.join(lacking)})"
        found = Text(f"群众评价没有权重{of}", f"citizens' ratings have no weight{of}")
        fix = Text(
            "加入计分的群众评价指标（满意度抽样、12345 回访、好差评核实率），标签 citizen",
            "count an indicator tagged citizen: sampled satisfaction, call-backs, verified ratings",
        )
        yield Objection(("indicators",), found, fix)
    if figures is not None:
        yield from _saturated(scheme, figures)


def _saturated(scheme: Scheme, figures: Figures) -> Iterator[Objection]:
    for at, indicator in enumerate(scheme.indicators):
        values = present(figures.values[:, at])
        if "citizen" not in indicator.tags or len(values) < 5 or indicator.possible is None:
            continue
        low, high = indicator.possible
        if low is None or high is None:
            continue
        near = 0.05 * (high - low)
        top = float(np.mean(values <= low + near if indicator.direction == "lower" else values >= high - near))
        if top >= SATURATED:
            found = Text(
                f"{indicator.id}：{top:.0%} 的单位接近满分，已无区分度",
                f"{indicator.id}: {top:.0%} of the bodies have nearly full marks; it tells nothing any more",
            )
            fix = Text(
                "改用差评率、独立回访或未评价者抽样",
                "use bad ratings, independent call-backs or a sample of non-raters",
            )
            yield Objection(where(scheme, indicator), found, fix, "warning")
