"""Adjustment notes: what must be said where figures were adjusted for case mix, or drawn towards the peers.

How few ratings there were, and of whom, is never told: notes are published.
"""

from __future__ import annotations

from collections.abc import Iterator

from minping.errors import Place, Problem, Severity
from minping.indicators.casemix import CaseMix, Fitted
from minping.indicators.shrinking import Shrunk
from minping.scheme.shape import Shrink
from minping.words import Text, both


def case_mix_notes(found: CaseMix, period: str, at: int) -> Iterator[Problem]:
    """Of the period at a position: no fit, categories counted together, levels not given, bodies at an end."""
    if found.n[at].any():
        yield from _of_period(found.fitted[at], period)


def _of_period(fitted: Fitted, period: str) -> Iterator[Problem]:
    if fitted.why_not:
        words = Text(
            "比例优势模型无法拟合，没有折算值",
            f"the proportional-odds model has no fit, so no figure: {fitted.why_not}",
        )
        fix = Text(
            "合并渠道或事项，或从 adjust_for 中去掉", "join channels or services, or take them out of adjust_for"
        )
        yield _note("no-case-mix-model", period, words, fix, "warning")
        return
    for column, category, other in fitted.joined:
        words = Text(
            f"{column} “{category}”的评价都在等级的一端，与“{other}”合并折算",
            f"all ratings of {column} “{category}” lie at one end of the scale: counted with “{other}”",
        )
        yield _note("category-at-an-end", period, words)
    if fitted.empty:
        levels = ", ".join(str(level) for level in fitted.empty)
        yield _note(
            "level-never-given",
            period,
            Text(f"等级 {levels} 没有人给过，与相邻等级合并", f"nobody gave level {levels}: joined to its neighbour"),
        )
    if fitted.at_an_end:
        words = Text(
            f"{fitted.at_an_end} 个单位的评价都在等级的一端：取该端，误差按独立评价计",
            f"{fitted.at_an_end} bodies have ratings at one end of the scale only: that end, with the error of "
            "independent ratings",
        )
        yield _note("body-at-an-end", period, words)


def shrinking_notes(indicator: str, how: Shrink, found: Shrunk) -> Iterator[Problem]:
    """Where nothing could be drawn together, or nothing but chance was found."""
    if found.alone:
        words = Text(
            f"{indicator}：{found.alone} 组（考核期 × 同类）单位太少或数据不足，{how.method} 未用，仍为直接估计",
            f"{indicator}: in {found.alone} groups of peers and periods {how.method} can't be fitted; left as counted",
        )
        yield _note("not-shrunk", "", words)
    if found.alike:
        words = Text(
            f"{indicator}：{found.alike} 组（考核期 × 同类）看不出抽样误差之外的差别，各单位取同一个值",
            f"{indicator}: in {found.alike} groups of peers and periods no difference beyond the errors was found; "
            "all bodies of such a group have the same figure",
        )
        yield _note("no-spread-found", "", words)


def _note(code: str, period: str, said: Text, fix: Text = both(""), severity: Severity = "note") -> Problem:  # noqa: B008 - frozen
    found = Text(f"{period} {said.zh}", f"{period}: {said.en}") if period else said
    return Problem(code, Place("ratings" if period else ""), found, both(""), fix, severity)
