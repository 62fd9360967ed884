from __future__ import annotations

import numpy as np

from minping.scoring.plan import compile_plan
from tests.made import bodies, flat, scheme

TREE = """\
subjects: {types: {t: {title: t}, u: {title: u}, nobody: {title: n}}}
peers: {method: group}
aggregate: geometric
dimensions:
  - {id: d, title: d, weight: 3}
  - {id: e, title: e, in: d, weight: 1, aggregate: {method: power, p: 2}}
indicators:
  - {id: i, title: i, in: e, direction: higher, weight: {t: 1, u: 0, nobody: 1}, normalise: minmax}
  - {id: j, title: j, in: e, direction: higher, weight: 4, normalise: minmax}
  - {id: k, title: k, direction: higher, counts: false}
  - {id: l, title: l, direction: higher, weight: 1, normalise: minmax}
"""
WHO = bodies(["p", "q", "r"], types=["u", "t", "u"], groups=["g", "h", "g"])


def test_children_stand_before_their_parents_and_the_total_is_last() -> None:
    plan = compile_plan(scheme(TREE).scheme, WHO)
    assert [inner.id for inner in plan.inner] == ["e", "d", "total"]
    assert [inner.method for inner in plan.inner] == ["power", "geometric", "geometric"]
    assert [node.id for node in plan.nodes] == ["total", "d", "e", "i", "j", "l"]
    assert [node.depth for node in plan.nodes] == [0, 1, 2, 3, 3, 1]
    assert plan.parent_of()["i"] == "e"


def test_scored_indicators_know_their_column_among_all() -> None:
    plan = compile_plan(scheme(TREE).scheme, WHO)
    assert [indicator.id for indicator in plan.indicators] == ["i", "j", "l"]
    assert plan.columns == (0, 1, 3)
    assert plan.leaf == {"i": 0, "j": 1, "l": 2}


def test_weights_of_siblings_are_shares_for_every_type_that_has_bodies() -> None:
    plan = compile_plan(scheme(TREE).scheme, WHO)
    assert set(plan.weights) == {"t", "u"}
    assert plan.weights["t"] == {"d": 0.75, "l": 0.25, "e": 1.0, "i": 0.2, "j": 0.8}
    assert plan.weights["u"]["i"] == 0.0 and plan.weights["u"]["j"] == 1.0
    assert {name: rows.tolist() for name, rows in plan.type_rows.items()} == {"t": [1], "u": [0, 2]}


def test_peers_are_all_or_of_the_type_or_of_the_group() -> None:
    for method, wanted in (("all", [[0, 1, 2]]), ("type", [[0, 2], [1]]), ("group", [[0, 2], [1]])):
        plan = compile_plan(scheme(TREE.replace("method: group", f"method: {method}")).scheme, WHO)
        assert [rows.tolist() for rows in plan.peers] == wanted


def test_a_total_that_is_not_made_leaves_dimensions_their_arithmetic_mean() -> None:
    text = TREE.replace("aggregate: geometric", "aggregate: none").replace(", aggregate: {method: power, p: 2}", "")
    assert [inner.method for inner in compile_plan(scheme(text).scheme, WHO).inner] == [
        "arithmetic",
        "arithmetic",
        "none",
    ]


def test_bodies_without_types_in_the_scheme_are_one_class() -> None:
    plan = compile_plan(scheme(flat("i")).scheme, WHO)
    np.testing.assert_array_equal(plan.type_rows[""], [0, 1, 2])
