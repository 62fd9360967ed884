"""L2: no GDP or industry indicator weighs where a type of body forbids it (中组部通知 2013, item 3)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection, nominal_shares, where
from minping.scheme.shape import Scheme
from minping.words import Text


def forbidden_tags(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object to every indicator that weighs in a type that forbids one of its tags."""
    shares = nominal_shares(scheme)
    for name, kind in scheme.subjects.types.items():
        for indicator in scheme.scored:
            forbidden = sorted(set(indicator.tags) & set(kind.forbid_tags))
            if forbidden and shares[name][indicator.id] > 0:
                said = ", ".join(forbidden)
                found = Text(
                    f"{indicator.id} 带有标签 {said}，在类型 {name} 中权重为 {shares[name][indicator.id]:.1%}",
                    f"{indicator.id} is tagged {said} and weighs {shares[name][indicator.id]:.1%} for type {name}",
                )
                fix = Text(f"把它在 {name} 的权重设为 0", f"set its weight for {name} to 0")
                yield Objection((*where(scheme, indicator), "weight"), found, fix)
