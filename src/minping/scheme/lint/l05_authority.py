"""L5: no veto, cap or deduction without the authority that set it (山东省乡镇人民政府工作条例 19, 27)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection
from minping.scheme.shape import Scheme
from minping.words import Text

KINDS = ("veto", "caps", "deduct", "tolerance")


def authority(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object to every adjustment without `authority_ref`."""
    for kind in KINDS:
        for at, entry in enumerate(getattr(scheme.adjust, kind)):
            if not entry.authority_ref:
                found = Text(f"{entry.id}（{entry.title.text.zh}）没有授权依据", f"{entry.id} names no authority")
                fix = Text("写上 authority_ref：文件名与条款", "give authority_ref: the document and article")
                level = "error" if kind in ("veto", "caps") else "warning"
                yield Objection(("adjust", kind, at), found, fix, level)  # type: ignore[arg-type]


def applies(scheme: Scheme) -> Text | None:
    """Only where there are adjustments."""
    if any(getattr(scheme.adjust, kind) for kind in KINDS):
        return None
    return Text("没有否决、上限、扣分或容错", "there is no veto, cap, deduction or tolerance")
