"""Who rates the heads of bodies, and how."""

from __future__ import annotations

from collections import defaultdict

from minping.simulation.appraisals import SAME
from tests.simulation.conftest import Made


def test_raters_look_unless_planted(made: Made) -> None:
    given = defaultdict(set)
    for row in made["appraisals"]:
        given[row["rater"], row["ratee"]].add(row["score"])
        assert row["rater"] != row["ratee"]
    flat = {rater for (rater, _), scores in given.items() if scores == {str(SAME)}}
    assert flat == made.planted("straight_lined", "about")
