"""L1: no assessment by GDP alone, no ranking by GDP (中组部通知 2013, item 1)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection, for_type, tagged_share
from minping.scheme.shape import Scheme
from minping.words import Text

LIMIT = 0.30  #: share of GDP and its growth from which they are the main indicator


def gdp_only(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object where GDP and its growth carry more than `LIMIT` of the weight."""
    for body_type, share in tagged_share(scheme, "gdp").items():
        if share > LIMIT + 1e-9:
            zh, en = for_type(body_type)
            found = Text(
                f"GDP 类指标占权重 {share:.0%}{zh}，成为主要指标", f"GDP indicators carry {share:.0%} of the weight{en}"
            )
            fix = Text("降低 gdp 标签指标的权重，补充民生、绿色、债务等结果指标", "lower them; add outcome indicators")
            yield Objection(("indicators",), found, fix)
