"""Where irregularities are planted."""

from __future__ import annotations

from collections import defaultdict

from minping.simulation.planting import KINDS
from tests.simulation.conftest import Made


def test_every_kind_is_planted_somewhere_and_none_in_an_honest_county(wrong: Made, honest: Made) -> None:
    assert set(wrong.told["irregular"]) == {*KINDS, "found_below"}
    assert honest.told["irregular"] == {} and honest.told["true_output"] == wrong.told["true_output"]
    for name, kind in KINDS.items():
        assert kind.least <= len(wrong.planted(name)) <= kind.bodies, name
    families = defaultdict(list)
    for name, kind in KINDS.items():
        families[kind.family] += sorted(wrong.planted(name))
    assert all(len(set(bodies)) == len(bodies) for bodies in families.values())
