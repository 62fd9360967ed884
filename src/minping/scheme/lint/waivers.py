"""Waivers: whether they still hold, and which of them are wrong, run out or of no use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from minping.errors import did_you_mean
from minping.scheme.lint.findings import Finding
from minping.scheme.shape import Waiver
from minping.scheme.source import Source
from minping.words import Text

_WHY = Text("豁免要公布，须准确", "waivers are published and must be exact")


def holds(waiver: Waiver, on: date | None) -> bool:
    """Whether a waiver has not run out by a day; None: its expiry is not looked at."""
    return on is None or waiver.expires_on is None or waiver.expires_on >= on


def of_waivers(
    waivers: Sequence[Waiver],
    rules: Collection[str],
    is_used: Callable[[Waiver], bool],
    source: Source,
    on: date | None,
) -> list[Finding]:
    """Findings about the waivers themselves.

    Args:
        waivers: of a scheme or a questionnaire, as they stand there
        rules: the rules that there are
        is_used: whether a waiver sets something aside, or may do so once there are data
        source: the file
        on: the day on which they must hold; None: any
    """
    found: list[Finding] = []
    for at, waiver in enumerate(waivers):
        place = source.place(("waivers", at, "rule"))
        if waiver.rule not in rules:
            said = Text(f"没有规则 {waiver.rule}", f"no rule {waiver.rule}")
            found.append(Finding("waiver", "error", place, said, _WHY, did_you_mean(waiver.rule, rules)))
        elif any(_alike(waiver, earlier) for earlier in waivers[:at] if holds(earlier, on)):
            said = Text(f"{waiver.rule} 的豁免写了两次", f"{waiver.rule} is waived twice")
            found.append(Finding("waiver", "warning", place, said, _WHY, Text("只留一条", "keep one of them")))
        elif not holds(waiver, on):
            said = Text(f"{waiver.rule} 的豁免已于 {waiver.expires_on} 到期", f"the waiver of {waiver.rule} ran out")
            fix = Text("重新批准或改方案", "have it approved anew, or change the scheme")
            found.append(Finding("waiver", "warning", place, said, _WHY, fix))
        elif not is_used(waiver):
            said = Text(f"{waiver.rule} 没有发现，豁免多余", f"{waiver.rule} has no finding: the waiver is idle")
            found.append(Finding("waiver", "note", place, said, _WHY, Text("删除", "remove it")))
    return found


def _alike(one: Waiver, other: Waiver) -> bool:
    """Whether both set the same aside."""
    said = {"reason", "approved_by", "expires_on"}
    return one.model_dump(exclude=said) == other.model_dump(exclude=said)
