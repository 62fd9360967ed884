from __future__ import annotations

import pytest

from minping.indicators.peers import peer_groups
from tests.made import bodies, flat, scheme

BODIES = bodies(["a", "b", "c", "d"], types=("x", "y", "x", "y"), groups=("", "g", "g", ""))


@pytest.mark.parametrize(
    ("method", "groups"), [("all", [[0, 1, 2, 3]]), ("type", [[0, 2], [1, 3]]), ("group", [[0, 3], [1, 2]])]
)
def test_peers_are_those_of_the_scheme(method: str, groups: list[list[int]]) -> None:
    found = peer_groups(scheme(flat("i", more=f"peers: {{method: {method}}}\n")).scheme, BODIES)
    assert [rows.tolist() for rows in found] == groups
