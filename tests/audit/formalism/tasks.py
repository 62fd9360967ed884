"""A register of tasks made by hand: a good task by default, each row with what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Row = Mapping[str, object]
GOOD = {
    "decided_on": "2024-01-10",
    "due_on": "2024-04-10",
    "owner": "建设岗",
    "baseline_value": 100,
    "outcome_value": 60,
    "outcome_target": 50,
    "submitted_on": "2024-03-20",
    "verified_on": "2024-03-25",
    "verifier": "督查岗",
    "verified_how": "on_site",
    "state": "closed",
    "closed_on": "2024-03-28",
    "reopened_on": "",
    "lookback_on": "",
    "documents": 3,
    "meetings": 1,
    "check_ins": 2,
    "process_score": 90,
    "satisfied": "",
}
BARE = {"outcome_value": "", "verified_how": "documents", "satisfied": ""}


def register(rows: Iterable[tuple[str, Row]]) -> str:
    """The table `tasks` of (body, what differs from a good task)."""
    lines = ["task,body," + ",".join(GOOD)]
    for at, (body, other) in enumerate(rows):
        unknown = set(other) - set(GOOD)
        assert not unknown, unknown
        lines.append(",".join(str(one) for one in (f"t{at:03d}", body, *({**GOOD, **other}.values()))))
    return "\n".join(lines) + "\n"


def county(bodies: int, each: int, other: Mapping[str, Row] | None = None) -> list[tuple[str, Row]]:
    """So many tasks of each body, those of some bodies with what differs."""
    odd = other or {}
    return [(f"b{at:02d}", odd.get(f"b{at:02d}", {})) for at in range(bodies) for _ in range(each)]
