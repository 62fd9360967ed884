from __future__ import annotations

import numpy as np

from minping.model.cells import State
from tests.made import flat, run, table

COMPANION = (
    "  - {id: satisfaction, title: {zh: 满意度, en: satisfaction}, unit: '%', direction: higher, counts: false}\n"
)


def test_a_companion_is_shown_in_its_own_unit_and_counts_for_nothing() -> None:
    figures = {"a": [10.0, 20.0], "satisfaction": [80.5, np.nan]}
    found = run(flat("a") + COMPANION, table(figures)).scores
    at = found.column("satisfaction")
    assert (found.nodes[at].kind, found.nodes[at].unit, found.nodes[at].parent) == ("companion", "%", "")
    np.testing.assert_array_equal(found.points[:, at], [80.5, np.nan])
    assert np.isnan(found.weight[:, at]).all() and np.isnan(found.contribution[:, at]).all()
    assert found.state[:, at].tolist() == [State.OBSERVED, State.MISSING]
    without = run(flat("a"), table({"a": [10.0, 20.0]})).scores
    np.testing.assert_array_equal(found.score, without.score)
