"""L16: where the set of indicators changed between versions, no trend is drawn across the break (长三角 2023→2024)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection
from minping.scheme.shape import Scheme
from minping.words import Text


def versions(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object to changes that name indicators not in the scheme, and note the break."""
    before = scheme.supersedes
    assert before is not None
    known = {indicator.id for indicator in scheme.indicators}
    for key, names in (("added", before.added), ("redefined", before.redefined)):
        for name in names:
            if name not in known:
                found = Text(f"{key} 提到 {name}，方案里没有", f"{key} names {name}, which the scheme does not have")
                yield Objection(("supersedes", key), found, Text("改正", "put it right"), "error")
    for name in before.removed:
        if name in known:
            found = Text(f"removed 提到 {name}，方案里还有", f"removed names {name}, which the scheme still has")
            yield Objection(("supersedes", "removed"), found, Text("改正", "put it right"), "error")
    changed = [*before.added, *before.removed, *before.redefined]
    if changed:
        found = Text(
            f"与 {before.version} 版相比有 {len(changed)} 项变化，总分不可直接比较",
            f"{len(changed)} changes since version {before.version}: totals don't compare",
        )
        fix = Text("用相同指标重算旧年份，或在图上断开", "score earlier years by this version, or break the line")
        yield Objection(("supersedes",), found, fix)


def applies(scheme: Scheme) -> Text | None:
    """Only to schemes that supersede another."""
    return None if scheme.supersedes else Text("没有写明取代哪个版本", "it names no version before")
