"""L10: outcomes weigh more than growth and inputs (quality before quantity; the 皖江 list has 64 %)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection, for_type, tagged_share
from minping.scheme.shape import Scheme
from minping.words import Text

LIMIT = 0.50


def inputs(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object where growth, GDP and input indicators carry more than half."""
    for body_type, share in tagged_share(scheme, "gdp", "growth", "input").items():
        if share > LIMIT + 1e-9:
            zh, en = for_type(body_type)
            found = Text(
                f"增长与投入类指标占权重 {share:.0%}{zh}",
                f"growth and input indicators carry {share:.0%} of the weight{en}",
            )
            fix = Text("不超过 50 %；改用结果类、群众感受类指标", "at most 50 %; use outcomes and what people say")
            yield Objection(("indicators",), found, fix)
