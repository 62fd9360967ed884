"""Projects and their use made by hand: a good project by default, each row with what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Row = Mapping[str, object]
GOOD = {
    "kind": "学校",
    "approved_on": "2018-01-01",
    "started_on": "2018-02-01",
    "planned_on": "2019-02-01",
    "completed_on": "2019-03-01",
    "opened_on": "2019-04-01",
    "budget_cny": 10000000,
    "cost_cny": 10500000,
    "design_capacity": 100,
    "forecast_use": 80,
    "used_capacity": "",
    "beneficiaries": 1000,
}


def register(rows: Iterable[tuple[str, Row]]) -> str:
    """The table `projects` of (body, what differs from a good project); ids p000, p001 …"""
    lines = ["project,body," + ",".join(GOOD)]
    for at, (body, other) in enumerate(rows):
        unknown = set(other) - set(GOOD)
        assert not unknown, unknown
        lines.append(",".join(str(one) for one in (f"p{at:03d}", body, *({**GOOD, **other}.values()))))
    return "\n".join(lines) + "\n"


def observed(rows: Iterable[tuple[int, str, float]]) -> str:
    """The table `uses` of (number of the project, day, use)."""
    return (
        "\n".join(["project,observed_on,used_capacity", *(f"p{at:03d},{day},{used}" for at, day, used in rows)]) + "\n"
    )


def county(bodies: int, each: int, other: Mapping[str, Row] | None = None) -> list[tuple[str, Row]]:
    """So many projects of each body, those of some bodies with what differs."""
    odd = other or {}
    return [(f"b{at:02d}", odd.get(f"b{at:02d}", {})) for at in range(bodies) for _ in range(each)]
