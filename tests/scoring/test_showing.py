"""No rank without its interval, and none that the scheme does not publish."""

from __future__ import annotations

import pytest

from minping.scoring.evaluation import Evaluation
from minping.scoring.showing import showing
from tests.made import flat, run, table

FIGURES = table({"a": [10.0, 90.0, 50.0], "b": [12.0, 88.0, 50.0]})


def evaluated(ranking: str, draws: int = 50) -> Evaluation:
    return run(flat("a", "b", more=f"publish: {{ranking: {ranking}}}\n"), FIGURES, draws=draws)


@pytest.mark.parametrize(
    ("ranking", "draws", "ranked", "tiered", "order"),
    [
        ("intervals", 50, True, True, [1, 2, 0]),
        ("groups_only", 50, False, True, [1, 2, 0]),
        ("none", 50, False, False, [0, 1, 2]),
        ("intervals", 0, False, False, [0, 1, 2]),
    ],
)
def test_ranks_are_shown_with_intervals_only(
    ranking: str, draws: int, ranked: bool, tiered: bool, order: list[int]
) -> None:
    shown = showing(evaluated(ranking, draws))
    assert (shown.ranked, shown.tiered, shown.order.tolist()) == (ranked, tiered, order)


@pytest.mark.parametrize("ranking", ["groups_only", "none"])
def test_tables_hold_no_rank_that_is_not_published(ranking: str) -> None:
    evaluation = evaluated(ranking)
    ranks = evaluation.table("ranks").to_pydict()
    assert ranks["rank"] == ranks["rank_lo"] == ranks["rank_hi"] == [None] * 3
    assert (ranks["tier"] == [None] * 3) == (ranking == "none")
    assert evaluation.table("pairs").num_rows == 0
    assert "第 1 位" not in str(evaluation.explain("b01"))


def test_bodies_of_one_tier_stand_in_the_order_of_the_evidence() -> None:
    alike = table({"a": [50.0, 50.1], "b": [60.0, 59.9]}, se=20.0)
    found = run(flat("a", "b", more="publish: {ranking: groups_only}\n"), alike, draws=200)
    assert found.table("ranks").to_pydict()["body"] == ["b00", "b01"]
