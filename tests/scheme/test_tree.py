from __future__ import annotations

from minping.scheme.tree import ROOT, children_of, cyclic, weight_for
from tests.made import scheme

TREE = """\
weights: {nested: absolute}
subjects: {types: {t: {title: t}, u: {title: u}}}
dimensions:
  - {id: d, title: d}
  - {id: e, title: e, in: d}
indicators:
  - {id: i, title: i, in: e, direction: higher, weight: {t: 1, u: 0}, normalise: minmax}
  - {id: j, title: j, in: e, direction: higher, weight: 4, normalise: minmax}
  - {id: k, title: k, direction: higher, weight: 2, normalise: minmax}
  - {id: l, title: l, direction: higher, counts: false}
"""


def test_children_stand_under_their_parents_and_companions_nowhere() -> None:
    assert children_of(scheme(TREE).scheme) == {ROOT: ["d", "k"], "d": ["e"], "e": ["i", "j"]}


def test_a_dimension_without_a_weight_weighs_what_its_children_add_to() -> None:
    found = scheme(TREE).scheme
    assert [weight_for(found, part, "t") for part in ("i", "e", "d")] == [1, 5, 5]
    assert [weight_for(found, part, "u") for part in ("i", "e", "d")] == [0, 4, 4]


def test_with_equal_weights_every_sibling_weighs_one_but_for_those_at_nought() -> None:
    found = scheme(TREE.replace("{nested: absolute}", "{method: equal}")).scheme
    assert [weight_for(found, part, "u") for part in ("i", "j", "d", "k")] == [0, 1, 1, 1]


def test_a_tree_that_is_one_has_no_loop() -> None:
    assert cyclic(scheme(TREE).scheme) == []
