"""L3: debt is assessed: an error where terms of office are judged, a warning for regions (中组部通知 2013, item 4)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection, tagged_share
from minping.scheme.shape import Scheme
from minping.words import Text


def debt(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object where no counted indicator is tagged debt."""
    term = scheme.period.kind == "term" or scheme.terms is not None
    if any(share > 0 for share in tagged_share(scheme, "debt").values()):
        return
    found = Text("没有债务指标", "no indicator of debt")
    fix = Text("加入带 debt 标签的指标，如债务率、任期内新增债务", "add an indicator tagged debt, e.g. the debt ratio")
    yield Objection(("indicators",), found, fix, "error" if term else "warning")


def applies(scheme: Scheme) -> Text | None:
    """Only to regions and posts, and to any scheme of terms."""
    if scheme.subjects.kind in ("region", "post") or scheme.period.kind == "term" or scheme.terms is not None:
        return None
    return Text("对象不是地区或任职者", "neither regions nor office-holders are judged")
