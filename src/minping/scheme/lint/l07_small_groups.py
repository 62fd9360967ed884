"""L7: groups of raters below a threshold are hidden, so that nobody can be made out (个人信息保护法; 统计法 28)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection
from minping.scheme.shape import Scheme
from minping.words import Text

LEAST = 3


def small_groups(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object where surveys are used and `publish.k` is not set, or too low."""
    if scheme.publish.k is None:
        found = Text("有调查类指标，却没有规定最小公布人数", "there are surveys, and no least number to publish")
        yield Objection(("publish",), found, Text("写上 publish: {k: 10}", "set publish: {k: 10}"))
    elif scheme.publish.k < LEAST:
        found = Text(f"最小公布人数为 {scheme.publish.k}", f"groups of {scheme.publish.k} are published")
        yield Objection(("publish", "k"), found, Text(f"至少 {LEAST}，建议 10", f"at least {LEAST}, better 10"))


def applies(scheme: Scheme) -> Text | None:
    """Only where people's answers are used."""
    if any(part.kind == "survey" or "citizen" in part.tags for part in scheme.indicators):
        return None
    return Text("没有调查类指标", "no indicator rests on people's answers")
