"""Tables that only a publication needs."""

from __future__ import annotations

import numpy as np
import pytest

from minping.publication.extra_tables import agreements, published_tables
from minping.scoring.evaluation import Evaluation
from tests.made import run, table

BESIDE = """\
indicators:
  - {id: a, title: a, direction: higher, weight: 1, normalise: given}
  - {id: liked, title: {zh: 满意, en: liked}, direction: higher, counts: false, tags: [citizen]}
  - {id: bad, title: 差评率, direction: lower, counts: false}
"""


def test_agreement_is_one_where_the_order_is_the_same_whatever_the_direction() -> None:
    found = agreements(run(BESIDE, table({"a": [1.0, 2, 3, 4], "liked": [10.0, 20, 30, 40], "bad": [4.0, 3, 2, 1]})))
    assert [(one.node, one.spearman, one.bodies, one.citizen) for one in found] == [
        ("liked", 1.0, 4, True),
        ("bad", 1.0, 4, False),
    ]


def test_bodies_without_one_of_the_two_figures_are_left_out() -> None:
    (liked, _) = agreements(run(BESIDE, table({"a": [1.0, 2, 3], "liked": [np.nan, 5, 4], "bad": [1.0, 1, 1]})))
    assert liked.bodies == 2 and liked.spearman == pytest.approx(-1.0)


def test_every_table_of_the_evaluation_and_the_tree_are_published_once(evaluation: Evaluation) -> None:
    tables = dict(published_tables(evaluation))
    assert set(evaluation.tables) < set(tables) and {"nodes", "companions"} <= set(tables)
    nodes = tables["nodes"].to_pylist()
    assert [node["node"] for node in nodes] == [node.id for node in evaluation.scores.nodes]
    assert nodes[0]["kind"] == "total" and nodes[1]["parent"] == "total"
