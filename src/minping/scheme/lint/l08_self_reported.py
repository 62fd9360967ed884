"""L8: not too much rests on what bodies say of themselves (统计法 2024, 7; 中央: 数据造假一票否决)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection, for_type, nominal_shares
from minping.scheme.shape import Scheme
from minping.words import Text

LIMIT = 0.30


def self_reported(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object where more than `LIMIT` of the weight is self-reported without an independent check."""
    alone = {part.id for part in scheme.scored if part.source.reporter == "self" and not part.source.check}
    for body_type, shares in nominal_shares(scheme).items():
        share = sum(shares[name] for name in alone)
        if share > LIMIT + 1e-9:
            zh, en = for_type(body_type)
            found = Text(
                f"{share:.0%} 的权重只靠单位自报、无独立核对{zh}",
                f"{share:.0%} of the weight is self-reported with no independent check{en}",
            )
            fix = Text("为指标写明 source.check，或换成统计、第三方来源", "name source.check, or use another source")
            yield Objection(("indicators",), found, fix)
