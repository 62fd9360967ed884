"""L18: the scheme asks no more of bodies than its own limit (2024 减负规定; one report, once)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.burden import asked
from minping.scheme.lint.findings import Figures, Objection
from minping.scheme.shape import Scheme
from minping.words import Text


def burden(scheme: Scheme, figures: Figures | None) -> Iterator[Objection]:
    """Object to more indicators than the limit; note what is asked of bodies in a year."""
    limit, count = scheme.burden.max_indicators, len(scheme.indicators)
    if count > limit:
        found = Text(f"{count} 个指标，超过上限 {limit}", f"{count} indicators, above the limit of {limit}")
        fix = Text("合并或删除指标", "merge or drop some")
        yield Objection(("indicators",), found, fix)
    told = asked(scheme)
    if figures is not None and told:
        bodies, often = len(figures.bodies), sum(one.a_year for one in told) / len(told)
        cells = len(told) * bodies * often
        found = Text(
            f"填报负担：{len(told)} 项自报 × {bodies} 个单位 × 每年 {often:.3g} 次 = {cells:g} 格",
            f"reporting burden: {len(told)} self-reported × {bodies} bodies × {often:.3g} a year = {cells:g} cells",
        )
        fix = Text("官方已有的数据不再要求填报", "don't ask for what official sources already have")
        yield Objection(("burden",), found, fix, "note")
