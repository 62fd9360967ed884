"""The error rate that inspections tell, in words for the terminal and the report."""

from __future__ import annotations

from minping.model.inspected import ErrorRate
from minping.words import Text


def rate_words(found: ErrorRate) -> Text:
    """The error rate that came back, in one sentence."""
    share, low, high = (f"{100 * float(one[0]):.1f}%" for one in (found.share, found.low, found.high))
    level = f"{found.level:.0%}"
    more = (
        Text(f"；另有 {found.unseen} 项没有核实数或由本单位自查，未计", f"; {found.unseen} more without a result, or inspected by the body itself")
        if found.unseen
        else Text("", "")
    )  # fmt: skip
    return Text(
        f"按抽样核查：{found.period} 全部可核查的说法中约 {share} 与实际不符（{level} 区间 {low}–{high}）；实查 "
        f"{found.inspected[0]} 项，{found.wrong[0]} 项不符{more.zh}",
        f"By inspections drawn at random: about {share} of all claims of {found.period} do not hold ({level} interval "
        f"{low}–{high}); {found.inspected[0]} inspected, {found.wrong[0]} of which did not{more.en}",
    )
