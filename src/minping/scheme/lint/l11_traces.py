"""L11: traces of work (documents, meetings, photos) are never the sole evidence (2024 减负规定: 重绩不重痕)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection, nominal_shares, where
from minping.scheme.shape import Scheme
from minping.words import Text


def traces(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object to a counted trace indicator without a check, and to dimensions that hold nothing else."""
    shares = nominal_shares(scheme)
    for indicator in scheme.scored:
        weighs = any(share[indicator.id] > 0 for share in shares.values())
        if "trace" in indicator.tags and "outcome" not in indicator.tags and weighs and not indicator.source.check:
            found = Text(f"{indicator.id} 只凭留痕计分", f"{indicator.id} scores traces of work alone")
            fix = Text("改为结果指标，或写明独立核对来源 source.check", "measure the result, or name source.check")
            yield Objection(where(scheme, indicator), found, fix)
    for at, dimension in enumerate(scheme.dimensions):
        inside = [part for part in scheme.scored if part.within == dimension.id]
        if inside and all("trace" in part.tags for part in inside):
            found = Text(f"维度 {dimension.id} 全是留痕类指标", f"dimension {dimension.id} holds traces only")
            yield Objection(("dimensions", at), found, Text("加入结果指标", "add an outcome"))
