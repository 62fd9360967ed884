"""Decisions: what became of findings. One that was replied to, confirmed or dismissed is found again by its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minping.model.findings import Decision, Findings


def decided(findings: Findings, decisions: Sequence[Decision]) -> Findings:
    """The same findings, each with its steps by date."""
    steps: dict[str, list[Decision]] = {}
    for one in decisions:
        steps.setdefault(one.finding, []).append(one)
    return replace(
        findings,
        findings=tuple(replace(one, steps=tuple(steps.get(one.id, ()))) for one in findings.findings),
    )


def confirmed_periods(decisions: Sequence[Decision]) -> tuple[str, ...]:
    """The periods in which a finding stands confirmed."""
    last = {one.finding: one.state for one in decisions}
    return tuple(dict.fromkeys(name.split(":")[0] for name, state in last.items() if state == "confirmed"))
