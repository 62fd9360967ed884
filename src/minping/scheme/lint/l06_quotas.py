"""L6: the share of top grades is limited (公务员考核规定 2020: 20 %, 25 % on approval; teams 30 %)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection
from minping.scheme.shape import Scheme
from minping.words import Text

LIMITS = {"post": (0.20, 0.25)}
OTHERS = (0.30, 0.35)


def quotas(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object to a top grade without quota, or with one above the limit."""
    if scheme.grades is None:
        return
    limit, extended = LIMITS.get(scheme.subjects.kind, OTHERS)
    top = scheme.grades.levels[0]
    path = ("grades", "levels", 0)
    if top.quota is None:
        found = Text(f"最高等次 {top.id} 没有比例限制", f"the top grade {top.id} has no quota")
        yield Objection(path, found, Text(f"写上 quota: {{max_share: {limit}}}", f"give quota: {{max_share: {limit}}}"))
        return
    if top.quota.max_share > limit:
        found = Text(
            f"{top.id} 的比例 {top.quota.max_share:.0%}", f"the quota of {top.id} is {top.quota.max_share:.0%}"
        )
        yield Objection((*path, "quota"), found, Text(f"不超过 {limit:.0%}", f"at most {limit:.0%}"))
    if top.quota.extend_to is not None and top.quota.extend_to > extended:
        found = Text(f"可放宽到 {top.quota.extend_to:.0%}", f"may be extended to {top.quota.extend_to:.0%}")
        yield Objection((*path, "quota", "extend_to"), found, Text(f"不超过 {extended:.0%}", f"at most {extended:.0%}"))


def applies(scheme: Scheme) -> Text | None:
    """Only where there are grades."""
    return None if scheme.grades else Text("方案不评等次", "the scheme has no grades")
