"""L9: who is judged may reply and have it reviewed by others, at no risk (公务员法 95–97; 杭州、济南条例; 督查条例 17)."""

from __future__ import annotations

from collections.abc import Iterator

from minping.scheme.lint.findings import Figures, Objection
from minping.scheme.shape import Scheme
from minping.words import Text


def appeal(scheme: Scheme, _: Figures | None) -> Iterator[Objection]:
    """Object to every missing part of a fair review."""
    rules = scheme.appeal
    if rules is None:
        fix = Text(
            "写上 appeal: {window_days, decide_within_days, recusal: true, no_worse_outcome: true}",
            "set appeal: {window_days, decide_within_days, recusal: true, no_worse_outcome: true}",
        )
        yield Objection((), Text("没有申诉规则", "no rules of appeal"), fix)
        return
    lacking = {
        "window_days": (rules.window_days, Text("申诉期限", "the window")),
        "decide_within_days": (rules.decide_within_days, Text("答复期限", "the time to decide")),
        "recusal": (rules.recusal, Text("复核人回避", "recusal of reviewers")),
        "no_worse_outcome": (rules.no_worse_outcome, Text("不因申诉加重", "no worse outcome")),
    }
    for key, (given, words) in lacking.items():
        if not given:
            found = Text(f"申诉规则缺少：{words.zh}", f"the rules of appeal lack {words.en}")
            yield Objection(("appeal",), found, Text(f"补上 {key}", f"give {key}"))
